/** The keys of a text: one sign for each 汉字, Latin letter and digit, so that initials over ten years of entries are looked for with one
 *  regular expression. A sign stands for all letters that the character answers to, and whether a search may begin at it. */
import { initialsOf } from './initials.ts';

/** The keys of a folded text. Blanks and punctuation have none; `\n`, which parts fields, is kept. They hold within one run of the program. */
export function keysOf(text: string): string {
  const keys: string[] = [];
  let inWord = false;
  for (const character of text) {
    const sign = signOf(character);
    keys.push(inWord ? sign.inside : sign.begin);
    inWord = sign.isLatin;
  }
  return keys.join('');
}

/** Finds what was typed in keys: Latin words and numbers from their beginning, 汉字 by their initials, which takes two letters and more. A
 *  typed 汉字 stands for all that are read with its initials. */
export function keyFinder(typed: string): (keys: string) => boolean {
  let pattern = patternOf(typed);
  let known = kinds.size;
  return (keys) => {
    // Texts read since may have brought new signs.
    if (known !== kinds.size) [pattern, known] = [patternOf(typed), kinds.size];
    return pattern.test(keys);
  };
}

function patternOf(typed: string): RegExp {
  const classes = [...typed].map((character, at) => {
    if (!isLatin(character)) return escaped(signOf(character).begin);
    const wanted = [...kinds.values()].filter(
      ({ letters, begins, isHan }) => letters.includes(character) && (begins || at > 0) && (!isHan || typed.length > 1),
    );
    return `[${wanted.map(({ sign }) => escaped(sign)).join('')}]`;
  });
  return new RegExp(classes.join(''), 'u');
}

interface Kind {
  readonly sign: string;
  readonly letters: string;
  readonly begins: boolean;
  readonly isHan: boolean;
}

/** The two signs of a character: where a search may begin at it, and inside a Latin word. */
interface Sign {
  readonly begin: string;
  readonly inside: string;
  readonly isLatin: boolean;
}

const firstSign = 0x21;
const kinds = new Map<string, Kind>();
const signs = new Map<string, Sign>([['\n', { begin: '\n', inside: '\n', isLatin: false }]]);
const none: Sign = { begin: '', inside: '', isLatin: false };

function signOf(character: string): Sign {
  const known = signs.get(character);
  if (known !== undefined) return known;
  const made = newSign(character);
  signs.set(character, made);
  return made;
}

function newSign(character: string): Sign {
  if (isLatin(character))
    return { begin: signFor(character, true, false), inside: signFor(character, false, false), isLatin: true };
  if (!isSaid(character)) return none;
  const sign = signFor([...new Set(initialsOf(character))].sort().join(''), true, true);
  return { begin: sign, inside: sign, isLatin: false };
}

/** A folded Latin letter or digit: typed as it is. */
export function isLatin(character: string): boolean {
  return /^[a-z0-9]$/.test(character);
}

/** A letter or digit of any script: blanks and punctuation are not said. */
export function isSaid(character: string): boolean {
  return /^[\p{L}\p{N}]$/u.test(character);
}

function signFor(letters: string, begins: boolean, isHan: boolean): string {
  const name = `${letters} ${begins} ${isHan}`;
  const known = kinds.get(name);
  if (known !== undefined) return known.sign;
  const sign = String.fromCharCode(firstSign + kinds.size);
  kinds.set(name, { sign, letters, begins, isHan });
  return sign;
}

function escaped(sign: string): string {
  return `\\u{${sign.charCodeAt(0).toString(16)}}`;
}
