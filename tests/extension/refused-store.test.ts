/** The browser refuses a write of a command, as with a full disk: the command fails, all stands as before, and done again it is done. */
import 'fake-indexeddb/auto';
import { afterEach, expect, test, vi } from 'vitest';
import { correctEntry } from '../../extension/commands/corrections.ts';
import { addImage, describeImage, removeImage } from '../../extension/commands/images.ts';
import { importEntries } from '../../extension/commands/import.ts';
import {
  addEntries,
  changeEntry,
  changeMembers,
  removeWritten,
  setReview,
  setTitle,
} from '../../extension/commands/journal.ts';
import { addTemplate, saveTemplate } from '../../extension/commands/templates.ts';
import { mergeThread, renameThread, unmergeThread } from '../../extension/commands/threads.ts';
import { saveTimed, startTimer } from '../../extension/commands/timer.ts';
import { dismiss, keepAsCorrection, keepMine } from '../../extension/commands/tray.ts';
import { redo, undo } from '../../extension/commands/undo.ts';
import { enterParked, release, withhold } from '../../extension/commands/withhold.ts';
import type { Context } from '../../extension/device/context.ts';
import { keepKey, makeKey } from '../../extension/device/key.ts';
import { entriesOn, saveState, titleOf, trayItems } from '../../extension/store/queries.ts';
import { runSync } from '../../extension/sync/run.ts';
import { canonical } from '../../shared/proof/canonical.ts';
import { day, hold, meeting, only } from './one-entry.ts';
import { openProfile } from './profile-double.ts';
import { refusable } from './refusable.ts';
import { ServerDouble } from './server-double.ts';

interface Case {
  /** What stands before the command. */
  readonly before?: (context: Context, server: ServerDouble) => Promise<unknown>;
  readonly command: (context: Context) => Promise<unknown>;
  readonly signs?: boolean;
  /** Made of several steps, each of which may be done again. */
  readonly inSteps?: boolean;
}

const week = '2026-W47';
const thread = { id: '01kt0000000000000000000000', name: '老路' };
const into = { id: '01kt0000000000000000000001', name: '新路' };
const picture = { sha256: 'a'.repeat(64), type: 'image/png' as const, width: 1, height: 1 };
const afternoon = { ...meeting, start: `${day}T14:00`, end: `${day}T15:00` };

const evening = { ...meeting, start: `${day}T20:00`, end: `${day}T21:00`, text: '另一台的' };

const one = (context: Context) => addEntries([{ ...meeting, threads: [thread] }], null, context);
const sent = async (context: Context) => {
  await one(context);
  await runSync(true, context);
};
const held = (context: Context) => addEntries([meeting], hold, context);
const drawn = async (context: Context) =>
  addImage((await only(context)).id, { ...picture, bytes: new Uint8Array(1), sent: false, addedAt: 0 }, context);
const described = async (context: Context) =>
  describeImage((await only(context)).id, picture.sha256, '桥', '', context);
const refused = async (context: Context, server: ServerDouble) => {
  await sent(context);
  await changeMembers(await only(context), { text: '改过的' }, context);
  const [row] = server.rows.values();
  if (row?.body !== null && row !== undefined) {
    server.seq += 1;
    server.rows.set(row.id, {
      ...row,
      head: '01kt00000000000000000000zz',
      seq: server.seq,
      body: { ...row.body, text: '另一台的' },
    });
  }
  await runSync(true, context);
};
const shut = async (context: Context, server: ServerDouble) => {
  await sent(context);
  const { id } = await only(context);
  await changeMembers(await only(context), { text: '改过的' }, context);
  server.shut.add(week);
  await runSync(true, context);
  await context.database.weeks.put({ week, seal: 's', rev: 1, index: 3, open: false, frozen: false });
  await context.database.seals.put({
    seal: 's'.repeat(43),
    week,
    rev: 1,
    iat: 1,
    jws: 'j',
    disclosures: [],
    kept: [],
    manifest: [],
    items: [id],
    state: 'logged',
    refusal: null,
    receipt: null,
    confirmed: true,
  });
};
const inTray = async ({ database }: Context) => {
  const [item] = await trayItems(database);
  if (item === undefined) throw new Error('nothing was refused');
  return item;
};

