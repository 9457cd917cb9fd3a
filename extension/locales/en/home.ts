/** Words of the desk's first page in English. */
import type { home as zh } from '../zh/home.ts';

const things = (count: number) => (count === 1 ? '1 thing' : `${count}${count >= 1000 ? ' or more' : ''} things`);

export const home: typeof zh = {
  title: 'To do',
  kind: {
    comment: 'Comments to decide',
    flag: 'Comments that readers reported',
    appeal: 'Appeals of authors',
    mention: 'Named in a diary',
    dispatch: 'Tickets to dispatch',
    accept: 'Tickets to accept',
    contact: 'Reporters to contact',
    reply: 'Tickets to reply to',
    extension: 'Extensions to decide',
    followUp: 'Tickets to follow up',
    overdue: 'Tickets overdue',
    draw: 'Draw and publish',
    acknowledge: 'To acknowledge',
    review: 'Diaries to review',
    device: 'Devices to enrol',
    succeeded: 'Devices of predecessors to end',
  },
  act: {
    freeze: (week) => `${week}: freeze the candidate list`,
    lock: (week) => `${week}: lock the log, for the devices to acknowledge`,
    record: (week) => `${week}: enter the numbers and record the result`,
    void: (week) => `${week}: not locked or not attested before the numbers came out; only a void is left`,
  },
  weeks: 'Weeks not sealed',
  week: (week) => `${week} is not sealed yet`,
  acknowledge: (week) => `The draw of ${week} waits for your unit's device to acknowledge`,
  device: (name) =>
    name === ''
      ? 'A device waits for you to compare fingerprints'
      : `The device of ${name} waits for you to compare fingerprints`,
  succeeded: (name) =>
    name === ''
      ? 'Another person leads the unit now, and a device of the one before can still sign in'
      : `Another person leads the unit now, and the device of ${name} can still sign in`,
  untold: 'Its text is not kept on this device; see it online',
  count: (count) => (count >= 1000 ? `${count} or more` : `${count}`),
  capped: (count) => count >= 1000,
  others: (count, more) => `${count}${more ? ' or more' : ''} others, see all`,
  waits: (count) => `${things(count)} to do`,
  late: (count, more) => `${count}${more ? ' or more' : ''} overdue`,
  today: (count, more) => `${count}${more ? ' or more' : ''} due today`,
  comma: ', ',
  stop: '.',
  waited: (time) => `waiting ${time}`,
  stateLate: 'Overdue',
  stateToday: 'Due today',
  stateOpen: 'To do',
  empty: 'All done: nothing waits for you.',
  emptyHint: 'What comes in appears here, the most urgent on top.',
  later:
    'The server is newer than this version of the extension: there may be more to do than is shown here. Update the extension: close every page of Sundial and start the browser again.',
  keptFrom: (moment) =>
    `You are offline and see how it stood on ${moment}. The texts of comments are not kept on this device.`,
};
