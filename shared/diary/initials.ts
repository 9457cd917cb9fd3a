/** Pinyin initials: 网络交通 is found by `wljt`. Readings by pinyin-pro; a character that is read in several ways counts with each. */
import { pinyin, polyphonic } from 'pinyin-pro';

/** The initials of a text in its most common reading: one letter for each 汉字, letters and digits in lower case, all else dropped.
 *  重庆银行 A1 gives `cqyha1`. */
export function initialKeys(text: string): string {
  return pinyin(folded(text), { type: 'array', pattern: 'first', toneType: 'none' }).map(latin).join('');
}

/** Does the text have these initials, in any reading of its characters? `where`: at its beginning, or from any character on. What is typed
 *  may mix 汉字 and initials (网ljt); blanks and signs count on neither side. False where nothing is typed. */
export function matchesInitials(text: string, typed: string, where: 'start' | 'anywhere' = 'anywhere'): boolean {
  const wanted = kept(typed);
  if (wanted.length === 0) return false;
  const said = kept(text);
  const last = where === 'start' ? 0 : said.length - wanted.length;
  for (let from = 0; from <= last && from + wanted.length <= said.length; from += 1)
    if (wanted.every((letter, index) => isInitial(letter, said[from + index] ?? ''))) return true;
  return false;
}

function isInitial(letter: string, character: string): boolean {
  return letter === character || initialsOf(character).includes(letter);
}

/** The letters with which a character can begin, without blanks between them; each is looked up once. */
export function initialsOf(character: string): string {
  if (!/\p{Script=Han}/u.test(character)) return '';
  const known = looked.get(character);
  if (known !== undefined) return known;
  const [readings] = polyphonic(character, { type: 'array', pattern: 'first', toneType: 'none' });
  const initials = (readings ?? []).map(latin).join('');
  looked.set(character, initials);
  return initials;
}

const looked = new Map<string, string>();

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

function kept(text: string): readonly string[] {
  return [...folded(text)].filter((character) => /[\p{Script=Han}a-z0-9]/u.test(character));
}

// 欸 is read ê.
function latin(reading: string): string {
  return reading.normalize('NFD').replace(/[^a-z0-9]/g, '');
}
