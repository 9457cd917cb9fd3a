import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { publicFile, publicPaths } from '../../server/public/tree.ts';
import { FeedPage, PublicDraw, PublicIndex } from '../../shared/api/published.ts';
import { fromUtf8 } from '../../shared/base/bytes.ts';
import { parseNote } from '../../shared/proof/checkpoint.ts';
import { decodeEntries } from '../../shared/proof/tiles.ts';
import { isPrefix, verifyBundle } from '../../shared/proof/verify.ts';
import { deadline, type House, must, notBefore, openHouse, units } from '../draws/house.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { imagesOf, published, said, week } from './published-house.ts';

eachDatabase((_, open) => {
  const openPublished = async () => published(await open());
  const text = async (house: House, path: string): Promise<string> => {
    const answer = await house.get(path);
    expect([path, answer.status]).toEqual([path, 200]);
    return answer.text();
  };
  const wholeTree = async (house: House): Promise<Map<string, string>> => {
    const files = new Map<string, string>();
    for (const path of await publicPaths(house.context)) files.set(path, await text(house, path));
    return files;
  };

  describe('the public tree', () => {
    it('lists the newest diaries, draws, units and pins', async () => {
      const { house, drawn } = await openPublished();
      const index = v.parse(PublicIndex, JSON.parse(await text(house, 'index.json')));
      expect(index).toMatchObject({
        organisation: { demo: true, zone: 'Asia/Shanghai' },
        pins: house.pins(),
        feed: { pages: 1, total: 3, newest: 0 },
        draws: [{ draw: 'd-2026-w47', week, stage: 'published' }],
        api: '../api/v1/',
      });
      expect(index.newest.map(({ unit }) => unit)).toEqual([...drawn].reverse());
      expect(parseNote(index.checkpoint ?? '')?.size).toBe((await house.leaves()).length);
    });

    it('shows a card by what is disclosed, with hours of withheld entries counted', async () => {
      const { house, drawn } = await openPublished();
      const unit = drawn[0] ?? '';
      const { rows } = v.parse(FeedPage, JSON.parse(await text(house, 'feed/0.json')));
      expect(rows[0]).toEqual({
        draw: 'd-2026-w47',
        unit,
        term: `${unit}-1`,
        week,
        title: `${unit}${week}的标题`,
        publishedAt: notBefore + 60,
        minutes: 90 + 70 + 120,
        entries: 3,
        held: 1,
        opening: `${unit}${week}一周复盘`,
        strip: [
          [0, 510, 600, 'collective'],
          [0, 1410, 1480, 'collective'],
          [1, 540, 660, 'held'],
        ],
        comments: 0,
        tickets: 0,
        closedLoop: 0,
        themes: ['people'],
        threads: ['old-bridge'],
        categories: ['meeting', 'fieldVisit'],
      });
    });

    it('shows a draw with its rule, list, lock and record at each stage', async () => {
      const house = await openHouse(await open());
      await must(house.setRule());
      for (const unit of units) await house.seal(unit);
      house.at(deadline + 60);
      await must(house.freeze());
      const drawAt = async () => v.parse(PublicDraw, JSON.parse(await text(house, 'draw/d-2026-w47.json')));
      expect(await drawAt()).toMatchObject({ stage: 'frozen', lock: null, record: null, published: [] });
      await must(house.lock());
      for (const unit of units) await must(house.ack(unit));
      expect(await drawAt()).toMatchObject({ stage: 'locked', lock: { size: 14, acks: units } });
      house.at(notBefore + 60);
      await must(house.draw());
      expect(await drawAt()).toMatchObject({ stage: 'drawn', record: { draw: 'd-2026-w47' }, published: [] });
      await must(house.publish());
      const last = await drawAt();
      expect(last).toMatchObject({ stage: 'published', rule: { min_acks: 3 }, list: { rule: 7 } });
      expect(last.published).toHaveLength(3);
    });

    it('gives bundles that verify by the pins, also from a remembered head', async () => {
      const { house, drawn } = await openPublished();
      for (const unit of drawn) {
        const path = `draw/d-2026-w47/${unit}.json`;
        const verdict = await verifyBundle(
          await text(house, path),
          house.pins(),
          {},
          { want: { draw: 'd-2026-w47', unit } },
        );
        expect(verdict).toMatchObject({ ok: true, pinned: true, notices: ['VALUE_TO_COMPARE'], acks: units });
      }
      for (const size of [9, 20]) {
        const head = await house.db
          .selectFrom('log_head')
          .selectAll()
          .where('size', '=', size)
          .executeTakeFirstOrThrow();
        const path = `draw/d-2026-w47/${drawn[0]}.json?from=${size}`;
        const seen = { size, root: head.root };
        expect(await verifyBundle(await text(house, path), house.pins(), { seen })).toMatchObject({ ok: true });
        const forked = { size, root: `${'A'.repeat(43)}=` };
        expect(await verifyBundle(await text(house, path), house.pins(), { seen: forked })).toMatchObject({
          failure: 'LOG_REWRITTEN',
        });
      }
      expect(
        await verifyBundle(await text(house, `draw/d-2026-w47/${drawn[0]}.json?from=x`), house.pins()),
      ).toMatchObject({
        ok: true,
      });
    });

    it('keeps a bundle as it is while the log grows, and proves the new head from it', async () => {
      const { house, drawn } = await openPublished();
      const path = `draw/d-2026-w47/${drawn[0]}.json`;
      const before = await house.get(path);
      await house.seal('u01', { week: '2026-W48' });
      const after = await house.get(path, { 'if-none-match': before.headers.get('etag') ?? '' });
      expect(after.status).toBe(304);
      const bundle = JSON.parse(await before.text());
      const note = parseNote(bundle.checkpoint);
      const grown = JSON.parse(await text(house, `${path}?from=${(note?.size ?? 0) + 1}`));
      const head = await house.db.selectFrom('log_head').selectAll().orderBy('size', 'desc').executeTakeFirstOrThrow();
      expect(await isPrefix({ size: note?.size ?? 0, root: note?.root ?? '' }, head, grown.seen_consistency)).toBe(
        true,
      );
    });

    it('serves checkpoint, tiles and entries of the log, partial ones of any width', async () => {
      const { house } = await openPublished();
      const leaves = await house.leaves();
      const note = parseNote(await text(house, 'checkpoint'));
      expect(note?.size).toBe(leaves.length);
      for (const width of [1, 7, leaves.length]) {
        const answer = await house.get(`tile/entries/000.p/${width}`);
        const entries = decodeEntries(new Uint8Array(await answer.arrayBuffer())) ?? [];
        expect(entries.map(fromUtf8)).toEqual(leaves.slice(0, width));
        expect((await (await house.get(`tile/0/000.p/${width}`)).arrayBuffer()).byteLength).toBe(32 * width);
      }
      for (const path of [
        `tile/0/000.p/${leaves.length + 1}`,
        'tile/0/000',
        'tile/0/000.p/0',
        'tile/0/0',
        'tile/1/000.p/1',
      ])
        expect([path, (await house.get(path)).status]).toEqual([path, 404]);
    });

    it('shows a plain page without script, with every text and the reason of what is withheld', async () => {
      const { house, drawn } = await openPublished();
      const unit = drawn[0] ?? '';
      const answer = await house.get(`d/d-2026-w47/${unit}.html`);
      const page = await answer.text();
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(page).toContain(`<h1>${unit}${week}的标题</h1>`);
      expect(page).toContain(`${unit}${week}例会，逐项过工期&lt;b&gt;&amp;`);
      expect(page).toContain('演示数据');
      expect(page).toContain('2026年第47周');
      expect(page).toContain('11月16日—22日');
      expect(page).toContain('4小时40分');
      expect(page).toContain('23:30–次日00:40');
      expect(page).toContain('这一条暂不公开：国家秘密');
      expect(page).toContain('依据：《中华人民共和国政府信息公开条例》第十四条');
      expect(page).toContain(`alt="${unit}${week}护栏"`);
      expect(page).not.toMatch(/<script(?! type="application\/ld\+json")/);
      const data = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(page)?.[1] ?? '';
      expect(JSON.parse(data)).toMatchObject({ '@type': 'Article', headline: `${unit}${week}的标题` });
    });

    it('gives complete open data with withheld rows, and a feed', async () => {
      const { house, drawn } = await openPublished();
      const { rows } = JSON.parse(await text(house, 'data/diaries.json'));
      expect(rows).toHaveLength(18);
      expect(rows[3]).toMatchObject({
        id: `d-2026-w47/${drawn[0]}/3`,
        text: null,
        heldGround: 'state-secret',
        heldBy: 'seal',
      });
      const csv = await text(house, 'data/diaries.csv');
      expect(csv.split('\r\n')).toHaveLength(20);
      const atom = await text(house, 'feed.atom');
      expect(atom.match(/<entry>/g)).toHaveLength(3);
    });

    it('keeps undrawn and withheld texts out of every file and every public answer', async () => {
      const { house, drawn } = await openPublished();
      await house.seal('u01', { week: '2026-W48' });
      const undrawn = units.filter((unit) => !drawn.includes(unit));
      const names = [...undrawn.map((unit) => `${unit}${week}`), 'u012026-W48', '涉密文字'];
      const files = await wholeTree(house);
      expect(files.size).toBeGreaterThan(15);
      for (const [path, body] of files) {
        for (const name of names) expect([path, name, said(body).includes(name)]).toEqual([path, name, false]);
      }
      for (const unit of undrawn) {
        const missing = [await house.get(`draw/d-2026-w47/${unit}.json`), await house.get('draw/d-2026-w47/u99.json')];
        const bodies = await Promise.all(missing.map((answer) => answer.text()));
        expect(missing.map(({ status }) => status)).toEqual([404, 404]);
        expect(bodies[0]).toBe(bodies[1]);
        expect((await house.get(`d/d-2026-w47/${unit}.html`)).status).toBe(404);
      }
      for (const { image, unit } of await imagesOf(house))
        expect([unit, (await house.get(`blob/${image}`)).status]).toEqual([unit, drawn.includes(unit) ? 200 : 404]);
    });

    it('answers to GET only, with an ETag, cached for a minute', async () => {
      const { house } = await openPublished();
      const answer = await house.get('index.json');
      expect(answer.headers.get('cache-control')).toBe('public, max-age=60, must-revalidate');
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
      expect((await house.get('index.json', { 'if-none-match': answer.headers.get('etag') ?? '' })).status).toBe(304);
      expect((await house.get('index.json', { 'if-none-match': '"other"' })).status).toBe(200);
      expect((await house.send('/public/index.json', { method: 'POST' })).status).toBe(404);
      for (const path of ['', 'nothing', 'draw/..%2findex.json', 'feed/1.json', 'feed/-1.json'])
        expect([path, (await house.send(`/public/${path}`)).status]).not.toEqual([path, 200]);
    });
  });

  describe('files of open data', () => {
    const paths = ['data/diaries.json', 'data/diaries.csv', 'data/diaries.ics'];

    it('are sent in pieces, and are the same bytes as those that are exported', async () => {
      const { house } = await openPublished();
      for (const path of paths) {
        const answer = await house.get(path);
        expect(answer.headers.get('cache-control')).toBe('public, max-age=60, must-revalidate');
        const file = await publicFile(house.context, path);
        if (file === null || file === 'gone') throw new Error(path);
        expect([path, Buffer.from(await answer.arrayBuffer()).equals(file.body)]).toEqual([path, true]);
      }
    });

    it('are not sent again to who has them, until something is withheld or published', async () => {
      const { house, drawn } = await openPublished();
      for (const path of paths) {
        const etag = (await house.get(path)).headers.get('etag') ?? '';
        expect((await house.get(path, { 'if-none-match': etag })).status).toBe(304);
        expect((await house.get(path, { 'if-none-match': '"other"' })).status).toBe(200);
      }
      const before = (await house.get('data/diaries.json')).headers.get('etag') ?? '';
      const { seal_hash } = await house.db
        .selectFrom('seal')
        .select('seal_hash')
        .where('unit', '=', drawn[0] ?? '')
        .executeTakeFirstOrThrow();
      await must(house.log('rev1', 'wd-hold+jwt', { seal: seal_hash, item: 2, ground: 'privacy', basis: '第十五条' }));
      expect((await house.get('data/diaries.json', { 'if-none-match': before })).status).toBe(200);
    });
  });

  describe('a hold after publication', () => {
    it('takes nothing out of a published diary by the name of an earlier seal of its week', async () => {
      const house = await openHouse(await open());
      await must(house.setRule());
      const earlier = new Map<string, string>();
      for (const unit of units) earlier.set(unit, (await house.seal(unit, { rev: 2, change: '改' })).hash);
      const [unit = ''] = await house.wholeDraw();
      const before = await wholeTree(house);
      const hold = { item: 1, ground: 'privacy', basis: '《条例》第十五条' } as const;
      for (const as of [unit, 'rev1'])
        expect(await house.log(as, 'wd-hold+jwt', { ...hold, seal: earlier.get(unit) ?? '' })).toMatchObject({
          code: 'RECORD_REFUSED',
          reason: 'SEAL_REPLACED',
        });
      expect(await wholeTree(house)).toEqual(before);
    });

    it('takes the text out of the database and out of exactly the files that were listed, in one step', async () => {
      const { house, drawn } = await openPublished();
      const unit = drawn[0] ?? '';
      const { seal_hash, items } = await house.db
        .selectFrom('seal')
        .selectAll()
        .where('unit', '=', unit)
        .executeTakeFirstOrThrow();
      const { image } = (await imagesOf(house)).find((one) => one.unit === unit) ?? { image: '' };
      const before = await wholeTree(house);
      house.at(notBefore + 90);
      const hold = { seal: seal_hash, item: 2, ground: 'privacy', basis: '《条例》第十五条' } as const;
      expect(await house.log(drawn[1] ?? '', 'wd-hold+jwt', hold)).toMatchObject({
        code: 'RECORD_REFUSED',
        reason: 'NOT_OWN_UNIT',
      });
      await must(house.log('rev1', 'wd-hold+jwt', hold));
      expect(await house.log('rev1', 'wd-hold+jwt', hold)).toMatchObject({ code: 'ALREADY_DONE' });
      expect(await house.log('rev1', 'wd-hold+jwt', { ...hold, item: 9 })).toMatchObject({ reason: 'ITEM_UNKNOWN' });
      expect(await house.log(unit, 'wd-hold+jwt', { ...hold, item: 3 })).toMatchObject({ reason: 'HELD_BY_SEAL' });

      const secrets = [`${unit}${week}看便桥`, `${unit}${week}渡口`, `${unit}${week}思考`, `${unit}${week}护栏`];
      const after = await wholeTree(house);
      for (const [path, body] of after)
        for (const secret of secrets) expect([path, said(body).includes(secret)]).toEqual([path, false]);
      const audit = await house.db
        .selectFrom('audit')
        .selectAll()
        .where('action', '=', 'item.hold')
        .executeTakeFirstOrThrow();
      const { files } = JSON.parse(audit.facts);
      const changed = [...before].flatMap(([path, body]) => (after.get(path) === body ? [] : [path]));
      expect(changed.filter((path) => !path.startsWith('tile/') && path !== 'checkpoint').sort()).toEqual(files);
      expect((await house.get(`blob/${image}`)).status).toBe(410);

      const tables = ['disclosure', 'entry', 'op', 'audit', 'publication', 'hold'] as const;
      for (const table of tables) {
        const rows = JSON.stringify(await house.db.selectFrom(table).selectAll().execute());
        for (const secret of secrets) expect([table, said(rows).includes(secret)]).toEqual([table, false]);
      }
      expect(await house.db.selectFrom('blob').select('sha256').where('sha256', '=', image).execute()).toEqual([]);
      const entry = await house.db
        .selectFrom('entry')
        .selectAll()
        .where('id', '=', JSON.parse(items)[2])
        .executeTakeFirstOrThrow();
      expect(JSON.parse(entry.body ?? '')).toMatchObject({
        hold: { ground: 'privacy' },
        digest: expect.any(String),
        kind: 'entry',
      });

      const bundle = await text(house, `draw/d-2026-w47/${unit}.json`);
      const verdict = await verifyBundle(bundle, house.pins());
      expect(verdict).toMatchObject({ ok: true, notices: ['HELD_AFTER_DRAW', 'VALUE_TO_COMPARE'] });
      const page = await text(house, `d/d-2026-w47/${unit}.html`);
      expect(page).toContain('这一条暂不公开：个人隐私');
      expect(page).toContain('抽中后由保密审查隐去，2026年11月25日 00:01');
    });

    it('before the draw keeps the text from ever being published', async () => {
      const house = await openHouse(await open());
      await must(house.setRule());
      const sealed = await house.seal('u01');
      await must(house.log('u01', 'wd-hold+jwt', { seal: sealed.hash, item: 0, ground: 'privacy', basis: '第十五条' }));
      for (const unit of units.slice(1)) await house.seal(unit);
      house.at(deadline + 60);
      await must(house.freeze());
      await must(house.lock());
      for (const unit of units) await must(house.ack(unit));
      house.at(notBefore + 60);
      await must(house.draw());
      await must(house.publish());
      const tree = await wholeTree(house);
      expect([...tree.values()].join('')).not.toContain(`u01${week}的标题`);
      const rows = await house.db
        .selectFrom('disclosure')
        .select('encoded')
        .where('seal_hash', '=', sealed.hash)
        .where('item', '=', 0)
        .execute();
      expect(rows).toEqual([{ encoded: null }]);
    });
  });
});
