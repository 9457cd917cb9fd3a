/** A hold after publication, whatever is held: the files that it names are those that change (design.md 5 "The public tree"). */
import { describe, expect, it } from 'vitest';
import { publicPaths } from '../../server/public/tree.ts';
import { type House, must, notBefore, openHouse } from '../draws/house.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { said } from './published-house.ts';

const weekSeconds = 7 * 86_400;
/** The log, which has the hold, and the figures, which say when they were made. */
const grows = /^(?:tile\/|checkpoint$|rates\.json$)/;

eachDatabase((name, open) => {
  describe(`what a hold changes on ${name}`, () => {
    const wholeTree = async (house: House) => {
      const files = new Map<string, { readonly body: string; readonly etag: string }>();
      for (const path of await publicPaths(house.context)) {
        const answer = await house.get(path);
        files.set(path, { body: await answer.text(), etag: answer.headers.get('etag') ?? '' });
      }
      return files;
    };
    const idsOf = (atom: string | undefined) => [...(atom ?? '').matchAll(/<id>([^<]*)<\/id>/g)].map(([, id]) => id);

    it('are the files that it names, for a title, an entry with a thread, one without and a review, in an older week and the newest', async () => {
      const house = await openHouse(await open());
      await must(house.setRule());
      const first = await house.wholeDraw('2026-W47');
      const second = await house.wholeDraw('2026-W48');
      const held = [
        ['2026-W47', first[0] ?? '', 0, '的标题'],
        ['2026-W47', first[0] ?? '', 2, '看便桥'],
        ['2026-W47', first[1] ?? '', 1, '例会'],
        ['2026-W48', second[0] ?? '', 2, '看便桥'],
        ['2026-W48', second[0] ?? '', 5, '一周复盘'],
      ] as const;
      for (const [n, [week, unit, item, words]] of held.entries()) {
        // The sitemap says on which day a page changed last.
        house.at(notBefore + 2 * weekSeconds + n * 86_400);
        const before = await wholeTree(house);
        const { seal_hash } = await house.db
          .selectFrom('seal')
          .select('seal_hash')
          .where('unit', '=', unit)
          .where('week', '=', week)
          .executeTakeFirstOrThrow();
        const hold = { seal: seal_hash, item, ground: 'privacy', basis: '《条例》第十五条' } as const;
        await must(house.log('rev1', 'wd-hold+jwt', hold));
        const after = await wholeTree(house);
        const audit = await house.db
          .selectFrom('audit')
          .select('facts')
          .where('action', '=', 'item.hold')
          .orderBy('id', 'desc')
          .executeTakeFirstOrThrow();
        const paths = new Set([...before.keys(), ...after.keys()]);
        const changed = [...paths].filter(
          (path) => before.get(path)?.body !== after.get(path)?.body && !grows.test(path),
        );
        const what = `${week} ${item}`;
        expect([what, changed.sort()]).toEqual([what, JSON.parse(audit.facts).files]);
        for (const path of changed) {
          const etag = before.get(path)?.etag ?? '';
          const again = await house.get(path, { 'if-none-match': etag });
          expect([what, path, again.status]).toEqual([what, path, path.startsWith('blob/') ? 410 : 200]);
        }
        expect(idsOf(after.get('feed.atom')?.body)).toEqual(idsOf(before.get('feed.atom')?.body));
        for (const [path, { body }] of after)
          expect([what, path, said(body).includes(`${unit}${week}${words}`)]).toEqual([what, path, false]);
      }
    });
  });
});
