/** What corrects and completes a published diary, read from the covers of one leader. */
import { expect, it } from 'vitest';
import { relatedTo } from '../../server/public/related.ts';
import type { PublicationRow } from '../../server/records/queries.ts';
import { must, openHouse } from '../draws/house.ts';
import { eachDatabase } from '../fixtures/databases.ts';

eachDatabase((_, open) => {
  it('a correction and a late entry point to the diary they are for, and that diary to them', async () => {
    const house = await openHouse(await open());
    await must(house.setRule({ window: 0 }));
    await house.wholeDraw('2026-W47');
    await house.wholeDraw('2026-W48');
    const { db } = house;
    const rows = (): Promise<PublicationRow[]> =>
      db.selectFrom('publication').selectAll().orderBy('position').execute();
    const [first, ...others] = await rows();
    const second = others.filter(({ draw }) => draw === 'd-2026-w48');
    const last = second.find(({ unit }) => unit === first?.unit) ?? second[0];
    if (first === undefined || last === undefined) throw new Error('nothing published');
    // One leader's, and the later cover points back.
    await db.updateTable('publication').set({ unit: first.unit }).where('position', '=', last.position).execute();
    const entry = { _sd: ['x'], kind: 'entry', day: '2026-11-16', start: '2026-11-16T09:00', end: '2026-11-16T10:00' };
    const cover = {
      items: [
        { _sd: ['t'], kind: 'title' },
        { ...entry, lateFor: '2026-W47', corrects: { item: 2, seal: first.seal_hash } },
        { ...entry, corrects: { item: 1, seal: 'A'.repeat(43) } },
      ],
      zone: 'Asia/Shanghai',
    };
    await db
      .updateTable('seal')
      .set({ cover: JSON.stringify(cover) })
      .where('seal_hash', '=', last.seal_hash)
      .execute();
    const after = (await rows()).find(({ position }) => position === last.position);
    if (after === undefined) throw new Error('nothing published');
    const there = { draw: 'd-2026-w47', unit: first.unit, week: '2026-W47' };
    const here = { draw: 'd-2026-w48', unit: first.unit, week: '2026-W48' };
    expect(await relatedTo(db, after)).toEqual([
      { item: 1, as: 'corrects', at: { ...there, item: 2 } },
      { item: 1, as: 'lateFor', at: { ...there, item: null } },
    ]);
    expect(await relatedTo(db, first)).toEqual([
      { item: 2, as: 'correctedBy', at: { ...here, item: 1 } },
      { item: null, as: 'lateIn', at: { ...here, item: 1 } },
    ]);
  });
});
