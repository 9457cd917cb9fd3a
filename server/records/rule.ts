/** `wd-rule+jwt`: the standing rule of a season (verification.md 7.1). */
import { ok, type Result } from '../../shared/base/result.ts';
import { drandChain } from '../../shared/proof/drand-chains.ts';
import { isRule, type Rule } from '../../shared/proof/records.ts';
import { zoneOffset } from '../../shared/time/civil.ts';
import { outOfOrder, type RecordProblem, refused } from './problem.ts';

/** Whether a rule can be followed: every unit and stratum is known and stands once, the roll is not empty, at least one source lies outside
 *  the organisation, a beacon is a pinned chain, and enough units can acknowledge. Refused while a draw is open. */
export function judgeRule(
  payload: unknown,
  state: { readonly units: ReadonlySet<string>; readonly isDrawOpen: boolean },
): Result<Rule, RecordProblem> {
  if (!isRule(payload)) return refused('SHAPE');
  const units = payload.roll.map((row) => row.unit);
  const strata = payload.strata.map((row) => row.id);
  const sources = payload.sources.map((source) => `${source.kind} ${source.name}`);
  if (!distinct(units)) return refused('UNIT_TWICE', 'roll');
  if (!units.every((unit) => state.units.has(unit))) return refused('UNIT_UNKNOWN', 'roll');
  if (!distinct(strata)) return refused('STRATUM_TWICE', 'strata');
  if (!payload.roll.every((row) => strata.includes(row.stratum))) return refused('STRATUM_UNKNOWN', 'roll');
  if (!distinct(sources)) return refused('SOURCE_TWICE', 'sources');
  if (payload.sources.every((source) => source.kind === 'nonces')) return refused('NO_OUTSIDE_SOURCE', 'sources');
  if (payload.sources.some(({ kind, name }) => kind === 'drand' && drandChain(name) === undefined))
    return refused('CHAIN_UNKNOWN', 'sources');
  if (payload.min_acks > units.length) return refused('MIN_ACKS_TOO_HIGH', 'min_acks');
  if (zoneOffset(payload.zone) === null) return refused('ZONE_UNKNOWN', 'zone');
  return state.isDrawOpen ? outOfOrder('DRAW_OPEN') : ok(payload);
}

const distinct = (values: readonly string[]): boolean => new Set(values).size === values.length;
