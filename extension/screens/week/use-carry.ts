/** A block that is carried by keys: each step is shown at once, and stored as one change when it is put down, Alt is let go, or the focus
 *  leaves. */
import { useEffect, useRef } from 'preact/hooks';
import { daysWithin, moved, type Place, stretched } from './band.ts';
import type { KeyAct } from './keys.ts';

interface Carried {
  readonly id: string;
  readonly from: Place;
  readonly to: Place;
  /** Begun with M: it stays in hand until it is put down. */
  readonly held: boolean;
}

export interface Carry {
  /** The entry in hand after M, null where none is. */
  readonly held: () => boolean;
  readonly take: (id: string, from: Place) => void;
  /** A step of the entry in hand; takes it first where none is. */
  readonly step: (id: string, from: Place, act: Extract<KeyAct, { kind: 'move' | 'stretch' }>) => void;
  readonly drop: () => void;
  readonly cancel: () => void;
}

/** `show` is told where the block is, null when it was given up; `store` where it was put down. */
export function useCarry(
  days: readonly number[],
  show: (at: { readonly id: string; readonly place: Place } | null) => void,
  store: (id: string, from: Place, to: Place) => void,
): Carry {
  const carried = useRef<Carried | null>(null);
  const latest = useRef({ show, store });
  latest.current = { show, store };
  const drop = () => {
    const put = carried.current;
    carried.current = null;
    if (put !== null) latest.current.store(put.id, put.from, put.to);
  };
  useEffect(() => {
    const letGo = (event: KeyboardEvent) => {
      if (event.key === 'Alt' && carried.current?.held === false) drop();
    };
    window.addEventListener('keyup', letGo);
    return () => {
      window.removeEventListener('keyup', letGo);
      drop();
    };
  }, []);
  return {
    held: () => carried.current?.held === true,
    take: (id, from) => {
      carried.current = { id, from, to: from, held: true };
      latest.current.show({ id, place: from });
    },
    step: (id, from, act) => {
      const now = carried.current ?? { id, from, to: from, held: false };
      const to = stepped(now.to, act, days);
      carried.current = { ...now, to };
      latest.current.show({ id: now.id, place: to });
    },
    drop,
    cancel: () => {
      carried.current = null;
      latest.current.show(null);
    },
  };
}

function stepped(place: Place, act: Extract<KeyAct, { kind: 'move' | 'stretch' }>, days: readonly number[]): Place {
  return act.kind === 'move'
    ? moved(place, daysWithin(place.day, act.days, days), act.minutes)
    : stretched(place, act.edge, act.minutes);
}
