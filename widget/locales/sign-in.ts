/** The words of the sign-in in one of the languages. */
import { catalogueOf } from '../base/language.ts';
import { signInWords as english } from './sign-in-en.ts';
import { signInWords as chinese, type SignInWords } from './sign-in-zh.ts';

export const signInIn = (lang: string): SignInWords => catalogueOf(lang)?.signIn ?? (lang === 'en' ? english : chinese);
