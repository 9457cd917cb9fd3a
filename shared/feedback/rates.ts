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

/** Where a counted ticket stands in a rate at a moment (Unix seconds): in the part, in the rest of the whole, or not in it at all. */
export function standsIn(ticket: CountedTicket, figure: RateFigure, asOf: number): 'part' | 'rest' | null {
  const { of, part } = tests[figure];
  return of(ticket, asOf) ? (part(ticket) ? 'part' : 'rest') : null;
}

/** The figures at a moment, in Unix seconds. Referred and merged tickets are left out and counted beside. */
export function ratesOf(tickets: readonly CountedTicket[], asOf: number): Rates {
  const counted = tickets.filter(isCounted);
  const share = (figure: RateFigure): Share => {
    let [part, of] = [0, 0];
    for (const ticket of counted) {
      const stands = standsIn(ticket, figure, asOf);
      if (stands !== null) of += 1;
      if (stands === 'part') part += 1;
    }
    return { part, of };
  };
  return {
    tickets: counted.length,
    referred: tickets.filter(({ state }) => state === 'referred').length,
    merged: tickets.filter(({ state }) => state === 'merged').length,
    silent: counted.filter(isSilent).length,
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
  of < fewestForPercent ? null : Math.round((part / of) * 1000) / 10;

interface Test {
  readonly of: (ticket: CountedTicket, asOf: number) => boolean;
  readonly part: (ticket: CountedTicket) => boolean;
}

const tests: Readonly<Record<RateFigure, Test>> = {
  responseRate: {
    of: ({ contactedAt, contactDue }, asOf) => contactedAt !== null || asOf > contactDue,
    part: ({ contactedAt, contactDue }) => contactedAt !== null && contactedAt <= contactDue,
  },
  onTimeRate: {
    of: ({ repliedAt, due }, asOf) => repliedAt !== null || asOf > due,
    part: ({ repliedAt, due }) => repliedAt !== null && repliedAt <= due,
  },
  resolutionRate: { of: ({ answer }) => answer !== null, part: ({ answer }) => answer?.solved === true },
  satisfactionRate: {
    of: ({ answer }) => typeof answer?.rating === 'number',
    part: ({ answer }) => (answer?.rating ?? 0) >= 4,
  },
  followUpRate: { of: ({ isAsked }) => isAsked, part: ({ answer }) => answer !== null },
  reopenRate: { of: ({ repliedAt }) => repliedAt !== null, part: ({ reopened }) => reopened > 0 },
  closureRate: { of: ({ due }, asOf) => asOf > due, part: ({ state }) => state === 'closedLoop' },
};
