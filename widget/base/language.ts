// The language of an element and its words. Chinese is in the main file; any other comes with a part, beside what is read in it: of English
// the words of the main file alone, as every part brings its own, of further languages the whole catalogue.
import type { Catalogue } from '../locales/catalogue.ts';
import { words as chinese, type Words } from '../locales/zh.ts';
import { languages, type PartName } from '../remote/lent.ts';
import { loadPart } from '../remote/part.ts';

const came = new Map<string, Partial<Catalogue>>();
const asked = new Map<string, Promise<void>>();
/** What a page in another language is told until then. */
const meanwhile: Words = {
  ...chinese,
  lang: 'en',
  state: { ...chinese.state, loading: 'Loading', loadingList: 'Loading' },
};

/** Words in an element's language: its own `lang`, else that of what stands around it, else Chinese; English where there is no catalogue of
 *  it. `again` is called once words that were not there yet are; where they do not come, Chinese stays. */
export function wordsAt(element: Element, again?: () => void): Words {
  const part = partAt(element);
  if (part === null) return chinese;
  if (!came.has(part)) askFor(part).then(again);
  return came.get(part)?.words ?? meanwhile;
}

/** Resolves once the words of an element's language are there, or do not come: then the next one asks for them anew. */
export async function wordsOf(element: Element): Promise<void> {
  const part = partAt(element);
  if (part !== null) await askFor(part);
}

/** What there is of a language besides what the parts bring along, by `Words.lang`. */
export const catalogueOf = (lang: string): Partial<Catalogue> | undefined => came.get(lang);

function askFor(part: PartName): Promise<void> {
  const known = asked.get(part);
  if (known !== undefined) return known;
  const coming = loadPart<Partial<Catalogue>>(part).then((found) => {
    came.set(part, found ?? { words: chinese });
    if (found === null) asked.delete(part);
  });
  asked.set(part, coming);
  return coming;
}

/** The part with the words of an element's language; null: Chinese, which is here. */
function partAt(element: Element): PartName | null {
  const near = `${languageAt(element).toLowerCase()}-`;
  const own = languages.find((tag) => near.startsWith(`${tag}-`));
  return own ?? (/^(zh)?-/.test(near) ? null : 'en');
}

function languageAt(element: Element): string {
  const own = element instanceof HTMLElement ? element.lang : '';
  const near = own || element.closest<HTMLElement>('[lang]')?.lang;
  const root = element.getRootNode();
  return near || (root instanceof ShadowRoot ? languageAt(root.host) : '');
}
