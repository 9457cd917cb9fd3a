/** From a file to the journal in the client's real store: what is there already is recognised, and an import is one step. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ImportInput, importEntries } from '../../extension/commands/import.ts';
import { addEntries, changeMembers, removeWritten } from '../../extension/commands/journal.ts';
import { undo } from '../../extension/commands/undo.ts';
import { withhold } from '../../extension/commands/withhold.ts';
import type { Context } from '../../extension/device/context.ts';
import { knownOf } from '../../extension/store/import-facts.ts';
import { entriesOn } from '../../extension/store/queries.ts';
import { readJournalItems } from '../../shared/diary/calendar/journal-items.ts';
import { type Proposal, proposalsOf } from '../../shared/diary/calendar/proposals.ts';
import type { FileReading } from '../../shared/diary/calendar/reading.ts';
import { diaryItems } from '../../shared/diary/journal.ts';
import { journalFile } from '../../shared/diary/journal-file.ts';
import { formatDay, formatMinute } from '../../shared/time/civil.ts';
import { openProfile } from '../extension/profile-double.ts';
import { calendar, event, readFor } from './read.ts';

const week = '2026-W29';
const day = '2026-07-16';
const series = event(
  'DTSTART;TZID=Asia/Shanghai:20260716T083000',
  'DTEND;TZID=Asia/Shanghai:20260716T100000',
  'RRULE:FREQ=DAILY;COUNT=2',
);
const twoDays = (...more: readonly string[]) => readFor(calendar(...series, ...more), week);

let context: Context;
beforeEach(async () => {
  ({ context } = await openProfile(() => Promise.reject(new TypeError('no network')), {
    now: () => 1_784_500_000_000,
  }));
});
afterEach(() => context.database.close());

const offered = async (reading: FileReading): Promise<readonly Proposal[]> => {
  const { known, ids } = await knownOf(context.database, reading);
  return proposalsOf(reading, known, ids);
};
const statuses = async (reading: FileReading) => (await offered(reading)).map(({ status }) => status);
const input = ({ item, source, filed }: Proposal): ImportInput => ({
  entry: {
    day: formatDay(item.day),
    start: formatMinute(item.start),
    end: formatMinute(item.end ?? item.start),
    text: item.text,
  },
  source,
  filed,
});
const take = async (reading: FileReading) => importEntries((await offered(reading)).map(input), context);
const on = (date: string) => entriesOn(context.database, date);

test('the same file twice: at the second time all is there already', async () => {
  expect(await statuses(twoDays())).toEqual(['new', 'new']);
  expect(await take(twoDays())).toBe(2);
  expect(await statuses(twoDays())).toEqual(['already', 'already']);
});

test('an imported entry whose words and times were changed since is still there already', async () => {
  await take(twoDays());
  const [first] = await on(day);
  if (first === undefined) throw new Error('no entry');
  await changeMembers(first, { text: '班子例会，过安全', start: `${day}T08:40` }, context);
  expect(await statuses(twoDays())).toEqual(['already', 'already']);
});

test('an export with new ids of everything is recognised by time and title', async () => {
  await addEntries([{ day, start: `${day}T08:30`, end: `${day}T10:00`, text: '例会' }], null, context);
  expect(await statuses(twoDays())).toEqual(['already', 'new']);
});

test('it is recognised in full width and with other blanks too', async () => {
  const named = (text: string) => readFor(calendar(...series.map((line) => line.replace('例会', text))), week);
  await addEntries([{ day, start: `${day}T08:30`, end: `${day}T10:00`, text: '第２次 例会（Ａ组）' }], null, context);
  expect(await statuses(named('第2次例会(A组)'))).toEqual(['already', 'new']);
  expect(await statuses(named('第3次例会(A组)'))).toEqual(['new', 'new']);
});

test('a line that stands twice in a file is new once', async () => {
  const again = event('DTSTART;TZID=Asia/Shanghai:20260716T083000', 'DTEND;TZID=Asia/Shanghai:20260716T100000').map(
    (line) => (line.startsWith('UID') ? 'UID:b@example' : line),
  );
  expect((await statuses(twoDays(...again))).sort()).toEqual(['already', 'new', 'new']);
});

test('events that an exporter gave one id are told apart by time and title, in one week as in another', async () => {
  const at = (start: string) => event(`DTSTART;TZID=Asia/Shanghai:${start}`, 'DURATION:PT1H');
  const file = calendar(...at('20260716T083000'), ...at('20260716T140000'), ...at('20260723T083000'));
  expect(await statuses(readFor(file, week))).toEqual(['new', 'new']);
  expect(await take(readFor(file, week))).toBe(2);
  expect(await statuses(readFor(file, week))).toEqual(['already', 'already']);
  expect(await statuses(readFor(file, '2026-W30'))).toEqual(['new']);
});

test('what was imported and deleted is new again', async () => {
  await take(twoDays());
  const [first] = await on(day);
  if (first === undefined) throw new Error('no entry');
  await removeWritten(first, context);
  expect(await statuses(twoDays())).toEqual(['new', 'already']);
});

test('an import is one step, taken back as a whole', async () => {
  await take(twoDays());
  await undo(context);
  expect([...(await on(day)), ...(await on('2026-07-17'))]).toEqual([]);
});

test('one entry that cannot be refuses all of them', async () => {
  const [first, second] = (await offered(twoDays())).map(input);
  if (first === undefined || second === undefined) throw new Error('no lines');
  const broken = { ...second, entry: { ...second.entry, end: '2026-07-20T10:00' } };
  await expect(importEntries([first, broken], context)).rejects.toMatchObject({ code: 'FIELD_INVALID' });
  expect(await on(day)).toEqual([]);
});

test('where an entry came from is no part of what is sealed, and tells nothing of the calendar', async () => {
  await take(twoDays());
  const [entry] = await on(day);
  if (entry === undefined) throw new Error('no entry');
  expect(entry.body.source).toMatchObject({ kind: 'ics' });
  expect(JSON.stringify(entry.body.source)).not.toContain('a@example');
  const row = { id: entry.id, head: entry.id, seq: 1, schema: 1, del: false, week, body: entry.body };
  expect(JSON.stringify(diaryItems([row]))).not.toContain('source');
});

test('an imported entry can be withheld, and is recognised without its words', async () => {
  await take(twoDays());
  const [entry] = await on(day);
  if (entry === undefined) throw new Error('no entry');
  await context.database.keys.put(await ownKey());
  await withhold(entry, { ground: 'privacy', basis: '《政府信息公开条例》第十五条' }, context);
  expect(await statuses(twoDays())).toEqual(['already', 'already']);
});

test("Sundial's own file keeps the ids: at the second time all is there already, whatever was changed", async () => {
  const id = '01k0000000000000000000000a';
  const body = {
    kind: 'entry' as const,
    week,
    day,
    start: `${day}T08:30`,
    end: `${day}T10:00`,
    text: '例会',
    thinking: '要快',
  };
  const text = journalFile('Asia/Shanghai', [
    { id, body, prose: null },
    { id: '01k0000000000000000000000b', body: { kind: 'review', week, day, text: '顺' }, prose: null },
  ]);
  const read = readJournalItems(text);
  if (!read.ok) throw new Error(read.problem);
  expect(read.value.notices).toMatchObject([{ code: 'REVIEWS_LEFT_OUT', at: '1' }]);
  await take(read.value);
  const [entry] = await on(day);
  expect(entry).toMatchObject({ id, body: { text: '例会', thinking: '要快' } });
  if (entry === undefined) throw new Error('no entry');
  await changeMembers(entry, { text: '别的' }, context);
  expect(await statuses(read.value)).toEqual(['already']);
});

test('other JSON, newer files and withheld entries are refused with their reason', () => {
  expect(readJournalItems('{}')).toEqual({ ok: false, problem: 'OTHER_FORMAT' });
  expect(readJournalItems('{')).toEqual({ ok: false, problem: 'NOT_JSON' });
  const held = {
    kind: 'entry' as const,
    week,
    day,
    start: `${day}T08:30`,
    end: `${day}T10:00`,
    hold: { ground: 'privacy' as const, basis: '第十五条' },
    digest: 'a'.repeat(43),
  };
  const read = readJournalItems(
    journalFile('Asia/Shanghai', [{ id: '01k0000000000000000000000a', body: held, prose: { text: '例会' } }]),
  );
  expect(read).toMatchObject({ ok: true, value: { items: [], refused: [{ reason: 'HELD' }] } });
});

async function ownKey() {
  const { privateKey, publicKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
    'verify',
  ]);
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', publicKey);
  const jwk = { crv: 'P-256' as const, kty: 'EC' as const, x, y };
  return { kid: 'k', use: 'leader' as const, actor: 'a', privateKey, publicKey: jwk, addedAt: 0 };
}
