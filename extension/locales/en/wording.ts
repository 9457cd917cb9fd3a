/** Words of the term base, secrecy words, names of people, the check list before the seal, in English. */
import { many } from '../../../shared/locales/plain-en.ts';
import type { wording as zh } from '../zh/wording.ts';

export const wording: typeof zh = {
  kind: { alias: 'Preferred:', name: 'Mask the name:' },
  proposals: 'Wording',
  whyMask: 'People who hold no office are not named in full in public.',
  adoptFor: (original, instead) => `Use "${instead}" for "${original}"`,
  spoken: (original, instead, digit) =>
    ` "${original}" can be "${instead}"${digit === null ? '' : `; Alt ${digit} takes it`}. `,
  rule: 'Classified content does not belong here. If it is not classified, press',
  ruleEnd: 'to save.',
  more: (count) => `${count} more`,
  threadHint: 'Name of a thread, Enter adds it',
  dropThread: (name) => `Take away the thread "${name}"`,
  correct: 'Correct…',
  corrected: 'Corrected text',
  saveCorrection: 'Save the correction',
  correctionGoes: (week) =>
    `The sealed entry stays public and says that it was corrected. The correction is a new entry of ${week}, sealed with it, and its hours count.`,
  correctElsewhere: 'To correct it, use the device that sealed this week.',
  correction: 'Correction',
  wasCorrected: 'Corrected',
  toCorrection: 'Show the correction',
  check: {
    look: 'show',
    nth: (at, of) => `(${at} of ${of})`,
    pair: (original, instead) => `${original} → ${instead}`,
    quoted: (word) => `"${word}"`,
    unsent: (count) => `${many(count, 'edit is', 'edits are')} not delivered yet; the seal waits for that`,
    uncategorised: (count) => `${count} without a category: `,
    noSecrecy: 'No listed word',
    secrecy: (count) => `${many(count, 'listed word')}: `,
    noAliases: 'All preferred terms',
    aliases: (count) => `${many(count, 'term')} to look at: `,
    noNames: 'No name to mask',
    names: (count) => `${many(count, 'name')} of people without an office: `,
    noOverlaps: 'Nothing at the same time',
    overlaps: (count) => `${many(count, 'overlap')}: `,
    noBlanks: 'No blank of half an hour or more',
    blanks: (count, duration) => `${many(count, 'blank')}, ${duration}: `,
    drafts: (count) => `${many(count, 'draft is', 'drafts are')} not saved and will not be sealed: `,
    hold: (ground, basis) => `${ground}, ${basis}`,
    late: (late, corrections) =>
      [
        late === 0 ? '' : many(late, 'late entry', 'late entries'),
        corrections === 0 ? '' : many(corrections, 'correction'),
      ]
        .filter(Boolean)
        .join(', '),
    secrecyRead: (words) => `I have looked at each of these, none is classified: ${words}`,
    secrecyUnread: 'Look at each first. Delete what is classified, tick if nothing is.',
  },
};
