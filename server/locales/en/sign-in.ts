/** Words of the window in which a reader signs in, in English. */
import type { SignInWords } from '../zh/sign-in.ts';

export const signIn: SignInWords = {
  lang: 'en',
  title: 'Sign in to write',
  handed: 'You are signed in. Go back to the page you came from; this window can be closed.',
  digits: (origin) => `You are signed in. Type these eight digits into the form on ${origin} within three minutes:`,
  digitsOnly: (origin) => `Type them on ${origin} only. Give them to no other page, caller or message.`,
  failed: 'Not signed in',
  denied:
    'The sign-in was cancelled or the account service did not agree. Close this window and sign in again from the page. Your text is kept.',
  late: 'This sign-in was used already or took too long. Close this window and sign in again from the page. Your text is kept.',
  origin: 'This page may not use the sign-in. Please write from the official page.',
  away: 'The account service does not answer. Close this window and try again in a while. Your text is kept.',
  busy: 'Too many people sign in just now. Close this window and try again in a minute. Your text is kept.',
};
