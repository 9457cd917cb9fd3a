/** Segments of the search as they are stored, over a draw of real seals. */
import { describe, expect, it } from 'vitest';
import { makeSegment, segmentState, storedGrams, storeSegments } from '../../server/public/search-store.ts';
import { shardNamed, shardOf } from '../../shared/search/grams.ts';
import { type House, must, openHouse } from '../draws/house.ts';
import { eachDatabase } from '../fixtures/databases.ts';

eachDatabase((name, open) => {
  describe(`stored segments on ${name}`, () => {
    const published = async () => {
      const house = await openHouse(await open());
      await must(house.setRule({ window: 0 }));
      return { house, drawn: await house.wholeDraw('2026-W47') };
    };
    const has = async (house: House, gram: string): Promise<boolean> => {
      const answer = await house.get(`search/0/1/00.json`);
      return Object.hasOwn((await answer.json()).grams, gram);
    };
    const rows = ({ db }: House) => db.selectFrom('search_shard').select(['shard', 'state', 'grams']).execute();
    const state = async ({ db }: House): Promise<string> => (await segmentState(db, 0)) ?? '';

    it('are made once: what is stored is given out', async () => {
      const { house } = await published();
      await storeSegments(house.context.database);
      expect(await rows(house)).toHaveLength(256);
      const shard = shardOf('例会', 256);
      expect(JSON.parse((await storedGrams(house.db, 0, await state(house), [shard])).get(shard) ?? '')).toMatchObject({
        例会: expect.any(String),
      });
      await house.db.updateTable('search_shard').set({ grams: '{"甲乙":"A"}' }).where('shard', '=', '00').execute();
      await storeSegments(house.context.database);
      expect(await has(house, '甲乙')).toBe(true);
    });

    it('are made when they are asked for, and anew once a unit has another name', async () => {
      const { house, drawn } = await published();
      await house.db.deleteFrom('search_shard').execute();
      expect(await has(house, '例会')).toBe(true);
      expect(await has(house, '新名')).toBe(false);
      const [unit = ''] = drawn;
      await house.db.updateTable('unit').set({ zh: '新名局' }).where('id', '=', unit).execute();
      const other = await house.get(`search/0/256/${shardOf('新名', 256)}.json`);
      expect((await other.json()).grams).toHaveProperty('新名');
      expect(new Set((await rows(house)).map((row) => row.state))).toEqual(new Set([await state(house)]));
    });

    it('keep nothing of what is withheld, not even until they are asked for again', async () => {
      const { house, drawn } = await published();
      const [unit = ''] = drawn;
      await storeSegments(house.context.database);
      const { seal_hash } = await house.db
        .selectFrom('seal')
        .select('seal_hash')
        .where('unit', '=', unit)
        .executeTakeFirstOrThrow();
      const before = await state(house);
      await must(house.log('rev1', 'wd-hold+jwt', { seal: seal_hash, item: 2, ground: 'privacy', basis: '第十五条' }));
      expect(await rows(house)).toEqual([]);
      // Made before the hold and ready only now: it is given to who waits for it and not stored.
      const late = await makeSegment(house.context.database, 0, before);
      expect([late.size, await rows(house)]).toEqual([256, []]);
      expect((await house.get(`search/0/256/${shardNamed(0)}.json`)).status).toBe(200);
      expect(await rows(house)).toHaveLength(256);
    });
  });
});
