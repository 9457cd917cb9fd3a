/** The words of the draw in one of the languages. */
import { catalogueOf } from '../base/language.ts';
import { drawWords as english } from './draw-en.ts';
import { drawWords as chinese, type DrawWords } from './draw-zh.ts';

export const drawIn = (lang: string): DrawWords => catalogueOf(lang)?.draw ?? (lang === 'en' ? english : chinese);
