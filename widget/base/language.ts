// The language of an element and its words. Chinese is in the main file; English comes with a part, beside what is read in it.
import { words as chinese, type Words } from '../locales/zh.ts';
import { loadPart } from '../remote/part.ts';

let english: Words | null = null;
let asked: Promise<unknown> | null = null;
/** What an English page is told until then. */
const meanwhile: Words = {
  ...chinese,
  lang: 'en',
  state: { ...chinese.state, loading: 'Loading', loadingList: 'Loading' },
};

/** Words in an element's language: its own `lang`, else that of what stands around it, else Chinese. `again` is called once words that were not
 *  there yet are; where they do not come, Chinese stays. */
export function wordsAt(element: Element, again?: () => void): Words {
  if (isChinese(element)) return chinese;
  if (english === null) askEnglish().then(again);
  return english ?? meanwhile;
}

/** Resolves once the words of an element's language are there, or do not come: then the next one asks for them anew. */
export async function wordsOf(element: Element): Promise<void> {
  if (!isChinese(element)) await askEnglish();
}

function askEnglish(): Promise<unknown> {
  asked ??= loadPart<Words>('en').then((found) => {
    english = found ?? chinese;
    if (found === null) asked = null;
  });
  return asked;
}

function isChinese(element: Element): boolean {
  const near = languageAt(element);
  return near === '' || /^zh/i.test(near);
}

function languageAt(element: Element): string {
  const own = element instanceof HTMLElement ? element.lang : '';
  const near = own || element.closest<HTMLElement>('[lang]')?.lang;
  const root = element.getRootNode();
  return near || (root instanceof ShadowRoot ? languageAt(root.host) : '');
}
