/** The words of the opened check in one of the languages. */
import { catalogueOf } from '../base/language.ts';
import { proofWords as english } from './proof-en.ts';
import { proofWords as chinese, type ProofWords } from './proof-zh.ts';

export const proofIn = (lang: string): ProofWords => catalogueOf(lang)?.proof ?? (lang === 'en' ? english : chinese);
