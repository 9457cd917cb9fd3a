/** Words of withheld items that are shown after all, in English. */
import { many } from '../../../shared/locales/plain-en.ts';
import type { releases as zh } from '../zh/releases.ts';

export const releases: typeof zh = {
  title: 'Withheld items',
  about:
    'When the reason is gone, an item can be shown after all: you hand in the text, the secrecy review passes it, and readers can check it against the old seal.',
  heading: (name) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
  entry: (n) => `item ${n}`,
  titleItem: 'the title',
  weekReview: 'the review of the week',
  dayReview: (day) => `the review of ${day}`,
  held: (ground, basis) => `Withheld: ${ground}. Legal ground: ${basis}`,
  show: 'Show the text (on this device only)',
  offer: 'Offer to readers…',
  offerTitle: (item) => `Show ${item} after all?`,
  offerNote:
    'The text below goes to the server, and the secrecy review decides. Once passed it is public for ever. What is classified must be declassified first.',
  why: 'Why it may be public now',
  whyHint:
    'The grounds: number of the declassification, written consent of the person. Readers will see it once passed.',
  send: 'Hand in for review',
  elsewhere:
    'The text is not on this device. Do it on the device that sealed the week, or restore your backup here first.',
  others: 'An earlier head of the unit sealed this diary. Only its author can hand in the text.',
  offered: (moment) => `Handed in ${moment}, waits for review`,
  passed: (moment) => `Shown again ${moment}`,
  declined: (moment, reason) => `Declined by the review ${moment}: ${reason}`,
  withdrawn: (moment) => `Taken back ${moment}`,
  heldAgain: (moment) => `Withheld again ${moment}`,
  back: 'Take back',
  waiting: (count) => `${many(count, 'item')} offered to readers`,
  asked: (moment) => `Its author offered it to readers ${moment}; they do not see it yet:`,
  pass: 'Show it',
  decline: 'Decline…',
  declineTitle: (n) => `Decline to show item ${n}?`,
  reason: 'Why it may not be public yet',
  reasonHint: 'The author will see it; the text is erased from the server.',
  declineSend: 'Decline',
  saidPassed: (unit, n) => `${unit}, item ${n}: readers see it now.`,
  saidDeclined: (unit, n) => `${unit}, item ${n}: declined. Its author sees the reason.`,
};