const cases: Readonly<Record<string, Case>> = {
  'adding one line': { command: (context) => addEntries([meeting], null, context, { surface: 'popup', line: '会' }) },
  'adding several': { command: (context) => addEntries([meeting, afternoon], null, context) },
  'adding withheld ones': { command: (context) => addEntries([meeting, afternoon], hold, context) },
  'adding withheld ones where nobody signs': {
    command: (context) => addEntries([meeting, afternoon], hold, context),
    signs: false,
  },
  'changing a text': {
    before: one,
    command: async (context) => changeMembers(await only(context), { text: '改' }, context),
  },
  'moving to another week': {
    before: one,
    command: async (context) =>
      changeEntry(
        await only(context),
        { day: '2026-11-23', start: '2026-11-23T08:00', end: '2026-11-23T09:00' },
        context,
      ),
  },
  'changing a line that waits': {
    before: held,
    signs: false,
    command: async (context) => changeMembers(await only(context), { text: '改' }, context),
  },
  deleting: { before: sent, command: async (context) => removeWritten(await only(context), context) },
  'deleting a withheld one': { before: held, command: async (context) => removeWritten(await only(context), context) },
  'setting a title': { command: (context) => setTitle(week, '题', '', context) },
  'taking a title away': {
    before: (context) => setTitle(week, '题', '', context),
    command: (context) => setTitle(week, '', '题', context),
  },
  'setting a review': { command: (context) => setReview(week, day, '想', '', context) },
  'withholding what was never sent': {
    before: one,
    command: async (context) => withhold(await only(context), hold, context),
  },
  'withholding what was sent': {
    before: sent,
    command: async (context) => withhold(await only(context), hold, context),
  },
  'withholding where nobody signs': {
    before: one,
    signs: false,
    command: async (context) => withhold(await only(context), hold, context),
  },
  'changing the ground': {
    before: held,
    command: async (context) => withhold(await only(context), { ...hold, basis: '另一条' }, context),
  },
  releasing: { before: held, command: async (context) => release(await only(context), context) },
  'releasing a line that waits': {
    before: held,
    signs: false,
    command: async (context) => release(await only(context), context),
  },
  'entering a line that waited': {
    signs: false,
    before: async (context) => {
      await held(context);
      await keepKey(await makeKey('leader', 'u01', context), context);
    },
    command: (context) => enterParked(context),
  },
  'keeping mine': { before: refused, command: async (context) => keepMine(await inTray(context), context) },
  'keeping theirs': { before: refused, command: async (context) => dismiss(await inTray(context), context) },
  'keeping as a correction': {
    before: shut,
    command: async (context) => keepAsCorrection(await inTray(context), context),
  },
  correcting: {
    before: shut,
    command: async (context) => correctEntry(await only(context), { text: '更正' }, context),
  },
  undoing: { before: one, command: (context) => undo(context) },
  redoing: {
    before: async (context) => {
      await one(context);
      await undo(context);
    },
    command: (context) => redo(context),
  },
  'saving a template': {
    before: (context) => addTemplate('8:30-9:30 例会', [1], context),
    command: async (context) => {
      const [template] = await context.database.templates.toArray();
      await saveTemplate(template?.id ?? '', meeting, context);
    },
  },
  'ending the timer': {
    before: (context) => startTimer(1, '会', context),
    command: (context) => saveTimed(meeting, context),
  },
  'renaming a thread': { before: one, command: (context) => renameThread(thread.id, '大路', context) },
  'merging threads': { before: one, command: (context) => mergeThread(thread, into, context) },
  'taking a merge back': {
    before: async (context) => {
      await one(context);
      await mergeThread(thread, into, context);
    },
    command: (context) => unmergeThread(thread.id, context),
  },
  importing: {
    command: (context) =>
      importEntries(
        [meeting, afternoon].map((entry) => ({ entry, source: null, filed: null })),
        context,
      ),
  },
  'adding a picture': { before: one, command: drawn },
  'describing a picture': {
    inSteps: true,
    before: async (context) => {
      await one(context);
      await drawn(context);
    },
    command: described,
  },
  'taking a picture out': {
    inSteps: true,
    before: async (context) => {
      await one(context);
      await drawn(context);
      await described(context);
    },
    command: async (context) => removeImage((await only(context)).id, picture.sha256, context),
  },
};

