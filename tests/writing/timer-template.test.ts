/** The running timer, and lines that recur: pure judgement, then the commands in the client's real store. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addEntries, changeMembers } from '../../extension/commands/journal.ts';
import { addTemplate, changeTemplate, removeTemplate, saveTemplate } from '../../extension/commands/templates.ts';
import { endTimer, runningTimer, saveTimed, startTimer } from '../../extension/commands/timer.ts';
import { undo } from '../../extension/commands/undo.ts';
import type { Context } from '../../extension/device/context.ts';
import { entriesOn, templatesOf } from '../../extension/store/queries.ts';
import { Refusal } from '../../shared/api/refusal.ts';
import { dueOn, templateLine } from '../../shared/diary/template.ts';
import { endsProposed, stopAt } from '../../shared/diary/timer.ts';
import { formatMinute, parseDay, parseMinute } from '../../shared/time/civil.ts';
import { openProfile } from '../extension/profile-double.ts';

const minute = (text: string) => parseMinute(text) ?? Number.NaN;
const day = '2026-11-20';
const entry = { day, start: `${day}T08:30`, end: `${day}T10:00`, text: '研究部署' };

let context: Context;
beforeEach(async () => {
  ({ context } = await openProfile(() => Promise.reject(new TypeError('no network'))));
});
afterEach(() => context.database.close());

describe('stopping a timer', () => {
  test.each([
    ['2026-07-20T09:00', '2026-07-20T10:25', 'entry'],
    ['2026-07-20T09:00', '2026-07-20T09:00', 'short'],
    ['2026-07-20T09:00', '2026-07-20T21:00', 'entry'],
    ['2026-07-20T09:00', '2026-07-20T21:01', 'forgotten'],
    ['2026-07-20T23:30', '2026-07-21T04:59', 'entry'],
    ['2026-07-20T23:30', '2026-07-21T05:00', 'forgotten'],
    ['2026-07-20T09:00', '2026-07-22T09:05', 'forgotten'],
    ['2026-07-20T09:00', '2026-07-20T08:00', 'forgotten'],
  ])('from %s at %s is %s', (start, now, kind) => {
    expect(stopAt(minute(start), minute(now)).kind).toBe(kind);
  });

  test('a forgotten one proposes the next start and the usual length, nothing that has not come yet', () => {
    const [start, now] = [minute('2026-07-20T09:00'), minute('2026-07-21T08:00')];
    const ends = (nextStart: string | null, usualMinutes?: number) =>
      endsProposed(start, now, { nextStart: nextStart === null ? null : minute(nextStart), usualMinutes }).map(
        formatMinute,
      );
    expect(ends('2026-07-20T11:00', 90)).toEqual(['2026-07-20T10:30', '2026-07-20T11:00']);
    expect(ends('2026-07-20T10:00')).toEqual(['2026-07-20T10:00']);
    expect(ends('2026-07-20T22:00', 45)).toEqual(['2026-07-20T09:45']);
    expect(endsProposed(start, start - 60, { nextStart: null, usualMinutes: 60 })).toEqual([]);
  });
});

test('a timer outlives its page, starts once, and editing another entry leaves it running', async () => {
  await startTimer(minute(`${day}T13:00`), ' 写材料 ', context);
  await startTimer(minute(`${day}T14:00`), '别的', context);
  await addEntries([entry], null, context);
  const [first] = await entriesOn(context.database, day);
  if (first === undefined) throw new Error('no entry');
  await changeMembers(first, { text: '改过' }, context);
  await undo(context);
  expect(await runningTimer(context.database)).toEqual({ startedAt: `${day}T13:00`, text: '写材料' });
});

test('the timed entry and the end of the timer are one', async () => {
  await startTimer(minute(`${day}T08:30`), '研究部署', context);
  const broken = saveTimed({ ...entry, end: `${day}T08:00` }, context);
  await expect(broken).rejects.toThrow(Refusal);
  expect(await runningTimer(context.database)).not.toBeNull();
  await saveTimed(entry, context);
  expect(await runningTimer(context.database)).toBeNull();
  expect((await entriesOn(context.database, day)).map(({ body }) => body.text)).toEqual(['研究部署']);
});

test('a dropped timer leaves no entry', async () => {
  await startTimer(minute(`${day}T08:30`), '', context);
  await endTimer(context);
  expect(await runningTimer(context.database)).toBeNull();
  expect(await context.database.outbox.count()).toBe(0);
});

describe('templates', () => {
  // 2026-07-20 is a Monday.
  const monday = parseDay('2026-07-20') ?? 0;
  const templates = [
    { id: 'b', line: '14:00-15:00 碰头', weekdays: [1, 3] },
    { id: 'a', line: '8:30-9:30 班子例会', weekdays: [1] },
    { id: 'c', line: '9:00-9:30 晨会', weekdays: [2] },
  ];

  test('stand open on their weekday by time, until something that begins so is written', () => {
    const due = (written: readonly string[]) => dueOn(monday, templates, written, []).map(({ id }) => id);
    expect(due([])).toEqual(['a', 'b']);
    expect(due(['班子例会，过安全'])).toEqual(['b']);
    expect(due(['另一个班子例会'])).toEqual(['a', 'b']);
    expect(dueOn(monday + 3, templates, [], [])).toEqual([]);
  });

  test('mean the day on which they stand', () => {
    const [first] = dueOn(monday, templates, [], []);
    expect([first?.reading.start, first?.reading.end]).toEqual([
      minute('2026-07-20T08:30'),
      minute('2026-07-20T09:30'),
    ]);
    expect(first?.reading.day).toBe(monday);
  });

  test('in the small hours stand in the night after their day', () => {
    const [night] = dueOn(monday, [{ id: 'n', line: '1:00-2:00 巡查', weekdays: [1] }], [], []);
    expect(night?.reading).toMatchObject({
      day: monday,
      start: minute('2026-07-21T01:00'),
      end: minute('2026-07-21T02:00'),
    });
  });

  test('are made from an entry with its marks', () => {
    const body = { ...entry, place: '三楼', threads: [{ id: 'x', name: '一单到港' }] };
    expect(templateLine(body)).toBe('8:30-10:00 研究部署 #一单到港 @三楼');
  });

  test('are kept once each, changed and removed; saving from one is a step that can be taken back', async () => {
    await addTemplate(' 8:30-9:30 班子例会 ', [1], context);
    await addTemplate('8:30-9:30 班子例会', [5, 1], context);
    const [kept, another] = await templatesOf(context.database);
    expect(another).toBeUndefined();
    expect(kept).toMatchObject({ line: '8:30-9:30 班子例会', weekdays: [1, 5] });
    const id = kept?.id ?? '';
    await changeTemplate(id, '8:40-9:30 班子例会', [2], context);
    await saveTemplate(id, entry, context);
    expect(await entriesOn(context.database, day)).toHaveLength(1);
    await undo(context);
    expect(await entriesOn(context.database, day)).toEqual([]);
    await removeTemplate(id, context);
    expect(await templatesOf(context.database)).toEqual([]);
    await expect(addTemplate(' ', [1], context)).rejects.toMatchObject({ code: 'FIELD_INVALID', field: 'line' });
    await expect(addTemplate('例会', [], context)).rejects.toMatchObject({ field: 'weekdays' });
  });
});
