/** Words of the week as a grid that is drawn in. */
import type { grid as zh } from '../zh/grid.ts';

export const grid: typeof zh = {
  keys: 'Arrow keys go from entry to entry, Enter opens. Alt with arrows moves an entry, with Shift as well it changes its ends; or press M, use the arrows, Enter to put it down, Escape to leave it. N adds an entry, Delete deletes, Ctrl Z undoes.',
  newHere: 'Add an entry on this day',
  block: (day, span, category, text) => `${day} ${span}, ${category}, ${text}`,
  continued: (block) => `${block} (from the day before)`,
  dayHead: (day, duration) => `${day}, ${duration}`,
  nothing: 'no entries',
  at: (day, span) => `${day} ${span}`,
  inHand: (text) =>
    `Moving "${text}". Arrows move it, with Shift they change its ends, Enter puts it down, Escape leaves it`,
  placed: (day, span) => `Now ${day} ${span}`,
  added: (day) => `Added on ${day}`,
  unchanged: 'Nothing changed',
  removed: 'Deleted',
  shut: 'This week is sealed and can only be read. Reopen it to edit.',
  frozen: 'The candidate list is frozen; this week can no longer change. Write a correction in the open week.',
  otherWeek: 'This entry belongs to the week before. Edit it there.',
  newTitle: (day) => `New entry on ${day}`,
  overlap: (clock, text, duration) => `${duration} at the same time as ${clock} "${text}"`,
  overlapping: (duration) => `${duration} at the same time as another entry`,
  shortenThis: (span) => `Make this one ${span}`,
  shortenOther: (span) => `Make that one ${span}`,
  keepBoth: 'Both at once, leave them',
};
