/** Words of the window in which a reader signs in, in English. */
import type { SignInWords } from '../zh/sign-in.ts';

export const signIn: SignInWords = {
  lang: 'en',
  title: 'Sign in to write',
  handed: 'You are signed in. Go back to the page you came from; this window can be closed.',
  digits: (origin) => `You are signed in. Type these eight digits into the form on ${origin} within three minutes:`,
  digitsOnly: (origin) => `Type them on ${origin} only. Give them to no other page, caller or message.`,
  failed: 'Not signed in',
  number: 'Mobile number',
  numberHint:
    'A code is sent to it by text message. The number is kept encrypted, is not public, and neither the unit nor the moderators see it.',
  numberWrong:
    'This does not look like a number that can receive messages here. Check it, for example +86 138 0013 8000.',
  numberBusy: 'Too many messages were sent. Try again in an hour; your text is kept.',
  numberAway: 'The message could not be sent. Try again in a while; your text is kept.',
  sendCode: 'Send the code',
  sent: (ending) => `A code was sent to the number that ends in ${ending}. It works for five minutes.`,
  code: 'The six digits of the message',
  codeHint: 'If nothing has come, wait a minute first.',
  codeWrong: 'That is not the code. Look at the newest message; after five wrong tries you have to begin again.',
  confirmCode: 'Confirm',
  again: 'Another number, or send again',
  message: (organisation, code, origin) =>
    `${organisation}: ${code} is your code to write on ${origin}. It works for five minutes. Nobody of ours will ask you for it.`,
  denied:
    'The sign-in was cancelled or the account service did not agree. Close this window and sign in again from the page. Your text is kept.',
  late: 'This sign-in was used already or took too long. Close this window and sign in again from the page. Your text is kept.',
  origin: 'This page may not use the sign-in. Please write from the official page.',
  away: 'The account service does not answer. Close this window and try again in a while. Your text is kept.',
  busy: 'Too many people sign in just now. Close this window and try again in a minute. Your text is kept.',
};
