/** Words of notices, in the browser and in the list on the desk. None says a word of any entry, a figure, or what the diary is about. */
import type { NoticeKind } from '../../../shared/diary/notice.ts';
import type { NoticeWords, notices as zh } from '../zh/notices.ts';

const unsealed = (until: string, passed: boolean) =>
  passed
    ? 'The deadline has passed. It can be sealed until the list is frozen.'
    : until === ''
      ? 'Once it is complete, it can be sealed.'
      : `Due ${until}.`;

const said: Readonly<Record<NoticeKind, NoticeWords>> = {
  evening: {
    name: 'Every evening: write and review',
    title: (day) => `${day}: write it down, look back`,
    text: () => 'There is time not written down, or no review yet. Opens that day.',
  },
  lastDay: {
    name: "A week's last day",
    title: (week, over) => (over ? `${week} is not sealed` : `${week} ends today`),
    text: unsealed,
  },
  sealDay: { name: 'A day before the seal is due', title: (week) => `${week} is not sealed`, text: unsealed },
  sealHour: { name: 'An hour before the seal is due', title: (week) => `${week} is not sealed`, text: unsealed },
  reopenedHour: {
    name: 'A reopened week is about to be frozen',
    title: (week) => `${week} is open again and not sealed`,
    text: (until, passed) =>
      passed
        ? 'The list may be frozen at any time. Then the last seal counts.'
        : `From ${until} on the list may be frozen. Then the last seal counts.`,
  },
  reopenedShut: {
    name: 'A reopened week was frozen',
    title: (week) => `${week} is frozen`,
    text: () => 'The last seal counts. Later changes are kept and can go into this week as corrections.',
  },
  ack: {
    name: 'An acknowledgement could not be given',
    title: () => 'An acknowledgement could not be given',
    text: () => 'This device checked the log, it did not hold, so nothing was signed. Please tell the auditors.',
  },
  drawn: {
    name: 'Drawn',
    title: (week) => `${week} was drawn`,
    text: () => 'Before it is published you can read it as it will appear.',
  },
  release: {
    name: 'About to be published',
    title: (week) => `${week} is about to be published`,
    text: () => 'Read it as it will appear; not a character will change.',
  },
  published: {
    name: 'Published',
    title: (week) => `${week} is published`,
    text: () => 'Readers can see it and comment.',
  },
  log: {
    name: 'The log does not fit',
    title: () => 'The log does not fit',
    text: () => 'The log as this device sees it is not what it should be. Please tell the auditors.',
  },
  tray: {
    name: 'Something was not accepted',
    title: () => 'Something was not accepted',
    text: () => 'All of it is kept on this device. Please have a look.',
  },
  unsent: {
    name: 'Unsent for more than a day',
    title: () => 'Something has been unsent for more than a day',
    text: () => 'All of it is kept on this device and goes out once the server can be reached.',
  },
  nudge: {
    name: 'Focused time is below your own target',
    title: () => 'Something to think about',
    text: () => 'It stands under "My time", where only you can see it.',
  },
};

export const notices: typeof zh = {
  said,
  list: 'Notices',
  open: 'Open',
  tick: 'Noted',
  tickOne: (title) => `Noted: ${title}`,
  asPublished: 'Read it as it will appear',
  asPublishedTitle: (week) => `${week} as it will appear`,
  asPublishedHint:
    'This is the text that you signed. What secrecy review withholds after the draw is marked in the published diary, with its basis.',
  asPublishedNone: 'This device has no seal of this week. Please look on the signing device.',
  settings: {
    title: 'Notices',
    intro:
      'Notices carry no text of any entry and no figure. They are worked out from times kept on this device; nothing is sent.',
    evening: 'When to be reminded in the evening',
    eveningHint:
      'Left empty, there is no reminder that day. Before 05:00 counts as the night before. It comes only when there are blanks, fewer than three entries or no review; never on leave or on a day without work.',
    kinds: 'What to be told of',
    target: 'My own target for focused time, in percent',
    targetHint: 'Kept on this device alone, seen by nobody else. Left empty, there is no target.',
    targetWrong: 'Enter a whole number from 1 to 100, or leave it empty.',
  },
};
