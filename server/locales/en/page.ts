/** Words of the plain page of a diary and of the feeds, in English. */
import type { CalendarDate } from '../../../shared/time/civil.ts';
import type { PageWords } from '../zh/page.ts';

const two = (n: number): string => String(n).padStart(2, '0');
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
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
  dayHours: (hours, entries) => `${hours} · ${entries} ${entries === 1 ? 'entry' : 'entries'}`,
  weekHours: (entries) => `${entries} ${entries === 1 ? 'entry' : 'entries'} · overlapping time counts once`,
  sum: (hours) => `added up ${hours}`,
  ratioHow:
    'Focused share = focused / (collective + focused). Everything else is shown beside it and stands outside the ratio.',
  focusedShare: (percent) => `Focused share ${percent}%`,
  category: 'Category',
  countsAs: 'Counts as',
  time: 'Time',
  noCategory: 'No category',
  noMode: 'None',
  strip: (entries, hours) => `The day: ${entries} ${entries === 1 ? 'entry' : 'entries'}, ${hours} in all`,
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
  witnessed: (when, devices) => `${when} (acknowledged by ${devices} ${devices === 1 ? 'device' : 'devices'})`,
  draw: 'Draw',
  published: 'Published',
  digest: 'Seal',
  leaf: 'Log',
  leafAt: (index) => `leaf ${index}`,
  material: 'Proof',
  materialOf: (name) => `signatures, log and draw of this diary (${name})`,
  plain: 'This is the plain page: no script, and no result of a check. Check on the official page, or run:',
  markHeld: '–',
  feedTitle: (organisation) => `${organisation}: published diaries`,
  feedSummary: (hours, entries, held) =>
    `${hours}, ${entries} ${entries === 1 ? 'entry' : 'entries'}${held === 0 ? '' : `, ${held} withheld`}`,
};
