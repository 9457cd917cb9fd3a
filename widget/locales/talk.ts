/** The words of the forms in one of the languages. */
import { talkWords as english } from './talk-en.ts';
import { talkWords as chinese, type TalkWords } from './talk-zh.ts';

export const talkIn = (lang: string): TalkWords => (lang === 'en' ? english : chinese);
