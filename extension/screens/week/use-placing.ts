/** Storing a new place of an entry: one change after the other, each with the members that changed and no others. */
import { useCallback, useRef } from 'preact/hooks';
import type { EntryBody } from '../../../shared/api/journal.ts';
import { formatDay, formatMinute } from '../../../shared/time/civil.ts';
import { changeMembers } from '../../commands/journal.ts';
import type { Written } from '../../store/queries.ts';
import { useAct } from '../use-act.ts';
import { changeTo, type Place } from './band.ts';

/** `place` stores that an entry which its author saw at `from` now stands at `to`; true when it was done. */
export function usePlacing(): {
  readonly problem: string | null;
  readonly place: (entry: Written<EntryBody>, from: Place, to: Place) => Promise<boolean>;
} {
  const { act, problem } = useAct();
  const last = useRef<Promise<unknown>>(Promise.resolve());
  const place = useCallback(
    (entry: Written<EntryBody>, from: Place, to: Place) => {
      const mine = last.current.then(() =>
        act(() => changeMembers({ ...entry, body: { ...entry.body, ...spelled(from) } }, changeTo(from, to))),
      );
      last.current = mine;
      return mine;
    },
    [act],
  );
  return { problem, place };
}

function spelled({ day, start, end }: Place): Pick<EntryBody, 'day' | 'start' | 'end'> {
  return { day: formatDay(day), start: formatMinute(start), end: formatMinute(end) };
}
