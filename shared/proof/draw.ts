// Selection by lot: RFC 3797 with SHA-256 in the place of MD5 (verification.md 7.6).
import { type Bytes, be16, concat, hex, utf8 } from '../base/bytes.ts';
import { sha256, sha256Text } from '../base/digest.ts';
import { once } from '../base/once.ts';
import { must } from './failure.ts';
import { type Drawn, isDrawn, type List, type Rule, type Value } from './records.ts';

/** How RFC 3797 writes a value into the key: integers sorted, each with a full stop; a text in upper case. */
export const sourceText = (value: Value): string =>
  typeof value === 'string'
    ? `${value.toUpperCase()}./`
    : `${[...value]
        .sort((a, b) => a - b)
        .map((number) => `${number}.`)
        .join('')}/`;

/** One taking by lot: the number, from which it took one, and which. `left` stood in this order; `at` = `number` mod its length. */
export type Lot<T> = { readonly number: Bytes; readonly left: readonly T[]; readonly at: number; readonly taken: T };

/** Takes up to `count` from `groups` by lot: a later group only when the ones before are used up. `key` as in RFC 3797 4.
 *  `hash` is SHA-256; its published example needs MD5. */
export async function drawFrom<T>(
  key: string,
  groups: readonly (readonly T[])[],
  count: number,
  hash: (bytes: Bytes) => Promise<Bytes> = sha256,
): Promise<Lot<T>[]> {
  const picks: Lot<T>[] = [];
  for (const group of groups) {
    const left = [...group];
    while (picks.length < count && left.length > 0) {
      const counter = be16(picks.length);
      const number = await hash(concat(counter, utf8(key), counter));
      const at = number.reduce((rest, byte) => (rest * 256 + byte) % left.length, 0);
      const stood = [...left];
      for (const taken of left.splice(at, 1)) picks.push({ number, left: stood, at, taken });
    }
  }
  return picks;
}

/** LH: hash over the listed units and their seals, upper-case hex. */
export const listHash = once(
  (list: List['list']): Promise<string> => hashed('wd-list/v1', list, ({ unit, seal }) => `${unit} ${seal}`),
);

/** NH: hash over the listed units and their nonces (b64u; `-` where none), upper-case hex. */
export const noncesHash = (list: List['list'], nonces: ReadonlyMap<string, string>): Promise<string> =>
  hashed('wd-nonces/v1', list, ({ unit }) => `${unit} ${nonces.get(unit) ?? '-'}`);

/** What a draw is computed from; `values` in the order of the list's sources, NH standing for nonces. */
export type DrawInput = Pick<Rule, 'roll' | 'strata'> &
  Pick<List, 'draw' | 'list' | 'rest'> & { readonly values: readonly Value[] };

/** The key of one stratum. `lists`: LH of the input's list, for whoever has it. */
export const stratumKey = async ({ draw, list, values }: DrawInput, stratum: string): Promise<string> =>
  [draw, stratum, await listHash(list), ...values].map(sourceText).join('');

/** How one unit was drawn: by which key and in which order among `left`, and the last week of these where they rest. */
export type SelectionStep = Lot<string> & { readonly stratum: string; readonly key: string; readonly last?: string };

/** The lot step by step: for each stratum in the rule's order the units in the order in which they are drawn. The order in which
 *  list, roll and rest are given does not matter but for LH and NH, which hash the list as it stands. */
export async function selectionSteps(input: DrawInput): Promise<readonly SelectionStep[]> {
  const listed = new Set(input.list.map(({ unit }) => unit));
  const last = new Map(input.rest.map((rest) => [rest.unit, rest.last]));
  const steps: SelectionStep[] = [];
  for (const { id: stratum, seats } of input.strata) {
    const members = input.roll.filter((row) => row.stratum === stratum && listed.has(row.unit)).map(({ unit }) => unit);
    members.sort();
    // A unit that does not rest sorts before every week.
    const weeks = [...new Set(members.map((unit) => last.get(unit) ?? ''))].sort();
    const groups = weeks.map((week) => members.filter((unit) => (last.get(unit) ?? '') === week));
    const key = await stratumKey(input, stratum);
    for (const pick of await drawFrom(key, groups, seats)) {
      const week = last.get(pick.taken);
      steps.push({ ...pick, stratum, key, ...(week !== undefined && { last: week }) });
    }
  }
  return steps;
}

/** The result: stratum and unit of each step. */
export const select = async (input: DrawInput): Promise<Drawn> =>
  (await selectionSteps(input)).map(({ stratum, taken }) => ({ stratum, unit: taken }));

/** Step 9: the result of the record is the one that comes out (JCS would be equal). Gives it. Must run within `judged`; the
 *  failure is DRAW_MISMATCH. */
export async function checkResult(input: DrawInput, recorded: unknown): Promise<Drawn> {
  const drawn = await select(input);
  must(isDrawn(recorded) && rows(drawn) === rows(recorded), 'DRAW_MISMATCH');
  return drawn;
}

// Stratum and unit of every row, in order, and nothing else.
const rows = (drawn: Drawn): string => JSON.stringify(drawn.map((row) => Object.entries(row).sort()));

async function hashed(label: string, list: List['list'], line: (row: List['list'][number]) => string): Promise<string> {
  return hex(await sha256Text(`${label}\n${list.map((row) => `${line(row)}\n`).join('')}`)).toUpperCase();
}
