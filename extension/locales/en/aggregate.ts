/** Words of the organisation's figures by quarter: every figure with how it was counted, no rank, no unit named with a figure. */
import type { aggregate as zh } from '../zh/aggregate.ts';

type Facts = Readonly<Record<string, number>>;
const of = (facts: Facts, name: string): number => facts[name] ?? 0;
const leftOut = (facts: Facts): string => `without ${of(facts, 'referred')} referred and ${of(facts, 'merged')} merged`;

export const aggregate: typeof zh = {
  face: {
    hours: 'Hours and where they went',
    threads: 'Threads and results',
    publicResponse: 'Comments of readers',
    closedIssues: 'Tickets',
  },
  figure: {
    mode: 'Hours',
    category: 'Hours',
    thread: 'Thread',
    results: 'Results written down',
    thinking: 'Thinking written down',
    comments: 'Comments',
    answered: 'Comments answered by the unit',
    tickets: 'Tickets',
    responseRate: 'Contacted in time',
    onTimeRate: 'Replied to in time',
    resolutionRate: 'Said to be solved',
    satisfactionRate: 'Rated 4 or 5',
    followUpRate: 'Answered the follow-up',
    reopenRate: 'Reopened',
    closureRate: 'Closed in the loop',
  },
  how: {
    mode: (facts) => `${of(facts, 'diaries')} sealed diaries, the sum of the categories`,
    category: () => 'overlaps in one category of one week of one person count once',
    thread: () => 'entries that name it',
    results: () => 'entries with a result; withheld ones were not looked into',
    thinking: () => 'entries with thinking; withheld ones were not looked into',
    comments: (facts) => `under ${of(facts, 'diaries')} published diaries, public when this was made`,
    answered: () => 'encouragement asks for no answer and is left out',
    tickets: (facts) =>
      `dispatched, registered in the period; ${of(facts, 'silent')} closed by the clock without an answer`,
    responseRate: (facts) => `by the first contact; ${leftOut(facts)}`,
    onTimeRate: (facts) => `by the first reply and the date as publicly extended in time; ${leftOut(facts)}`,
    resolutionRate: (facts) => `by the last follow-up; ${leftOut(facts)}`,
    satisfactionRate: (facts) => `by the rating of the last follow-up; ${leftOut(facts)}`,
    followUpRate: (facts) => `out of those asked; ${leftOut(facts)}`,
    reopenRate: (facts) => `out of those replied to; ${leftOut(facts)}`,
    closureRate: (facts) => `out of those past their due date; ${leftOut(facts)}`,
  },
  link: 'The whole organisation',
  title: 'The whole organisation',
  about: 'By quarter; no figure that fewer than three units stand behind',
  rule: 'At least three units stand behind every figure, and it is not said which. What is too small alone lies in "the rest"; so that nothing can be found by subtraction, the smallest line beside it sometimes goes in as well. Units with a dossier are known to whoever reads it and are counted apart: without them, either nobody is left or three and more.',
  once: 'A quarter is made once and stays: a figure that moved with every late entry would tell of the one unit that was late.',
  list: 'Quarters',
  none: 'No quarter is over yet. Four weeks after one is over, its figures can be made.',
  col: { quarter: 'Quarter', period: 'Weeks', state: 'Where it stands' },
  openFrom: (moment) => `can be made from ${moment}, when most late entries and replies are in`,
  make: 'Make',
  makeOf: (quarter) => `Make the figures of ${quarter}`,
  makeAsk:
    'They cannot be made again; what is sealed or answered later does not count. Make dossiers of this quarter first: one made afterwards can be subtracted from these figures and tell of the other units. Make them now?',
  made: (moment) => `made ${moment}`,
  read: 'Read',
  untold: 'fewer than three units stand behind it: not shown',
  allUntold: 'Even all together, fewer than three units stand behind these figures, so none is shown.',
  rest: 'The rest',
  restHow: 'what fewer than three units stand behind alone, together',
  units: (count) => `${count} units`,
  json: 'Save as JSON (with sources, verifiable)',
  fileName: (quarter) => `organisation-${quarter}`,
};
