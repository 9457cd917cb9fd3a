/** The long line standing: years, in them weeks, in them entries, the oldest first. */
import type { RefObject } from 'preact';
import type { EntryBody } from '../../../shared/api/journal.ts';
import { modeOf } from '../../../shared/diary/category.ts';
import { longLine } from '../../../shared/diary/thread-line.ts';
import { formatDay } from '../../../shared/time/civil.ts';
import { daysOf } from '../../../shared/time/week.ts';
import { Mark } from '../../components/mark.tsx';
import { useWords } from '../../locales/use-words.ts';
import type { Written } from '../../store/queries.ts';
import { proseOf } from '../../store/written.ts';
import { hrefOf } from '../desk/route.ts';
import type { Journal } from '../use-journal.ts';

/** `lineRef` gets the element in which the entries stand; `onOpen` opens one. */
export function LongLine({
  entries,
  journal,
  lineRef,
  onOpen,
}: {
  readonly entries: readonly Written<EntryBody>[];
  readonly journal: Journal;
  readonly lineRef: RefObject<HTMLDivElement | null>;
  readonly onOpen: (id: string) => void;
}) {
  const words = useWords();
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const years = longLine(entries.map(({ id, body }) => ({ id, ...hoursOfBody(body) })));
  return (
    <section class="long-line" aria-label={words.threads.line}>
      <nav class="row line-years" aria-label={words.threads.years}>
        {years.length < 2 ? null : (
          <span class="row">
            {years.map(({ year }) => (
              <button key={year} type="button" class="link" onClick={() => showYear(lineRef.current, year)}>
                {words.threads.year(year)}
              </button>
            ))}
          </span>
        )}
        <button type="button" class="link" onClick={() => focusLast(lineRef.current)}>
          {words.threads.latest}
        </button>
        <span class="cap end">
          <kbd>[</kbd> <kbd>]</kbd> {words.threads.keys}
        </span>
      </nav>
      <div ref={lineRef}>
        {years.map(({ year, weeks }) => (
          <section key={year} data-year={year}>
            <h2 class="h">{words.threads.year(year)}</h2>
            {weeks.map(({ week, entries: own }) => (
              <section key={week} class="line-week">
                <h3>
                  <a href={hrefOf('week', week)}>{words.threads.weekOfYear(Number(week.slice(6)))}</a>{' '}
                  <span class="num">{datesOf(week, words.time.dates)}</span>
                </h3>
                <ol>
                  {own.map(({ id }) => {
                    const entry = byId.get(id);
                    return entry === undefined ? null : (
                      <LineEntry key={id} entry={entry} journal={journal} onOpen={() => onOpen(id)} />
                    );
                  })}
                </ol>
              </section>
            ))}
          </section>
        ))}
      </div>
    </section>
  );
}

function LineEntry({
  entry,
  journal,
  onOpen,
}: {
  readonly entry: Written<EntryBody>;
  readonly journal: Journal;
  readonly onOpen: () => void;
}) {
  const words = useWords();
  const { body } = entry;
  const isHeld = body.hold !== undefined || entry.held !== null;
  const thinking = proseOf(entry, 'thinking');
  const result = proseOf(entry, 'result');
  return (
    <li>
      <div class="when">
        <time dateTime={body.day}>{words.time.dayShort(body.day)}</time>
        <span class="num">{words.time.span(body.start, body.end)}</span>
      </div>
      <Mark
        of={{ category: body.category ?? null, mode: modeOf(body, journal.table), held: isHeld }}
        table={journal.table}
        named
      />
      <div class="what">
        <button type="button" class="line-open" data-entry={entry.id} onClick={onOpen}>
          {proseOf(entry, 'text') ?? words.journal.held}
        </button>
        {thinking === null ? null : (
          <p class="prose song">
            <span class="vh">{words.journal.thinking} </span>
            {thinking}
          </p>
        )}
        {result === null ? null : (
          <p class="prose line-result">
            <b>{words.journal.result}</b> {result}
          </p>
        )}
      </div>
    </li>
  );
}

function hoursOfBody({ day, start, end, lateFor }: EntryBody) {
  return { day, start, end, lateFor: lateFor ?? null };
}

function datesOf(week: string, dates: (from: string, to: string) => string): string {
  const days = daysOf(week).map((day) => formatDay(day));
  return dates(days[0] ?? '', days.at(-1) ?? '');
}

function showYear(line: HTMLElement | null, year: string): void {
  const section = line?.querySelector<HTMLElement>(`[data-year="${year}"]`);
  section?.scrollIntoView({ block: 'start' });
  section?.querySelector<HTMLElement>('[data-entry]')?.focus({ preventScroll: true });
}

function focusLast(line: HTMLElement | null): void {
  [...(line?.querySelectorAll<HTMLElement>('[data-entry]') ?? [])].at(-1)?.focus();
}
