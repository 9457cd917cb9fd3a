/** The week as seven standing bands of light, 05:00 to 05:00, 30 px an hour (look.md 7). */

import type { Category } from '../../../shared/diary/category.ts';
import { civilAt, dateOfDay, formatMinute, parseDay, weekday } from '../../../shared/time/civil.ts';
import { Mark } from '../../components/mark.tsx';
import { useWords } from '../../locales/use-words.ts';
import { dayStart } from '../../store/today.ts';
import { textOf } from '../day/day-facts.ts';
import { blankMinutes, type Column, type Placed, type WeekFacts } from './week-facts.ts';

const px = (minutes: number) => minutes / 2;

/** `now`: today's column and the minute after its 05:00; null in another week. */
export function WeekGrid({
  facts,
  table,
  today,
  now,
  onEntry,
  onBlank,
}: {
  readonly facts: WeekFacts;
  readonly table: readonly Category[];
  readonly today: string;
  readonly now: number | null;
  readonly onEntry: (id: string) => void;
  readonly onBlank: ((start: string, end: string) => void) | null;
}) {
  const words = useWords();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reached by keyboard
    <section class="calw" aria-label={words.week.grid} tabIndex={0}>
      <div class="cal">
        <ol class="hrs" aria-hidden="true">
          {Array.from({ length: 25 }, (_, at) => (
            <li key={at} style={{ top: `${at * 30}px` }}>
              {String((at + 5) % 24).padStart(2, '0')}
            </li>
          ))}
        </ol>
        {facts.columns.map((column) => (
          <Day
            key={column.day}
            column={column}
            table={table}
            today={column.day === today}
            now={column.day === today ? now : null}
            onEntry={onEntry}
            onBlank={onBlank}
          />
        ))}
      </div>
    </section>
  );
}

function Day({
  column,
  table,
  today,
  now,
  onEntry,
  onBlank,
}: {
  readonly column: Column;
  readonly table: readonly Category[];
  readonly today: boolean;
  readonly now: number | null;
  readonly onEntry: (id: string) => void;
  readonly onBlank: ((start: string, end: string) => void) | null;
}) {
  const words = useWords();
  const number = parseDay(column.day) ?? 0;
  const minutes = column.hours.unionMinutes;
  return (
    <div class={today ? 'col today' : 'col'}>
      <header>
        <span>{words.time.weekdayLong(weekday(number))}</span>
        <b>{dateOfDay(number).day}</b>
        <span class="num">{minutes === 0 ? '—' : words.time.duration(minutes)}</span>
      </header>
      <div class="grid">
        {column.blanks.map(({ from, to, blank }) =>
          onBlank === null || to - from < 60 ? null : (
            <button
              key={from}
              type="button"
              class="gp"
              style={{ top: `${px(from) + 2}px`, height: `${px(to - from) - 4}px` }}
              aria-label={`${words.time.day(column.day)} ${words.journal.blank(words.time.duration(blankMinutes(blank)))}`}
              onClick={() => onBlank(formatMinute(blank.start), formatMinute(blank.end))}
            >
              {words.week.blank(words.time.duration(blankMinutes(blank)))}
            </button>
          ),
        )}
        {column.blocks.map((block) => (
          <Block key={block.entry.id} block={block} day={column.day} table={table} onEntry={onEntry} />
        ))}
        {now === null ? null : (
          <div class="now" style={{ top: `${px(now)}px` }}>
            <span>{words.time.clock(formatMinute(civilAt(number, dayStart) + now))}</span>
          </div>
        )}
      </div>
    </div>
  );
}

function Block({
  block,
  day,
  table,
  onEntry,
}: {
  readonly block: Placed;
  readonly day: string;
  readonly table: readonly Category[];
  readonly onEntry: (id: string) => void;
}) {
  const words = useWords();
  const { entry, from, to, lane, lanes, mode } = block;
  const { body, held } = entry;
  const isHeld = body.hold !== undefined || held !== null;
  const text = textOf(entry) ?? words.journal.held;
  const height = Math.max(px(to - from) - 1, 17);
  const kind = isHeld ? 'held' : (mode ?? 'none');
  const short = height < 36;
  return (
    <button
      type="button"
      class={`blk b-${kind}${short ? ' sm' : ''}`}
      style={{
        top: `${px(from)}px`,
        height: `${height}px`,
        left: `calc(${(100 * lane) / lanes}% + 1px)`,
        width: `calc(${100 / lanes}% - 2px)`,
      }}
      aria-label={`${words.time.day(day)} ${words.time.span(body.start, body.end)} ${text}`}
      onClick={() => onEntry(entry.id)}
    >
      <span class="l1">
        <Mark of={{ category: body.category ?? null, mode, held: isHeld }} table={table} />
        {short ? (
          <span class="tx">{text}</span>
        ) : (
          <b>
            {words.time.clock(body.start)}
            {body.start === body.end ? null : <span class="until">–{words.time.clock(body.end)}</span>}
          </b>
        )}
      </span>
      {short ? null : (
        <span class="tx" style={{ '-webkit-line-clamp': String(Math.max(1, Math.floor((height - 24) / 16))) }}>
          {text}
        </span>
      )}
    </button>
  );
}
