/** Words of stand-ins and of handing over. */
import { many } from '../../../shared/locales/plain-en.ts';
import type { standIns as zh } from '../zh/stand-ins.ts';

export const standIns: typeof zh = {
  title: 'Stand-ins',
  intro:
    "Somebody does another's work for some days, on their own device and under an actor id of their own, so that the audit tells them apart.",
  limits:
    'An organiser or reviewer signs with a key of their own: invite the stand-in for the role first, then set the days here. Nobody stands in for a leader: diaries are written by their leader alone.',
  signs:
    'From now on this role of theirs counts on these days alone; once the stand-in is ended it does not count any more, until you arrange another. A stand-in reviewer does not review the own unit or a draw that they ran.',
  add: 'Arrange a stand-in',
  empty: 'No stand-ins.',
  colWho: 'Stand-in',
  colRole: 'Role',
  colFor: 'For',
  colDays: 'Days',
  colState: 'State',
  colAct: 'Actions',
  state: { coming: 'Coming', running: 'Standing in', over: 'Over' },
  days: (from, to) => `${from} to ${to}`,
  since: (from) => `since ${from}`,
  untilEnded: 'until ended',
  end: 'End',
  endOf: (name) => `End standing in: ${name}`,
  ended: (name) => `${name} no longer stands in.`,
  begun: (name) => `${name} will stand in.`,
  addTitle: 'Arrange a stand-in',
  person: 'Who stands in',
  personHint: 'People with a device in use',
  role: 'Role',
  unit: 'Unit',
  instead: 'For whom',
  insteadNobody: 'not said',
  from: 'From',
  to: 'To, that day included',
  toHint: 'Empty: until it is ended',
  confirm: 'Confirm',
  seen: 'They see it when they next sign in, within half an hour.',
  handOver: 'Hand the work over to',
  handOverHint: (count) => `${many(count, 'ticket is', 'tickets are')} open in the unit and will be theirs.`,
  handOverNobody: 'Nobody',
  handedOver: (name, to, tickets) =>
    `The device of ${name} was ended; ${many(tickets, 'open ticket is', 'open tickets are')} with ${to} now.`,
  orphan: 'Nobody else handles the tickets of this unit. Choose who takes over.',
};
