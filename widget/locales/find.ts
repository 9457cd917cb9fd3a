/** The words of search and filters in one of the languages. */
import { catalogueOf } from '../base/language.ts';
import { findWords as english } from './find-en.ts';
import { findWords as chinese, type FindWords } from './find-zh.ts';

export const findIn = (lang: string): FindWords => catalogueOf(lang)?.find ?? (lang === 'en' ? english : chinese);
