/** What texts lead to: whoever reads `verification.md 9` in code finds page and section in docs/design, and every link of a page its file and heading. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { anchorsOf } from './anchors.ts';

const root = join(import.meta.dirname, '..', '..');
const design = join(root, 'docs', 'design');
const pages = new Map(readdirSync(design).map((name) => [name, readFileSync(join(design, name), 'utf8')]));

const sources = ['shared', 'server', 'extension', 'widget', 'tests'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(tsx?|css)$/.test(path) && !path.includes('node_modules'))
    .map((path) => join(folder, path)),
);

/** Mentions of pages: behind the name a section, a part of one (`7.4`) or a heading in quotes. A page elsewhere is named with its folder. */
const mention = /(?<![\w/'.-])([a-z-]+\.md)(?: (\d+(?:\.\d)?)| "([^"]+)")?/g;
/** A part is a bold beginning or an item of a numbered list. */
function placeOf(section: string): string {
  const [whole, part] = section.split('.');
  return part === undefined ? `^## ${whole}\\. ` : `^## ${whole}\\. [^]*^(\\*\\*${section} |${part}\\. )`;
}
const mentions = sources.flatMap((path) =>
  [...readFileSync(join(root, path), 'utf8').matchAll(mention)].map(([text, page = '', section, heading]) => ({
    path,
    text,
    page,
    place: new RegExp(section === undefined ? `^## ${heading ?? ''}` : placeOf(section), 'm'),
  })),
);

test('every page of the design is named by code, and every page and section that code names is there', () => {
  expect(new Set(mentions.map(({ page }) => page))).toEqual(new Set(pages.keys()));
  expect(mentions.filter(({ page, place }) => !place.test(pages.get(page) ?? ''))).toEqual([]);
});

/** Pages of the project by their path from its root. */
const papers = new Map(
  [
    ...readdirSync(root),
    ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((path) => join('docs', path)),
  ]
    .filter((path) => path.endsWith('.md'))
    .map((path) => [path, readFileSync(join(root, path), 'utf8')]),
);

test('every link between the pages of the project leads to a file, and to a heading in it where it names one', () => {
  const links = [...papers].flatMap(([path, text]) =>
    [...text.matchAll(/\]\((?!https?:|mailto:)([^)\s#]*)(?:#([^)\s]+))?\)/g)].map(([link, to = '', anchor]) => ({
      link: `${path}: ${link}`,
      to: to === '' ? path : join(dirname(path), to),
      anchor,
    })),
  );
  expect(links.length).toBeGreaterThan(80);
  expect(links.filter(({ to }) => !existsSync(join(root, to)))).toEqual([]);
  expect(
    links.filter(({ to, anchor }) => anchor !== undefined && !anchorsOf(papers.get(to) ?? '').includes(anchor)),
  ).toEqual([]);
});

test('every page for a reader is at most two links away from the README', () => {
  const leadsTo = (path: string): string[] =>
    [...(papers.get(path) ?? '').matchAll(/\]\((?!https?:|mailto:)([^)\s#]+\.md)/g)].map(([, to = '']) =>
      join(dirname(path), to),
    );
  const one = new Set(leadsTo('README.md'));
  const two = new Set([...one, ...[...one].flatMap(leadsTo)]);
  const pages = [...papers.keys()].filter(
    (path) => path !== 'README.md' && !path.startsWith(join('docs', 'decisions')),
  );
  expect(pages.filter((path) => !two.has(path))).toEqual([]);
});
