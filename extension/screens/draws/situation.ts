/** Where a draw stands at a moment, and so what may be done next: nothing out of order (verification.md 7). */
import type { DrawAct, DrawRow } from '../../../shared/api/draws.ts';
import { earliestValue } from '../../../shared/proof/lock.ts';
import { isSource, type Source } from '../../../shared/proof/records.ts';

/** `collecting`: frozen, nonces arrive, to be locked. `late`: the value is out and it was not locked. `witnessing`: locked, the value is
 *  still to come. `short`: the value is out and too few acknowledged. `values`: the numbers can be entered. After `late` and `short` only a
 *  void is left. */
export type Situation = 'collecting' | 'late' | 'witnessing' | 'short' | 'values' | 'drawn' | 'published' | 'void';

export const stepIds = [
  'rule',
  'seal',
  'freeze',
  'nonces',
  'lock',
  'acks',
  'values',
  'draw',
  'review',
  'publish',
] as const;
export type StepId = (typeof stepIds)[number];

export interface Step {
  readonly id: StepId;
  readonly state: 'done' | 'current' | 'waiting';
}

/** The sources of a draw as its list has them. */
export function sourcesOf(row: Pick<DrawRow, 'sources'>): readonly Source[] {
  return row.sources.filter((source): source is DrawRow['sources'][number] & Source => isSource(source));
}

/** Every unit of the roll, sorted: a list has each as candidate or absent, and devices of both acknowledge. */
export const onRoll = (row: Pick<DrawRow, 'candidates' | 'absent'>): readonly string[] =>
  [...row.candidates, ...row.absent].map(({ unit }) => unit).sort();

/** Unix seconds: before `opens` no source has a value, from `all` on every one has. */
export function valueTimes(row: Pick<DrawRow, 'sources'>): { readonly opens: number; readonly all: number } {
  const sources = sourcesOf(row);
  return { opens: earliestValue({ sources }), all: Math.max(0, ...sources.map(({ not_before }) => not_before ?? 0)) };
}

/** Where a draw stands at `now` (Unix seconds). */
export function situationOf(row: DrawRow, now: number): Situation {
  const { opens, all } = valueTimes(row);
  switch (row.stage) {
    case 'frozen':
      return now < opens ? 'collecting' : 'late';
    case 'locked':
      if (row.acks.length < row.minAcks) return now < opens ? 'witnessing' : 'short';
      return now < all ? 'witnessing' : 'values';
    case 'drawn':
    case 'published':
    case 'void':
      return row.stage;
  }
}

/** What an organiser may do to a draw: `next` is the one primary button, `also` stands aside. What is neither is neither offered here nor
 *  accepted by the server. After the result nothing is left to do: the review decides when it is published. */
export interface Acts {
  readonly next: DrawAct | null;
  readonly also: DrawAct | null;
}

const acts: Readonly<Record<Situation, Acts>> = {
  collecting: { next: 'lock', also: 'void' },
  late: { next: 'void', also: null },
  witnessing: { next: null, also: 'void' },
  short: { next: 'void', also: null },
  values: { next: 'record', also: 'void' },
  drawn: { next: null, also: null },
  published: { next: null, also: null },
  void: { next: null, also: null },
};

/** What may be done to a draw at `now` (Unix seconds). */
export const actsOf = (row: DrawRow, now: number): Acts => acts[situationOf(row, now)];

/** Whether a draw has no result and is not void: while one is so, no other list is frozen and no rule changes. */
export const isOpen = ({ stage }: Pick<DrawRow, 'stage'>): boolean => stage === 'frozen' || stage === 'locked';

/** The steps with what is done, what is under way, and what has not come. Without a draw: the rule, then a week to freeze. */
export function stepsOf(row: DrawRow | null, hasRule: boolean, now: number): readonly Step[] {
  if (row === null) return marked(stepIds, hasRule ? 'freeze' : 'rule');
  const ids: readonly StepId[] = sourcesOf(row).some(({ kind }) => kind === 'nonces')
    ? stepIds
    : stepIds.filter((id) => id !== 'nonces');
  switch (situationOf(row, now)) {
    case 'collecting':
      return marked(ids, ids.includes('nonces') && row.nonces.length < row.candidates.length ? 'nonces' : 'lock');
    case 'late':
      return marked(ids, 'lock');
    case 'witnessing':
      return marked(ids, row.acks.length < row.minAcks ? 'acks' : 'values');
    case 'short':
      return marked(ids, 'acks');
    case 'values':
      return marked(ids, 'draw');
    case 'drawn':
      return marked(ids, 'review');
    case 'published':
      return ids.map((id) => ({ id, state: 'done' }));
    case 'void': {
      const reached = row.lock === null ? ids.indexOf('lock') : ids.indexOf('values');
      return ids.map((id, n) => ({ id, state: n < reached ? 'done' : 'waiting' }));
    }
  }
}

function marked(ids: readonly StepId[], current: StepId): readonly Step[] {
  const at = ids.indexOf(current);
  return ids.map((id, n) => ({ id, state: n < at ? 'done' : n === at ? 'current' : 'waiting' }));
}
