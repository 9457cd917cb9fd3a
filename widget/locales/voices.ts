/** The words of comments and cases in one of the languages. */
import { voiceWords as english } from './voices-en.ts';
import { voiceWords as chinese, type VoiceWords } from './voices-zh.ts';

export const voicesIn = (lang: string): VoiceWords => (lang === 'en' ? english : chinese);
