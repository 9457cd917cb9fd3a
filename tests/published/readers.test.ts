/** The files by which readers find, follow and subscribe, over two draws of real seals. */
import { readFileSync } from 'node:fs';
import ICAL from 'ical.js';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { csvOf } from '../../server/public/open-data.ts';
import { publicFile, publicPaths } from '../../server/public/tree.ts';
import {
  Beside,
  DrawsPage,
  FacetIndex,
  FacetPage,
  PublicTheme,
  PublicThread,
  PublicUnit,
  ThreadYear,
} from '../../shared/api/public-lists.ts';
import { PublicRates } from '../../shared/api/public-rates.ts';
import { PublicText, SearchShard } from '../../shared/api/public-search.ts';
import { PublicIndex } from '../../shared/api/published.ts';
import { shardCount, wordsOf } from '../../shared/search/grams.ts';
import { candidatesOf, shardsToAsk } from '../../shared/search/shards.ts';
import { textsOf, wordsIn } from '../../shared/search/words.ts';
import { type House, must, openHouse, units } from '../draws/house.ts';
import { eachDatabase } from '../fixtures/databases.ts';

eachDatabase((name, open) => {
  const twoWeeks = async () => {
    const house = await openHouse(await open());
    await must(house.setRule({ window: 0 }));
    const drawn = [await house.wholeDraw('2026-W47'), await house.wholeDraw('2026-W48')] as const;
    return {
      house,
      drawn,
      order: drawn.flatMap((each, n) => each.map((unit) => ({ unit, draw: `d-2026-w${47 + n}` }))),
    };
  };
  const text = async (house: House, path: string): Promise<string> => {
    const answer = await house.get(path);
    expect([path, answer.status]).toEqual([path, 200]);
    return answer.text();
  };
  const read = async <S extends v.GenericSchema>(house: House, schema: S, path: string) =>
    v.parse(schema, JSON.parse(await text(house, path)));
  const hold = async (house: House, unit: string, week: string, item: number) => {
    const row = await house.db
      .selectFrom('seal')
      .select('seal_hash')
      .where('unit', '=', unit)
      .where('week', '=', week)
      .executeTakeFirstOrThrow();
    await must(house.log('rev1', 'wd-hold+jwt', { seal: row.seal_hash, item, ground: 'privacy', basis: '第十五条' }));
  };

  /** What a reader does: the shards of the words, then each candidate's text. Gives `<draw>/<unit>`, newest first. */
  const search = async (house: House, typed: string): Promise<string[]> => {
    const words = wordsOf(typed);
    const count = shardCount(6);
    const shards = new Map<string, SearchShard['grams']>();
    for (const name of shardsToAsk(words, count))
      shards.set(name, (await read(house, SearchShard, `search/0/${count}/${name}.json`)).grams);
    const found: string[] = [];
    for (const position of candidatesOf(words, count, (name) => shards.get(name))) {
      const diary = await read(house, PublicText, `text/${position}.json`);
      const names = [`${diary.unit}局`, `Bureau ${diary.unit}`];
      if (wordsIn([...diary.items.flatMap(textsOf), ...names], words).length === words.length)
        found.push(`${diary.draw}/${diary.unit}`);
    }
    return found;
  };

  describe('search, lists and feeds', () => {
    it('finds diaries by words of titles, entries, threads and units, newest first, and nothing withheld or undrawn', async () => {
      const { house, drawn, order } = await twoWeeks();
      const all = order.map(({ draw, unit }) => `${draw}/${unit}`).reverse();
      expect(await search(house, '例会')).toEqual(all);
      expect(await search(house, '便')).toEqual(all);
      expect(await search(house, '老桥加固')).toEqual(all);
      expect(await search(house, '2026-W48的标题')).toEqual(all.slice(0, 3));
      expect(await search(house, 'ＢＵＲＥＡＵ 渡口')).toEqual(all);
      const [unit = ''] = drawn[0];
      expect(await search(house, `${unit}局 w47看便桥`)).toEqual([`d-2026-w47/${unit}`]);
      expect(await search(house, '涉密')).toEqual([]);
      expect(await search(house, '没有的词')).toEqual([]);
      await hold(house, unit, '2026-W47', 2);
      expect(await search(house, '便桥')).toEqual(all.filter((name) => name !== `d-2026-w47/${unit}`));
    });

    it.runIf(name === 'SQLite')(
      'has the files, and its tables the columns, that the page on open data names, and no others',
      async () => {
        const { house } = await twoWeeks();
        const [files = '', columns = ''] = readFileSync('docs/open-data.md', 'utf8').split('## Columns');
        const named = (text: string) =>
          [...text.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, cell = '']) =>
            [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
          );
        const kinds = named(files).map((name) => ({
          name,
          pattern: new RegExp(`^${name.replaceAll('.', '\\.').replaceAll(/<\w+>/g, '[\\w.-]+')}(\\.p/\\d+)?$`),
        }));
        const paths = await publicPaths(house.context);
        expect(paths.filter((path) => !kinds.some(({ pattern }) => pattern.test(path)))).toEqual([]);
        // A tree has these two once there is a comment, and a witness.
        expect(
          kinds.filter(({ pattern }) => !paths.some((path) => pattern.test(path))).map(({ name }) => name),
        ).toEqual(['moderation/<month>.json', 'witness/<key>']);
        expect(named(columns)).toEqual(csvOf([]).trim().split(','));
      },
    );

    it('has the diaries of each facet in pages of the feed, with their counts', async () => {
      const { house, drawn, order } = await twoWeeks();
      const { counts, themes } = await read(house, FacetIndex, 'facet/index.json');
      expect(themes).toEqual([{ id: 'people', zh: '民生', en: 'People' }]);
      const ofUnit = Object.fromEntries(
        units.flatMap((unit) => {
          const count = order.filter((each) => each.unit === unit).length;
          return count === 0 ? [] : [[unit, count]];
        }),
      );
      // The Thursdays of the two weeks are 19 and 26 November.
      expect(counts).toEqual({
        unit: ofUnit,
        kind: { department: 6 },
        theme: { people: 6 },
        thread: { 'old-bridge': 6 },
        category: { meeting: 6, fieldVisit: 6 },
        month: { '2026-11': 6 },
      });
      for (const path of [
        'kind/department',
        'theme/people',
        'thread/old-bridge',
        'category/meeting',
        'month/2026-11',
      ]) {
        const { rows } = await read(house, FacetPage, `facet/${path}/0.json`);
        expect(rows.map(({ draw, unit }) => ({ unit, draw }))).toEqual(order);
        expect((await house.get(`facet/${path}/1.json`)).status).toBe(404);
      }
      const [unit = ''] = drawn[0];
      await hold(house, unit, '2026-W47', 2);
      const left = (await read(house, FacetIndex, 'facet/index.json')).counts;
      expect([left.theme, left.thread]).toEqual([{ people: 5 }, { 'old-bridge': 5 }]);
      for (const path of ['theme/people', 'thread/old-bridge']) {
        const { rows } = await read(house, FacetPage, `facet/${path}/0.json`);
        expect(rows.map(({ draw, unit: one }) => `${draw}/${one}`)).not.toContain(`d-2026-w47/${unit}`);
      }
    });

    it('follows a thread over the weeks, with the entry and diary before and after', async () => {
      const { house, drawn, order } = await twoWeeks();
      const thread = await read(house, PublicThread, 'thread/old-bridge.json');
      expect(thread).toMatchObject({
        thread: { id: 'old-bridge', name: '河西老桥加固' },
        theme: 'people',
        entries: 6,
        units: [...new Set(order.map(({ unit }) => unit))].sort(),
        from: '2026-11-16',
        to: '2026-11-23',
        years: [{ year: '2026', entries: 6 }],
      });
      expect(thread.newest.map(({ week }) => week)).toEqual([
        ...Array(3).fill('2026-W48'),
        ...Array(3).fill('2026-W47'),
      ]);
      const { rows } = await read(house, ThreadYear, 'thread/old-bridge/2026.json');
      expect(rows).toEqual([...thread.newest].reverse());
      expect(rows[0]).toMatchObject({
        item: 2,
        start: '2026-11-16T23:30',
        text: `${rows[0]?.unit}2026-W47看便桥`,
        result: `${rows[0]?.unit}2026-W47成果`,
      });
      expect(await read(house, PublicTheme, 'theme/people.json')).toMatchObject({
        diaries: 6,
        threads: [{ id: 'old-bridge', entries: 6 }],
      });
      const second = order[1];
      const beside = await read(house, Beside, `beside/${second?.draw}/${second?.unit}.json`);
      expect(beside.threads).toEqual([
        {
          thread: 'old-bridge',
          previous: { ...order[0], week: '2026-W47', item: 2 },
          next: { ...order[2], week: '2026-W47', item: 2 },
        },
      ]);
      const [first = ''] = drawn[0];
      const later = drawn[1].includes(first) ? { draw: 'd-2026-w48', unit: first, week: '2026-W48' } : null;
      expect(await read(house, Beside, `beside/d-2026-w47/${first}.json`)).toMatchObject({
        previous: null,
        next: later,
      });
      await hold(house, first, '2026-W47', 2);
      expect((await read(house, PublicThread, 'thread/old-bridge.json')).entries).toBe(5);
      expect(
        (await read(house, Beside, `beside/${second?.draw}/${second?.unit}.json`)).threads[0]?.previous,
      ).toBeNull();
      for (const path of [
        'thread/none.json',
        'thread/old-bridge/2025.json',
        'theme/none.json',
        'unit/none.json',
        'beside/d-2026-w47/none.json',
      ])
        expect([path, (await house.get(path)).status]).toEqual([path, 404]);
    });

    it('shows a unit with its terms, keys and diaries, and every draw in pages', async () => {
      const { house, drawn } = await twoWeeks();
      const [unit = ''] = drawn[1];
      const file = await read(house, PublicUnit, `unit/${unit}.json`);
      expect(file).toMatchObject({
        unit: { id: unit, name: { zh: `${unit}局` } },
        terms: [{ id: `${unit}-1`, post: `${unit}局长` }],
        keys: [{ kid: house.keyOf(unit).kid, ended: null }],
      });
      expect(file.diaries[0]).toMatchObject({ draw: 'd-2026-w48', term: `${unit}-1`, title: `${unit}2026-W48的标题` });
      expect((await read(house, DrawsPage, 'draws/0.json')).rows).toEqual([
        { draw: 'd-2026-w47', week: '2026-W47', stage: 'published' },
        { draw: 'd-2026-w48', week: '2026-W48', stage: 'published' },
      ]);
    });

    it('names the newest twenty draws in the index, so that it does not grow with them', async () => {
      const { house } = await twoWeeks();
      const row = await house.db
        .selectFrom('draw')
        .selectAll()
        .where('draw', '=', 'd-2026-w48')
        .executeTakeFirstOrThrow();
      for (let n = 1; n <= 30; n += 1)
        await house.db
          .insertInto('draw')
          .values({ ...row, draw: `d-2027-w${String(n).padStart(2, '0')}`, list_idx: row.list_idx + 1000 + n })
          .execute();
      const { draws } = v.parse(PublicIndex, JSON.parse(await text(house, 'index.json')));
      expect(draws.map(({ draw }) => draw)).toEqual(
        Array.from({ length: 20 }, (_, n) => `d-2027-w${String(30 - n).padStart(2, '0')}`),
      );
      expect((await read(house, DrawsPage, 'draws/0.json')).rows).toHaveLength(32);
    });

    it('gives a calendar that a calendar program reads, with the zone, withheld entries by their ground', async () => {
      const { house, order } = await twoWeeks();
      const source = await text(house, 'data/diaries.ics');
      for (const line of source.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      const calendar = new ICAL.Component(ICAL.parse(source));
      const zone = new ICAL.Timezone(calendar.getFirstSubcomponent('vtimezone') ?? undefined);
      expect(zone.tzid).toBe('Asia/Shanghai');
      const events = calendar.getAllSubcomponents('vevent').map((each) => new ICAL.Event(each));
      expect(events).toHaveLength(18);
      const { unit } = order[0] ?? { unit: '' };
      const [meeting, night, withheld] = events.filter(({ uid }) => uid.startsWith(`d-2026-w47/${unit}/`));
      expect(meeting?.summary).toBe(`${unit}2026-W47例会，逐项过工期<b>&`);
      expect(night?.startDate.toString()).toBe('2026-11-16T23:30:00');
      expect(night?.endDate.toString()).toBe('2026-11-17T00:40:00');
      expect(night?.location).toBe(`${unit}2026-W47渡口`);
      expect(withheld?.summary).toBe('这一条暂不公开：国家秘密');
    });

    it('gives a JSON Feed with the ids of the Atom feed, a sitemap of plain pages, and keeps search engines from inventions', async () => {
      const { house, order } = await twoWeeks();
      const feed = JSON.parse(await text(house, 'feed.json'));
      expect(feed).toMatchObject({
        version: 'https://jsonfeed.org/version/1.1',
        language: 'zh-CN',
        feed_url: `${house.context.config.issuer}/public/feed.json`,
      });
      const atom = await text(house, 'feed.atom');
      const ids = [...atom.matchAll(/<entry>\n<id>(.*?)<\/id>/g)].map(([, id]) => id);
      expect(feed.items.map(({ id }: { id: string }) => id)).toEqual(ids);
      expect(feed.items).toHaveLength(6);
      const base = `${house.context.config.issuer}/public/`;
      expect(await text(house, 'sitemap.xml')).toContain(`<loc>${base}sitemap/0.xml</loc>`);
      const pages = [...(await text(house, 'sitemap/0.xml')).matchAll(/<loc>(.*?)<\/loc>/g)].map(([, loc]) => loc);
      expect(pages).toEqual(order.map(({ draw, unit }) => `${base}d/${draw}/${unit}.html`));
      const robots = await house.send('/robots.txt');
      expect(await robots.text()).toBe('User-agent: *\nDisallow: /\n');
      for (const path of ['sitemap.xml', 'sitemap/0.xml'])
        expect(await publicFile(house.context, path, { isStatic: true })).toBeNull();
    });

    it('gives fragments without script, style, class, id or picture, whose texts cannot become markup', async () => {
      const { house, order } = await twoWeeks();
      const { draw, unit } = order.at(-1) ?? { draw: '', unit: '' };
      const diary = await text(house, `fragment/diary/${draw}/${unit}.html`);
      const feed = await text(house, 'fragment/feed.html');
      const carousel = await text(house, 'fragment/carousel.html');
      for (const html of [diary, feed, carousel]) {
        expect(html).toMatch(/^<div lang="zh-CN"><p>演示数据<\/p>/);
        expect(html).not.toMatch(/<(script|style|link|img|iframe|form)|\s(class|id|style|on\w+)=|<!--/i);
        const open = [...html.matchAll(/<([a-z0-9]+)[\s>]/g)].filter(([, tag]) => tag !== 'br').length;
        expect(open).toBe([...html.matchAll(/<\/[a-z0-9]+>/g)].length);
      }
      expect(diary).toContain(`${unit}2026-W48例会，逐项过工期&lt;b&gt;&amp;`);
      expect(diary).toContain('<time datetime="2026-11-23T23:30">23:30–次日00:40</time>');
      expect(diary).toContain('这一条暂不公开：国家秘密');
      expect(diary).not.toContain('涉密文字');
      expect([...feed.matchAll(/<li>/g)]).toHaveLength(6);
      expect(carousel).toContain(`>${unit}2026-W48的标题</a>`);
      const carried = await publicFile(house.context, 'fragment/feed.html', { isStatic: true });
      expect(carried !== null && carried !== 'gone' && new TextDecoder().decode(carried.body)).not.toContain('<a ');
    });

    it('says in the plain page what was done when, as events with the offset of the zone', async () => {
      const { house, order } = await twoWeeks();
      const { draw, unit } = order[0] ?? { draw: '', unit: '' };
      const page = await text(house, `d/${draw}/${unit}.html`);
      const data = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(page)?.[1] ?? '');
      expect(data.about).toHaveLength(2);
      expect(data.about[1]).toMatchObject({
        '@type': 'Event',
        name: `${unit}2026-W47看便桥`,
        startDate: '2026-11-16T23:30:00+08:00',
        endDate: '2026-11-17T00:40:00+08:00',
        location: { '@type': 'Place', name: `${unit}2026-W47渡口` },
      });
    });

    it('has no rates before the first ticket', async () => {
      const { house } = await twoWeeks();
      expect(await read(house, PublicRates, 'rates.json')).toMatchObject({
        zone: 'Asia/Shanghai',
        whole: null,
        quarters: [],
      });
    });
  });
});

describe('open data as a table', () => {
  it.each<readonly [string, string]>([
    ...['=1+1', '+1', '-1', '@SUM(A1)', '＝1+1', '＋1', '－1', '＠x'].map((typed) => [typed, `'${typed}`] as const),
    ['\t=1', "'\t'=1"],
    ['\n=1', "'\n'=1"],
    // Where semicolons part cells, and quotes in the middle of a line are letters.
    ['a;=1', "a;'=1"],
    ['他说"=1"', '他说"\'=1"'],
    ['1-2=3，好', '1-2=3，好'],
  ])('keeps a spreadsheet from running %j', (typed, safe) => {
    const table = csvOf([{ text: typed }]);
    expect(table.startsWith('\ufeff')).toBe(true);
    const cells = table.slice(1).split('\r\n')[1] ?? '';
    expect(
      cells
        .replaceAll(',', '')
        .replace(/^"(.*)"$/s, '$1')
        .replaceAll('""', '"'),
    ).toBe(safe);
  });
});
