/** Words of where the time went. Facts without verdict (look.md 8). */
import type { PeriodKind } from '../../../shared/diary/period.ts';
import { many } from '../../../shared/locales/plain-en.ts';
import type { myTime as zh } from '../zh/my-time.ts';

const kinds: Readonly<Record<PeriodKind, string>> = { week: 'Week', quarter: 'Quarter', year: 'Year' };
const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

export const myTime: typeof zh = {
  private: 'Worked out on this device alone; nobody else sees it',
  kinds,
  kindsLabel: 'How long a stretch',
  quarter: (year, number) => `Quarter ${number}, ${Number(year)}`,
  year: (year) => String(Number(year)),
  previous: 'Before',
  following: 'After',
  backToNow: 'Back to now',
  empty: 'Nothing is written in this stretch.',
  emptyHint: 'Every entry counts. This page reads what is kept on this device and nothing else.',
  weekShort: (number) => `W${number}`,
  percent: (share) => `${Math.round(share * 100)}%`,
  unknown: '—',
  noKind: 'Mode not given',

  average: 'Average week',
  averageOver: (weeks, total) => `Of ${many(weeks, 'full week', 'full weeks')}; ${total} in all`,
  noFullWeek: (total) => `No full week yet, ${total} in all`,
  thisWeek: 'Hours',
  entries: (count) => many(count, 'entry', 'entries'),
  share: 'Focused share',
  targetWeek: (target) => `Own target ${target}%`,
  targetWeeks: (target, of, below) =>
    `Own target ${target}%, ${below === 0 ? 'none' : below} of ${many(of, 'week', 'weeks')} below`,
  noTarget: 'No target set',
  noShare: 'Nothing collective or focused yet',
  longest: 'Longest focused block',
  noLongest: 'No focused work yet',
  pieces: 'Fragments',
  pieceUnit: '',
  piecesOf: (count, median) => `Of ${many(count, 'stretch', 'stretches')} of own time, median ${median}`,
  noPieces: 'No stretch of own time',
  late: 'After 22:00',
  nights: (count) => many(count, 'night', 'nights'),
  early: 'Before 07:00',
  mornings: (count) => many(count, 'day', 'days'),
  daysOff: 'Weekends and holidays',
  daysOffParts: (weekend, holiday) => `Weekends ${weekend}, holidays ${holiday}`,
  weekendsOnly: 'Holidays are not known here; weekends alone',
  blanks: 'Blanks',
  blankCount: (count) => `${many(count, 'blank', 'blanks')} of 30 min or more`,

  figures: 'Main figures',
  howFigures: [
    'Hours: the union of all entries, overlaps count once; an entry past midnight belongs to the day it is reported under. A late entry counts in the week it is late for; a correction that can be matched takes the place of what it corrects.',
    'Average week: full weeks alone. Weeks without entries, weeks that are more than half leave, and the week now running are left out.',
    'Focused share: focused ÷ (collective + focused). One-to-one, emergency, travel and leave stand outside.',
    'Longest focused block: focused entries that touch are one block; any other entry in between breaks it.',
    'Fragments: from the first entry of a day to its last, what no entry but focused ones takes is own time, blanks included; stretches under 30 minutes are fragments. The median is the middle one by length.',
    'After 22:00, before 07:00: of the day it is reported under; the evening counts to its end.',
    'Weekends and holidays: by the calendar; weekends that are made up for do not count. Leave is no work on a day off.',
    'Blanks: 30 minutes or more between two entries of one day with nothing written.',
  ],
  columns: 'Hours by week',
  columnsOfWeek: 'Hours by day',
  columnsUnit: 'hours',
  columnsLabel: (name, count, least, most) =>
    `${name}: ${count} columns, least ${least}, most ${most}; the numbers stand in the table`,
  howColumns:
    'The number on top is the union of the hours. The parts are the union inside each mode; time in which two modes overlap lies in both, so a column may stand a little higher than its number.',
  line: 'Focused share of collective and focused',
  lineLabel: (least, most, target) =>
    `Focused share by week, lowest ${least}, highest ${most}${target === '' ? '' : `, own target ${target}`}; the numbers stand in the table`,
  ownTarget: (target) => `Own target ${target}%`,
  howLine: 'Each week: focused ÷ (collective + focused). The line breaks where a week has neither.',
  categories: 'Where it went',
  howCategories:
    'A category is the union of its entries, added up week by week; time in which two overlap lies in both, so together they may exceed the total. Percentages are of all hours.',
  tableWhen: 'When',
  tableTotal: 'Hours',
  tableShare: 'Focused',
  tableLongest: 'Longest block',
  tablePieces: 'Fragments',
  tableLate: 'After 22:00',
  tableEarly: 'Before 07:00',
  tableDaysOff: 'Days off',
  tableBlanks: 'Blanks',

  thoughts: 'Something to think about',
  weekday: (number) => weekdays[number - 1] ?? '',
  shareBelow: (share, target) =>
    `Over the last four weeks, focused work took ${share}%, less than the ${target}% you set yourself.`,
  shareReached: (share, target) =>
    `Over the last four weeks, focused work took ${share}%; you set yourself ${target}%.`,
  sharePlain: (share) => `Over the last four weeks, focused work took ${share}%.`,
  fragments: (count, day) =>
    `Between meetings, talks and the like there were ${many(count, 'fragment', 'fragments')} under 30 minutes, most of them on ${day}.`,
  fewWeeks: 'After four full weeks, this says something about the last four.',
  howThoughts: 'The last four full weeks, without weeks of leave; counted as above.',
  keepAfternoon: (day) => `Keep two hours on ${day} afternoons`,
  keepLine: '14:00-16:00 plan',
  afternoonKept: (day) => `Added to the lines that recur: ${day} 14:00–16:00, one tap on that day.`,
  noMore: 'Do not tell me again',
  thoughtsOff: '"Something to think about" is off.',
  thoughtsOn: 'Turn on',
  target: 'My own target',
};
