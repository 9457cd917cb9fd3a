/** What pages and feeds take from the organisation: its language, names, calendar and address. */
import type { Unit } from '../../shared/api/organisation.ts';
import { categoryOf } from '../../shared/diary/category.ts';
import type { DayCalendar } from '../../shared/diary/hours.ts';
import { words as enDomain } from '../../shared/locales/en.ts';
import { words as zhDomain } from '../../shared/locales/zh.ts';
import { parseDay } from '../../shared/time/civil.ts';
import type { Context } from '../context.ts';
import { page as enPage } from '../locales/en/page.ts';
import { page as zhPage } from '../locales/zh/page.ts';
import { settingOf } from '../organisation/setting.ts';
import type { TreeOptions } from './file.ts';

/** The organisation's first language. */
export const languageOf = (context: Context) =>
  context.config.languages[0] === 'en'
    ? ({ language: 'en', page: enPage, domain: enDomain } as const)
    : ({ language: 'zh', page: zhPage, domain: zhDomain } as const);

export async function calendarOf({ config, database }: Context): Promise<DayCalendar> {
  const days = (rows: readonly { readonly date: string }[]) =>
    new Set(rows.flatMap(({ date }) => parseDay(date) ?? []));
  const { holidays, makeUpWorkdays } = await settingOf(database.db, config, 'calendar');
  return { holidays: days(holidays), makeUpWorkdays: days(makeUpWorkdays) };
}

/** The unit's name, its id where nobody knows it. */
export const nameOf = (units: readonly Unit[], id: string, language: 'zh' | 'en'): string =>
  units.find((unit) => unit.id === id)?.name[language] ?? id;

/** Gives the name of a category: the organisation's own first, then the product's; an unknown id is shown as it is. */
export async function categoryNames(context: Context): Promise<(category: string) => string> {
  const { language } = languageOf(context);
  const categories = await settingOf(context.database.db, context.config, 'categories');
  return (category) => (categories.find(({ id }) => id === category) ?? categoryOf(category))?.[language] ?? category;
}

/** Address of the tree with a slash at its end; null of a tree that is carried away, which may lie anywhere. */
export const baseOf = (context: Context, options: TreeOptions): string | null =>
  options.isStatic ? null : `${context.config.issuer}/public/`;
