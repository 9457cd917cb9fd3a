/** Words of the readers' sign-in in English. */
import type { SignInWords } from './sign-in-zh.ts';

export const signInWords: SignInWords = {
  button: 'Sign in to write',
  digits: 'Eight digits from the window',
  says: {
    idle: (label) => `You sign in with ${label} first; other readers do not see who you are. Your text is kept.`,
    open: () => 'A window has opened: sign in there.',
    cut: () => 'Did the window show eight digits? Type them here. If not, sign in once more.',
    blocked: () => 'The browser blocked the window. Allow pop-ups and press again.',
    sending: () => 'Checking the sign-in.',
    wrong: () => 'The sign-in did not pass, or took too long. Check the digits or sign in once more.',
    away: () => 'Not signed in: the server cannot be reached. Sign in again later.',
    done: () => 'Signed in for 30 minutes. You can send now.',
  },
};
