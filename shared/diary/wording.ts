/** Help with wording while a text is typed: preferred terms for their aliases, words that hint at secrets, names of people without an
 *  office (quick-entry.md, Suggestions). It proposes; nothing here changes a text unless its author asked for that one change. */
import { type Folded, folded } from './wording/folded.ts';
import { type Listed, listedIn, wordIndex } from './wording/listed.ts';
import { peopleIn } from './wording/people.ts';

/** What an organisation wishes of the wording. `preferred` may end in a slot to fill in: 专题会议（主题）. */
export type WordBook = {
  readonly terms: readonly {
    readonly id: string;
    readonly preferred: string;
    readonly aliases: readonly string[];
    readonly definition: string;
  }[];
  readonly secrecyWords: readonly string[];
  /** Offices by which a person is named beside the common ones. */
  readonly posts: readonly string[];
};

/** Something to look at, at `[from, to)` of the text in UTF-16 units. */
export type Finding =
  | {
      readonly kind: 'alias';
      readonly from: number;
      readonly to: number;
      readonly preferred: string;
      readonly definition: string;
    }
  | { readonly kind: 'secrecy'; readonly from: number; readonly to: number; readonly word: string }
  | { readonly kind: 'name'; readonly from: number; readonly to: number; readonly masked: string };

/** The secrecy words of an organisation that configured none. */
export const defaultSecrecyWords: readonly string[] = [
  '绝密',
  '机密',
  '秘密级',
  '涉密',
  '密级',
  '内部掌握',
  '不得外传',
  '演习代号',
  '作战',
  '布防图',
  '密码电报',
  '机要件',
  '未公开敏感',
  'top secret',
  'classified',
];

/** The book of an organisation as its devices know it; null before a device knows one. */
export function wordBook(
  organisation: {
    readonly termBase?: WordBook['terms'] | undefined;
    readonly secrecyWords?: readonly string[] | undefined;
    readonly terms: readonly { readonly post: string }[];
  } | null,
): WordBook {
  const secrecyWords = organisation?.secrecyWords ?? [];
  return {
    terms: organisation?.termBase ?? [],
    secrecyWords: secrecyWords.length === 0 ? defaultSecrecyWords : secrecyWords,
    posts: [...new Set((organisation?.terms ?? []).map(({ post }) => post))],
  };
}

/** What there is to say of a text, in its order, without overlaps: a secrecy word goes before a name, a name before an alias. */
export function findings(text: string, book: WordBook): readonly Finding[] {
  const read = folded(text);
  const kept: Finding[] = [];
  for (const each of [
    ...secrecyIn(read, book.secrecyWords),
    ...peopleFindings(text, book.posts),
    ...aliasesIn(text, read, book.terms),
  ])
    if (!kept.some((other) => meet(each, other))) kept.push(each);
  return kept.sort((a, b) => a.from - b.from);
}

/** The first secrecy word in a text that does not stand in `known`, where its author has confirmed it; null where there is none. */
export function secrecyWordIn(text: string, book: Pick<WordBook, 'secrecyWords'>, known = ''): string | null {
  const confirmed = new Set(secrecyIn(folded(known), book.secrecyWords).map(({ word }) => word));
  return secrecyIn(folded(text), book.secrecyWords).find(({ word }) => !confirmed.has(word))?.word ?? null;
}

/** What a finding proposes in the place of its stretch; null for a secrecy word, which nothing replaces. */
export function proposalOf(finding: Finding): string | null {
  switch (finding.kind) {
    case 'alias':
      return finding.preferred;
    case 'name':
      return finding.masked;
    case 'secrecy':
      return null;
  }
}

/** The text with one proposal taken. */
export function replaced(text: string, finding: Finding): string {
  const proposal = proposalOf(finding);
  return proposal === null ? text : text.slice(0, finding.from) + proposal + text.slice(finding.to);
}

/** Aliases. One inside a preferred term, its own or another, is none, nor is one that begins or ends inside another word, or that
 *  names a thread or a place behind its sign. */
