/** The words of the forms in one of the languages. */
import { catalogueOf } from '../base/language.ts';
import { talkWords as english } from './talk-en.ts';
import { talkWords as chinese, type TalkWords } from './talk-zh.ts';

export const talkIn = (lang: string): TalkWords => catalogueOf(lang)?.talk ?? (lang === 'en' ? english : chinese);
