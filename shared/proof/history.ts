// What the records of a log say about a draw to come: latest seals, resting units, revealed nonces (verification.md 4, 7, 10).
import { parseWeek } from '../time/week.ts';
import type { LogRecord } from './keys.ts';
import { isDrawn, isList, isNonce, isSeal, type List } from './records.ts';
import { hashOfSeal, opens } from './seal.ts';

/** A seal in the log. */
export type LoggedSeal = { readonly index: number; readonly hash: string; readonly nc: string };

/** Index of the week's first list, or undefined while there is none. */
export const firstListOf = (records: readonly LogRecord[], week: string): number | undefined =>
  records.find(({ typ, payload }) => typ === 'wd-list+jwt' && payload.week === week)?.index;

/** Of each unit its seal of the week with the highest index below `before`: the one that counts. A seal that is logged once more stays where
 *  it was first: bringing back an older one takes no key, nor does writing its signature the other way (s as n - s). */
export async function latestSeals(
  records: readonly LogRecord[],
  week: string,
  before: number,
): Promise<ReadonlyMap<string, LoggedSeal>> {
  const latest = new Map<string, LogRecord>();
  const known = new Set<string>();
  for (const record of records) {
    const { typ, payload, index, iss, text } = record;
    if (typ !== 'wd-seal+sd-jwt' || !isSeal(payload) || payload.week !== week || index >= before) continue;
    const signed = text.slice(0, text.lastIndexOf('.'));
    if (!known.has(signed)) latest.set(iss, record);
    known.add(signed);
  }
  const seals = [...latest].map(async ([unit, record]) => {
    return [unit, { index: record.index, hash: await hashOfSeal(record), nc: String(record.payload.nc) }] as const;
  });
  return new Map(await Promise.all(seals));
}

/** Units drawn in the last `window` draws with a result below index `before`, each with its latest week, sorted by unit. */
export function restBefore(records: readonly LogRecord[], before: number, window: number): List['rest'] {
  const draws = records.filter(({ typ, payload, index }) => {
    return typ === 'wd-draw+jwt' && index < before && payload.void === undefined;
  });
  const last = new Map<string, string>();
  for (const { payload } of window > 0 ? draws.slice(-window) : []) {
    const week = String(payload.draw).slice(2, 10).toUpperCase();
    if (!isDrawn(payload.drawn)) continue;
    for (const { unit } of payload.drawn) if ((last.get(unit) ?? '') < week) last.set(unit, week);
  }
  const units = [...last.keys()].sort();
  return units.map((unit) => ({ unit, last: last.get(unit) ?? '' }));
}

/** Nonces (b64u, by unit, sorted) that listed units logged between list and lock and that open their commitments. */
export async function revealedNonces(
  records: readonly LogRecord[],
  listIndex: number,
  list: List,
  lockSize: number,
): Promise<ReadonlyMap<string, string>> {
  const revealed = new Map<string, string>();
  if (!list.sources.some(({ kind }) => kind === 'nonces')) return revealed;
  for (const record of records) {
    const { typ, payload, index, iss } = record;
    if (typ !== 'wd-nonce+jwt' || !isNonce(payload) || payload.draw !== list.draw) continue;
    if (index <= listIndex || index >= lockSize) continue;
    const row = list.list.find(({ unit }) => unit === iss);
    const seal = records.find((other) => other.index === row?.i)?.payload;
    if (isSeal(seal) && (await opens(record, seal.nc))) revealed.set(iss, payload.nonce);
  }
  return new Map([...revealed].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The list record with its payload, or null when the record at this index is none. */
export function listAt(
  records: readonly LogRecord[],
  index: unknown,
): { readonly index: number; readonly list: List } | null {
  const record = records.find((one) => one.index === index && one.typ === 'wd-list+jwt');
  const list = record?.payload;
  return record && isList(list) && parseWeek(list.week) !== null ? { index: record.index, list } : null;
}
