/** The words of the sign-in in one of the languages. */
import { signInWords as english } from './sign-in-en.ts';
import { signInWords as chinese, type SignInWords } from './sign-in-zh.ts';

export const signInIn = (lang: string): SignInWords => (lang === 'en' ? english : chinese);
