/** Random histories of two devices and one server: lost answers, restores, withholding, seals (sync.md, Invariants). */
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addEntries, changeMembers, removeWritten } from '../../extension/commands/journal.ts';
import { withhold } from '../../extension/commands/withhold.ts';
import type { Context } from '../../extension/device/context.ts';
import { entriesOn, saveState, trayItems } from '../../extension/store/queries.ts';
import { runSync } from '../../extension/sync/run.ts';
import { openProfile } from './profile-double.ts';
import { ServerDouble } from './server-double.ts';

const day = '2026-11-20';
const hold = { ground: 'privacy' as const, basis: '第十五条' };

type Step =
  | { readonly act: 'add' | 'edit' | 'remove' | 'hold'; readonly device: 0 | 1; readonly at: number }
  | { readonly act: 'sync'; readonly device: 0 | 1; readonly lose: number }
  | { readonly act: 'backup' }
  | { readonly act: 'restore' };

const device = fc.constantFrom(0 as const, 1 as const);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ act: fc.constant('add' as const), device, at: fc.nat(5) }) },
  { weight: 4, arbitrary: fc.record({ act: fc.constant('edit' as const), device, at: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('remove' as const), device, at: fc.nat(5) }) },
  {
    weight: 1,
    arbitrary: fc.record({ act: fc.constant('hold' as const), device: fc.constant(0 as const), at: fc.nat(5) }),
  },
  { weight: 6, arbitrary: fc.record({ act: fc.constant('sync' as const), device, lose: fc.nat(6) }) },
  { weight: 1, arbitrary: fc.constantFrom({ act: 'backup' as const }, { act: 'restore' as const }) },
);

async function view(context: Context): Promise<readonly string[]> {
  const entries = await entriesOn(context.database, day);
  return entries.map(({ id, body }) => `${id} ${body.text ?? 'held'}`).sort();
}

test('nothing typed is lost, outboxes drain, and both devices show what the server has', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 28 }), async (steps) => {
      const server = new ServerDouble();
      const profiles = [await openProfile(server.fetch), await openProfile(server.fetch, { signs: false })] as const;
      const textsOf = new Map<string, string[]>();
      const withheld = new Set<string>();
      let restore: (() => void) | null = null;
      let count = 0;
      const sync = async (which: 0 | 1, lose = 0) => {
        let answers = 0;
        server.onAnswer = () => {
          answers += 1;
          if (answers === lose) throw new TypeError('connection reset');
        };
        await runSync(true, profiles[which].context);
        server.onAnswer = () => {};
      };
      for (const each of steps) {
        if (each.act === 'backup') restore = server.backup();
        else if (each.act === 'restore') restore?.();
        else if (each.act === 'sync') await sync(each.device, each.lose);
        else {
          const { context } = profiles[each.device];
          count += 1;
          const text = `词${count}。`;
          const entries = await entriesOn(context.database, day);
          const chosen = entries[each.at % Math.max(1, entries.length)];
          if (each.act === 'add') {
            const entry = { day, start: `${day}T08:30`, end: `${day}T10:00`, text };
            for (const id of await addEntries([entry], null, context)) textsOf.set(id, [text]);
          } else if (chosen === undefined || chosen.body.hold !== undefined) continue;
          else if (each.act === 'edit') {
            await changeMembers(chosen, { text }, context);
            textsOf.get(chosen.id)?.push(text);
          } else if (each.act === 'remove') await removeWritten(chosen, context);
          else {
            await withhold(chosen, hold, context);
            for (const known of textsOf.get(chosen.id) ?? []) withheld.add(known);
          }
        }
      }
      for (let round = 0; round < 4; round += 1) {
        await sync(0);
        await sync(1);
      }
      const trays = (await Promise.all(profiles.map(({ context }) => trayItems(context.database)))).flat();
      const kept = JSON.stringify(trays) + server.history.join('');
      for (const text of [...textsOf.values()].flat()) if (!withheld.has(text)) expect(kept).toContain(text);
      for (const { context } of profiles) expect((await saveState(context.database)).waiting).toBe(0);
      expect(await view(profiles[0].context)).toEqual(await view(profiles[1].context));
      const onServer = [...server.rows.values()].filter(({ del }) => !del);
      expect(await view(profiles[0].context)).toEqual(
        onServer.map(({ id, body }) => `${id} ${body?.text ?? 'held'}`).sort(),
      );
    }),
    { numRuns: Number(process.env.RUNS ?? 60) },
  );
});
