/** The words of a diary in a list in one of the languages. */
import { catalogueOf } from '../base/language.ts';
import { cardWords as english } from './card-en.ts';
import { type CardWords, cardWords as chinese } from './card-zh.ts';

export const cardIn = (lang: string): CardWords => catalogueOf(lang)?.card ?? (lang === 'en' ? english : chinese);
