/** A block of the grid: an entry, or the part of it in one column, with its two ends to pull. */
import type { Category } from '../../../shared/diary/category.ts';
import { categoryWord, Mark } from '../../components/mark.tsx';
import { useLanguage, useWords } from '../../locales/use-words.ts';
import { textOf } from '../day/day-facts.ts';
import { bandMinutes, leastMinutes, px } from './band.ts';
import { blockKey } from './walk.ts';
import type { Placed } from './week-facts.ts';

const shortPx = 36;

/** `inHand`: its place is being changed, it is shown pale beside the new one. `stretchable`: its ends may be pulled. */
export function GridBlock({
  block,
  table,
  isStop,
  inHand,
  stretchable,
  expanded,
  onOpen,
}: {
  readonly block: Placed;
  readonly table: readonly Category[];
  readonly isStop: boolean;
  readonly inHand: boolean;
  readonly stretchable: boolean;
  readonly expanded: boolean;
  readonly onOpen: () => void;
}) {
  const words = useWords();
  const language = useLanguage();
  const { entry, column, from, to, lane, lanes, mode } = block;
  const { body, held } = entry;
  const isHeld = body.hold !== undefined || held !== null;
  const text = textOf(entry) ?? words.journal.held;
  const category =
    body.category === undefined ? words.journal.noCategory : categoryWord(body.category, table, language);
  const name = words.grid.block(
    words.time.day(body.day),
    words.time.span(body.start, body.end),
    isHeld ? words.journal.held : category,
    text,
  );
  const height = px(Math.max(to - from, leastMinutes)) - 1;
  const isShort = height < shortPx;
  const kind = isHeld ? 'held' : (mode ?? 'none');
  const states = [
    isShort ? 'sm' : '',
    inHand ? 'in-hand' : '',
    block.before ? 'cut-before' : '',
    block.after ? 'cut-after' : '',
  ];
  return (
    <button
      type="button"
      class={['blk', `b-${kind}`, ...states].filter((each) => each !== '').join(' ')}
      style={{
        top: `${Math.min(px(from), px(bandMinutes - leastMinutes))}px`,
        height: `${height}px`,
        left: `calc(${(100 * lane) / lanes}% + 1px)`,
        width: `calc(${100 / lanes}% - 2px)`,
      }}
      aria-label={block.own ? name : words.grid.continued(name)}
      aria-expanded={expanded}
      tabIndex={isStop ? 0 : -1}
      data-stop={blockKey(column, entry.id)}
      data-entry={entry.id}
      onClick={onOpen}
    >
      <span class="l1">
        <Mark of={{ category: body.category ?? null, mode, held: isHeld }} table={table} />
        {isShort ? (
          <span class="tx">{text}</span>
        ) : (
          <b class={lanes > 1 ? 'side-by-side' : ''}>
            {words.time.clock(body.start)}
            {body.start === body.end ? null : <span class="until">–{words.time.clock(body.end)}</span>}
          </b>
        )}
      </span>
      {isShort ? null : (
        <span class="tx" style={{ '-webkit-line-clamp': String(Math.max(1, Math.floor((height - 24) / 16))) }}>
          {text}
        </span>
      )}
      {stretchable && !block.before ? <span class="pull top" data-edge="start" /> : null}
      {stretchable && !block.after ? <span class="pull bottom" data-edge="end" /> : null}
    </button>
  );
}
