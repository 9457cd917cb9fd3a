/** Which spans the journal takes of an entry: work past midnight belongs to the day that it is reported under (verification.md 4). */
import { describe, expect, test } from 'vitest';
import type { EntryBody } from '../../shared/api/journal.ts';
import { judgeBody } from '../../shared/diary/journal.ts';

/** Reported under Sunday 22 November 2026, the last day of its week. */
const entry = (start: string, end: string, more: Partial<EntryBody> = {}): EntryBody => ({
  kind: 'entry',
  week: '2026-W47',
  day: '2026-11-22',
  start,
  end,
  text: '值守',
  ...more,
});

describe('an entry of a Sunday is taken', () => {
  test.each([
    ['on the day itself', '2026-11-22T09:00', '2026-11-22T10:00'],
    ['over midnight, into another week', '2026-11-22T23:30', '2026-11-23T01:00'],
    ['after midnight, as work of the night', '2026-11-23T00:30', '2026-11-23T04:10'],
    ['after midnight, over the midnight after that', '2026-11-23T23:00', '2026-11-24T02:00'],
    ['for 24 hours', '2026-11-22T09:00', '2026-11-23T09:00'],
    ['to the last minute of the day after', '2026-11-22T00:00', '2026-11-23T23:59'],
    ['as a point in time', '2026-11-22T23:59', '2026-11-22T23:59'],
  ])('%s', (_, start, end) => expect(judgeBody(entry(start, end)).ok).toBe(true));

  test('late, in a later week, over midnight', () =>
    expect(judgeBody(entry('2026-11-22T23:30', '2026-11-23T01:00', { week: '2026-W48', lateFor: '2026-W47' })).ok).toBe(
      true,
    ));
});

describe('and refused', () => {
  test.each([
    ['the day before', '2026-11-21T23:00', '2026-11-22T01:00', 'start'],
    ['two days after', '2026-11-24T00:00', '2026-11-24T01:00', 'start'],
    ['with an end two days after its start', '2026-11-22T23:00', '2026-11-24T00:00', 'end'],
    ['with an end a minute before its start', '2026-11-22T10:00', '2026-11-22T09:59', 'end'],
    ['with an end the day before its start', '2026-11-23T00:30', '2026-11-22T23:30', 'end'],
  ])('%s', (_, start, end, field) =>
    expect(judgeBody(entry(start, end))).toEqual({ ok: false, problem: { code: 'SPAN_INVALID', field } }),
  );
});
