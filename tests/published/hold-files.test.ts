/** A hold after publication, whatever is held, and its release: the files that it names are those that change (design.md 5 "The public tree"). */
import { describe, expect, it } from 'vitest';
import { publicPaths } from '../../server/public/tree.ts';
import { b64, hex } from '../../shared/base/bytes.ts';
import { sha256 as digestOf } from '../../shared/base/digest.ts';
import { type House, must, notBefore, openHouse } from '../draws/house.ts';
import { authorOf, picture } from '../draws/house-week.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { said } from './published-house.ts';

const weekSeconds = 7 * 86_400;

type Tree = ReadonlyMap<string, { readonly body: string; readonly etag: string }>;

/** Paths of which something is another, or that are in one alone; sorted. */
const changedIn = (before: Tree, after: Tree): string[] =>
  [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => before.get(path)?.body !== after.get(path)?.body && !grows.test(path))
    .sort();

/** The files that the newest row of an action names. */
async function filesInAudit({ db }: House, action: string): Promise<unknown> {
  const rows = db.selectFrom('audit').select('facts').where('action', '=', action);
  const { facts } = await rows.orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow();
  return JSON.parse(facts).files;
}

/** A unit's device sends the bytes of its week's picture, as before an offer. */
async function imageComesAgain({ db, now }: House, unit: string, week: string): Promise<void> {
  const bytes = picture(`${unit}${week}`);
  const sha256 = hex(await digestOf(bytes));
  await db
    .insertInto('blob')
    .values({ author: authorOf(unit), sha256, type: 'image/png', size: bytes.length, bytes: b64(bytes), at: now() })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The log, which has the hold, and the figures, which say when they were made. */
const grows = /^(?:tile\/|checkpoint$|rates\.json$)/;

eachDatabase((name, open) => {
  describe(`what a hold and a release change on ${name}`, () => {
    const wholeTree = async (house: House) => {
      const files = new Map<string, { readonly body: string; readonly etag: string }>();
      for (const path of await publicPaths(house.context)) {
        const answer = await house.get(path);
        files.set(path, { body: await answer.text(), etag: answer.headers.get('etag') ?? '' });
      }
      return files;
    };
    // When the entry of a diary, the feed that it stands in, and the same in JSON Feed and JSON-LD were changed last.
    const datesOf = (tree: Tree, name: string) => {
      const body = (path: string) => tree.get(path)?.body ?? '';
      const entries = body('feed.atom').split('<entry>');
      const updated = (xml: string | undefined) => /<updated>(.*?)<\/updated>/.exec(xml ?? '')?.[1];
      const items: { id: string; date_modified: string }[] = JSON.parse(body('feed.json')).items;
      return {
        feed: updated(entries[0]),
        entry: updated(entries.find((entry) => entry.includes(`d-${name}</id>`))),
        json: items.find(({ id }) => id.endsWith(`d-${name}`))?.date_modified,
        page: /"dateModified":"(.*?)"/.exec(body(`d/d-${name}.html`))?.[1],
      };
    };
    const datesSaid = (seconds: number) => {
      const at = new Date(seconds * 1000).toISOString();
      return { feed: at, entry: at, json: at, page: at };
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
        const what = `${week} ${item}`;
        const after = await wholeTree(house);
        const changed = changedIn(before, after);
        expect([what, changed]).toEqual([what, await filesInAudit(house, 'item.hold')]);
        for (const path of changed) {
          const etag = before.get(path)?.etag ?? '';
          const again = await house.get(path, { 'if-none-match': etag });
          expect([what, path, again.status]).toEqual([what, path, path.startsWith('blob/') ? 410 : 200]);
        }
        expect(idsOf(after.get('feed.atom')?.body)).toEqual(idsOf(before.get('feed.atom')?.body));
        expect([what, datesOf(after, `${week.toLowerCase()}/${unit}`)]).toEqual([what, datesSaid(house.now())]);
        for (const [path, { body }] of after)
          expect([what, path, said(body).includes(`${unit}${week}${words}`)]).toEqual([what, path, false]);

        house.at(house.now() + 3600);
        await imageComesAgain(house, unit, week);
        const disclosure = house.disclosureOf(unit, week, item);
        const draw = `d-${week.toLowerCase()}`;
        const offer = { item, disclosure, why: '当事人同意' };
        await must(house.ask(unit, 'POST', `diaries/mine/${draw}/${unit}/held/offer`, offer));
        await must(house.ask('rev1', 'POST', `reviews/${draw}/${unit}/release`, { item, why: offer.why, pass: true }));
        const released = await wholeTree(house);
        expect([what, changedIn(after, released)]).toEqual([what, await filesInAudit(house, 'item.release')]);
        expect([what, datesOf(released, `${week.toLowerCase()}/${unit}`)]).toEqual([what, datesSaid(house.now())]);
        expect(said(released.get(`d/${draw}/${unit}.html`)?.body ?? '')).toContain(`${unit}${week}${words}`);
      }
    });
  });
});
