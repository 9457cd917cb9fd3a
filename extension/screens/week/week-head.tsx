/** The head of the week's page: which week, the way to others, what was saved, and the two acts. */
import { formatDay } from '../../../shared/time/civil.ts';
import { daysOf, weekAfter, weekBefore } from '../../../shared/time/week.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { useWords } from '../../locales/use-words.ts';
import type { SaveState as Saved, WeekStanding } from '../../store/queries.ts';
import { LastStep, type UndoState } from '../quick-line/undo-state.tsx';
import { SaveState } from '../save-state.tsx';
import type { Journal } from '../use-journal.ts';

/** `onSeal` is null where there is nothing to seal, and where this device may not. */
export function WeekHead({
  week,
  journal,
  standing,
  save,
  undo,
  onWeek,
  onAdd,
  onSeal,
}: {
  readonly week: string;
  readonly journal: Journal;
  readonly standing: WeekStanding;
  readonly save: Saved;
  readonly undo: UndoState;
  readonly onWeek: (week: string) => void;
  readonly onAdd: () => void;
  readonly onSeal: (() => void) | null;
}) {
  const words = useWords();
  const days = daysOf(week).map(formatDay);
  return (
    <header class="top">
      <h1>{words.time.week(week)}</h1>
      <span class="meta num">{words.time.dates(days[0] ?? '', days[6] ?? '')}</span>
      <span class="row nav-weeks">
        <IconButton icon="left" label={words.week.previous} onClick={() => onWeek(weekBefore(week))} />
        <IconButton icon="right" label={words.week.following} onClick={() => onWeek(weekAfter(week))} />
        {week === journal.week ? null : (
          <Button kind="text" small onClick={() => onWeek(journal.week)}>
            {words.week.backToNow}
          </Button>
        )}
      </span>
      <span class="end row">
        <LastStep state={undo} shown={days} />
        <SaveState state={save} nowMs={journal.nowMs} />
        <Button icon="plus" onClick={onAdd}>
          {words.week.addEntry}
        </Button>
        {onSeal === null ? null : (
          <Button kind="primary" icon="seal" onClick={onSeal}>
            {standing === 'reopened' ? words.week.seal.openAgain : words.week.seal.open}
          </Button>
        )}
      </span>
    </header>
  );
}
