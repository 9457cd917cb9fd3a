/** A tree that changes while it is read. */
import { expect, it } from 'vitest';
import type { TreeSource } from '../../server/public/source.ts';
import { verifyLive } from '../../server/public/verify-live.ts';
import type { TreeReport } from '../../server/public/verify-tree.ts';
import { type House, must, openHouse } from '../draws/house.ts';
import { eachDatabase } from '../fixtures/databases.ts';

const codesOf = ({ failures }: TreeReport): string[] => [...new Set(failures.map(({ code }) => code))];

eachDatabase((_, open) => {
  /** The tree as the server gives it out; `change` happens once, when it is asked for the file. */
  const changing = (house: House, at: string, change: () => Promise<unknown>): TreeSource => {
    let isDone = false;
    return {
      read: async (path) => {
        if (path === at && !isDone) {
          isDone = true;
          await change();
        }
        const answer = await house.get(path);
        return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
      },
    };
  };
  const whole = async () => {
    const house = await openHouse(await open());
    await must(house.setRule());
    const drawn = await house.wholeDraw();
    const held = async () => {
      const { seal_hash: seal } = await house.db
        .selectFrom('publication')
        .select('seal_hash')
        .where('unit', '=', drawn[0] ?? '')
        .executeTakeFirstOrThrow();
      await must(house.log('rev1', 'wd-hold+jwt', { seal, item: 1, ground: 'privacy', basis: '第十五条' }));
    };
    const check = { pins: house.pins(), seen: () => undefined, progress: () => undefined };
    return { house, held, check };
  };

  it.each([
    // The head comes first: what changed before it is whole.
    ['checkpoint', []],
    ['draw/d-2026-w47.json', [['LOG_REWRITTEN']]],
    ['feed/0.json', [['TEXT_ALTERED']]],
    ['data/diaries.csv', [['TEXT_ALTERED']]],
  ])('changed by a hold, at %s, passes once it has been read again', async (at, first) => {
    const { house, held, check } = await whole();
    const told: string[][] = [];
    const report = await verifyLive(changing(house, at, held), check, async (failures) => {
      told.push(failures.map(({ code }) => code));
    });
    expect([report.failures, told]).toEqual([[], first]);
  });

  it('is read again for a fault that stays, which is told; for a fault of its log it is not', async () => {
    const { house, check } = await whole();
    let readings = 0;
    const reads = (path: string, body: string | null): TreeSource => ({
      read: async (asked) => {
        if (asked === 'index.json') readings += 1;
        const answer = await house.get(asked);
        if (asked === path) return body === null ? null : new TextEncoder().encode(body);
        return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
      },
    });
    const lasting = await verifyLive(reads('feed/0.json', null), check, async () => undefined);
    expect([readings, codesOf(lasting)]).toEqual([2, ['TREE_INCOMPLETE']]);
    readings = 0;
    const forged = await verifyLive(reads('checkpoint', 'x'), check, async () => undefined);
    expect([readings, codesOf(forged)]).toEqual([1, ['CHECKPOINT_INVALID']]);
  });
});
