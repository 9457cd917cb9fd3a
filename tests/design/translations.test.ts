/** Pages that are kept in two languages: whatever a reader may copy or rely on is the same in both, section by section. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { anchorsOf } from './anchors.ts';

const docs = join(import.meta.dirname, '..', '..', 'docs');
const chinese = /\.zh(?=\.md$)/;
const pairs = readdirSync(docs, { recursive: true, encoding: 'utf8' })
  .filter((path) => chinese.test(path))
  .map((zh) => ({ zh, en: zh.replace(chinese, '') }));

/** A block of code with its fences; `lines` are what stands between them. */
const block = /^```(?<kind>.*)\n(?<lines>(?:.*\n)*?)```$/gm;
/** What of each kind of block may be translated: comments with the blanks before, labels. */
const comments: Readonly<Record<string, RegExp>> = {
  sh: /(^|\s+)#.*$/gm,
  js: /\s*\/\*.*?\*\/|(^|\s+)\/\/.*$/gm,
  // Labels of a drawing, with the brackets that give their shape left.
  mermaid: /(?<=[[(/])[^[\](){}/|"]+(?=[\])/])|(?<=")[^"\n]+(?=")/g,
};

const uncommented = (kind: string, lines: string): string => lines.replace(comments[kind] ?? /(?!)/, '');
const found = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, first = '']) => first);
const sorted = (names: readonly string[]): string[] => [...new Set(names)].sort();

/** Links of a page's prose: to a page of the project in either language, and to the same heading by its place among them. */
const targets = (path: string, prose: string): string[] =>
  found(prose, /\]\(([^)]+)\)/g).map((link) => {
    const [to = '', anchor] = link.split('#');
    const page = join(docs, to === '' ? path : join(dirname(path), to));
    const place =
      anchor === undefined || !existsSync(page) ? anchor : anchorsOf(readFileSync(page, 'utf8')).indexOf(anchor);
    return `${to.replace(chinese, '')}#${place ?? ''}`;
  });

/** What has to be the same of one section: the level of its heading, code, tables (cells of each row), names in backticks, links. */
function outline(path: string, section: string) {
  const prose = section.replace(block, '');
  return {
    level: prose.match(/^#+/)?.[0].length,
    code: [...section.matchAll(block)].map(({ groups: { kind = '', lines = '' } = {} }) => ({
      kind,
      lines: uncommented(kind, lines),
    })),
    tables: found(prose, /^(\|.*\|)$/gm).map((row) => row.split('|').length - 2),
    names: sorted(found(prose, /`([^`]+)`/g)),
    links: targets(path, prose).sort(),
  };
}

/** Sections with their headings; a `#` within code begins none. */
function sectionsOf(page: string): string[] {
  const starts = [...page.matchAll(/^```.*\n(?:.*\n)*?```$|^#+ /gm)].flatMap(({ 0: text, index }) =>
    text.startsWith('#') ? [index] : [],
  );
  return starts.map((start, n) => page.slice(start, starts[n + 1]));
}

/** Numbers of two digits and more outside of code and of names, without commas between thousands. */
const numbers = (page: string): string[] =>
  sorted(
    found(page.replace(block, '').replace(/`[^`]+`|\]\([^)]+\)/g, ''), /(?<![\d.])(\d[\d,.]*\d)/g).map((each) =>
      each.replaceAll(',', ''),
    ),
  );

/** Numbers of articles of a law, which Chinese pages cite in numerals: 第五十五条 is 55. */
const numeral = (digit: string, none: number): number => (digit === '' ? none : '零一二三四五六七八九'.indexOf(digit));
const articles = (page: string): string[] =>
  [...page.matchAll(/第([一二三四五六七八九]?)十([一二三四五六七八九]?)条/g)].map(([, tens = '', ones = '']) =>
    String(10 * numeral(tens, 1) + numeral(ones, 0)),
  );

test('there are pages in two languages', () => {
  expect(pairs.length).toBeGreaterThan(0);
  expect(pairs.filter(({ en }) => !existsSync(join(docs, en)))).toEqual([]);
});

describe.each(pairs)('$zh', ({ zh, en }) => {
  const [own, other] = [readFileSync(join(docs, zh), 'utf8'), readFileSync(join(docs, en), 'utf8')];

  test('has the sections, commands, tables, names and links of the English page', () => {
    const outlines = (path: string, page: string) => sectionsOf(page).map((section) => outline(path, section));
    expect(outlines(zh, own)).toEqual(outlines(en, other));
  });

  test('names every number of the English page', () => {
    const given = new Set([...numbers(own), ...articles(own)]);
    expect(numbers(other).filter((each) => !given.has(each))).toEqual([]);
  });

  test('leads to the English page, and that page to it', () => {
    expect(own).toContain(`\n[English](${basename(en)})\n`);
    expect(other).toContain(`\n[中文](${basename(zh)})\n`);
  });
});
