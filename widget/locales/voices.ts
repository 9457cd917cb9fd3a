/** The words of comments and cases in one of the languages. */
import { catalogueOf } from '../base/language.ts';
import { voiceWords as english } from './voices-en.ts';
import { voiceWords as chinese, type VoiceWords } from './voices-zh.ts';

export const voicesIn = (lang: string): VoiceWords => catalogueOf(lang)?.voices ?? (lang === 'en' ? english : chinese);
