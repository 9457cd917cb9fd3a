/** Words of the plain page of a diary and of the feeds, in English. */

import { many, months } from '../../../shared/locales/plain-en.ts';
import { type CalendarDate, two } from '../../../shared/time/civil.ts';
import type { PageWords } from '../zh/page.ts';

const day = (date: CalendarDate): string => `${date.day} ${months[date.month - 1] ?? ''}`;

export const page: PageWords = {
  lang: 'en',
  product: 'Sundial',
  demo: 'Demonstration data',
  week: (year, week) => `Week ${week}, ${year}`,
  day,
  days: (from, to) => (from.month === to.month ? `${from.day}–${day(to)}` : `${day(from)} – ${day(to)}`),
  weekday: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
  clock: (at) => `${day(at)} ${at.year}, ${two(at.hour)}:${two(at.minute)}`,
  span: (from, to, nextDay) => `${from}–${to}${nextDay ? ' +1' : ''}`,
  duration: (minutes) => {
    const hours = Math.floor(minutes / 60);
    const rest = minutes % 60;
    if (hours === 0) return `${rest} min`;
    return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
  },
  untitled: (unit, week) => `${unit}, ${week}`,
  titleWithheld: 'Title withheld',
  byline: (unit, post) => (post === null ? unit : `${unit} · ${post}`),
  hours: 'Hours of the week',
  dayHours: (hours, entries) => `${hours} · ${many(entries, 'entry', 'entries')}`,
  weekHours: (entries) => `${many(entries, 'entry', 'entries')} · overlapping time counts once`,
  sum: (hours) => `added up ${hours}`,
  ratioHow:
    'Focused share = focused / (collective + focused). Everything else is shown beside it and stands outside the ratio.',
  focusedShare: (percent) => `Focused share ${percent}%`,
  category: 'Category',
  countsAs: 'Counts as',
  time: 'Time',
  noCategory: 'No category',
  noMode: 'None',
  strip: (entries, hours) => `The day: ${many(entries, 'entry', 'entries')}, ${hours} in all`,
  early: 'early',
  late: 'late',
  weekend: 'weekend',
  holiday: 'public holiday',
  lateFor: (week) => `late entry for ${week}`,
  corrects: 'correction',
  pointInTime: 'point in time',
  place: 'Place',
  threads: 'Threads',
  detail: 'Detail',
  thinking: 'Thinking',
  result: 'Result',
  next: 'Next step',
  dayReview: 'Review of the day',
  weekReview: 'Review of the week',
  held: (ground) => `This item is withheld: ${ground}`,
  basis: (basis) => `Legal ground: ${basis}`,
  heldSealed:
    'Marked by the leader before the seal. Its hours count; its text is sealed and can be checked when released.',
  heldLater: (who, when, afterDraw) =>
    `Withheld by ${who} after the ${afterDraw ? 'draw' : 'seal'}, ${when}. Its hours count; its text is sealed and can be checked when released.`,
  heldByLeader: 'the leader',
  heldByReviewer: 'the secrecy review',
  about: 'Where this diary comes from',
  signedAt: "Signing time as set by the leader's device",
  notLater: 'Not later than',
  witnessed: (when, devices) => `${when} (acknowledged by ${many(devices, 'device')})`,
  draw: 'Draw',
  published: 'Published',
  digest: 'Seal',
  leaf: 'Log',
  leafAt: (index) => `leaf ${index}`,
  material: 'Proof',
  materialOf: (name) => `signatures, log and draw of this diary (${name})`,
  plain: 'This is the plain page: no script, and no result of a check. Check on the official page, or run:',
  markHeld: '–',
  colon: ': ',
  article: 'Article',
  articleOf: 'whole, for copying into an editor',
  articleHow:
    'Click the text once to choose all of it (Ctrl+A by keyboard), copy, and paste it into your editor. Leave the text as it is and keep the source at the end.',
  articlePlain: 'Back to the plain page',
  articleSource: 'This article repeats a published diary word for word. Check it and comment on it at the original.',
  articleAddress: 'Original',
  picture: (alt) => `Picture: ${alt}`,
  feedTitle: (organisation) => `${organisation}: published diaries`,
  feedSummary: (hours, entries, held) =>
    `${hours}, ${many(entries, 'entry', 'entries')}${held === 0 ? '' : `, ${held} withheld`}`,
  imported: {
    mark: 'Imported, not sealed',
    how: 'This diary comes from the older records named below: nobody signed it, it is not in the log and no lot drew it. It cannot be checked, and counts in no rate.',
    source: 'Source',
    licence: 'Licence',
    at: 'Imported',
    untimed: 'No time recorded',
    undated: 'No day recorded',
  },
  moderation: {
    title: 'What moderation did',
    lead: 'Comments are reviewed before publication: published, rejected or masked, never rewritten. Here stand numbers, reasons and places; no text and no person.',
    numbers: 'Month by month',
    none: 'No comment has been reviewed yet.',
    month: (year, month) => `${year}-${two(month)}`,
    sums: (published, withdrawn, granted, refused) =>
      `Published: ${published}; withdrawn by their authors afterwards: ${withdrawn}; appeals granted: ${granted}, refused: ${refused}.`,
    how: 'By the month of the decision, as things stand now: where an appeal was granted, the first decision is not counted any more.',
    rejected: 'Rejected',
    removed: 'Removed afterwards',
    stubs: 'Comments in whose place a line stands',
    noStubs: 'No comment was removed or withdrawn.',
    when: 'Date',
    where: 'Where',
    what: 'What',
    why: 'Reason',
    item: (n) => `item ${n}`,
    date: ({ year, month, day }) => `${year}-${two(month)}-${two(day)}`,
    files: 'The whole data:',
  },
};
