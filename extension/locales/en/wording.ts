/** Words of the term base, secrecy words, names of people, the check list before the seal, in English. */
import type { wording as zh } from '../zh/wording.ts';

export const wording: typeof zh = {
  kind: { alias: 'Preferred:', name: 'Holds no office, mask:' },
  proposals: 'Wording',
  whyMask: 'People who hold no office are not named in full in public.',
  adoptFor: (original, instead) => `Use "${instead}" for "${original}"`,
  spoken: (original, instead, digit) =>
    ` "${original}" can be "${instead}"${digit === null ? '' : `; Alt ${digit} takes it`}. `,
  rule: 'Classified content does not belong here. If it is not classified, press',
  ruleEnd: 'to save.',
  more: (count) => `${count} more`,
};
