/** The result by stratum: who was in the lot, who rested, who was drawn. */
import type { Drawn, Rule } from '../../../shared/proof/records.ts';
import { useWords } from '../../locales/use-words.ts';
import { stratumLabel } from './rule-text.ts';
import { UnitGrid, type UnitStanding } from './units.tsx';

export function DrawnByStratum({
  drawn,
  rule,
  candidates,
  rest,
}: {
  readonly drawn: Drawn;
  readonly rule: Pick<Rule, 'roll' | 'strata'>;
  readonly candidates: readonly string[];
  readonly rest: readonly string[];
}) {
  const words = useWords();
  const text = words.draws;
  return (
    <>
      {rule.strata.map(({ id, seats }) => {
        const members = rule.roll
          .filter(({ unit, stratum }) => stratum === id && candidates.includes(unit))
          .map(({ unit }) => unit)
          .sort();
        const label = stratumLabel(rule, id, words);
        const chosen = drawn.filter(({ stratum }) => stratum === id).map(({ unit }) => unit);
        const rows = members.map((unit): UnitStanding => {
          if (chosen.includes(unit)) return { unit, word: text.values.drawn, tone: 'drawn' };
          return rest.includes(unit)
            ? { unit, word: text.freeze.rest, tone: 'waits' }
            : { unit, word: '', tone: 'off' };
        });
        return (
          <section key={id}>
            <h3>
              {text.seats(label, seats)} <small class="meta">{text.values.candidates(members.length)}</small>
            </h3>
            {members.length === 0 ? (
              <p class="meta">{text.values.noneDrawn}</p>
            ) : (
              <UnitGrid label={label} rows={rows} />
            )}
          </section>
        );
      })}
    </>
  );
}
