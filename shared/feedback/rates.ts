/** The closed-loop figures of a set of tickets (closed-loop.md "Rates"). A ticket counts once: by its first contact, its first reply, its due date
 *  as it was when it could still be moved, and its last answered follow-up. */
import type { Rates, Share } from '../api/public-rates.ts';
import type { TicketState } from './ticket.ts';

/** What the figures look at. Times are Unix seconds, null where it has not happened. */
export interface CountedTicket {
  readonly state: TicketState;
  readonly contactDue: number;
  readonly contactedAt: number | null;
  /** The original date, or that of an extension, which is only given before the original has passed. */
  readonly due: number;
  /** The first reply. */
  readonly repliedAt: number | null;
  /** How often it was opened again. */
  readonly reopened: number;
  /** Whether a reader was ever asked, and the last answer; `rating` null where none was given. */
  readonly isAsked: boolean;
  readonly answer: { readonly solved: boolean; readonly rating: number | null } | null;
  /** False where it was closed without the reader being heard. */
  readonly followedUp: boolean | null;
}

/** Below so many cases a share is shown as two counts only. */
export const fewestForPercent = 5;

/** The seven rates in the order of closed-loop.md. */
export const rateFigures = [
  'responseRate',
  'onTimeRate',
  'resolutionRate',
  'satisfactionRate',
  'followUpRate',
  'reopenRate',
  'closureRate',
] as const;
export type RateFigure = (typeof rateFigures)[number];

/** Whether a ticket stands in the figures; referred and merged ones are left out and counted beside. */
export const isCounted = ({ state }: Pick<CountedTicket, 'state'>): boolean =>
  state !== 'referred' && state !== 'merged';

/** Whether it was closed in the loop without the reader being heard. */
export const isSilent = ({ state, followedUp }: Pick<CountedTicket, 'state' | 'followedUp'>): boolean =>
  state === 'closedLoop' && followedUp === false;

/** How a date was kept: in time, late, not yet though it has passed, not yet and it runs. */
export type Kept = 'inTime' | 'late' | 'missed' | 'running';

/** A ticket as it stands at a moment: all that the figures look at, its dates compared. */
export interface Standing extends Pick<CountedTicket, 'state' | 'isAsked' | 'answer' | 'followedUp'> {
  readonly contact: Kept;
  readonly reply: Kept;
  /** Whether its due date has passed, answered or not. */
  readonly isPast: boolean;
  readonly isReopened: boolean;
}

/** At a moment in Unix seconds. server/feedback/tally.ts says the same in SQL. */
export const standingOf = (ticket: CountedTicket, asOf: number): Standing => ({
  state: ticket.state,
  contact: keptAt(ticket.contactedAt, ticket.contactDue, asOf),
  reply: keptAt(ticket.repliedAt, ticket.due, asOf),
  isPast: asOf > ticket.due,
  isReopened: ticket.reopened > 0,
  isAsked: ticket.isAsked,
  answer: ticket.answer,
  followedUp: ticket.followedUp,
});

const keptAt = (at: number | null, due: number, asOf: number): Kept =>
  at === null ? (asOf > due ? 'missed' : 'running') : at <= due ? 'inTime' : 'late';

/** Where a counted ticket stands in a rate at a moment (Unix seconds): in the part, in the rest of the whole, or not in it at all. */
export const standsIn = (ticket: CountedTicket, figure: RateFigure, asOf: number): 'part' | 'rest' | null =>
  placeIn(standingOf(ticket, asOf), figure);

function placeIn(standing: Standing, figure: RateFigure): 'part' | 'rest' | null {
  const { of, part } = tests[figure];
  return of(standing) ? (part(standing) ? 'part' : 'rest') : null;
}

/** The figures at a moment, in Unix seconds. Referred and merged tickets are left out and counted beside. */
export const ratesOf = (tickets: readonly CountedTicket[], asOf: number): Rates =>
  ratesOfTally(tickets.map((ticket) => ({ standing: standingOf(ticket, asOf), count: 1 })));

/** So many tickets that stand alike. */
export interface Tallied {
  readonly standing: Standing;
  readonly count: number;
}

/** The figures of tickets that were counted by how they stand. */
export function ratesOfTally(tally: readonly Tallied[]): Rates {
  const counted = tally.filter(({ standing }) => isCounted(standing));
  const sum = (is: (standing: Standing) => boolean): number =>
    tally.reduce((so, { standing, count }) => (is(standing) ? so + count : so), 0);
  const share = (figure: RateFigure): Share => {
    let [part, of] = [0, 0];
    for (const { standing, count } of counted) {
      const place = placeIn(standing, figure);
      if (place !== null) of += count;
      if (place === 'part') part += count;
    }
    return { part, of };
  };
  return {
    tickets: sum(isCounted),
    referred: sum(({ state }) => state === 'referred'),
    merged: sum(({ state }) => state === 'merged'),
    silent: sum(isSilent),
    responseRate: share('responseRate'),
    onTimeRate: share('onTimeRate'),
    resolutionRate: share('resolutionRate'),
    satisfactionRate: share('satisfactionRate'),
    followUpRate: share('followUpRate'),
    reopenRate: share('reopenRate'),
    closureRate: share('closureRate'),
  };
}

/** A share in percent to one place, null below five cases: then the counts stand alone. */
export const percentOf = ({ part, of }: Share): number | null =>
  of < fewestForPercent ? null : Math.round((part * 1000) / of) / 10;

interface Test {
  readonly of: (standing: Standing) => boolean;
  readonly part: (standing: Standing) => boolean;
}

const tests: Readonly<Record<RateFigure, Test>> = {
  responseRate: { of: ({ contact }) => contact !== 'running', part: ({ contact }) => contact === 'inTime' },
  onTimeRate: { of: ({ reply }) => reply !== 'running', part: ({ reply }) => reply === 'inTime' },
  resolutionRate: { of: ({ answer }) => answer !== null, part: ({ answer }) => answer?.solved === true },
  satisfactionRate: {
    of: ({ answer }) => typeof answer?.rating === 'number',
    part: ({ answer }) => (answer?.rating ?? 0) >= 4,
  },
  followUpRate: { of: ({ isAsked }) => isAsked, part: ({ answer }) => answer !== null },
  reopenRate: {
    of: ({ reply }) => reply === 'inTime' || reply === 'late',
    part: ({ isReopened }) => isReopened,
  },
  closureRate: { of: ({ isPast }) => isPast, part: ({ state }) => state === 'closedLoop' },
};
