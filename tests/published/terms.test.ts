/** Under whose term of office a diary stands: who held it when its week ended, whoever holds it now. */
import { expect, test } from 'vitest';
import { termOf } from '../../server/public/cards.ts';

const term = (id: string, from: string, to: string | null, unit = 'lianpu') => ({ id, unit, from, to });
/** A gap from 1 to 13 September; on Sunday 15 November a Monday's successor has not begun. */
const terms = [
  term('of-another-unit', '2020-01-01', null, 'cgj'),
  term('now', '2026-11-16', null),
  term('first', '2021-03-01', '2026-08-31'),
  term('second', '2026-09-14', '2026-11-15'),
];

test.each([
  ['before there was any', '2021-W08', null],
  ['in which the first began', '2021-W09', 'first'],
  ['long ago', '2024-W20', 'first'],
  // Its Sunday is 30 August, then 6 September.
  ['that ended on the last Sunday of the first', '2026-W35', 'first'],
  ['in the middle of which the first ended', '2026-W36', null],
  ['that lies in the gap', '2026-W37', null],
  ['in which the second began', '2026-W38', 'second'],
  // Its Sunday is 15 November, the last day of the second.
  ['that ended with the second', '2026-W46', 'second'],
  ['that began with the present one', '2026-W47', 'now'],
  ['of next year', '2027-W10', 'now'],
])('a diary of a week %s', (_, week, id) => {
  for (const listed of [terms, terms.toReversed()]) expect(termOf(listed, 'lianpu', week)?.id ?? null).toBe(id);
});
