/** One draw, from the freeze to publication: what has happened, what is awaited, from whom, until when, and the one thing to do next. */
import type { DrawRow } from '../../../shared/api/draws.ts';
import type { Rule } from '../../../shared/proof/records.ts';
import { useWords } from '../../locales/use-words.ts';
import { hrefOf } from '../desk/route.ts';
import { useDesk } from '../desk/use-desk.ts';
import { CollectingPanel } from './collecting-panel.tsx';
import type { Panel } from './panel.ts';
import { ResultPanel } from './result-panel.tsx';
import { situationOf, stepsOf } from './situation.ts';
import { Stepper } from './stepper.tsx';
import { ValuesPanel } from './values-panel.tsx';
import { WitnessPanel } from './witness-panel.tsx';

/** `isLast`: no other draw is under way, so that after this one the next may begin. */
export function DrawView({ rule, isLast, ...open }: Panel & { readonly rule: Rule | null; readonly isLast: boolean }) {
  const desk = useDesk();
  const { row } = open;
  const situation = situationOf(row, desk.now);
  return (
    <div class="draw">
      <Stepper steps={stepsOf(row, true, desk.now)} row={row} />
      <div class="stack wide-gap">
        {situation === 'collecting' || situation === 'late' ? <CollectingPanel {...open} /> : null}
        {situation === 'values' ? <ValuesPanel {...open} /> : null}
        {situation === 'witnessing' || situation === 'short' || situation === 'values' ? (
          <WitnessPanel {...open} />
        ) : null}
        {situation === 'drawn' || situation === 'published' ? (
          <ResultPanel row={row} rule={rule} isLast={isLast} />
        ) : null}
        {situation === 'void' ? <VoidPanel row={row} isLast={isLast} /> : null}
        <Absent row={row} />
      </div>
    </div>
  );
}

function VoidPanel({ row, isLast }: { readonly row: DrawRow; readonly isLast: boolean }) {
  const words = useWords();
  const desk = useDesk();
  const done = row.history.find(({ act }) => act === 'void');
  return (
    <section class="stack">
      <h2 class="h">
        {words.domain.stage.void}{' '}
        <small class="num">
          {done === undefined ? null : `${desk.moment(done.at)}${words.common.separator}${done.by}`}
        </small>
      </h2>
      <p>{words.draws.void.was(row.voidReason ?? '')}</p>
      {isLast && desk.may('draws.run') ? (
        <p>
          <a class="btn" href={hrefOf('draws', 'new', row.week)}>
            {words.draws.void.again}
          </a>
        </p>
      ) : null}
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
