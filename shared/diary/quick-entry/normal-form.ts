// The form of a line that is read: NFKC, small letters, one sign for all dashes. Each unit knows what was typed for it.

/** `text` is for reading only; unit `i` of it was typed at `[from[i], to[i])` of the line (UTF-16 units). Zero-width
 *  characters have no unit. `typedLength` is the length of the line. */
export type NormalForm = {
  readonly text: string;
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly typedLength: number;
};

/** The normal form of a line, character by character, so that every unit leads back to the typed one. Besides NFKC: every
 *  dash and wave is `-`, every colon `:`, every blank but the tab a space; ½ ¼ ¾ are decimals (NFKC would turn 1½ into
 *  11⁄2); circled and parenthesised list numbers are `•` (NFKC would turn ①8:30 into 18:30); the traditional characters
 *  that stand in times are simplified. */
export function normalForm(line: string): NormalForm {
  let text = '';
  const from: number[] = [];
  const to: number[] = [];
  let position = 0;
  for (const typed of line) {
    const read = readAs(typed);
    for (let unit = 0; unit < read.length; unit += 1) {
      from.push(position);
      to.push(position + typed.length);
    }
    text += read;
    position += typed.length;
  }
  return { text, from, to, typedLength: line.length };
}

/** The typed span `[from, to)` of the units `[from, to)` of the normal form; empty at the place when there are none. */
export function typedSpan(form: NormalForm, from: number, to: number): { readonly from: number; readonly to: number } {
  const start = form.from[from] ?? form.typedLength;
  return { from: start, to: to > from ? (form.to[to - 1] ?? start) : start };
}

function readAs(typed: string): string {
  const code = typed.codePointAt(0) ?? 0;
  if (code < 0x80) return code === 0x7e ? '-' : typed.toLowerCase();
  const own = single.get(typed);
  if (own !== undefined) return own;
  if (/\p{Default_Ignorable_Code_Point}/u.test(typed)) return '';
  if (/[\p{Dash}\u{223c}\u{301c}\u{ff5e}\u{2053}\u{02dc}\u{2500}\u{2501}]/u.test(typed)) return '-';
  if (isListNumber(code)) return '•';
  if (/\s/u.test(typed)) return ' ';
  return [...typed.normalize('NFKC').toLowerCase()].map((unit) => single.get(unit) ?? unit).join('');
}

function isListNumber(code: number): boolean {
  return (
    (code >= 0x2460 && code <= 0x24ff) ||
    (code >= 0x2776 && code <= 0x2793) ||
    (code >= 0x3220 && code <= 0x3243) ||
    (code >= 0x3280 && code <= 0x3289)
  );
}

const single: ReadonlyMap<string, string> = new Map([
  ['½', '.5'],
  ['¼', '.25'],
  ['¾', '.75'],
  ['∶', ':'],
  ['ː', ':'],
  ['꞉', ':'],
  ['→', '-'],
  ['⇒', '-'],
  ['點', '点'],
  ['時', '时'],
  ['鐘', '钟'],
  ['鍾', '钟'],
  ['週', '周'],
  ['號', '号'],
  ['個', '个'],
  ['兩', '两'],
  ['間', '间'],
  ['後', '后'],
  ['剛', '刚'],
  ['開', '开'],
  ['從', '从'],
  ['淩', '凌'],
  ['裡', '里'],
  ['裏', '里'],
  ['禮', '礼'],
  ['現', '现'],
  ['〇', '零'],
  ['○', '零'],
  ['ー', '-'],
]);
