/** The tickets behind one figure, in order of registration. */
import { useState } from 'preact/hooks';
import type { Answer } from '../../../shared/api/endpoint.ts';
import { getRateTickets } from '../../../shared/api/rates.ts';
import { Button } from '../../components/button.tsx';
import { Empty, Loaded } from '../../components/loaded.tsx';
import { Message } from '../../components/message.tsx';
import { TicketStateBadge } from '../../components/ticket-state.tsx';
import { useWords } from '../../locales/use-words.ts';
import { call } from '../../remote/client.ts';
import { PageHead } from '../desk/page-head.tsx';
import { hrefOf } from '../desk/route.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useAct } from '../use-act.ts';
import { useAnswer } from '../use-answer.ts';
import { partsOf, queryOf, type RatesAddress } from './address.ts';
import { windowWord } from './window-word.ts';

type Page = Answer<typeof getRateTickets>;

export function TicketsBehind({
  address,
  list,
}: {
  readonly address: RatesAddress;
  readonly list: NonNullable<RatesAddress['list']>;
}) {
  const words = useWords();
  const desk = useDesk();
  const text = words.rates;
  const { figure, part } = list;
  const [further, setFurther] = useState<readonly Page[]>([]);
  const { busy, problem, act } = useAct();
  const ask = (after: string | null) =>
    call(getRateTickets, {
      query: { ...queryOf(address), figure, part, ...(after === null ? {} : { after }) },
    });
  const read = useAnswer(() => ask(null), []);
  const name = text.figure[figure];
  const title =
    figure === 'tickets' || figure === 'referred' || figure === 'merged' || figure === 'silent'
      ? name
      : `${name} · ${text.part[figure][part]}`;
  return (
    <div class="rates">
      <Loaded answer={read.answer} again={read.again} clock={desk.clock}>
        {(first) => {
          const pages = [first, ...further];
          const rows = pages.flatMap((page) => page.rows);
          const next = pages.at(-1)?.next ?? null;
          return (
            <>
              <PageHead title={title} about={text.listAbout(windowWord(address, words), first.total)}>
                <a href={hrefOf(...partsOf({ ...address, list: null }))}>{text.back}</a>
              </PageHead>
              {first.hidden === 0 ? null : <Message>{text.hidden(first.hidden)}</Message>}
              {rows.length === 0 ? <Empty title={text.listEmpty} /> : <Rows rows={rows} />}
              {problem === null ? null : (
                <Message tone="fail" role="alert">
                  {problem}
                </Message>
              )}
              {next === null ? null : (
                <p>
                  <Button
                    disabled={busy}
                    onClick={() =>
                      void act(async () => {
                        const page = await ask(next);
                        setFurther((before) => [...before, page]);
                      })
                    }
                  >
                    {text.more}
                  </Button>
                </p>
              )}
            </>
          );
        }}
      </Loaded>
    </div>
  );
}

function Rows({ rows }: { readonly rows: Page['rows'] }) {
  const words = useWords();
  const desk = useDesk();
  const { rates, tickets } = words;
  return (
    <div class="scroll">
      <table class="tickets stacks">
        <thead>
          <tr>
            <th scope="col">{tickets.colNumber}</th>
            <th scope="col">{tickets.colState}</th>
            <th scope="col">{rates.kind}</th>
            <th scope="col">{rates.cause}</th>
            <th scope="col">{tickets.colUnit}</th>
            <th scope="col" class="n">
              {tickets.colDue}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.number}>
              <td class="num nowrap">
                <a href={hrefOf('tickets', row.number)}>{row.number}</a>
              </td>
              <td>
                <TicketStateBadge state={row.state} />
              </td>
              <td>
                {words.domain.commentKind[row.kind]} · {words.domain.clock[row.clock]}
              </td>
              <td>{row.cause === null ? rates.noCause : words.domain.rootCause[row.cause]}</td>
              <td>{row.unit === null ? rates.noUnit : desk.unitName(row.unit)}</td>
              <td class="n num">{desk.moment(row.due)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
