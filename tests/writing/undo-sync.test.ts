/** What was delivered is taken back by further ops, on both devices alike. */
import { expect, test } from 'vitest';
import { addEntries, removeWritten } from '../../extension/commands/journal.ts';
import { redo, undo } from '../../extension/commands/undo.ts';
import { withhold } from '../../extension/commands/withhold.ts';
import type { Context } from '../../extension/device/context.ts';
import { entriesOn, saveState } from '../../extension/store/queries.ts';
import { runSync } from '../../extension/sync/run.ts';
import { openProfile } from '../extension/profile-double.ts';
import { ServerDouble } from '../extension/server-double.ts';

const day = '2026-11-20';
const entry = { day, start: `${day}T08:30`, end: `${day}T10:00`, text: '研究部署网格化' };

const textsOn = async ({ database }: Context) => (await entriesOn(database, day)).map(({ body }) => body.text);

async function only({ database }: Context) {
  const [written] = await entriesOn(database, day);
  if (written === undefined) throw new Error('no entry');
  return written;
}

test('a delivered deletion is undone and redone, and another device sees each', async () => {
  const server = new ServerDouble();
  const mine = (await openProfile(server.fetch)).context;
  const other = (await openProfile(server.fetch)).context;
  const deliver = async () => {
    for (const each of [mine, other]) expect(await runSync(true, each)).toBe(true);
    expect((await saveState(mine.database)).tray).toBe(0);
    return textsOn(other);
  };
  await addEntries([entry], null, mine);
  await deliver();
  await removeWritten(await only(mine), mine);
  expect(await deliver()).toEqual([]);
  await undo(mine);
  expect(await deliver()).toEqual([entry.text]);
  await redo(mine);
  expect(await deliver()).toEqual([]);
});

test('what another device withheld is in no step of this one any more', async () => {
  const server = new ServerDouble();
  const mine = (await openProfile(server.fetch, { signs: false })).context;
  const signing = (await openProfile(server.fetch)).context;
  await addEntries([entry], null, mine);
  await runSync(true, mine);
  await runSync(true, signing);
  await withhold(await only(signing), { ground: 'privacy', basis: '第十五条' }, signing);
  await runSync(true, signing);
  await runSync(true, mine);
  expect(JSON.stringify(await mine.database.steps.toArray())).not.toContain('研究部署');
  expect(await undo(mine)).toBeNull();
});
