/** What can happen in a history, and how often: acts of authors on their devices, of the server's operator, and of the world between. */
import fc from 'fast-check';

/** What goes wrong on the n-th request of a run to the journal: it never arrives; the answer never comes; only the first results of a batch are told; the
 *  power goes before or after it. `write`: the power goes before the n-th writing transaction. */
export interface Fault {
  readonly what: 'request' | 'answer' | 'part' | 'killBefore' | 'killAfter' | 'write';
  readonly at: number;
}

/** How one run goes: rows in a page and ops in a batch, its fault, and at which request its author saves another text on an entry. */
export interface Weather {
  readonly page: number;
  readonly fault: Fault | null;
  readonly typing: { readonly request: number; readonly pick: number } | null;
}

/** One step. `device` and `pick` are taken modulo what there is. Weeks are 0 for 2026-W46, 1 for 2026-W47. */
export type Step =
  | { readonly act: 'write' | 'hold' | 'old'; readonly device: number; readonly day: number }
  | { readonly act: 'edit' | 'remove' | 'withhold' | 'release'; readonly device: number; readonly pick: number }
  | { readonly act: 'move'; readonly device: number; readonly pick: number; readonly day: number }
  | { readonly act: 'mine' | 'theirs' | 'correct'; readonly device: number; readonly pick: number }
  | { readonly act: 'sync'; readonly device: number; readonly weather: Weather }
  | { readonly act: 'seal'; readonly week: number; readonly between: number | null; readonly weather: Weather }
  | { readonly act: 'reopen' | 'freeze'; readonly week: number }
  | { readonly act: 'backup' | 'restore' | 'carry' }
  | { readonly act: 'clock'; readonly device: number; readonly minutes: number }
  | { readonly act: 'copy'; readonly device: number }
  | { readonly act: 'undo' | 'redo'; readonly device: number }
  | { readonly act: 'ground'; readonly device: number; readonly pick: number };

/** A history of two or three devices; the first one signs. */
export interface History {
  readonly seed: number;
  readonly devices: 2 | 3;
  readonly steps: readonly Step[];
}

/** How often each act comes. */
export type Weights = Readonly<Record<Step['act'], number>>;

/** Everything at its place in a working life. */
export const ordinary: Weights = {
  write: 4,
  hold: 1,
  old: 1,
  edit: 10,
  remove: 1,
  move: 2,
  withhold: 1,
  release: 1,
  mine: 2,
  theirs: 1,
  correct: 1,
  sync: 16,
  seal: 3,
  reopen: 2,
  freeze: 1,
  backup: 1,
  restore: 1,
  clock: 1,
  copy: 1,
  undo: 1,
  redo: 1,
  ground: 1,
  carry: 1,
};

const nothing = Object.fromEntries(Object.keys(ordinary).map((act) => [act, 0]));

/** Two devices around what is withheld: marked, moved, released, refused, kept, deleted, sealed and frozen. */
export const withholding: Weights = {
  ...ordinary,
  ...nothing,
  write: 2,
  hold: 3,
  edit: 3,
  remove: 2,
  move: 6,
  withhold: 5,
  release: 5,
  mine: 5,
  theirs: 3,
  correct: 1,
  sync: 16,
  seal: 2,
  reopen: 2,
  freeze: 1,
  backup: 1,
  restore: 1,
  copy: 1,
  undo: 1,
  redo: 1,
  ground: 2,
  carry: 2,
};

/** Two devices around a server that is restored behind its log. */
export const restoring: Weights = {
  ...ordinary,
  ...nothing,
  write: 6,
  edit: 4,
  remove: 2,
  move: 1,
  hold: 1,
  withhold: 2,
  release: 1,
  mine: 2,
  theirs: 1,
  sync: 16,
  seal: 6,
  reopen: 2,
  freeze: 1,
  backup: 3,
  restore: 1,
  carry: 4,
};

/** Devices that write on the same entries, and nothing else. */
export const drafting: Weights = { ...ordinary, ...nothing, write: 3, edit: 8, sync: 14 };

/** Writing around seals. */
export const sealing: Weights = { ...drafting, write: 4, seal: 5, reopen: 2 };

const device = fc.nat(2);
// Few, so that devices meet on the same entry.
const pick = fc.nat(2);
const week = fc.constantFrom(0, 1);
const day = fc.nat(3);
const weather: fc.Arbitrary<Weather> = fc.record({
  page: fc.constantFrom(200, 200, 1, 2, 3),
  fault: fc.option(
    fc.record({
      what: fc.constantFrom('answer', 'answer', 'request', 'part', 'killBefore', 'killAfter', 'write'),
      at: fc.nat(6),
    }),
    { freq: 2, nil: null },
  ),
  typing: fc.option(fc.record({ request: fc.constantFrom(0, 1, 1, 2, 2, 3), pick }), { freq: 2, nil: null }),
});

const acts: { readonly [Act in Step['act']]: fc.Arbitrary<Step> } = {
  write: fc.record({ act: fc.constant('write'), device, day }),
  hold: fc.record({ act: fc.constant('hold'), device, day }),
  old: fc.record({ act: fc.constant('old'), device, day }),
  edit: fc.record({ act: fc.constant('edit'), device, pick }),
  remove: fc.record({ act: fc.constant('remove'), device, pick }),
  withhold: fc.record({ act: fc.constant('withhold'), device, pick }),
  release: fc.record({ act: fc.constant('release'), device, pick }),
  move: fc.record({ act: fc.constant('move'), device, pick, day }),
  mine: fc.record({ act: fc.constant('mine'), device, pick }),
  theirs: fc.record({ act: fc.constant('theirs'), device, pick }),
  correct: fc.record({ act: fc.constant('correct'), device, pick }),
  sync: fc.record({ act: fc.constant('sync'), device, weather }),
  seal: fc.record({ act: fc.constant('seal'), week, between: fc.option(device, { freq: 2, nil: null }), weather }),
  reopen: fc.record({ act: fc.constant('reopen'), week }),
  freeze: fc.record({ act: fc.constant('freeze'), week }),
  backup: fc.record({ act: fc.constant('backup') }),
  restore: fc.record({ act: fc.constant('restore') }),
  clock: fc.record({ act: fc.constant('clock'), device, minutes: fc.constantFrom(-5000, -90, -1, 1, 90, 5000) }),
  copy: fc.record({ act: fc.constant('copy'), device }),
  // After the others: a weight of nothing there leaves the histories of the variants as they were drawn.
  undo: fc.record({ act: fc.constant('undo'), device }),
  redo: fc.record({ act: fc.constant('redo'), device }),
  ground: fc.record({ act: fc.constant('ground'), device, pick }),
  carry: fc.record({ act: fc.constant('carry') }),
};

/** Histories of up to `most` steps. */
export function histories(most: number, weights: Weights = ordinary): fc.Arbitrary<History> {
  const step = fc.oneof(
    ...Object.entries(acts).map(([act, arbitrary]) => ({ weight: weights[act as Step['act']], arbitrary })),
  );
  return fc.record({
    seed: fc.nat(),
    devices: fc.constantFrom(2 as const, 2 as const, 3 as const),
    steps: fc.array(step, { minLength: 2, maxLength: most, size: 'max' }),
  });
}
