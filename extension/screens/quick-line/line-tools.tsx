/** Under the line: what its keys do, the last step with its way back, and the timer (mock-up of the popup). */
import { Icon } from '../../components/icon.tsx';
import { useWords } from '../../locales/use-words.ts';
import { LastStep, sayHeld, sayStep, useUndo } from './undo-state.tsx';

/** `typed`: something stands in the line; then its keys are shown, else the last step. `shown`: as of the last step. `heldOn`: the days of
 *  what was withheld last, which no step takes back. */
export function LineTools({
  busy,
  typed,
  timing,
  shown,
  heldOn,
  onSave,
  onCategory,
  onTimer,
}: {
  readonly busy: boolean;
  readonly typed: boolean;
  readonly timing: boolean;
  readonly shown: readonly string[];
  readonly heldOn: readonly string[] | null;
  readonly onSave: () => void;
  readonly onCategory: () => void;
  readonly onTimer: () => void;
}) {
  const words = useWords();
  const undo = useUndo();
  const held = typed || heldOn === null ? null : sayHeld(heldOn, shown, words);
  const last = typed || held !== null ? null : undo.last;
  return (
    <div class="line-tools">
      <span class="vh" role="status">
        {held ?? (last === null ? '' : sayStep(last, shown, words))}
      </span>
      {held !== null ? (
        <span class="last-step">
          <Icon name="check" small />
          {held}
        </span>
      ) : last !== null ? (
        <LastStep state={undo} shown={shown} />
      ) : (
        <>
          <button type="button" class="keyed" disabled={busy || !typed} onClick={onSave}>
            <kbd>Enter</kbd> {words.common.save}
          </button>
          <button type="button" class="keyed" disabled={!typed} onClick={onCategory}>
            <kbd>Alt</kbd> <kbd>C</kbd> {words.journal.nextCategory}
          </button>
        </>
      )}
      {timing ? null : (
        <button type="button" class="keyed end" onClick={onTimer}>
          <Icon name="timer" small /> {words.journal.timer}
        </button>
      )}
      {undo.problem === null ? null : (
        <p class="undo-problem" role="alert">
          <Icon name="warn" small /> {undo.problem}
        </p>
      )}
    </div>
  );
}
