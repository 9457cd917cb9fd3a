/** What recurs on this weekday and is not written yet: one tap saves it. */

import type { EntryBody } from '../../../shared/api/journal.ts';
import { type DueTemplate, dueOn } from '../../../shared/diary/template.ts';
import { secrecyWordIn } from '../../../shared/diary/wording.ts';
import { formatMinute, parseDay } from '../../../shared/time/civil.ts';
import { saveTemplate } from '../../commands/templates.ts';
import { Icon } from '../../components/icon.tsx';
import { Message } from '../../components/message.tsx';
import { here } from '../../device/context.ts';
import { useWords } from '../../locales/use-words.ts';
import type { Template } from '../../store/database.ts';
import { useLive } from '../../store/live.ts';
import { newId } from '../../store/ops.ts';
import { templatesOf, type Written } from '../../store/queries.ts';
import { textOf } from '../day/day-facts.ts';
import { entryOf, newThreadIds, noChoice, spanOfReading } from '../quick-line/reading.ts';
import { useAct } from '../use-act.ts';
import type { Journal } from '../use-journal.ts';
import { useWordBook } from '../wording/use-word-book.ts';

/** What recurs; undefined until the first answer. */
export const useTemplates = (): readonly Template[] | undefined => useLive(() => templatesOf(here.database), []);

/** `onLine` gets a line that cannot be saved as it is: it has no end, or a word of it must be looked at. Of today only those are shown that
 *  have begun. */
export function TemplateRows({
  templates,
  day,
  entries,
  journal,
  onLine,
}: {
  readonly templates: readonly Template[];
  readonly day: string;
  readonly entries: readonly Written<EntryBody>[];
  readonly journal: Journal;
  readonly onLine: (line: string) => void;
}) {
  const words = useWords();
  const book = useWordBook();
  const { act, problem, busy } = useAct();
  const written = entries.flatMap((entry) => textOf(entry) ?? []);
  const due = dueOn(parseDay(day) ?? 0, templates, written, journal.threads).filter(
    ({ reading }) => (reading.start ?? 0) <= journal.now,
  );
  const take = ({ id, line, reading }: DueTemplate) => {
    const entry = entryOf(
      reading,
      noChoice,
      journal.table,
      newThreadIds(() => newId(here)),
    );
    if (entry === null || reading.end === null || secrecyWordIn(line, book) !== null) return onLine(line);
    void act(() => saveTemplate(id, entry));
  };
  if (due.length === 0) return null;
  return (
    <ol class="rows due">
      {due.map((each) => {
        const span = spanOfReading(each.reading, noChoice);
        return (
          <li key={each.id} class="blank">
            <time>{span === null ? '' : words.time.span(formatMinute(span.start), formatMinute(span.end))}</time>
            <button
              type="button"
              class="gapbtn"
              disabled={busy}
              title={words.writing.everyWeekTap}
              onClick={() => take(each)}
            >
              <Icon name="plus" small /> {each.reading.text}
            </button>
          </li>
        );
      })}
      {problem === null ? null : (
        <li>
          <Message tone="fail" role="alert">
            {problem}
          </Message>
        </li>
      )}
    </ol>
  );
}
