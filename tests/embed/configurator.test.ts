/** The page `/embed`: what it writes for a choice, and the files beside it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { describe, expect, it } from 'vitest';
import { readVersion } from '../../server/embed/built-widget.ts';
import { must, openHouse } from '../draws/house.ts';
import { eachDatabase } from '../fixtures/databases.ts';

type Element = DefaultTreeAdapterTypes.Element;

const elementsIn = (node: DefaultTreeAdapterTypes.ParentNode): Element[] =>
  node.childNodes.flatMap((child) => ('tagName' in child ? [child, ...elementsIn(child)] : []));
const of = (element: Element | undefined, name: string): string | undefined =>
  element?.attrs.find((attribute) => attribute.name === name)?.value;

const version = readVersion();
const isBuilt = existsSync(join(import.meta.dirname, '..', '..', 'dist', 'widget', `sundial-${version}.js`));

eachDatabase((_, open) => {
  const opened = async () => {
    const house = await openHouse(await open());
    await must(house.setRule());
    const drawn = await house.wholeDraw();
    return { house, drawn };
  };

  describe('the page that writes the snippet', () => {
    it.runIf(isBuilt)('writes the chosen element with the pins of the log, in both forms', async () => {
      const { house, drawn } = await opened();
      const [unit = ''] = drawn;
      const query = `element=diary&diary=d-2026-w47/${unit}&lang=en&theme=govuk&scheme=dark`;
      const answer = await house.send(`/embed/snippets.json?${query}`);
      const { element, div, policy } = await answer.json();
      const { vkey, organiser } = house.pins();
      const attributes = (prefix: string): string =>
        [
          ['src', 'https://diary.example/public/'],
          ['draw', 'd-2026-w47'],
          ['unit', unit],
          ['vkey', vkey],
          ['organiser', organiser],
          ['lang', 'en'],
        ]
          .map(([name, value]) => ` ${prefix}${name}="${value}"`)
          .join('');
      const [link, script, tag] = element.split('\n');
      expect(link).toBe('<link rel="stylesheet" href="https://diary.example/embed/themes/govuk.css">');
      expect(script).toMatch(
        new RegExp(
          `^<script type="module" src="https://diary\\.example/sundial-${version}\\.js" integrity="sha384-[\\w+/]{64}" crossorigin></script>$`,
        ),
      );
      expect(tag).toBe(`<sundial-diary${attributes('')}></sundial-diary>`);
      expect(div.split('\n')[2]).toBe(`<div data-sundial="diary"${attributes('data-')}></div>`);
      expect(policy).toContain('style-src https://diary.example');
    });

    it('is a form that works without a script, under a policy without inline script or style, in both languages', async () => {
      const { house } = await opened();
      for (const [screen, lang] of [
        ['zh', 'zh-CN'],
        ['en', 'en'],
      ] as const) {
        const answer = await house.send(`/embed?screen=${screen}&element=rates&unit=u02&scheme=dark`);
        const policy = answer.headers.get('content-security-policy') ?? '';
        expect(policy).toContain("default-src 'none'");
        expect(policy).not.toMatch(/unsafe|\*/);
        const all = elementsIn(parse(await answer.text()));
        expect(of(all[0], 'lang')).toBe(lang);
        expect(all.filter(({ tagName }) => tagName === 'style')).toEqual([]);
        expect(all.flatMap(({ attrs }) => attrs.filter(({ name }) => /^on|^style$/.test(name)))).toEqual([]);
        const scripts = all.filter(({ tagName }) => tagName === 'script');
        expect(scripts.map((script) => [of(script, 'src'), script.childNodes.length])).toEqual([
          ['/embed/configure.js', 0],
        ]);
        const form = all.find(({ tagName }) => tagName === 'form');
        expect([of(form, 'action'), of(form, 'method')]).toEqual(['/embed', 'get']);
        const chosen = elementsIn(form ?? parse('')).filter(
          (one) => of(one, 'checked') !== undefined || of(one, 'selected') !== undefined,
        );
        expect(chosen.map((one) => of(one, 'value'))).toEqual(expect.arrayContaining(['rates', 'u02', 'dark']));
        // Every field has a label of its own.
        const labels = new Set(all.flatMap((one) => (one.tagName === 'label' ? (of(one, 'for') ?? []) : [])));
        const fields = all.filter(({ tagName }) => tagName === 'select').map((one) => of(one, 'id') ?? '');
        expect(fields.filter((id) => !labels.has(id))).toEqual([]);
        const frame = all.find(({ tagName }) => tagName === 'iframe');
        const preview = await house.send(of(frame, 'src') ?? '');
        expect(preview.status).toBe(200);
        expect(of(elementsIn(parse(await preview.text()))[0], 'class')).toBe('dark');
      }
    });

    it('takes a query that makes no sense for the default, and never as HTML', async () => {
      const { house } = await opened();
      const evil = encodeURIComponent('"><script>alert(1)</script>');
      const answer = await house.send(
        `/embed?element=${evil}&unit=${evil}&diary=${evil}&thread=${evil}&lang=${evil}&theme=../../package&scheme=${evil}&screen=${evil}`,
      );
      const page = await answer.text();
      expect(page).not.toContain('alert(1)');
      expect(page).toContain('value="feed" checked');
    });

    it('hands out the ready themes to pages of other hosts', async () => {
      const { house } = await opened();
      for (const name of ['plain', 'uswds', 'govuk', 'dsfr']) {
        const answer = await house.send(`/embed/themes/${name}.css`);
        expect([name, answer.status, answer.headers.get('content-type')]).toEqual([
          name,
          200,
          'text/css; charset=utf-8',
        ]);
        expect(answer.headers.get('access-control-allow-origin')).toBe('*');
        expect(await answer.text()).toContain('--sundial-accent: light-dark(');
      }
      expect((await house.send('/embed/themes/other.css')).status).toBe(404);
    });
  });
});
