/** Numbers as an organiser types them, against what is known of the lottery that bears the name. */
import { fail, ok, type Result } from '../../shared/base/result.ts';
import type { Source, Value } from '../../shared/proof/records.ts';

/** What is wrong with typed numbers. `COUNT`: of `part` (1: the first kind of balls, 2: the second) there should be `want`; `RANGE`: `number`
 *  is not among `from` to `to`; `TWICE`: `number` stands twice in one part; `DIGITS`: so many digits are wanted, written together. */
export type ValueProblem =
  | { readonly code: 'VALUE_MISSING' | 'VALUE_UNREADABLE' }
  | { readonly code: 'COUNT'; readonly want: number; readonly have: number }
  | { readonly code: 'RANGE'; readonly number: number; readonly from: number; readonly to: number }
  | { readonly code: 'TWICE'; readonly number: number }
  | { readonly code: 'DIGITS'; readonly want: number; readonly have: number };

/** Balls are drawn without being put back, part by part: `[6, 33]` is six of 1 to 33. Digits are a text whose order counts. */
type Lottery = { readonly balls: readonly (readonly [count: number, most: number])[] } | { readonly digits: number };

const ssq = ['双色球', 'ssq', 'double colour ball'];
const dlt = ['大乐透', '超级大乐透', 'dlt', 'super lotto'];
/** Rules of the games as 中国福利彩票 and 中国体育彩票 publish them, by name and usual short name. What is not here is not judged. */
const lotteries: ReadonlyMap<string, Lottery> = new Map<string, Lottery>([
  ...named(
    {
      balls: [
        [6, 33],
        [1, 16],
      ],
    },
    ...ssq,
  ),
  ...named(
    {
      balls: [
        [5, 35],
        [2, 12],
      ],
    },
    ...dlt,
  ),
  ...named({ balls: [[20, 80]] }, '快乐8', 'kl8'),
  ...named({ balls: [[8, 30]] }, '七乐彩', 'qlc'),
  ...named({ digits: 3 }, '福彩3d', '3d', '排列3', '排列三', 'pl3'),
  ...named({ digits: 5 }, '排列5', '排列五', 'pl5'),
]);

/** The name under which a source stands in a rule: of a lottery whose balls and official page readers are shown, its short one. */
export function nameInRule({ kind, name }: Pick<Source, 'kind' | 'name'>): string {
  const isOf = (names: readonly string[]) => kind === 'lottery' && names.includes(plain(name));
  return isOf(ssq) ? 'ssq' : isOf(dlt) ? 'dlt' : name.trim();
}

/** Reads numbers: several with anything but letters between them are integers whose order does not matter; one word of digits, letters and
 *  hyphens is a text whose order does. */
export function readValue(text: string): Result<Value, 'VALUE_MISSING' | 'VALUE_UNREADABLE'> {
  const words = wordsOf(text);
  const [first] = words;
  if (first === undefined) return fail('VALUE_MISSING');
  if (words.length === 1) return /^[0-9A-Za-z-]+$/.test(first) ? ok(first) : fail('VALUE_UNREADABLE');
  return words.every((word) => /^\d{1,9}$/.test(word)) ? ok(words.map(Number)) : fail('VALUE_UNREADABLE');
}

/** Reads the numbers of a source, refusing what its lottery cannot have drawn. Balls may be written without blanks, two digits each; digits
 *  with blanks. */
export function readNumbers({ kind, name }: Pick<Source, 'kind' | 'name'>, text: string): Result<Value, ValueProblem> {
  const lottery = kind === 'lottery' ? lotteries.get(plain(name)) : undefined;
  const read = readValue(lottery !== undefined && 'balls' in lottery ? spaced(text) : text);
  if (!read.ok) return fail({ code: read.problem });
  if (lottery === undefined) return read;
  return 'digits' in lottery ? digitsOf(text, lottery.digits) : ballsOf(read.value, lottery.balls);
}

function digitsOf(text: string, want: number): Result<Value, ValueProblem> {
  const digits = wordsOf(text).join('');
  if (!/^\d+$/.test(digits)) return fail({ code: 'VALUE_UNREADABLE' });
  return digits.length === want ? ok(digits) : fail({ code: 'DIGITS', want, have: digits.length });
}

function ballsOf(value: Value, parts: readonly (readonly [number, number])[]): Result<Value, ValueProblem> {
  const numbers = typeof value === 'string' ? [Number(value)] : value;
  const want = parts.reduce((sum, [count]) => sum + count, 0);
  if (numbers.length !== want) return fail({ code: 'COUNT', want, have: numbers.length });
  let from = 0;
  for (const [count, most] of parts) {
    const part = numbers.slice(from, from + count);
    const outside = part.find((number) => !(number >= 1 && number <= most));
    if (outside !== undefined) return fail({ code: 'RANGE', number: outside, from: 1, to: most });
    const twice = part.find((number, n) => part.indexOf(number) !== n);
    if (twice !== undefined) return fail({ code: 'TWICE', number: twice });
    from += count;
  }
  return ok(numbers);
}

/** `02050810123014` as `02 05 08 10 12 30 14`. */
function spaced(text: string): string {
  const words = wordsOf(text);
  const [first = ''] = words;
  return words.length === 1 && /^(\d\d){2,}$/.test(first) ? (first.match(/\d\d/g) ?? []).join(' ') : text;
}

const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKC')
    .trim()
    .split(/[\s,;、，；|+/]+/)
    .filter((word) => word !== '');

const plain = (name: string): string => name.normalize('NFKC').trim().toLowerCase();

function named(lottery: Lottery, ...names: readonly string[]): [string, Lottery][] {
  return names.map((name) => [name, lottery]);
}
