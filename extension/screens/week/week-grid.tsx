/** The week as seven standing bands of light, 05:00 to 05:00, 30 px an hour (look.md 7): drawn in, moved and stretched with the pointer and
 *  with the keyboard. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { EntryBody } from '../../../shared/api/journal.ts';
import type { Category } from '../../../shared/diary/category.ts';
import { formatMinute, parseDay, two } from '../../../shared/time/civil.ts';
import { useWords } from '../../locales/use-words.ts';
import type { Written } from '../../store/queries.ts';
import { textOf } from '../day/day-facts.ts';
import { bandOf, piecesOf, px } from './band.ts';
import { focusStop } from './focus-stop.ts';
import type { GridActs } from './grid-acts.ts';
import { GridDay } from './grid-day.tsx';
import { actOf, type KeyAct } from './keys.ts';
import { placeAt, placeOn } from './new-place.ts';
import { useChoosing } from './use-choosing.ts';
import { entryStop, stopsOf, walk } from './walk.ts';
import type { WeekFacts } from './week-facts.ts';

/** Minutes on either side of now whose hour would lie half under the clock. */
const clockCovers = 28;

/** `now`: the minute after today's 05:00, null in another week. `opened`: id of the entry that is unfolded. `fixed` tells whether an entry, or
 *  where it is null the week, may not be changed here. */
export function WeekGrid({
  facts,
  table,
  today,
  now,
  opened,
  fixed,
  acts,
}: {
  readonly facts: WeekFacts;
  readonly table: readonly Category[];
  readonly today: string;
  readonly now: number | null;
  readonly opened: string | null;
  readonly fixed: (entry: Written<EntryBody> | null) => boolean;
  readonly acts: GridActs;
}) {
  const words = useWords();
  const region = useRef<HTMLElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const [wanted, setWanted] = useState<string | null>(null);
  const { columns } = facts;
  const shut = fixed(null);
  const days = columns.map(({ day }) => parseDay(day) ?? 0);
  const { choosing, carry, entryNamed, shownAt } = useChoosing(frame, facts, days, acts, fixed);

  const stops = stopsOf(columns, !shut);
  const todayAt = columns.findIndex(({ day }) => day === today);
  const startsAt = todayAt >= 0 ? todayAt : columns.findIndex(({ blocks }) => blocks.length > 0);
  // Before the first picture: the narrow grid begins with the day that matters in its middle.
  useLayoutEffect(() => centre(region.current, frame.current?.children[startsAt]), []);
  const stop = stops.find(({ key }) => key === wanted)?.key ?? entryStop(stops, Math.max(0, todayAt));
  const draw = (key: string) => {
    const here = stops.find((each) => each.key === key);
    const column = columns[here?.column ?? 0];
    if (here === undefined || column === undefined) return;
    if (shut) acts.refuse(null);
    else acts.draw(placeAt(here, column));
  };
  const run = (act: KeyAct, key: string, entry: Written<EntryBody> | null) => {
    switch (act.kind) {
      case 'walk':
        return focusStop(walk(stops, key, act.direction));
      case 'draw':
        return draw(key);
      case 'drop':
        return carry.drop();
      case 'cancel':
        return carry.cancel();
    }
    if (entry === null) return;
    if (fixed(entry)) return acts.refuse(entry);
    switch (act.kind) {
      case 'move':
      case 'stretch':
        return carry.step(entry.id, shownAt(entry), act);
      case 'remove':
        return acts.remove(entry);
      case 'carry':
        carry.take(entry.id, shownAt(entry));
        return acts.say(({ grid, journal }) => grid.inHand(textOf(entry) ?? journal.held));
    }
  };

  const pieces = choosing === null ? [] : piecesOf(choosing.place, days);
  const label =
    choosing === null ? '' : words.time.span(formatMinute(choosing.place.start), formatMinute(choosing.place.end));
  return (
    <section
      ref={region}
      class="calw"
      aria-label={words.week.grid}
      aria-describedby="grid-keys"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reached by keyboard
      tabIndex={0}
      onKeyDown={(event) => {
        const at = stopUnder(event.target);
        const act = at === null ? null : actOf(event, carry.held());
        if (at === null || act === null) return;
        event.preventDefault();
        run(act, at.dataset.stop ?? '', entryNamed(at.dataset.entry));
      }}
      onFocusIn={(event) => setWanted((before) => stopUnder(event.target)?.dataset.stop ?? before)}
      onFocusOut={carry.drop}
    >
      <div class="cal">
        <ol class="hrs" aria-hidden="true">
          {Array.from({ length: 25 }, (_, at) =>
            now !== null && Math.abs(at * 60 - now) < clockCovers ? null : (
              <li key={at} style={{ top: `${at * 30}px` }}>
                {two(at + 5 > 24 ? at - 19 : at + 5)}
              </li>
            ),
          )}
          {now === null ? null : (
            <li class="clock" style={{ top: `${px(now)}px` }}>
              {words.time.clock(formatMinute(bandOf(days[0] ?? 0).start + now))}
            </li>
          )}
        </ol>
        <div class="days" ref={frame}>
          {columns.map((column, at) => {
            const piece = pieces.find((each) => each.column === at);
            const day = days[at] ?? 0;
            const { start } = bandOf(day);
            return (
              <GridDay
                key={column.day}
                column={column}
                at={at}
                table={table}
                now={column.day === today ? now : null}
                stop={stop}
                ghost={piece === undefined ? null : { ...piece, label: piece === pieces[0] ? label : null }}
                inHand={choosing?.id ?? null}
                opened={opened}
                shut={shut}
                onOpen={({ entry }) => acts.open(entry)}
                onNew={() => (shut ? acts.refuse(null) : acts.draw(placeOn(column)))}
                onBlank={(from, to) => acts.draw({ day, start: start + from, end: start + to })}
              />
            );
          })}
        </div>
      </div>
      <p class="vh" id="grid-keys">
        {words.grid.keys}
      </p>
    </section>
  );
}

/** Scrolls a region sideways until an element stands in the middle of it, or as near as it comes. */
function centre(region: HTMLElement | null, element: Element | undefined): void {
  if (region === null || element === undefined) return;
  const seen = region.getBoundingClientRect();
  const { left, width } = element.getBoundingClientRect();
  region.scrollLeft += left + width / 2 - (seen.left + seen.width / 2);
}

function stopUnder(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-stop]') : null;
}
