/** Words about the checkpoint keys and `sundial log-key`, in English. */
import { many } from '../../../shared/locales/plain-en.ts';
import type { LogKeyWords } from '../zh/log-key.ts';

export const logKey: LogKeyWords = {
  usage: `sundial log-key              shows the keys in use
sundial log-key next         makes a new key, which signs beside the old one
sundial log-key retire       ends the old key once both have signed for 60 days
sundial log-key vkey FILE    the vkey of a public key (PEM), for SUNDIAL_LOG_VKEY
Exit codes: 0 done, 1 refused, 2 wrong usage, configuration or keys`,
  trouble: {
    FILE_OPEN: (path, mode) =>
      `others can read the secret in ${path} (mode ${mode}). Run chmod 600 ${path}, then start again.`,
    FILE_NO_KEY: (path) => `${path} is not the private key that belongs here. Put the right file back.`,
    VKEY_INVALID: (text, origin) =>
      `${text} in SUNDIAL_LOG_VKEY is no public key of ${origin}. sundial log-key vkey FILE prints the right text.`,
    P256_MISSING: () => 'SUNDIAL_LOG_VKEY names no P-256 key, and readers check nothing else. Add one.',
    COMMAND_FAILED: (command, more) =>
      `the signing command gave no good signature: ${command} (${more}). The log is as it was; mend the command and try again.`,
    KEY_GONE: (id) =>
      `the newest head was signed by key ${id}, which is not here, and no other key has signed beside it for 60 days. Put it back into keys/: every page that pins it would say that the log's signature is wrong.`,
  },
  key: (vkey, since) =>
    `${vkey}\n  ${since === null ? 'not yet under the newest head' : `under every head since ${since}`}`,
  twoAlready: 'Two keys sign already. Retire the old one before the next rotation.',
  made: (pins) =>
    `The new key is made, and everything public is signed with it too. Two steps now:
1. Restart every server process, so that new heads bear both signatures.
2. Within 60 days set the pin of every embedding page to both, with a blank between:
   vkey="${pins}"
After 60 days: sundial log-key retire.`,
  tooEarly: (days, since) =>
    since === null
      ? 'Not retired: the newest head has no line of the new key. Restart every server process and come back in 60 days.'
      : `Not retired: only since ${since} does every head bear both lines; ${many(days, 'day is', 'days are')} missing.`,
  nothingToRetire: 'There is one key only. Begin with sundial log-key next.',
  byHand: 'The old key is behind the signing command: take it out of SUNDIAL_LOG_VKEY and restart.',
  retired: (paths, pins) =>
    `The old key is retired and lies here:
${paths}
Restart every server process, then destroy it. Pages need only
   vkey="${pins}"`,
  noPublicKey: (path) => `${path} is no public key in PEM, P-256 or Ed25519.`,
};
