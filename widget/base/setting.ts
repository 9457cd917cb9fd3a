// The organisation's words for what a diary names by id: units, posts, categories, and the zone all times are told in.
import type { PublicIndex } from '../../shared/api/published.ts';
import { type Category, categories, categoryOf, isMode, type Mode, unknownMark } from '../../shared/diary/category.ts';
import type { ZoneOffset } from '../../shared/time/civil.ts';
import { formatDay } from '../../shared/time/civil.ts';
import { parseWeek, weekStart } from '../../shared/time/week.ts';
import type { Words } from '../locales/zh.ts';
import { offsetOf } from './dates.ts';

export interface Setting {
  readonly words: Words;
  readonly organisation: string;
  readonly demo: boolean;
  readonly zone: string;
  readonly offset: ZoneOffset;
  /** What the account is called with which readers sign in before they write; null where nobody has to. */
  readonly signIn: string | null;
  unit(id: string): string;
  /** Post of the unit's leader in a week, null when no term covers it. */
  post(unit: string, week: string): string | null;
  thread(id: string): string | null;
  /** Word and mark of a category, and the mode it counts as for an entry with this own mode. */
  category(
    id: string | undefined,
    ownMode: string | undefined,
  ): { readonly word: string; readonly mark: string; readonly mode: Mode | null };
  /** The category table that hours are counted with. */
  readonly table: readonly Category[];
}

/** The setting that a tree's index gives, in one language: the same as long as both are the same, so that nothing is drawn anew for it. */
export function settingOf(index: PublicIndex, words: Words): Setting {
  const before = known.get(index);
  if (before?.words === words) return before;
  const setting = readSetting(index, words);
  known.set(index, setting);
  return setting;
}

const known = new WeakMap<PublicIndex, Setting>();

function readSetting(index: PublicIndex, words: Words): Setting {
  const isZh = words.lang.startsWith('zh');
  const pick = (both: { readonly zh: string; readonly en: string }): string =>
    isZh ? both.zh || both.en : both.en || both.zh;
  const own = index.categories.map(({ id, zh, en, mode, mark, letter }) => ({
    id,
    zh,
    en,
    mode,
    markZh: mark,
    markEn: letter,
  }));
  const table = [...own, ...categories.filter(({ id }) => !own.some((one) => one.id === id))];
  return {
    words,
    organisation: pick(index.organisation.name),
    demo: index.organisation.demo,
    zone: index.organisation.zone,
    offset: offsetOf(index.organisation.zone),
    signIn: index.signIn ? pick(index.signIn) : null,
    unit: (id) => {
      const unit = index.units.find((one) => one.id === id);
      return unit ? pick(unit.name) : id;
    },
    post: (unit, week) => {
      if (parseWeek(week) === null) return null;
      const monday = weekStart(week);
      const [first, last] = [formatDay(monday), formatDay(monday + 6)];
      const term = index.terms.find(
        ({ unit: of, from, to }) => of === unit && from <= last && (to === null || to >= first),
      );
      return term?.post ?? null;
    },
    thread: (id) => index.threads.find((one) => one.id === id)?.name ?? null,
    category: (id, ownMode) => {
      const row = id === undefined ? null : categoryOf(id, table);
      const marks = row ?? unknownMark;
      return {
        word: row ? pick(row) : (id ?? words.diary.unmarked),
        mark: isZh ? marks.markZh : marks.markEn,
        mode: ownMode !== undefined ? (isMode(ownMode) ? ownMode : null) : (row?.mode ?? null),
      };
    },
    table,
  };
}

/** Name of a source of a draw's numbers; its id where the catalogue has none, be it `constructor`. */
export const nameOfSource = (id: string, { source }: Words): string =>
  (Object.hasOwn(source, id) ? source[id] : undefined) ?? id;
