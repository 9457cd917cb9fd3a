/** The rows of a day: entries with their mark, one-tap blanks between them, one of them unfolded at a time. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { EntryBody } from '../../../shared/api/journal.ts';
import { modeOf } from '../../../shared/diary/category.ts';
import { marksOf } from '../../../shared/diary/hours.ts';
import { formatMinute } from '../../../shared/time/civil.ts';
import { lengthOf } from '../../../shared/time/interval.ts';
import { Icon } from '../../components/icon.tsx';
import { Mark } from '../../components/mark.tsx';
import { useWords } from '../../locales/use-words.ts';
import type { Written } from '../../store/queries.ts';
import type { Journal } from '../use-journal.ts';
import { type DayFacts, textOf } from './day-facts.ts';
import { EntryEditor } from './entry-editor.tsx';
import { entryId, jumpTo } from './jump.ts';

/** `onBlank` gets the two ends of a blank as clock times (`2026-07-21T11:30`). `short`: one line for each entry. `shut`: nothing can be
 *  changed. */
export function DayRows({
  facts,
  journal,
  onBlank,
  short = false,
  shut = false,
}: {
  readonly facts: DayFacts;
  readonly journal: Journal;
  readonly onBlank: (start: string, end: string) => void;
  readonly short?: boolean;
  readonly shut?: boolean;
}) {
  const words = useWords();
  const [open, setOpen] = useState<string | null>(null);
  return (
    <ol class="rows">
      {facts.rows.map((row) =>
        row.kind === 'entry' ? (
          <EntryRow
            key={row.entry.id}
            entry={row.entry}
            journal={journal}
            short={short}
            shut={shut}
            open={open === row.entry.id}
            onToggle={() => setOpen(open === row.entry.id ? null : row.entry.id)}
          />
        ) : shut ? null : (
          <li key={`blank ${row.blank.start}`} class="blank">
            <time>{words.time.span(formatMinute(row.blank.start), formatMinute(row.blank.end))}</time>
            <button
              type="button"
              class="gapbtn"
              onClick={() => onBlank(formatMinute(row.blank.start), formatMinute(row.blank.end))}
            >
              <Icon name="plus" small /> {words.journal.blank(words.time.duration(lengthOf(row.blank)))}
            </button>
          </li>
        ),
      )}
    </ol>
  );
}

function EntryRow({
  entry,
  journal,
  short,
  shut,
  open,
  onToggle,
}: {
  readonly entry: Written<EntryBody>;
  readonly journal: Journal;
  readonly short: boolean;
  readonly shut: boolean;
  readonly open: boolean;
  readonly onToggle: () => void;
}) {
  const words = useWords();
  const { body, held } = entry;
  const text = textOf(entry);
  const marks = marksOf(body).filter((mark) => mark !== 'weekend' && mark !== 'holiday');
  const of = {
    category: body.category ?? null,
    mode: modeOf(body, journal.table),
    held: body.hold !== undefined || held !== null,
  };
  const span = words.time.span(body.start, body.end);
  const row = useRef<HTMLLIElement>(null);
  // The last row of a popup unfolds below its edge.
  useEffect(() => {
    if (open) row.current?.scrollIntoView({ block: 'nearest' });
  }, [open]);
  return (
    <li ref={row} class={open ? 'open' : ''} id={entryId(entry.id)}>
      <time>{span}</time>
      <Mark of={of} table={journal.table} named />
      <div class="what">
        <button
          type="button"
          class={open ? 'link' : short ? 'line one' : 'line'}
          aria-expanded={open}
          aria-label={`${span} ${text ?? words.journal.held}`}
          onClick={onToggle}
        >
          {open ? words.journal.collapse : (text ?? words.journal.held)}
        </button>
        {marks.map((mark) => (
          <span key={mark} class="kind">
            {mark === 'late' ? words.journal.late : mark === 'early' ? words.journal.early : words.journal.lateEntry}
          </span>
        ))}
        {body.corrects === undefined ? null : <span class="kind">{words.wording.correction}</span>}
        {entry.correctedBy === undefined ? null : <Corrected by={entry.correctedBy} />}
        {held === null ? null : (
          <p class="cap">
            {held.parked === null
              ? words.journal.heldBecause(words.domain.ground[held.hold.ground])
              : words.journal.parked}
          </p>
        )}
        {open && shut ? <p class="prose">{text ?? words.journal.held}</p> : null}
        {open ? <EntryEditor entry={entry} journal={journal} shut={shut} onGone={onToggle} /> : null}
      </div>
    </li>
  );
}

/** A sealed entry that another one corrects: it stays to be read, the other one counts. */
function Corrected({ by }: { readonly by: string }) {
  const words = useWords();
  return (
    <>
      <span class="kind">{words.wording.wasCorrected}</span>{' '}
      <button type="button" class="link cap" onClick={() => jumpTo({ kind: 'entry', id: by, field: null })}>
        {words.wording.toCorrection}
      </button>
    </>
  );
}
