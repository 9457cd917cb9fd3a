/** The words of the chosen language for components (useWords) and for code without a page (wordsOf). */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { en } from './en.ts';
import { zh } from './zh.ts';

export type Language = 'zh' | 'en';
export type Words = typeof zh;

/** The catalogue of a language. */
export function wordsOf(language: Language): Words {
  return language === 'en' ? en : zh;
}

/** The language of a profile: as it was set, else the browser's, Chinese where that is neither. */
export function languageOf(set: Language | null, browserLanguage: string): Language {
  return set ?? (/^en\b/i.test(browserLanguage) ? 'en' : 'zh');
}

/** Language tag for `lang` attributes and `Intl`. */
export const tagOf = (language: Language): 'zh-CN' | 'en' => (language === 'en' ? 'en' : 'zh-CN');

/** Carries the words to components; `screens/page.tsx` provides it. */
export const WordsContext = createContext<{ readonly language: Language; readonly words: Words }>({
  language: 'zh',
  words: zh,
});

/** The words of the page's language. */
export function useWords(): Words {
  return useContext(WordsContext).words;
}

/** The page's language. */
export function useLanguage(): Language {
  return useContext(WordsContext).language;
}
