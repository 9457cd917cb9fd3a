/** Undo and redo over saved edits, in the client's real store. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addEntries, changeEntry, changeMembers, removeWritten, setReview } from '../../extension/commands/journal.ts';
import { redo, undo } from '../../extension/commands/undo.ts';
import { withhold } from '../../extension/commands/withhold.ts';
import type { Context } from '../../extension/device/context.ts';
import { entriesOn, reviewOf, type Written } from '../../extension/store/queries.ts';
import { nextSteps } from '../../extension/store/steps.ts';
import type { EntryBody } from '../../shared/api/journal.ts';
import { Refusal } from '../../shared/api/refusal.ts';
import { openProfile } from '../extension/profile-double.ts';

const day = '2026-11-20';
const week = '2026-W47';
const entry = { day, start: `${day}T08:30`, end: `${day}T10:00`, text: '研究部署网格化' };

let context: Context;
beforeEach(async () => {
  ({ context } = await openProfile(() => Promise.reject(new TypeError('no network')), {
    now: () => 1_795_000_000_000,
  }));
});
afterEach(() => context.database.close());

const texts = async () =>
  (await entriesOn(context.database, day)).map(({ body }) => `${body.start.slice(11)} ${body.text}`);
const only = async (): Promise<Written<EntryBody>> => {
  const [first] = await entriesOn(context.database, day);
  if (first === undefined) throw new Error('no entry');
  return first;
};
const codeOf = async (act: Promise<unknown>) =>
  act.then(
    () => 'done',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  );

test('adding, changing, moving and removing are each taken back and done again in order', async () => {
  await addEntries([entry], null, context);
  await changeMembers(await only(), { text: '研究部署' }, context);
  await changeMembers(await only(), { start: `${day}T09:00` }, context);
  await removeWritten(await only(), context);
  const seen = [await texts()];
  for (let step = 0; step < 4; step += 1) {
    await undo(context);
    seen.push(await texts());
  }
  expect(seen).toEqual([[], ['09:00 研究部署'], ['08:30 研究部署'], ['08:30 研究部署网格化'], []]);
  expect(await undo(context)).toBeNull();
  for (let step = 0; step < 3; step += 1) await redo(context);
  expect(await texts()).toEqual(['09:00 研究部署']);
  expect((await redo(context))?.kind).toBe('removed');
  expect(await redo(context)).toBeNull();
});

test('every turn is an op of its own: nothing in the outbox is rewritten', async () => {
  await addEntries([entry], null, context);
  const [first] = await context.database.outbox.toArray();
  await undo(context);
  await redo(context);
  const ops = await context.database.outbox.orderBy('n').toArray();
  expect(ops[0]).toEqual(first);
  expect(ops.map(({ kind }) => kind)).toEqual(['put', 'del', 'put']);
  expect(ops.map(({ parent }) => parent)).toEqual([null, ops[0]?.op, ops[1]?.op]);
});

test('several lines saved together are taken back together', async () => {
  await addEntries([entry, { ...entry, start: `${day}T10:00`, end: `${day}T11:00`, text: '批阅' }], null, context);
  await undo(context);
  expect(await texts()).toEqual([]);
});

test('a new edit ends what could be done again', async () => {
  await addEntries([entry], null, context);
  await undo(context);
  await addEntries([{ ...entry, text: '另一条' }], null, context);
  expect(await redo(context)).toBeNull();
  expect(await texts()).toEqual(['08:30 另一条']);
});

test('an entry that another device changed since is not overwritten, and bars no older step', async () => {
  await addEntries([entry], null, context);
  await addEntries([{ ...entry, start: `${day}T11:00`, end: `${day}T12:00`, text: '乙' }], null, context);
  const { id, body } = (await entriesOn(context.database, day))[1] ?? (await only());
  await context.database.outbox.where('id').equals(id).delete();
  const row = { id, head: '01jzzzzzzzzzzzzzzzzzzzzzzz', seq: 9, schema: 1, del: false, week, epoch: 1 };
  await context.database.rows.put({ ...row, body: { ...body, text: '乙，另一台改的' } });
  expect(await codeOf(undo(context))).toBe('VERSION_STALE');
  expect(await texts()).toEqual(['08:30 研究部署网格化', '11:00 乙，另一台改的']);
  await undo(context);
  expect(await texts()).toEqual(['11:00 乙，另一台改的']);
});

test('nothing is taken back in a sealed week', async () => {
  await addEntries([entry], null, context);
  await context.database.weeks.put({ week, seal: 'x', rev: 1, index: 1, open: false, frozen: false });
  expect(await codeOf(undo(context))).toBe('WEEK_SEALED');
  expect(await texts()).toEqual(['08:30 研究部署网格化']);
});

test('the prose of a withheld entry stays in no step, and nothing brings it back', async () => {
  await addEntries([entry], null, context);
  await changeEntry(await only(), { thinking: '张某的病情' }, context);
  await withhold(await only(), { ground: 'privacy', basis: '《政府信息公开条例》第十五条' }, context);
  expect(JSON.stringify(await context.database.steps.toArray())).not.toContain('张某');
  expect(JSON.stringify(await context.database.steps.toArray())).not.toContain('研究部署');
  expect(await undo(context)).toBeNull();
});

test('a line withheld from the start makes no step', async () => {
  await addEntries([entry], { ground: 'privacy', basis: '第十五条' }, context);
  expect(await nextSteps(context.database)).toEqual({ undo: null, redo: null });
  await changeMembers(await only(), { start: `${day}T09:00` }, context);
  expect(JSON.stringify(await context.database.steps.toArray())).not.toContain('研究部署');
  await undo(context);
  expect((await only()).body.start).toBe(`${day}T08:30`);
  await removeWritten(await only(), context);
  expect(await undo(context)).toBeNull();
});

test('a review is taken back as well', async () => {
  await setReview(week, day, '顺', '', context);
  await setReview(week, day, '不顺', '顺', context);
  await undo(context);
  expect((await reviewOf(context.database, week, day))?.body.text).toBe('顺');
});

test('the last hundred steps are kept', async () => {
  for (let n = 0; n < 130; n += 1) await setReview(week, day, `第${n}次`, n === 0 ? '' : `第${n - 1}次`, context);
  const kept = await context.database.steps.count();
  expect(kept).toBeGreaterThanOrEqual(100);
  expect(kept).toBeLessThan(120);
});
