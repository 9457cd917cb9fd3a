// Names of people who hold no office, as they stand in a diary. Careful rather than complete: a false alarm costs more trust than a miss,
// so a name is only seen where the words around it make it one (design.md 2, rule 7).
import {
  calledAfter,
  calledBefore,
  compoundSurnames,
  doneWith,
  givenCharacters,
  goesOn,
  noNames,
  offices,
  otherCharacters,
  prepositions,
  surnames,
  towards,
} from './person-words.ts';

/** A name at `[from, to)` (UTF-16 units) and how it is masked: 张某某, 张某, Mr Z. */
export type NamedPerson = { readonly from: number; readonly to: number; readonly masked: string };

/** People named in a text, in its order. `posts`: offices of the organisation beside the common ones. */
export function peopleIn(text: string, posts: readonly string[]): readonly NamedPerson[] {
  const found = patterns.flatMap((pattern) =>
    Array.from(text.matchAll(pattern), ({ 1: name = '', index, 0: whole }) => {
      const from = index + whole.indexOf(name);
      return { from, to: from + name.length, masked: maskedName(name) };
    }),
  );
  // What is found here is looked behind in its turn.
  for (const { to } of found) {
    const next = nextInRow.exec(text.slice(to));
    const name = next?.groups?.name;
    if (next !== null && name !== undefined) {
      const from = to + next[0].length - name.length;
      found.push({ from, to: from + name.length, masked: maskedName(name) });
    }
  }
  const english = Array.from(text.matchAll(titled), ({ 1: title = '', 2: name = '', index }) => {
    const from = index + title.length;
    return { from, to: from + name.length, masked: `${initialOf(name)}.` };
  });
  const named = [...found, ...english];
  if (named.length === 0) return [];
  const office = any([...offices, ...posts]);
  return named
    .filter(({ from, to }) => !holdsOffice(text, from, to, office))
    .sort((a, b) => a.from - b.from || b.to - a.to)
    .filter((name, at, all) => all.slice(0, at).every((before) => before.to <= name.from));
}

/** The surname stays, the given name becomes 某 for each character; 小赵 and 老赵 become 赵某. */
function maskedName(name: string): string {
  if (/^[小老]/.test(name)) return `${name.slice(1)}某`;
  const surname = compoundSurnames.find((compound) => name.startsWith(compound)) ?? name.slice(0, 1);
  return surname + '某'.repeat(name.length - surname.length);
}

const any = (list: readonly string[]): string =>
  `(?:${[...list]
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'))
    .join('|')})`;

const surname = `(?:${compoundSurnames.join('|')}|(?!${any(noNames)})[${surnames}])`;
const likelyName = `${surname}[${givenCharacters}]{1,2}`;
const fullName = `${surname}[${givenCharacters}]{2}`;
const anyName = `${surname}(?:(?![${otherCharacters}])\\p{Script=Han}){1,2}`;
const nickname = `[小老][${surnames}]`;
const begins = `(?:^|(?<=[^\\p{L}\\p{N}]|${any([...calledBefore, ...towards, ...prepositions])}))`;
const ends = `(?=$|[^\\p{L}\\p{N}]|${any(calledAfter)})`;
const meets = `(?=${any(doneWith)})`;

/** Each finds a name as its first group. */
const patterns: readonly RegExp[] = [
  `(?<=${any(calledBefore)})(${anyName}|${nickname})(?:${ends}|${meets}|(?=${any(goesOn)}))`,
  `${begins}(${likelyName})(?=${any(calledAfter)})`,
  `(?<=${any(towards)})(${fullName})(?:${ends}|(?=等|家))`,
  `(?<=${any(towards)}|${any(prepositions)})(${likelyName}|${nickname})${meets}`,
  `(?<=${any(prepositions)})(${fullName})${ends}`,
].map((source) => new RegExp(source, 'gu'));

/** A further name behind one that was found: 王建国、李明. */
const nextInRow = new RegExp(`^(?:同志|老人)?[、和与](?<name>${likelyName})(?:${ends}|${meets}|(?=等))`, 'u');

const titled = /\b((?:Mr|Mrs|Ms|Miss)\.?\s+)(\p{Lu}[\p{Ll}'’]+(?:[ -]\p{Lu}[\p{Ll}'’]+){0,2})/gu;

/** Whether the words before or behind a name give its bearer an office: 局长王建国, 李明主任, 王建国（社区书记）, Mr Lin, Director. */
function holdsOffice(text: string, from: number, to: number, office: string): boolean {
  const before = text.slice(Math.max(0, from - 12), from);
  const behind = text.slice(to, to + 12);
  return (
    new RegExp(`${office}$`).test(before) ||
    new RegExp(`^(?:同志)?${office}`).test(behind) ||
    new RegExp(`^[（(][^（()）]{0,8}${office}`).test(behind) ||
    /^,? \(?(?:the )?(?:[A-Z][a-z-]+ )?(?:Mayor|Minister|Director|Secretary|President|Chair|Vice|Deputy|CEO|Head|Professor|Commissioner|Ambassador)/.test(
      text.slice(to, to + 40),
    )
  );
}

/** The letter of the surname: the first word where that is a common Chinese one (Zhang Wei), else the last (John Smith). */
function initialOf(name: string): string {
  const parts = name.split(/[ -]/);
  const chosen = chineseFirst.test(parts[0] ?? '') ? parts[0] : parts.at(-1);
  return (chosen ?? name).slice(0, 1);
}

const chineseFirst =
  /^(?:Wang|Li|Zhang|Liu|Chen|Yang|Huang|Zhao|Wu|Zhou|Xu|Sun|Ma|Zhu|Hu|Guo|He|Gao|Lin|Luo|Zheng|Liang|Xie|Song|Tang|Deng|Han|Feng|Cao|Peng|Zeng|Xiao|Tian|Dong|Pan|Yuan|Cai|Jiang|Yu|Du|Ye|Cheng|Wei|Su|Lu|Ding|Ren|Shen|Yao|Qian)$/;
