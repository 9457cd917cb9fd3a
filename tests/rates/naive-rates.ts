/** The seven figures counted from what happened to each ticket, by closed-loop.md "Rates" alone: knows nothing of the code under test, nor of the
 *  rows that it keeps. */
import { type Days, type Happened, slowDeadlines } from '../tickets/slow-deadlines.ts';

/** One thing that happened to a ticket, in Unix seconds. `by`: who closed it. */
export type Deed =
  | { readonly at: number; readonly what: 'assigned'; readonly unit: string }
  | { readonly at: number; readonly what: 'contacted' | 'reopened' | 'referred' | 'merged' }
  | { readonly at: number; readonly what: 'extended'; readonly date: string }
  | { readonly at: number; readonly what: 'replied'; readonly cause: string }
  | { readonly at: number; readonly what: 'answered'; readonly solved: boolean; readonly rating: number | null }
  | {
      readonly at: number;
      readonly what: 'closed';
      readonly as: 'closedLoop' | 'closedUnsolved';
      readonly byClock: boolean;
    };

/** The life of a ticket, oldest deed first. */
export interface Life {
  readonly kind: string;
  readonly clock: string;
  readonly registeredAt: number;
  readonly deeds: readonly Deed[];
}

/** The unit that has it, and the cause that its last reply gives; null before the first. */
export const unitOf = ({ deeds }: Life): string | null =>
  deeds.findLast((deed) => deed.what === 'assigned')?.unit ?? null;
export const causeOf = ({ deeds }: Life): string | null =>
  deeds.findLast((deed) => deed.what === 'replied')?.cause ?? null;

const countedApart = ['referred', 'merged'] as const;

/** The figures of some lives at a moment. */
export function naiveRates(lives: readonly Life[], asOf: number, days: Days) {
  const counted = lives.filter(({ deeds }) => !countedApart.some((what) => deeds.some((deed) => deed.what === what)));
  const apart = (what: string) => lives.filter(({ deeds }) => deeds.some((deed) => deed.what === what)).length;
  const share = (of: (life: Life) => boolean, part: (life: Life) => boolean) => {
    const whole = counted.filter(of);
    return { part: whole.filter(part).length, of: whole.length };
  };
  const duesOf = (life: Life) => {
    const { contactDue, due, extendedDue } = slowDeadlines(life.kind, happenedIn(life), days);
    return { contact: contactDue, reply: extendedDue ?? due };
  };
  const first = ({ deeds }: Life, what: Deed['what']) => deeds.find((deed) => deed.what === what)?.at;
  const closing = ({ deeds }: Life) => {
    const last = deeds.findLast((deed) => deed.what === 'closed' || deed.what === 'reopened');
    return last?.what === 'closed' ? last : null;
  };
  const answer = ({ deeds }: Life) => deeds.findLast((deed) => deed.what === 'answered');
  const isReplied = (life: Life) => first(life, 'replied') !== undefined;
  return {
    tickets: counted.length,
    referred: apart('referred'),
    merged: apart('merged'),
    silent: counted.filter((life) => closing(life)?.byClock === true).length,
    responseRate: share(
      (life) => first(life, 'contacted') !== undefined || duesOf(life).contact < asOf,
      (life) => (first(life, 'contacted') ?? asOf) <= duesOf(life).contact,
    ),
    onTimeRate: share(
      (life) => isReplied(life) || duesOf(life).reply < asOf,
      (life) => (first(life, 'replied') ?? asOf) <= duesOf(life).reply,
    ),
    resolutionRate: share(
      (life) => answer(life) !== undefined,
      (life) => answer(life)?.solved === true,
    ),
    satisfactionRate: share(
      (life) => typeof answer(life)?.rating === 'number',
      (life) => [4, 5].includes(answer(life)?.rating ?? 0),
    ),
    followUpRate: share(isReplied, (life) => answer(life) !== undefined),
    reopenRate: share(isReplied, ({ deeds }) => deeds.some((deed) => deed.what === 'reopened')),
    closureRate: share(
      (life) => duesOf(life).reply < asOf,
      (life) => closing(life)?.as === 'closedLoop',
    ),
  };
}

function happenedIn({ registeredAt, clock, deeds }: Life): Happened[] {
  const registered = { at: registeredAt, what: 'registered', value: clock } as const;
  return [
    registered,
    ...deeds.flatMap((deed): Happened[] =>
      deed.what === 'extended' ? [{ at: deed.at, what: 'extended', value: deed.date }] : [],
    ),
  ];
}
