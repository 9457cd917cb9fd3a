/** After the freeze: nonces arrive, then the organiser locks the head. */
import { lockDraw } from '../../commands/draws.ts';
import { Button } from '../../components/button.tsx';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useAct } from '../use-act.ts';
import type { Panel } from './panel.ts';
import { actsOf, sourcesOf, valueTimes } from './situation.ts';
import { Progress, standings, UnitGrid, useDeviceWord, useNames } from './units.tsx';

export function CollectingPanel({ row, devices, changed, onVoid }: Panel) {
  const words = useWords();
  const desk = useDesk();
  const named = useNames();
  const waiting = useDeviceWord(devices);
  const text = words.draws.frozen;
  const { busy, problem, signed } = useAct();
  const units = row.candidates.map(({ unit }) => unit);
  const withNonces = sourcesOf(row).some(({ kind }) => kind === 'nonces');
  const missing = withNonces ? units.filter((unit) => !row.nonces.includes(unit)) : [];
  const { next } = actsOf(row, desk.now);
  const late = next === 'void';
  const { opens } = valueTimes(row);
  const count = text.progress(row.nonces.length, units.length);
  return (
    <>
      <section class="stack">
        <h2 class="h">{late ? text.lateTitle : text.lockTitle}</h2>
        {late ? (
          <Message tone="fail">{text.late(desk.moment(opens))}</Message>
        ) : (
          <>
            <p>
              {missing.length === 0 ? text.ready : text.lockMissing(named(missing))}
              {words.desk.gap}
              {text.lockBody}
            </p>
            {problem === null ? null : (
              <Message tone="fail" role="alert">
                {problem}
              </Message>
            )}
          </>
        )}
        <p class="row">
          {!desk.may('draws.run') ? null : late ? (
            <Button kind="primary" onClick={onVoid}>
              {words.draws.void.open}
            </Button>
          ) : (
            <Button
              kind="primary"
              disabled={busy}
              onClick={() => void signed(() => lockDraw(row.draw)).then(() => changed())}
            >
              {text.lock}
            </Button>
          )}
          {late ? null : (
            <span class="cap num">
              {text.lockBefore(desk.moment(opens))}
              {words.common.separator}
              {desk.remaining(opens)}
            </span>
          )}
        </p>
      </section>
      {withNonces ? (
        <section>
          <h2 class="h">
            {text.title} <small>{count}</small>
          </h2>
          <Progress have={row.nonces.length} of={units.length} label={count} />
          <p class="said">{missing.length === 0 ? text.all : late ? null : text.body}</p>
          <UnitGrid label={text.title} rows={standings(units, row.nonces, { given: text.given, waiting })} />
        </section>
      ) : null}
    </>
  );
}
