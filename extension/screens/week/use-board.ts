/** What happens on the grid, as state: what is unfolded beside it, what lies over its foot, and the one message that is heard. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { EntryBody } from '../../../shared/api/journal.ts';
import { type Overlap, overlapsWith } from '../../../shared/diary/overlap.ts';
import { formatDay, formatMinute } from '../../../shared/time/civil.ts';
import type { Interval } from '../../../shared/time/interval.ts';
import { removeWritten } from '../../commands/journal.ts';
import { type Saying, useSaying } from '../../locales/use-saying.ts';
import type { Written } from '../../store/queries.ts';
import { intervalOf } from '../day/day-facts.ts';
import { type UndoState, useUndo } from '../quick-line/undo-state.tsx';
import { useAct } from '../use-act.ts';
import { type Place, placeOf } from './band.ts';
import { focusEntry, focusStop } from './focus-stop.ts';
import type { GridActs } from './grid-acts.ts';
import { usePlacing } from './use-placing.ts';
import type { WeekState } from './use-week.ts';
import { dayKey } from './walk.ts';

type Entry = Written<EntryBody>;

type Unfolded =
  | { readonly kind: 'entry'; readonly id: string }
  | { readonly kind: 'new'; readonly day: string; readonly place: Place | null };

type Notice =
  | { readonly kind: 'refused' | 'problem'; readonly says: string }
  | { readonly kind: 'overlap'; readonly entry: Entry; readonly overlaps: readonly Overlap<Entry>[] };

export interface Board {
  /** The entry that is unfolded, with what it overlaps. */
  readonly opened: { readonly entry: Entry; readonly overlaps: readonly Overlap<Entry>[] } | null;
  /** The place of the entry that is being written; null `place` where only its day is known. */
  readonly fresh: { readonly day: string; readonly place: Place | null } | null;
  readonly notice: Notice | null;
  readonly said: string;
  /** The entry that is asked about before it is deleted. */
  readonly asking: Entry | null;
  readonly undo: UndoState;
  readonly acts: GridActs;
  readonly fixed: (entry: Entry | null) => boolean;
  readonly trim: (entry: Entry, span: Interval) => void;
  readonly write: (day: string) => void;
  readonly fold: () => void;
  readonly dismiss: () => void;
  readonly wrote: (ids: readonly string[]) => void;
  /** After an entry was deleted from the panel, and from the grid. */
  readonly gone: (entry: Entry) => void;
  readonly remove: (entry: Entry) => Promise<void>;
  readonly keep: () => void;
}

export function useBoard({ facts, shut, standing }: WeekState): Board {
  const [unfolded, setUnfolded] = useState<Unfolded | null>(null);
  const [refused, sayRefused] = useSaying();
  const [moved, setMoved] = useState<string | null>(null);
  const [asking, setAsking] = useState<Entry | null>(null);
  const [said, say] = useSaying();
  const [dismissed, setDismissed] = useState<string | null>(null);
  const placing = usePlacing();
  const removing = useAct();
  const undoing = useUndo();

  const days = facts.columns.map(({ day }) => day);
  const shown = facts.columns.flatMap(({ blocks }) => blocks.filter(({ own }) => own).map(({ entry }) => entry));
  const entryOf = (id: string | null) => shown.find((entry) => entry.id === id) ?? null;
  const overlapsOf = ({ id, body }: Entry, at: Interval = intervalOf(body)) =>
    overlapsWith(
      at,
      shown.filter((other) => other.id !== id),
      (other) => intervalOf(other.body),
    );

  const { last } = undoing;
  useEffect(() => {
    if (last?.undone === true) say(({ writing }) => writing.undone[last.kind]);
  }, [last?.key, last?.undone]);

  // What was just written takes the focus as soon as it stands in the grid.
  const arriving = useRef<string | null>(null);
  useLayoutEffect(() => {
    if (entryOf(arriving.current) === null) return;
    focusEntry(arriving.current ?? '');
    arriving.current = null;
  }, [facts]);

  const fixed = (entry: Entry | null) =>
    entry === null ? shut : entryOf(entry.id) === null || (shut && entry.body.lateFor === undefined);
  const refuse = (entry: Entry | null) => {
    const isElsewhere = entry !== null && entryOf(entry.id) === null;
    const why: Saying = ({ grid }) => (isElsewhere ? grid.otherWeek : standing === 'frozen' ? grid.frozen : grid.shut);
    sayRefused(why);
    say(why);
  };
  const rest = () => {
    sayRefused(null);
    setMoved(null);
    setDismissed(null);
  };
  const place = async (entry: Entry, from: Place, to: Place) => {
    rest();
    if (!(await placing.place(entry, from, to))) return false;
    const { day, start, end } = to;
    const [overlap] = overlapsOf(entry, to);
    setMoved(entry.id);
    say(({ grid, time, common }) => {
      const placed = grid.placed(time.day(formatDay(day)), time.span(formatMinute(start), formatMinute(end)));
      if (overlap === undefined) return placed;
      return `${placed}${common.semicolon}${grid.overlapping(time.duration(overlap.minutes))}`;
    });
    return true;
  };
  const unfold = (next: Unfolded) => {
    rest();
    setUnfolded(next);
  };
  const fold = () => {
    if (unfolded?.kind === 'entry') focusEntry(unfolded.id);
    if (unfolded?.kind === 'new') focusStop(dayKey(days.indexOf(unfolded.day)));
    setUnfolded(null);
  };
  const gone = ({ id, body }: Entry) => {
    say(({ grid }) => grid.removed);
    if (unfolded?.kind === 'entry' && unfolded.id === id) setUnfolded(null);
    focusStop(dayKey(days.indexOf(body.day)));
  };

  const opened = unfolded?.kind === 'entry' ? entryOf(unfolded.id) : null;
  const over = entryOf(moved);
  const problems = [placing.problem, removing.problem, undoing.problem];
  const problem = problems.find((each) => each !== null && each !== dismissed) ?? null;
  const overlaps = over === null ? [] : overlapsOf(over);
  return {
    opened: opened === null ? null : { entry: opened, overlaps: overlapsOf(opened) },
    fresh: unfolded?.kind === 'new' ? unfolded : null,
    notice:
      problem !== null
        ? { kind: 'problem', says: problem }
        : refused !== null
          ? { kind: 'refused', says: refused }
          : over !== null && overlaps.length > 0
            ? { kind: 'overlap', entry: over, overlaps }
            : null,
    said: problem ?? said ?? '',
    asking,
    undo: undoing,
    acts: {
      open: (entry) => (entryOf(entry.id) === null ? refuse(entry) : unfold({ kind: 'entry', id: entry.id })),
      draw: (at) => unfold({ kind: 'new', day: formatDay(at.day), place: at }),
      place,
      remove: setAsking,
      refuse,
      say,
    },
    fixed,
    trim: (entry, { start, end }) => {
      const from = placeOf(entry.body);
      void place(entry, from, { ...from, start, end });
    },
    write: (day) => unfold({ kind: 'new', day, place: null }),
    fold,
    dismiss: () => {
      rest();
      setDismissed(problem);
    },
    wrote: ([id]) => {
      arriving.current = id ?? null;
      if (unfolded?.kind === 'new') say(({ grid, time }) => grid.added(time.day(unfolded.day)));
      fold();
    },
    gone,
    remove: async (entry) => {
      const isDone = await removing.act(() => removeWritten(entry));
      setAsking(null);
      if (isDone) gone(entry);
    },
    keep: () => {
      setAsking(null);
      if (asking !== null) focusEntry(asking.id);
    },
  };
}
