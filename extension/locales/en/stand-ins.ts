/** Words of stand-ins and of handing over. */
import type { standIns as zh } from '../zh/stand-ins.ts';

export const standIns: typeof zh = {
  title: 'Stand-ins',
  intro:
    "Somebody does another's work for some days, on their own device and under an actor id of their own, so that the audit tells them apart.",
  limits:
    'One can stand in for a moderator, a handler or an auditor. Organisers and reviewers sign with a key of their own: invite them. Nobody writes for a leader.',
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
  handOverHint: (count) =>
    `${count === 1 ? '1 ticket is' : `${count} tickets are`} open in the unit and will be theirs.`,
  handOverNobody: 'Nobody',
  handedOver: (name, to, tickets) =>
    `The device of ${name} was ended; ${tickets === 1 ? '1 open ticket is' : `${tickets} open tickets are`} with ${to} now.`,
  orphan: 'Nobody else handles the tickets of this unit. Choose who takes over.',
};
