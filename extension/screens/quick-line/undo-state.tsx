/** What was done last on this page, and the way back: 已存本机，撤销. The keys work outside of text fields, which have an undo of their own. */
import { useEffect, useState } from 'preact/hooks';
import { redo, undo } from '../../commands/undo.ts';
import { Icon } from '../../components/icon.tsx';
import { here } from '../../device/context.ts';
import { useWords, type Words } from '../../locales/use-words.ts';
import type { Step } from '../../store/database.ts';
import { useLive } from '../../store/live.ts';
import { nextSteps } from '../../store/steps.ts';
import { useAct } from '../use-act.ts';

export interface UndoState {
  /** The last step since the page was opened, done or undone; null before one. */
  readonly last: Step | null;
  readonly problem: string | null;
  readonly undo: () => void;
  readonly redo: () => void;
}

/** Steps as state, with Ctrl Z and Ctrl Shift Z (or Ctrl Y) on the whole page. */
export function useUndo(): UndoState {
  const words = useWords();
  const { act, problem, refusal } = useAct();
  const [openedAt] = useState(() => here.now());
  const [turned, setTurned] = useState<number | null>(null);
  const steps = useLive(() => nextSteps(here.database), []);
  const turn = (turnStep: typeof undo) => {
    void act(async () => {
      const step = await turnStep();
      setTurned(step?.key ?? null);
    });
  };
  const back = () => turn(undo);
  const forth = () => turn(redo);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      if (isTextField(event.target)) return;
      const key = event.key.toLowerCase();
      if (key !== 'z' && key !== 'y') return;
      event.preventDefault();
      if (key === 'y' || event.shiftKey) forth();
      else back();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });
  const undone = steps?.redo?.key === turned ? steps?.redo : null;
  const done = steps?.undo ?? null;
  const last = undone ?? (done !== null && (done.at >= openedAt || done.key === turned) ? done : null);
  const said =
    refusal === null
      ? problem
      : refusal.code === 'VERSION_STALE'
        ? words.writing.undoStale
        : refusal.code === 'WEEK_SEALED' || refusal.code === 'WEEK_FROZEN'
          ? words.writing.undoShut
          : problem;
  return { last: last ?? null, problem: said, undo: back, redo: forth };
}

/** The last step in words with its way back. `shown`: the days whose entries stand on the page. */
export function LastStep({ state, shown }: { readonly state: UndoState; readonly shown: readonly string[] }) {
  const words = useWords();
  const { last } = state;
  if (last === null) return null;
  return (
    <span class="last-step">
      <Icon name="check" small />
      {sayStep(last, shown, words)}
      <button type="button" class="link" onClick={last.undone ? state.redo : state.undo}>
        {last.undone ? words.writing.redo : words.writing.undo}
      </button>
    </span>
  );
}

/** A step in words. What it put where the page does not show it is named with its day: it would seem gone. */
export function sayStep({ kind, undone, changes }: Step, shown: readonly string[], { writing, time }: Words): string {
  if (undone) return writing.undone[kind];
  const elsewhere = elsewhereOf(
    changes.flatMap(({ after }) => (after?.kind === 'entry' ? [after.day] : [])),
    shown,
  );
  if (elsewhere === null || (kind !== 'added' && kind !== 'moved'))
    return kind === 'added' ? writing.stored : writing.step[kind];
  return writing.stepElsewhere[kind](time.day(elsewhere.day), elsewhere.more);
}

/** What was withheld before its first save, in words: its text is in no step, so nothing takes it back. */
export function sayHeld(days: readonly string[], shown: readonly string[], { writing, time }: Words): string {
  const elsewhere = elsewhereOf(days, shown);
  return elsewhere === null ? writing.heldStored : writing.heldElsewhere(time.day(elsewhere.day), elsewhere.more);
}

/** The first day that the page does not show, and how many more days there are; null where it shows all. */
function elsewhereOf(written: readonly string[], shown: readonly string[]) {
  const days = [...new Set(written)].sort();
  const day = days.find((each) => !shown.includes(each));
  return day === undefined ? null : { day, more: days.length - 1 };
}

function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const isPlain = target instanceof HTMLInputElement && ['checkbox', 'radio', 'button'].includes(target.type);
  return target.isContentEditable || (!isPlain && /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}
