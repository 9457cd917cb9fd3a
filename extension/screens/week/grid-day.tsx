/** One standing band of the week: head, blanks, blocks, the place that is being chosen, and now. */
import type { Category } from '../../../shared/diary/category.ts';
import { dateOfDay, parseDay, weekday } from '../../../shared/time/civil.ts';
import { useWords } from '../../locales/use-words.ts';
import { leastMinutes, type Piece, px } from './band.ts';
import { GridBlock } from './grid-block.tsx';
import { blankKey, blockKey, dayKey } from './walk.ts';
import { blankMinutes, type Column, type Placed } from './week-facts.ts';

const roomyBlankMinutes = 60;

/** A part of the place that is being chosen; `label` says the times, in the first part alone. */
export interface Ghost extends Piece {
  readonly label: string | null;
}

/** `now`: the minute after 05:00, null on another day. `stop`: the key of the one stop that Tab reaches. */
export function GridDay({
  column,
  at,
  table,
  now,
  stop,
  ghost,
  inHand,
  opened,
  shut,
  onOpen,
  onNew,
  onBlank,
}: {
  readonly column: Column;
  readonly at: number;
  readonly table: readonly Category[];
  readonly now: number | null;
  readonly stop: string;
  readonly ghost: Ghost | null;
  /** Id of the entry whose place is being changed. */
  readonly inHand: string | null;
  /** Id of the entry that is unfolded. */
  readonly opened: string | null;
  readonly shut: boolean;
  readonly onOpen: (block: Placed) => void;
  readonly onNew: () => void;
  readonly onBlank: (from: number, to: number) => void;
}) {
  const words = useWords();
  const number = parseDay(column.day) ?? 0;
  const minutes = column.hours.unionMinutes;
  const duration = words.time.duration(minutes);
  return (
    <div class={now === null ? 'col' : 'col today'}>
      <button
        type="button"
        class="head"
        aria-current={now === null ? undefined : 'date'}
        title={shut ? undefined : words.grid.newHere}
        aria-label={words.grid.dayHead(words.time.day(column.day), minutes === 0 ? words.grid.nothing : duration)}
        tabIndex={stop === dayKey(at) ? 0 : -1}
        data-stop={dayKey(at)}
        onClick={onNew}
      >
        <span>{words.time.weekdayLong(weekday(number))}</span>
        <b>{dateOfDay(number).day}</b>
        <span class="num">{minutes === 0 ? '—' : duration}</span>
      </button>
      <div class="grid">
        {/* Before the blocks: the line goes behind what is written, and strikes nothing through. */}
        {now === null ? null : <div class="now" style={{ top: `${px(now)}px` }} />}
        {shut
          ? null
          : column.blanks.map(({ from, to, blank }) => (
              <button
                key={from}
                type="button"
                class={to - from < roomyBlankMinutes ? 'gp sm' : 'gp'}
                style={{ top: `${px(from) + 1}px`, height: `${px(to - from) - 2}px` }}
                aria-label={`${words.time.day(column.day)} ${words.journal.blank(words.time.duration(blankMinutes(blank)))}`}
                tabIndex={stop === blankKey(at, from) ? 0 : -1}
                data-stop={blankKey(at, from)}
                onClick={() => onBlank(from, to)}
              >
                {words.week.blank(words.time.duration(blankMinutes(blank)))}
              </button>
            ))}
        {column.blocks.map((block) => (
          <GridBlock
            key={block.entry.id}
            block={block}
            table={table}
            isStop={stop === blockKey(at, block.entry.id)}
            inHand={inHand === block.entry.id}
            stretchable={!shut}
            expanded={opened === block.entry.id}
            onOpen={() => onOpen(block)}
          />
        ))}
        {ghost === null ? null : (
          <div
            class="ghost"
            aria-hidden="true"
            style={{ top: `${px(ghost.from)}px`, height: `${px(Math.max(ghost.to - ghost.from, leastMinutes / 3))}px` }}
          >
            {ghost.label === null ? null : <span>{ghost.label}</span>}
          </div>
        )}
      </div>
    </div>
  );
}
