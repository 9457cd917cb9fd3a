/** The article form of a published diary: what survives the editor of a public account. */
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { describe, expect, it } from 'vitest';
import { filesOfItem } from '../../server/records/occurrences.ts';
import { type House, must, openHouse } from '../draws/house.ts';
import { eachDatabase } from '../fixtures/databases.ts';

type Element = DefaultTreeAdapterTypes.Element;

const elementsIn = (node: DefaultTreeAdapterTypes.ParentNode): Element[] =>
  node.childNodes.flatMap((child) => ('tagName' in child ? [child, ...elementsIn(child)] : []));

const textIn = (node: DefaultTreeAdapterTypes.Node): string => {
  if ('value' in node) return node.value;
  if ('tagName' in node && node.tagName === 'br') return '\n';
  return 'childNodes' in node ? node.childNodes.map(textIn).join('') : '';
};

const articleIn = (html: string): Element => {
  const section = elementsIn(parse(html)).find(({ tagName }) => tagName === 'section');
  if (section === undefined) throw new Error('no article');
  return section;
};

eachDatabase((_, open) => {
  const published = async (): Promise<{ house: House; unit: string; html: () => Promise<string> }> => {
    const house = await openHouse(await open());
    await must(house.setRule());
    const [unit = ''] = await house.wholeDraw();
    return { house, unit, html: async () => (await house.get(`article/d-2026-w47/${unit}.html`)).text() };
  };

  describe('the article form', () => {
    it('has every text of the diary, and its digest and address at the end', async () => {
      const { house, unit, html } = await published();
      const said = textIn(articleIn(await html()));
      for (const text of [`${unit}2026-W47的标题`, `${unit}2026-W47看便桥`, `${unit}2026-W47成果`])
        expect(said).toContain(text);
      const row = await house.db
        .selectFrom('seal')
        .select('seal_hash')
        .where('unit', '=', unit)
        .where('week', '=', '2026-W47')
        .executeTakeFirstOrThrow();
      const last = said.split('\n').slice(-4).join('\n');
      expect(last).toContain(row.seal_hash);
      expect(last).toContain(`/public/d/d-2026-w47/${unit}.html`);
    });

    it('keeps its looks where an editor drops style sheets, classes, ids and links', async () => {
      const { html } = await published();
      const article = articleIn(await html());
      const parts = elementsIn(article);
      expect(parts.length).toBeGreaterThan(10);
      expect(new Set(parts.flatMap(({ attrs }) => attrs.map(({ name }) => name)))).toEqual(
        new Set(['style', 'datetime', 'src', 'alt']),
      );
      const kept = new Set(['p', 'h1', 'br', 'span', 'img', 'time']);
      expect(parts.map(({ tagName }) => tagName).filter((name) => !kept.has(name))).toEqual([]);
      for (const { tagName, attrs } of [article, ...parts].filter(({ tagName: name }) => name === 'p' || name === 'h1'))
        expect([tagName, attrs.find(({ name }) => name === 'style')?.value]).toEqual([
          tagName,
          expect.stringMatching(/font-size|margin/),
        ]);
      const styles = parts.flatMap(({ attrs }) =>
        attrs.flatMap(({ name, value }) => (name === 'style' ? [value] : [])),
      );
      expect(styles.filter((style) => /position|float|url\(|var\(|\d(?:r?em|vw)/.test(style))).toEqual([]);
    });

    it('does not have the words that were withheld after the publication, and is one of the files rewritten for it', async () => {
      const { house, unit, html } = await published();
      const before = await html();
      expect(before).toContain(`${unit}2026-W47看便桥`);
      const row = await house.db
        .selectFrom('seal')
        .select('seal_hash')
        .where('unit', '=', unit)
        .where('week', '=', '2026-W47')
        .executeTakeFirstOrThrow();
      await must(
        house.log('rev1', 'wd-hold+jwt', { seal: row.seal_hash, item: 2, ground: 'privacy', basis: '第十五条' }),
      );
      const after = await html();
      for (const text of [`${unit}2026-W47看便桥`, `${unit}2026-W47成果`]) expect(after).not.toContain(text);
      expect(textIn(articleIn(after))).toContain('第十五条');
      const files = filesOfItem({
        draw: 'd-2026-w47',
        unit,
        position: 0,
        total: 3,
        images: [],
        kind: 'entry',
        lists: [],
      });
      expect(files).toContain(`article/d-2026-w47/${unit}.html`);
    });

    it('is linked from the plain page', async () => {
      const { house, unit } = await published();
      const page = await (await house.get(`d/d-2026-w47/${unit}.html`)).text();
      expect(page).toContain(`href="../../article/d-2026-w47/${unit}.html"`);
    });
  });
});
