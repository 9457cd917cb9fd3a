// Rule and candidate list of a draw: step 6 of verification.md 9, sections 7.1 and 7.2.
import { instantOf, intlOffset, type ZoneOffset } from '../time/civil.ts';
import { parseWeek, weekStart } from '../time/week.ts';
import { must } from './failure.ts';
import type { LogRecord } from './keys.ts';
import { isBareVoid, isList, isRule, isSeal, type List, type Rule, type Seal } from './records.ts';
import { hashOfSeal } from './seal.ts';

/** Gives the offset of a zone, or null for one that it does not know. */
export type Zones = (zone: string) => ZoneOffset | null;

/** A list that holds. `first`: index of the week's first list; `voids`: earlier attempts; `seals`: of the candidates. */
export type CheckedList = {
  readonly rule: Rule;
  readonly list: List;
  readonly first: number;
  readonly frozenEarly: boolean;
  readonly voids: readonly { readonly draw: string; readonly reason: string }[];
  readonly seals: ReadonlyMap<string, Seal>;
};

/** Instant (Unix seconds) until which a week may be sealed (7.1). A zone that is not known counts as UTC. */
export function deadlineOf(
  { close, zone }: Pick<Rule, 'close' | 'zone'>,
  week: string,
  zones: Zones = intlOffset,
): number {
  return instantOf((weekStart(week) + 7) * 1440, zones(zone) ?? (() => 0)) + 60 * close;
}

/** Draw ids of a week up to `draw`, in order: `d-2026-w47`, `d-2026-w47-r2`, …; null when `draw` is none of the week. */
export function attemptsUpTo(draw: string, week: string): readonly string[] | null {
  const base = `d-${week.toLowerCase()}`;
  const ids = [base, ...[2, 3, 4, 5, 6, 7, 8, 9].map((n) => `${base}-r${n}`)];
  const at = ids.indexOf(draw);
  return at < 0 ? null : ids.slice(0, at + 1);
}

/** Step 6: checks rule and list of one draw. Must run within `judged`; every failure is LIST_INVALID. */
export async function checkList(
  records: readonly LogRecord[],
  ruleRecord: LogRecord,
  listRecord: LogRecord,
  drawRecord: LogRecord | null,
  zones: Zones = intlOffset,
): Promise<CheckedList> {
  const rule = ruleRecord.payload;
  const list = listRecord.payload;
  invalidUnless(isRule(rule) && isList(list) && parseWeek(list.week) !== null);
  const strata = rule.strata.map(({ id }) => id);
  const roll = rule.roll.map(({ unit }) => unit);
  invalidUnless(distinct(strata) && distinct(roll) && rule.roll.every(({ stratum }) => strata.includes(stratum)));
  invalidUnless(list.rule === ruleRecord.index);
  // Before the draw there is no record of it.
  invalidUnless(!drawRecord || (drawRecord.payload.list === listRecord.index && listRecord.index < drawRecord.index));

  const attempts = attemptsUpTo(list.draw, list.week);
  invalidUnless(attempts);
  const voids: { draw: string; reason: string }[] = [];
  let firstRecord = listRecord;
  let before = ruleRecord;
  for (const draw of attempts.slice(0, -1)) {
    const [earlier, ...moreLists] = recordsOf(records, 'wd-list+jwt', draw);
    const [end, ...moreEnds] = recordsOf(records, 'wd-draw+jwt', draw);
    invalidUnless(earlier && end && moreLists.length + moreEnds.length === 0);
    invalidUnless(isBareVoid(end.payload) && end.payload.list === earlier.index && earlier.payload.week === list.week);
    // No list while another one may still count: whoever had two would choose.
    invalidUnless(before.index < earlier.index && earlier.index < end.index);
    if (before === ruleRecord) firstRecord = earlier;
    before = end;
    voids.push({ draw, reason: String(end.payload.void) });
  }
  invalidUnless(before.index < listRecord.index);

  const listed = list.list.map(({ unit }) => unit);
  const absent = list.absent.map(({ unit }) => unit);
  const together = [...listed, ...absent];
  invalidUnless(ascending(listed) && ascending(absent) && ascending(list.rest.map(({ unit }) => unit)));
  invalidUnless(distinct(together) && together.length === roll.length && together.every((unit) => roll.includes(unit)));

  invalidUnless(list.sources.length === rule.sources.length);
  list.sources.forEach(({ kind, name, issue, not_before }, n) => {
    invalidUnless(kind === rule.sources[n]?.kind && name === rule.sources[n]?.name);
    invalidUnless(kind === 'nonces' || (issue !== undefined && not_before !== undefined));
  });
  invalidUnless(list.sources.some(({ kind }) => kind !== 'nonces'));

  const candidates = list.list.map(async ({ i, seal: hash, unit }) => {
    const leaf = records.find(({ index, typ }) => index === i && typ === 'wd-seal+sd-jwt');
    const seal = leaf?.payload;
    invalidUnless(leaf && isSeal(seal) && seal.iss === unit && seal.week === list.week && i < firstRecord.index);
    invalidUnless((await hashOfSeal(leaf)) === hash);
    return [unit, seal] as const;
  });
  const seals = new Map(await Promise.all(candidates));
  const missed = [list, firstRecord.payload].some((one) => isList(one) && one.absent.some(({ why }) => why === 'none'));
  const frozenEarly = missed && firstRecord.iat < deadlineOf(rule, list.week, zones);
  return { rule, list, first: firstRecord.index, frozenEarly, voids, seals };
}

/** Records of one kind and draw id, by index. */
export const recordsOf = (records: readonly LogRecord[], typ: string, draw: unknown): readonly LogRecord[] =>
  records.filter((record) => record.typ === typ && record.payload.draw === draw);

function invalidUnless(holds: unknown): asserts holds {
  must(holds, 'LIST_INVALID');
}

const distinct = (ids: readonly string[]): boolean => new Set(ids).size === ids.length;
const ascending = (ids: readonly string[]): boolean => ids.every((id, n) => n === 0 || (ids[n - 1] ?? '') < id);
