/** What a webmaster has chosen on the page `/embed`: a query in, a choice out. Whatever makes no sense becomes the default. */
import type { PublicIndex } from '../../../shared/api/published.ts';
import { type ElementName, elements, isElementName } from '../../embed/elements.ts';
import { isTheme, type ThemeName } from '../../embed/themes.ts';

export interface Choice {
  readonly element: ElementName;
  /** `<draw>/<unit>` of the diary; the newest where none was chosen, empty where there is none yet. */
  readonly diary: string;
  readonly unit: string;
  readonly thread: string;
  readonly lang: '' | 'zh-CN' | 'en';
  /** Null: the widget's own looks. */
  readonly theme: ThemeName | null;
  readonly scheme: 'light' | 'dark';
  /** Language of the page itself. */
  readonly screen: 'zh' | 'en';
}

/** `get` gives a member of the query. */
export function choiceOf(
  get: (name: string) => string | undefined,
  index: Pick<PublicIndex, 'newest' | 'units' | 'threads'>,
  first: 'zh' | 'en',
): Choice {
  const element = get('element') ?? '';
  const theme = get('theme') ?? '';
  const lang = get('lang');
  const screen = get('screen');
  const among = (name: string, known: readonly string[], other: string): string => {
    const value = get(name) ?? '';
    return known.includes(value) ? value : other;
  };
  const diaries = index.newest.map(({ draw, unit }) => `${draw}/${unit}`);
  const ids = (rows: readonly { readonly id: string }[]): string[] => rows.map(({ id }) => id);
  return {
    element: isElementName(element) ? element : 'feed',
    diary: among('diary', diaries, diaries[0] ?? ''),
    unit: among('unit', ids(index.units), ''),
    thread: among('thread', ids(index.threads), ''),
    lang: lang === 'zh-CN' || lang === 'en' ? lang : '',
    theme: isTheme(theme) ? theme : null,
    scheme: get('scheme') === 'dark' ? 'dark' : 'light',
    screen: screen === 'zh' || screen === 'en' ? screen : first,
  };
}

/** The attributes that the chosen element takes from the choice. */
export function attributesOf({ element, diary, unit, thread }: Choice): Readonly<Record<string, string>> {
  const [draw = '', of = ''] = diary.split('/');
  if (elements[element].needs.includes('draw')) return { draw, unit: of };
  const { takes } = elements[element];
  return { ...(takes.includes('unit') ? { unit } : {}), ...(takes.includes('thread') ? { thread } : {}) };
}

/** The choice as a query: the same choice comes out of it. */
export const queryOf = (choice: Choice): string =>
  new URLSearchParams(
    Object.entries(choice).flatMap(([name, value]) => (value === null || value === '' ? [] : [[name, String(value)]])),
  ).toString();

/** The same choice with the page in its other language. */
export const otherScreen = (choice: Choice): string =>
  queryOf({ ...choice, screen: choice.screen === 'zh' ? 'en' : 'zh' });
