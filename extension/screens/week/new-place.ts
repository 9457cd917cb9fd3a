/** Where a new entry goes that is begun with the keyboard: the first free hour from what has the focus on; pure. */
import { parseDay } from '../../../shared/time/civil.ts';
import { bandOf, freeFrom, type Place } from './band.ts';
import type { Stop } from './walk.ts';
import type { Column } from './week-facts.ts';

/** Minutes after 05:00 at which an empty day begins to be filled. */
const morning = 240;

/** After the last entry of a day; an empty one begins at 09:00. */
export function placeOn(column: Column): Place {
  const ends = column.blocks.filter(({ own }) => own).map(({ to }) => to);
  return placeAfter(column, ends.length === 0 ? morning : Math.max(...ends));
}

/** After the block that has the focus, in the blank, or on the day of the head. */
export function placeAt(stop: Stop, column: Column): Place {
  if (stop.kind === 'day') return placeOn(column);
  const block = stop.kind === 'block' ? column.blocks.find(({ from }) => from === stop.from) : undefined;
  return placeAfter(column, block?.to ?? stop.from);
}

function placeAfter({ day, blocks }: Column, minute: number): Place {
  const number = parseDay(day) ?? 0;
  const { start } = bandOf(number);
  const taken = blocks.map(({ from, to }) => ({ start: start + from, end: start + to }));
  return freeFrom(number, minute, taken);
}
