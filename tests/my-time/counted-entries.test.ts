import 'fake-indexeddb/auto';
import { ulid } from 'ulid';
import { beforeEach, expect, test } from 'vitest';
import { addEntries, removeWritten } from '../../extension/commands/journal.ts';
import { entriesCountedFrom } from '../../extension/store/counted-entries.ts';
import type { SealCopy, StoredRow } from '../../extension/store/database.ts';
import { writtenById } from '../../extension/store/queries.ts';
import type { EntryBody } from '../../shared/api/journal.ts';
import { openProfile, type ProfileDouble } from '../extension/profile-double.ts';

let device: ProfileDouble;
beforeEach(async () => {
  device = await openProfile(async () => new Response(null, { status: 503 }));
});

const starts = async (first: string, last = first) =>
  (await entriesCountedFrom(device.context.database, first, last)).map(({ start }) => start.slice(5)).sort();

function row(week: string, day: string, start: string, more: Partial<EntryBody> = {}): StoredRow {
  const body: EntryBody = {
    kind: 'entry',
    week,
    day,
    start: `${day}T${start}`,
    end: `${day}T23:00`,
    text: '…',
    ...more,
  };
  return { id: ulid().toLowerCase(), head: ulid().toLowerCase(), seq: 1, schema: 1, del: false, week, body, epoch: 1 };
}

test('only the weeks asked for are given, late entries with the week they are late for', async () => {
  await device.context.database.rows.bulkPut([
    row('2026-W29', '2026-07-19', '09:00'),
    row('2026-W30', '2026-07-20', '09:00'),
    row('2026-W31', '2026-07-24', '10:00', { lateFor: '2026-W30' }),
    row('2026-W31', '2026-07-27', '09:00'),
  ]);
  expect(await starts('2026-W30')).toEqual(['07-20T09:00', '07-24T10:00']);
  expect(await starts('2026-W30', '2026-W31')).toEqual(['07-20T09:00', '07-24T10:00', '07-27T09:00']);
});

test('what waits to be sent counts, and what was deleted here does not', async () => {
  const { context } = device;
  const day = '2026-07-20';
  const [id = ''] = await addEntries(
    [{ day, start: `${day}T09:00`, end: `${day}T10:00`, text: '开会' }],
    null,
    context,
  );
  expect(await starts('2026-W30')).toEqual(['07-20T09:00']);
  const written = await writtenById(context.database, id);
  if (written !== null) await removeWritten(written, context);
  expect(await starts('2026-W30')).toEqual([]);
});

test('a correction counts instead of what it corrects', async () => {
  const { database } = device.context;
  const wrong = row('2026-W30', '2026-07-20', '09:00');
  const corrects = { seal: 'a'.repeat(43), item: 1 };
  await database.rows.bulkPut([
    wrong,
    row('2026-W30', '2026-07-21', '09:00'),
    row('2026-W31', '2026-07-20', '10:00', { lateFor: '2026-W30', corrects }),
  ]);
  await database.seals.put(sealOf(corrects.seal, ['title', wrong.id]));
  expect(await starts('2026-W30')).toEqual(['07-20T10:00', '07-21T09:00']);
});

test('where this device has no copy of the seal, both count', async () => {
  const corrects = { seal: 'b'.repeat(43), item: 0 };
  await device.context.database.rows.bulkPut([
    row('2026-W30', '2026-07-20', '09:00'),
    row('2026-W31', '2026-07-20', '10:00', { lateFor: '2026-W30', corrects }),
  ]);
  expect(await starts('2026-W30')).toEqual(['07-20T09:00', '07-20T10:00']);
});

function sealOf(seal: string, items: readonly string[]): SealCopy {
  return {
    seal,
    week: '2026-W30',
    rev: 1,
    iat: 0,
    jws: '',
    disclosures: [],
    kept: [],
    manifest: [],
    items,
    state: 'logged',
    refusal: null,
    receipt: null,
    confirmed: null,
  };
}
