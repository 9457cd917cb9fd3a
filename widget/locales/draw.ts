/** The words of the draw in one of the languages. */
import { drawWords as english } from './draw-en.ts';
import { drawWords as chinese, type DrawWords } from './draw-zh.ts';

export const drawIn = (lang: string): DrawWords => (lang === 'en' ? english : chinese);
