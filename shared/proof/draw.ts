// Selection by lot: RFC 3797 with SHA-256 in the place of MD5 (verification.md 7.6).
import { type Bytes, be16, concat, hex, utf8 } from '../base/bytes.ts';
import { sha256, sha256Text } from '../base/digest.ts';
import type { Drawn, List, Rule, Value } from './records.ts';

/** How RFC 3797 writes a value into the key: integers sorted, each with a full stop; a text in upper case. */
export const sourceText = (value: Value): string =>
  typeof value === 'string'
    ? `${value.toUpperCase()}./`
    : `${[...value]
        .sort((a, b) => a - b)
        .map((number) => `${number}.`)
        .join('')}/`;

/** Takes up to `count` from `groups` by lot: a later group only when the ones before are used up. `key` as in RFC 3797 4.
 *  `hash` is SHA-256; its published example needs MD5. */
export async function drawFrom<T>(
  key: string,
  groups: readonly (readonly T[])[],
  count: number,
  hash: (bytes: Bytes) => Promise<Bytes> = sha256,
): Promise<T[]> {
  const drawn: T[] = [];
  for (const group of groups) {
    const left = [...group];
    while (drawn.length < count && left.length > 0) {
      const counter = be16(drawn.length);
      const digest = await hash(concat(counter, utf8(key), counter));
      const at = digest.reduce((rest, byte) => (rest * 256 + byte) % left.length, 0);
      drawn.push(...left.splice(at, 1));
    }
  }
  return drawn;
}

/** LH: hash over the listed units and their seals, upper-case hex. */
export const listHash = (list: List['list']): Promise<string> =>
  hashed('wd-list/v1', list, ({ unit, seal }) => `${unit} ${seal}`);

/** NH: hash over the listed units and their nonces (b64u; `-` where none), upper-case hex. */
export const noncesHash = (list: List['list'], nonces: ReadonlyMap<string, string>): Promise<string> =>
  hashed('wd-nonces/v1', list, ({ unit }) => `${unit} ${nonces.get(unit) ?? '-'}`);

/** What a draw is computed from; `values` in the order of the list's sources, NH standing for nonces. */
export type DrawInput = Pick<Rule, 'roll' | 'strata'> &
  Pick<List, 'draw' | 'list' | 'rest'> & { readonly values: readonly Value[] };

/** The key of one stratum. */
export async function stratumKey({ draw, list, values }: DrawInput, stratum: string): Promise<string> {
  return [draw, stratum, await listHash(list), ...values].map(sourceText).join('');
}

/** The result: for each stratum in the rule's order the units in the order in which they were drawn. The order in which
 *  list, roll and rest are given does not matter but for LH and NH, which hash the list as it stands. */
export async function select(input: DrawInput): Promise<Drawn> {
  const listed = new Set(input.list.map(({ unit }) => unit));
  const last = new Map(input.rest.map((rest) => [rest.unit, rest.last]));
  const drawn: { stratum: string; unit: string }[] = [];
  for (const { id, seats } of input.strata) {
    const members = input.roll
      .filter(({ stratum, unit }) => stratum === id && listed.has(unit))
      .map(({ unit }) => unit);
    members.sort();
    // A unit that does not rest sorts before every week.
    const weeks = [...new Set(members.map((unit) => last.get(unit) ?? ''))].sort();
    const groups = weeks.map((week) => members.filter((unit) => (last.get(unit) ?? '') === week));
    for (const unit of await drawFrom(await stratumKey(input, id), groups, seats)) drawn.push({ stratum: id, unit });
  }
  return drawn;
}

/** Whether two results are the same: stratum and unit of every row, in order, and nothing else (JCS would be equal). */
export const isSameResult = (a: Drawn, b: Drawn): boolean => rows(a) === rows(b);

const rows = (drawn: Drawn): string => JSON.stringify(drawn.map((row) => Object.entries(row).sort()));

async function hashed(label: string, list: List['list'], line: (row: List['list'][number]) => string): Promise<string> {
  return hex(await sha256Text(`${label}\n${list.map((row) => `${line(row)}\n`).join('')}`)).toUpperCase();
}
