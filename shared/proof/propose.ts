// The list and the draw record that a correct organiser makes, out of the records of the log (verification.md 7.2, 7.5).
// Server and devices compute them too, and compare.

import { fail, ok, type Result } from '../base/result.ts';
import { type ZoneOffset, zoneOffset } from '../time/civil.ts';
import type { Head } from './checkpoint.ts';
import { noncesHash, select } from './draw.ts';
import { firstListOf, latestSeals, listAt, restBefore, revealedNonces } from './history.ts';
import type { LogRecord } from './keys.ts';
import { attemptsUpTo, deadlineOf, recordsOf } from './list.ts';
import { type Draw, isRule, type List, type Rule } from './records.ts';

/** Why no list can be made now. `DRAW_RUNNING`: the week's last list has no draw record; `DRAW_DONE`: it has a result. */
export type ListProblem =
  | { readonly code: 'RULE_ABSENT' | 'DRAW_RUNNING' | 'DRAW_DONE' | 'RERUNS_EXHAUSTED' }
  | { readonly code: 'SOURCE_MISSING'; readonly name: string };

/** What only the organiser knows: who is on leave or exempt, and the issue of each outside source (by name). */
export type ListWish = {
  readonly iss: string;
  readonly iat: number;
  readonly week: string;
  readonly away: ReadonlyMap<string, 'leave' | 'exempt'>;
  readonly issues: ReadonlyMap<string, { readonly issue: string; readonly not_before: number }>;
};

/** A list to sign; `early`: it would carry the notice FROZEN_EARLY, and devices refuse to acknowledge it. */
export type ListProposal = { readonly list: List; readonly deadline: number; readonly early: boolean };

/** The rule in force: the last one in the log. */
export function ruleInForce(records: readonly LogRecord[]): { readonly index: number; readonly rule: Rule } | null {
  const record = records.findLast(({ typ, payload }) => typ === 'wd-rule+jwt' && isRule(payload));
  return record && isRule(record.payload) ? { index: record.index, rule: record.payload } : null;
}

/** The list that freezes `wish.week` on top of these records. A unit that has sealed is always a candidate, whatever `away`
 *  says; an outside source needs an issue whose numbers are not before `iat`. */
export async function proposeList(
  records: readonly LogRecord[],
  wish: ListWish,
  zones: (zone: string) => ZoneOffset | null = zoneOffset,
): Promise<Result<ListProposal, ListProblem>> {
  const { iss, iat, week, away, issues } = wish;
  const inForce = ruleInForce(records);
  if (inForce === null) return fail({ code: 'RULE_ABSENT' });
  const { rule } = inForce;
  const attempts = attemptsUpTo(`d-${week.toLowerCase()}-r9`, week) ?? [];
  const draw = attempts.find((id) => recordsOf(records, 'wd-list+jwt', id).length === 0);
  const before = draw === undefined ? attempts.at(-1) : attempts[attempts.indexOf(draw) - 1];
  if (before !== undefined) {
    const [end] = recordsOf(records, 'wd-draw+jwt', before);
    if (end === undefined) return fail({ code: 'DRAW_RUNNING' });
    if (end.payload.void === undefined) return fail({ code: 'DRAW_DONE' });
  }
  if (draw === undefined) return fail({ code: 'RERUNS_EXHAUSTED' });

  const sources: List['sources'][number][] = [];
  for (const { kind, name } of rule.sources) {
    const named = issues.get(name);
    if (kind === 'nonces') sources.push({ kind, name });
    else if (named && named.not_before > iat) sources.push({ kind, name, ...named });
    else return fail({ code: 'SOURCE_MISSING', name });
  }
  const size = (records.at(-1)?.index ?? -1) + 1;
  const seals = await latestSeals(records, week, firstListOf(records, week) ?? size);
  const units = rule.roll.map(({ unit }) => unit).sort();
  const rows = units.map((unit) => ({ unit, seal: seals.get(unit) }));
  const list = rows.flatMap(({ unit, seal }) => (seal ? { i: seal.index, seal: seal.hash, unit } : []));
  const absent = rows.flatMap(({ unit, seal }) => (seal ? [] : { unit, why: away.get(unit) ?? ('none' as const) }));
  const rest = restBefore(records, size, rule.window);
  const deadline = deadlineOf(rule, week, zones);
  const early = iat < deadline && absent.some(({ why }) => why === 'none');
  const proposal: List = { iss, iat, draw, week, rule: inForce.index, list, absent, rest, sources };
  return ok({ list: proposal, deadline, early });
}

/** Why no draw record can be made: no such list, no rule behind it, or the values are not those that the list names. */
export type DrawProblem = 'LIST_ABSENT' | 'RULE_ABSENT' | 'VALUES_WRONG';

/** The draw record for the list at `listIndex`: nonces that were revealed in time, values in the order of the list's
 *  outside sources, and the result. `lock` is the head that the devices acknowledged. */
export async function proposeDraw(
  records: readonly LogRecord[],
  listIndex: number,
  lock: Head,
  values: Draw['values'],
  signed: { readonly iss: string; readonly iat: number },
): Promise<Result<Draw, DrawProblem>> {
  const found = listAt(records, listIndex);
  if (found === null) return fail('LIST_ABSENT');
  const { list } = found;
  const rule = records.find(({ index }) => index === list.rule)?.payload;
  if (!isRule(rule)) return fail('RULE_ABSENT');
  const outside = list.sources.filter(({ kind }) => kind !== 'nonces');
  const named = outside.every(({ kind, name, issue }, n) => {
    return values[n]?.kind === kind && values[n].name === name && values[n].issue === issue;
  });
  if (!named || values.length !== outside.length) return fail('VALUES_WRONG');
  const nonces = await revealedNonces(records, listIndex, list, lock.size);
  const hash = await noncesHash(list.list, nonces);
  const given = [...values];
  const inOrder = list.sources.map(({ kind }) => (kind === 'nonces' ? hash : (given.shift()?.value ?? '')));
  const drawn = await select({ ...rule, ...list, values: inOrder });
  const { size, root } = lock;
  const { draw } = list;
  return ok({ ...signed, draw, list: listIndex, lock: { size, root }, nonces: [...nonces.keys()], values, drawn });
}
