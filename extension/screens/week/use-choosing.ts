/** The place that is being chosen in the grid, by pointer or by keys, until the store has it. It is the only thing the grid keeps itself. */
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { EntryBody } from '../../../shared/api/journal.ts';
import { formatDay, formatMinute } from '../../../shared/time/civil.ts';
import type { Written } from '../../store/queries.ts';
import { changeTo, dragged, type Place, placeOf } from './band.ts';
import type { GridActs } from './grid-acts.ts';
import { type Carry, useCarry } from './use-carry.ts';
import { useGesture } from './use-gesture.ts';
import type { WeekFacts } from './week-facts.ts';

/** Null id of a new entry. `storing`: it is put down, and shown until the store has it. */
interface Choosing {
  readonly id: string | null;
  readonly place: Place;
  readonly storing: boolean;
}

/** An entry that was put down, until the grid shows it there. */
interface PutDown {
  readonly id: string;
  readonly place: Place;
}

/** As long as the store's own word is waited for after it took a place: another device may have moved the entry on meanwhile. */
const believedForMs = 2000;

/** `frame` is the frame of the seven columns. `shownAt`: where an entry is for its author, put down or as the store says. */
export function useChoosing(
  frame: RefObject<HTMLElement | null>,
  facts: WeekFacts,
  days: readonly number[],
  acts: GridActs,
  fixed: (entry: Written<EntryBody> | null) => boolean,
): {
  readonly choosing: Choosing | null;
  readonly carry: Carry;
  readonly entryNamed: (id: string | undefined) => Written<EntryBody> | null;
  readonly shownAt: (entry: Written<EntryBody>) => Place;
} {
  const [choosing, setChoosing] = useState<Choosing | null>(null);
  const putDown = useRef<PutDown | null>(null);
  const blocks = facts.columns.flatMap((column) => column.blocks);
  const entryNamed = (id: string | undefined) => blocks.find(({ entry }) => entry.id === id)?.entry ?? null;
  const shownAt = (entry: Written<EntryBody>) =>
    choosing?.id === entry.id && choosing.storing ? choosing.place : placeOf(entry.body);

  // The store has what was put down. A block that went to another day is another element: the focus goes with it.
  useLayoutEffect(() => {
    const put = putDown.current;
    if (put === null) return;
    const entry = entryNamed(put.id);
    // The grid is drawn anew for other reasons too, before the new place has come.
    if (entry !== null && !isSamePlace(placeOf(entry.body), put.place)) return;
    putDown.current = null;
    setChoosing((seen) => (seen?.storing === true ? null : seen));
    const block = frame.current?.querySelector(`[data-entry="${put.id}"]`);
    const at = document.activeElement;
    const isFree = at === document.body || (at !== null && frame.current?.contains(at) === true);
    if (isFree && block instanceof HTMLElement) block.focus();
  }, [facts]);

  const giveUp = () => {
    setChoosing(null);
    acts.say(({ grid }) => grid.unchanged);
  };
  const store = (id: string, from: Place, to: Place) => {
    const entry = entryNamed(id);
    if (entry === null || isSamePlace(from, to)) return giveUp();
    setChoosing({ id, place: to, storing: true });
    const put: PutDown = { id, place: to };
    putDown.current = put;
    const end = () => {
      if (putDown.current !== put) return;
      putDown.current = null;
      setChoosing(null);
    };
    void acts.place(entry, from, to).then((isDone) => (isDone ? setTimeout(end, believedForMs) : end()));
  };
  const carry = useCarry(
    days,
    (at) => {
      if (at === null) return giveUp();
      setChoosing({ ...at, storing: false });
      const { day, start, end } = at.place;
      acts.say(({ grid, time }) =>
        grid.at(time.day(formatDay(day)), time.span(formatMinute(start), formatMinute(end))),
      );
    },
    store,
  );
  useGesture(frame, {
    aimAt: (target, spot) => {
      const block = target.closest<HTMLElement>('[data-entry]');
      if (block === null) return target.closest('.grid') === null ? null : { kind: 'draw', spot };
      const entry = entryNamed(block.dataset.entry);
      if (entry === null) return null;
      const edge = target.closest<HTMLElement>('[data-edge]')?.dataset.edge;
      const kind = edge === 'start' || edge === 'end' ? edge : 'move';
      return { kind, spot, id: entry.id, place: shownAt(entry) };
    },
    begin: (aim) => {
      const entry = aim.kind === 'draw' ? null : entryNamed(aim.id);
      if (fixed(entry)) acts.refuse(entry);
      return !fixed(entry);
    },
    drag: (aim, spot) =>
      setChoosing({ id: aim.kind === 'draw' ? null : aim.id, place: dragged(aim, spot, days), storing: false }),
    drop: (aim, spot) => {
      const place = dragged(aim, spot, days);
      if (aim.kind !== 'draw') return store(aim.id, aim.place, place);
      setChoosing(null);
      acts.draw(place);
    },
    cancel: giveUp,
  });
  return { choosing, carry, entryNamed, shownAt };
}

const isSamePlace = (a: Place, b: Place): boolean => Object.keys(changeTo(a, b)).length === 0;
