/** The closed-loop figures (closed-loop.md "Rates"): by unit, kind, cause and period, each with its counts and the tickets behind it. Units
 *  stand in the organisation's order: nothing here is ranked. */
import { type DeskRates, getDeskRates } from '../../../shared/api/rates.ts';
import { commentKinds } from '../../../shared/feedback/comment.ts';
import { rootCauses } from '../../../shared/feedback/ticket.ts';
import { formatDay, parseDay } from '../../../shared/time/civil.ts';
import { IconButton } from '../../components/button.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { Empty, Loaded } from '../../components/loaded.tsx';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { call } from '../../remote/client.ts';
import { wallClock } from '../../store/today.ts';
import { PageHead } from '../desk/page-head.tsx';
import { goTo, hrefOf, type Route } from '../desk/route.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useAnswer } from '../use-answer.ts';
import {
  partsOf,
  queryOf,
  type RatesAddress,
  type RateWindow,
  rateWindows,
  readAddress,
  type Window,
  windowAt,
  windowBeside,
} from './address.ts';
import { CauseChart } from './cause-chart.tsx';
import { Groups } from './groups.tsx';
import { MainFigures } from './main-figures.tsx';
import { TicketsBehind } from './tickets-behind.tsx';
import { windowWord } from './window-word.ts';

export function RatesScreen({ route }: { readonly route: Route }) {
  const desk = useDesk();
  const today = formatDay(Math.floor(wallClock(desk.zone, desk.now * 1000) / 1440));
  const address = readAddress(route, today);
  return address.list === null ? (
    <Rates address={address} />
  ) : (
    <TicketsBehind key={partsOf(address).join('/')} address={address} list={address.list} />
  );
}

function Rates({ address }: { readonly address: RatesAddress }) {
  const words = useWords();
  const desk = useDesk();
  const text = words.rates;
  const isWindow = spanIsSound(address);
  const key = partsOf(address).join('/');
  const read = useAnswer<DeskRates | null>(
    () => (isWindow ? call(getDeskRates, { query: queryOf(address) }) : Promise.resolve(null)),
    [key],
  );
  return (
    <div class="rates">
      <PageHead title={text.title}>
        <Periods address={address} />
      </PageHead>
      <Filters address={address} />
      {isWindow ? (
        <Loaded answer={read.answer} again={read.again} clock={desk.clock}>
          {(rates) => (rates === null ? null : <Shown rates={rates} address={address} />)}
        </Loaded>
      ) : (
        <Message tone="fail">{text.freeWrong}</Message>
      )}
    </div>
  );
}

function Shown({ rates, address }: { readonly rates: DeskRates; readonly address: RatesAddress }) {
  const words = useWords();
  const desk = useDesk();
  const text = words.rates;
  const { all } = rates;
  return (
    <>
      <p class="meta num">{text.registered(windowWord(address, words), all.tickets, desk.moment(rates.asOf))}</p>
      {all.tickets + all.referred + all.merged === 0 ? (
        <Empty title={text.empty} hint={text.emptyHint} />
      ) : (
        <>
          <MainFigures rates={rates} address={address} />
          <Groups rates={rates} address={address} />
        </>
      )}
      <CauseChart quarters={rates.quarters} />
    </>
  );
}

/** The periods before and after, the kinds of period, and of a free one its two days. */
function Periods({ address }: { readonly address: RatesAddress }) {
  const words = useWords();
  const text = words.rates;
  const go = (window: Window) => goTo(...partsOf({ ...address, ...window }));
  return (
    <>
      {address.window === 'free' ? (
        <span class="free-days">
          {(['from', 'to'] as const).map((name) => (
            <TextField
              key={name}
              label={text[name]}
              type="date"
              value={address[name]}
              onChange={({ currentTarget: { value } }) => {
                if (value !== '') go({ window: 'free', from: address.from, to: address.to, [name]: value });
              }}
            />
          ))}
        </span>
      ) : (
        <span class="row nav-weeks">
          <IconButton icon="left" label={text.previous} onClick={() => go(windowBeside(address, -1))} />
          <b class="num">{windowWord(address, words)}</b>
          <IconButton icon="right" label={text.following} onClick={() => go(windowBeside(address, 1))} />
        </span>
      )}
      <nav class="seg" aria-label={text.periodsLabel}>
        {rateWindows.map((window: RateWindow) => (
          <a
            key={window}
            href={hrefOf(...partsOf({ ...address, ...moved(address, window) }))}
            aria-current={window === address.window ? 'true' : undefined}
          >
            {text.periods[window]}
          </a>
        ))}
      </nav>
    </>
  );
}

/** Another kind of period where the present one begins; a free one keeps its days. */
const moved = (address: RatesAddress, window: RateWindow): Window =>
  window === 'free' ? { window, from: address.from, to: address.to } : windowAt(window, address.from);

function Filters({ address }: { readonly address: RatesAddress }) {
  const words = useWords();
  const desk = useDesk();
  const text = words.rates;
  const go = (change: Partial<RatesAddress>) => goTo(...partsOf({ ...address, ...change }));
  const isFiltered = address.unit !== null || address.kind !== null || address.cause !== null;
  return (
    <div class="rate-filters">
      <SelectField
        label={text.unit}
        value={address.unit ?? ''}
        onChange={({ currentTarget: { value } }) => go({ unit: value === '' ? null : value })}
      >
        <option value="">{text.every}</option>
        {desk.units.map(({ id }) => (
          <option key={id} value={id}>
            {desk.unitName(id)}
          </option>
        ))}
        <option value="_none">{text.noUnit}</option>
      </SelectField>
      <SelectField
        label={text.kind}
        value={address.kind ?? ''}
        onChange={({ currentTarget: { value } }) => go({ kind: commentKinds.find((kind) => kind === value) ?? null })}
      >
        <option value="">{text.every}</option>
        {commentKinds.map((kind) =>
          kind === 'sympathy' ? null : (
            <option key={kind} value={kind}>
              {words.domain.commentKind[kind]}
            </option>
          ),
        )}
      </SelectField>
      <SelectField
        label={text.cause}
        value={address.cause ?? ''}
        onChange={({ currentTarget: { value } }) =>
          go({ cause: value === 'none' ? 'none' : (rootCauses.find((cause) => cause === value) ?? null) })
        }
      >
        <option value="">{text.every}</option>
        {rootCauses.map((cause) => (
          <option key={cause} value={cause}>
            {words.domain.rootCause[cause]}
          </option>
        ))}
        <option value="none">{text.noCause}</option>
      </SelectField>
      {isFiltered ? (
        <a href={hrefOf(...partsOf({ ...address, unit: null, kind: null, cause: null }))}>{text.clear}</a>
      ) : null}
    </div>
  );
}

function spanIsSound({ from, to }: Window): boolean {
  const length = (parseDay(to) ?? 0) - (parseDay(from) ?? 0);
  return length >= 0 && length < 3653;
}
