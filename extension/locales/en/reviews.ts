/** Words of the review before release in English. */
import { many } from '../../../shared/locales/plain-en.ts';
import type { reviews as zh } from '../zh/reviews.ts';

export const reviews: typeof zh = {
  title: 'Review before release',
  motto: 'Only what is drawn. Pass it, or withhold items with the reason; never change a word.',
  none: 'No diary waits for you. Drawn diaries stand here once a draw has its result.',
  list: 'Drawn diaries',
  left: (count) => `${count} to review`,
  row: (unit, week) => `${unit}, ${week.charAt(0).toLowerCase()}${week.slice(1)}`,
  facts: (items, held) => `${many(items, 'item')}${held === 0 ? '' : `, ${held} withheld`}`,
  passed: (moment, by) => `passed by ${by}, ${moment}`,
  isPassed: 'passed',
  barred: { OWN_UNIT: 'of your own unit; another reviews it', DREW: 'you ran this draw; another reviews it' },
  until: (moment) => `Published by ${moment}`,
  unknownDue: 'The time limit is being set',
  publishedAt: (moment) => `Published ${moment}`,
  isPublic:
    'This diary is public; readers see it like this. What you withhold now is withheld from them at once, and named in public for ever. Each opening is an audit row.',
  audited: 'This is what readers will see. Each opening is an audit row.',
  choose: (item) => `Choose ${item}`,
  entry: (n) => `item ${n}`,
  titleItem: 'the title',
  chosen: (count) => (count === 0 ? 'none chosen' : `${count} chosen`),
  hold: 'Withhold…',
  chooseFirst: 'Choose the items to withhold first.',
  pass: 'Pass this diary',
  passing: 'Passing',
  keys: { move: 'item up, down', select: 'choose', extend: 'choose a run', next: 'next diary', previous: 'previous' },
  holdTitle: (count) => (count === 1 ? 'Withhold this item?' : `Withhold these ${count} items?`),
  holdNote:
    'Signed into the log and public for ever: who, when, on which ground and provision. The text is erased from the server; its time and hours stay public.',
  holdSign: 'Sign and withhold',
  held: (count) => many(count, 'item is withheld.', 'items are withheld.'),
  said: (unit) => `${unit} is passed. The draw is published once its other diaries are passed.`,
  saidAll: (unit) => `${unit} is passed. All diaries of this draw are published.`,
  by: {
    seal: 'Marked by the leader before the seal',
    leader: 'Withheld by the leader',
    reviewer: 'Withheld by review',
  },
  afterDraw: 'after the draw',
  lost: 'The text of this item is not on the server, so nothing of this draw can be published. Tell the organiser.',
  image: (alt) => `Look at the picture: ${alt}`,
};