function aliasesIn(typed: string, read: Folded, terms: WordBook['terms']): readonly Finding[] {
  return listedIn(read, termIndex(terms)).flatMap(({ from, to, means, cutsStart, cutsEnd }) => {
    if (means === null || /[#＃@＠]$/.test(typed.slice(0, from))) return [];
    const name = withoutSlot(means.preferred);
    const whole = withNeighbours(typed, from, to, means.alias, name);
    if ((cutsStart && whole.from === from) || (cutsEnd && whole.to === to)) return [];
    const preferred = /^[（(]/.test(typed.slice(whole.to)) ? name : means.preferred;
    return [{ kind: 'alias', ...whole, preferred, definition: means.definition }];
  });
}

const termIndex = kept((terms: WordBook['terms']) =>
  wordIndex(
    terms.flatMap((term): Listed<AliasOf | null>[] => [
      ...[term.preferred, withoutSlot(term.preferred)].map((word) => ({ word, means: null })),
      ...term.aliases.map((alias) => ({ word: alias, means: { ...term, alias } })),
    ]),
  ),
);

type AliasOf = { readonly alias: string; readonly preferred: string; readonly definition: string };

/** The stretch with those words beside it that the preferred term brings along: 工业稳增长 for 工业稳增长措施, 党工委中心组学习 for
 *  党工委理论学习中心组学习会; and with the preferred term itself where it stands beside its alias. */
function withNeighbours(typed: string, from: number, to: number, alias: string, name: string) {
  const left = typed.slice(0, from);
  if (left.endsWith(name)) return { from: from - name.length, to };
  if (typed.startsWith(name, to)) return { from, to: to + name.length };
  const at = name.indexOf(alias);
  if (at < 0) return { from, to };
  const [head, tail] = [name.slice(0, at), name.slice(at + alias.length)];
  const before = longest(
    head.length,
    (length) => left.endsWith(head.slice(head.length - length)) || (length > 1 && left.endsWith(head.slice(0, length))),
  );
  const behind = longest(tail.length, (length) => typed.startsWith(tail.slice(0, length), to));
  return { from: from - before, to: to + behind };
}

/** The largest number up to `most` for which something holds; it holds for 0. */
function longest(most: number, holds: (length: number) => boolean): number {
  let length = most;
  while (length > 0 && !holds(length)) length -= 1;
  return length;
}

/** Secrecy words. Only one that cuts into a word at both its ends is an accident (案情 in 方案情况). */
function secrecyIn(text: Folded, secrecyWords: readonly string[]): readonly (Finding & { kind: 'secrecy' })[] {
  return listedIn(text, secrecyIndex(secrecyWords)).flatMap(({ from, to, means, cutsStart, cutsEnd }) =>
    means === null || (cutsStart && cutsEnd) ? [] : [{ kind: 'secrecy', from, to, word: means }],
  );
}

/** Everyday words that hold a secrecy word by accident: 灾情报送 is no 情报. */
const harmless = [...'灾疫汛险警舆社民雨水旱火'].map((kind) => `${kind}情报`);

const secrecyIndex = kept((secrecyWords: readonly string[]) =>
  wordIndex<string | null>([
    ...harmless.map((word) => ({ word, means: null })),
    ...secrecyWords.map((word) => ({ word, means: word })),
  ]),
);

/** A function of a list that makes its answer once for each list: a book is asked at every key. */
function kept<List extends object, Made>(make: (list: List) => Made): (list: List) => Made {
  const known = new WeakMap<List, Made>();
  return (list) => {
    const made = known.get(list) ?? make(list);
    known.set(list, made);
    return made;
  };
}

function peopleFindings(text: string, posts: readonly string[]): readonly Finding[] {
  return peopleIn(text, posts).map((person) => ({ kind: 'name', ...person }));
}

function meet(a: Finding, b: Finding): boolean {
  return a.from < b.to && b.from < a.to;
}

/** 专题会议 of 专题会议（主题）: who has filled in the slot has written the preferred term. */
function withoutSlot(preferred: string): string {
  return preferred.replace(/[（(][^（()）]*[）)]$/, '');
}
