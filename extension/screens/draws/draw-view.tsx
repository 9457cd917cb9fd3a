/** One draw, from the freeze to publication: what has happened, what is awaited, from whom, until when, and the one thing to do next. */
import type { DrawRow } from '../../../shared/api/draws.ts';
import type { Rule } from '../../../shared/proof/records.ts';
import { useWords } from '../../locales/use-words.ts';
import { useDesk } from '../desk/use-desk.ts';
import { CollectingPanel } from './collecting-panel.tsx';
import { ResultPanel } from './result-panel.tsx';
import { situationOf, stepsOf } from './situation.ts';
import { Stepper } from './stepper.tsx';
import { ValuesPanel } from './values-panel.tsx';
import { WitnessPanel } from './witness-panel.tsx';

/** `changed` is called after every act, so that the page reads anew. */
export function DrawView({
  row,
  rule,
  changed,
}: {
  readonly row: DrawRow;
  readonly rule: Rule | null;
  readonly changed: () => Promise<void>;
}) {
  const desk = useDesk();
  const situation = situationOf(row, desk.now);
  return (
    <div class="draw">
      <Stepper steps={stepsOf(row, true, desk.now)} row={row} />
      <div class="stack wide-gap">
        {situation === 'collecting' || situation === 'late' ? <CollectingPanel row={row} changed={changed} /> : null}
        {situation === 'witnessing' || situation === 'short' ? <WitnessPanel row={row} /> : null}
        {situation === 'values' ? (
          <>
            <ValuesPanel row={row} changed={changed} />
            <WitnessPanel row={row} />
          </>
        ) : null}
        {situation === 'drawn' || situation === 'published' ? (
          <ResultPanel row={row} rule={rule} changed={changed} />
        ) : null}
        {situation === 'void' ? <VoidPanel row={row} /> : null}
        <Absent row={row} />
      </div>
    </div>
  );
}

function VoidPanel({ row }: { readonly row: DrawRow }) {
  const words = useWords();
  return (
    <section>
      <h2 class="h">{words.domain.stage.void}</h2>
      <p class="said">{words.draws.void.was(row.voidReason ?? '')}</p>
    </section>
  );
}

/** Who takes no part and who rests: by name, with the reason. */
function Absent({ row }: { readonly row: DrawRow }) {
  const words = useWords();
  const desk = useDesk();
  const text = words.draws;
  if (row.absent.length === 0 && row.rest.length === 0) return null;
  const away: Readonly<Record<string, string>> = text.away;
  return (
    <div class="halves">
      {row.absent.length === 0 ? null : (
        <section>
          <h2 class="h">{text.freeze.absent}</h2>
          <ul class="lines">
            {row.absent.map(({ unit, why }) => (
              <li key={unit}>
                {desk.unitName(unit)}
                <span class="meta">{away[why] ?? why}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {row.rest.length === 0 ? null : (
        <section>
          <h2 class="h">{text.freeze.rest}</h2>
          <ul class="lines">
            {row.rest.map(({ unit, last }) => (
              <li key={unit}>
                {desk.unitName(unit)}
                <span class="meta">{text.freeze.restSince(words.time.week(last))}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
