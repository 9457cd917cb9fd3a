/** After the freeze: nonces arrive, then the organiser locks the head. */
import type { DrawRow } from '../../../shared/api/draws.ts';
import { lockDraw } from '../../commands/draws.ts';
import { Button } from '../../components/button.tsx';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useAct } from '../use-act.ts';
import { situationOf, sourcesOf, valueTimes } from './situation.ts';
import { Progress, UnitGrid } from './units.tsx';

export function CollectingPanel({ row, changed }: { readonly row: DrawRow; readonly changed: () => Promise<void> }) {
  const words = useWords();
  const desk = useDesk();
  const text = words.draws.frozen;
  const { busy, problem, signed } = useAct();
  const withNonces = sourcesOf(row).some(({ kind }) => kind === 'nonces');
  const missing = withNonces ? row.candidates.length - row.nonces.length : 0;
  const late = situationOf(row, desk.now) === 'late';
  return (
    <>
      {withNonces ? (
        <section>
          <h2 class="h">
            {text.title} <small>{text.progress(row.nonces.length, row.candidates.length)}</small>
          </h2>
          <Progress
            have={row.nonces.length}
            of={row.candidates.length}
            label={text.progress(row.nonces.length, row.candidates.length)}
          />
          <p class="said">{missing === 0 ? text.all : text.body}</p>
          <UnitGrid
            label={text.title}
            rows={row.candidates.map(({ unit }) =>
              row.nonces.includes(unit)
                ? { unit, word: text.given, tone: 'done' }
                : { unit, word: text.waiting, tone: 'waits' },
            )}
          />
        </section>
      ) : null}
      <section class="stack">
        <h2 class="h">{text.lockTitle}</h2>
        {late ? (
          <Message tone="fail">{text.late}</Message>
        ) : (
          <>
            <p>{text.lockBody}</p>
            {missing > 0 ? <p>{text.lockMissing(missing)}</p> : null}
            {problem === null ? null : (
              <Message tone="fail" role="alert">
                {problem}
              </Message>
            )}
            <p class="row">
              {desk.may('draws.run') ? (
                <Button
                  kind="primary"
                  disabled={busy}
                  onClick={() => void signed(() => lockDraw(row.draw)).then(() => changed())}
                >
                  {text.lock}
                </Button>
              ) : null}
              <span class="cap num">{text.lockBefore(desk.moment(valueTimes(row).opens))}</span>
            </p>
          </>
        )}
      </section>
    </>
  );
}