test.each(Object.entries(cases))(
  '%s leaves all as it was where the browser refuses one of its writes',
  async (_, each) => {
    const { before, command, signs = true, inSteps = false } = each;
    const server = new ServerDouble();
    const { context } = await openProfile(server.fetch, { signs });
    const writes = refusable(context);
    await before?.(context, server);
    const stood = await everything(context);
    let failed = 0;
    for (; ; failed += 1) {
      writes.refuseAfter(failed);
      const [outcome] = await Promise.allSettled([command(context)]);
      writes.refuseAfter(Number.POSITIVE_INFINITY);
      if (outcome?.status === 'fulfilled') break;
      if (!inSteps) expect(await everything(context)).toBe(stood);
      expect(failed).toBeLessThan(40);
    }
    expect(failed).toBeGreaterThan(0);
    expect(await everything(context)).not.toBe(stood);
  },
);

const runs: readonly (readonly [string, (context: Context, server: ServerDouble) => Promise<unknown>])[] = [
  ['delivers what was written', async () => undefined],
  [
    'sends all again to a restored server',
    async (context, server) => {
      const restoreEmpty = server.backup();
      await runSync(true, context);
      restoreEmpty();
    },
  ],
  [
    'withholds what the server has',
    async (context) => {
      await runSync(true, context);
      await withhold(await only(context), hold, context);
    },
  ],
];

afterEach(() => vi.restoreAllMocks());

test.each(runs)(
  'a run that %s loses and doubles nothing where the browser refuses one of its writes',
  async (_, before) => {
    // What the worker's console says of a store that takes nothing.
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    for (let failed = 0; ; failed += 1) {
      const server = new ServerDouble();
      const { context } = await openProfile(server.fetch);
      const writes = refusable(context);
      await addEntries([meeting, afternoon], null, context);
      await changeMembers(await only(context), { result: '成' }, context);
      await before(context, server);
      const shown = async () =>
        (await entriesOn(context.database, day)).map(({ body, held: own }) => own?.prose ?? body.text);
      const stood = await shown();
      // After the own ones in the day, so that what another device wrote only joins them.
      const { context: other } = await openProfile(server.fetch);
      await addEntries([evening], null, other);
      await runSync(true, other);
      writes.refuseAfter(failed);
      const [outcome] = await Promise.allSettled([runSync(true, context)]);
      writes.refuseAfter(Number.POSITIVE_INFINITY);
      expect((await shown()).slice(0, 2)).toEqual(stood);
      for (let again = 0; again < 2; again += 1) expect(await runSync(true, context)).toBe(true);
      expect(await shown()).toEqual([...stood, evening.text]);
      expect(await saveState(context.database)).toMatchObject({ waiting: 0, tray: 0 });
      expect(server.rows.size).toBe(3);
      if (outcome?.status === 'fulfilled' && outcome.value) return expect(failed).toBeGreaterThan(3);
      expect(failed).toBeLessThan(60);
    }
  },
);

test('a line refused by a full store is written once when it is entered again', async () => {
  const { context } = await openProfile(new ServerDouble().fetch);
  const writes = refusable(context);
  writes.refuseAfter(2);
  await expect(setTitle(week, '题', '', context)).rejects.toThrow();
  writes.refuseAfter(Number.POSITIVE_INFINITY);
  await setTitle(week, '题', '', context);
  expect((await titleOf(context.database, week))?.body.text).toBe('题');
  expect((await context.database.outbox.toArray()).map(({ n }) => n)).toEqual([1]);
});

/** All that lies in a store but its keys, as text. */
async function everything({ database }: Context): Promise<string> {
  const tables = database.tables.filter(({ name }) => name !== 'keys' && name !== 'images');
  return canonical(await Promise.all(tables.map(async (table) => JSON.parse(JSON.stringify(await table.toArray())))));
}
