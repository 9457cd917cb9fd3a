/** The words of threads, carousel, figures and the receipt's own element in one of the languages. */
import { catalogueOf } from '../base/language.ts';
import { listWords as english } from './lists-en.ts';
import { listWords as chinese, type ListWords } from './lists-zh.ts';

export const listsIn = (lang: string): ListWords => catalogueOf(lang)?.lists ?? (lang === 'en' ? english : chinese);
