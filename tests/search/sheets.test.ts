/** The journal in a page's memory: what is read of it, in which order, and how it follows what is written. */
import 'fake-indexeddb/auto';
import { afterEach, expect, test, vi } from 'vitest';
import { addEntries, changeMembers, removeWritten, setReview, setTitle } from '../../extension/commands/journal.ts';
import { withhold } from '../../extension/commands/withhold.ts';
import type { Context } from '../../extension/device/context.ts';
import { type Reading, SheetReader } from '../../extension/store/sheet-reader.ts';
import { entriesAmong, writtenByIds } from '../../extension/store/written.ts';
import { hasAll, termsOf } from '../../shared/diary/search.ts';
import { openProfile } from '../extension/profile-double.ts';

const hold = { ground: 'privacy' as const, basis: '《政府信息公开条例》第十五条' };
const readers: SheetReader[] = [];
afterEach(() => {
  for (const reader of readers.splice(0)) reader.close();
});

const entry = (day: string, text: string, more: { place?: string; thinking?: string } = {}) => ({
  day,
  start: `${day}T09:00`,
  end: `${day}T10:00`,
  text,
  ...more,
});

/** What the server confirmed, as a sync leaves it. */
async function delivered(context: Context): Promise<void> {
  const { database } = context;
  for (const op of await database.outbox.orderBy('n').toArray())
    await database.rows.put({
      id: op.id,
      head: op.op,
      seq: op.n,
      schema: 1,
      del: op.body === null,
      week: op.body?.week ?? '',
      body: op.body,
      epoch: 1,
    });
  await database.outbox.clear();
}

async function profile() {
  const { context } = await openProfile(() => Promise.reject(new TypeError('Failed to fetch')));
  return { context, database: context.database };
}

function read(context: Context): SheetReader {
  const reader = new SheetReader(context.database);
  readers.push(reader);
  reader.subscribe(() => {});
  return reader;
}

const isWhole = (reading: Reading | null): reading is Reading => reading !== null && reading.read === reading.of;

/** The default of one second is short on a crowded machine. */
const eventually = <T>(look: () => T | Promise<T>) => vi.waitFor(look, 15_000);

/** The texts that a search finds, in the order in which they are shown; waits until the journal was read. */
const found = (reader: SheetReader, typed: string) =>
  eventually(() => {
    const { reading } = reader;
    if (!isWhole(reading)) throw new Error('still reading');
    const terms = termsOf(typed);
    return reading.sheets.flatMap(({ lines }) => lines.filter((line) => hasAll(line, terms)).map(({ text }) => text));
  });

test('the newest stands first, over weeks and within them, whether it was sent or not', async () => {
  const { context } = await profile();
  await addEntries(
    [entry('2024-03-04', '会议一'), entry('2026-07-20', '会议三'), entry('2026-07-22', '会议四')],
    null,
    context,
  );
  await delivered(context);
  await addEntries([entry('2025-05-06', '会议二')], null, context);
  expect(await found(read(context), '会议')).toEqual(['会议四', '会议三', '会议二', '会议一']);
});

test('place, thinking, titles and reviews are found too', async () => {
  const { context } = await profile();
  await addEntries([entry('2026-07-20', '走访', { place: '石埠街道', thinking: '先修排水' })], null, context);
  await setTitle('2026-W30', '把门敲开', '', context);
  await setReview('2026-W30', null, '排水要往前赶', '', context);
  const reader = read(context);
  expect(await found(reader, '排水')).toEqual(['排水要往前赶', '走访\n石埠街道\n先修排水']);
  expect(await found(reader, '敲开')).toEqual(['把门敲开']);
});

test('a withheld text is found on the device that has it, and stored nowhere but there', async () => {
  const { context, database } = await profile();
  await addEntries([entry('2026-07-20', '看望困难户甲')], hold, context);
  await addEntries([entry('2026-07-21', '看望困难户乙')], null, context);
  await delivered(context);
  const reader = read(context);
  expect(await found(reader, '困难户')).toEqual(['看望困难户乙', '看望困难户甲']);
  const stored = await Promise.all(
    database.tables.filter(({ name }) => name !== 'held').map((table) => table.toArray()),
  );
  expect(JSON.stringify(stored)).not.toContain('困难户甲');
});

test('what is written, changed, withheld and deleted afterwards is followed', async () => {
  const { context, database } = await profile();
  const [id = ''] = await addEntries([entry('2026-07-20', '防汛会商')], null, context);
  await delivered(context);
  const reader = read(context);
  expect(await found(reader, '会商')).toEqual(['防汛会商']);
  const now = async () => {
    const [written] = entriesAmong(await writtenByIds(database, [id]));
    if (written === undefined) throw new Error('the entry is gone');
    return written;
  };
  await changeMembers(
    await now(),
    { text: '防汛再会商', day: '2026-07-28', start: '2026-07-28T09:00', end: '2026-07-28T10:00' },
    context,
  );
  await eventually(async () => expect(await found(reader, '会商')).toEqual(['防汛再会商']));
  await delivered(context);
  await withhold(await now(), hold, context);
  await eventually(async () => expect(await found(reader, '会商')).toEqual(['防汛再会商']));
  await removeWritten(await now(), context);
  await eventually(async () => expect(await found(reader, '会商')).toEqual([]));
});

test('a late entry stands with the week that it tells of', async () => {
  const { context, database } = await profile();
  await addEntries([entry('2026-07-22', '周三的会议'), entry('2026-07-28', '下周的会议')], null, context);
  await delivered(context);
  await database.weeks.put({ week: '2026-W30', seal: 's', rev: 0, index: 7, open: false, frozen: false });
  await addEntries([entry('2026-07-21', '补记的会议')], null, context);
  const reader = read(context);
  expect(await found(reader, '会议')).toEqual(['下周的会议', '周三的会议', '补记的会议']);
  await delivered(context);
  await eventually(async () => expect(await found(reader, '会议')).toEqual(['下周的会议', '周三的会议', '补记的会议']));
});

test('an empty journal is read to its end at once', async () => {
  const { context } = await profile();
  expect(await found(read(context), '')).toEqual([]);
});
