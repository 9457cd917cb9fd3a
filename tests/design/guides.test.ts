/** The guides name buttons, pages and states in the words of the screens: what they quote stands in a catalogue. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const read = (...path: readonly string[]): string => readFileSync(join(root, ...path), 'utf8');

/** All that screens say in one language, as its catalogues have it. */
const said = (language: 'zh' | 'en'): string =>
  [
    ...readdirSync(join(root, 'extension', 'locales', language)).map((name) =>
      read('extension', 'locales', language, name),
    ),
    read('shared', 'locales', `${language}.ts`),
  ].join('\n');

/** A guide without code and names in backticks. */
const prose = (name: string): string => read('docs', name).replace(/^```[\s\S]*?^```$|`[^`\n]+`/gm, '');
const all = (text: string, pattern: RegExp): string[] => [
  ...new Set([...text.matchAll(pattern)].map(([whole, part]) => part ?? whole)),
];

/** Quoted from elsewhere: words of a leader's own text, and what a browser says. */
const others = ['召开、赴、会见、签批', '读取和更改您在所有网站上的数据', 'read and change your data on all websites'];
test.each(['for-leaders.md', 'for-officials.zh.md', 'for-administrators.zh.md'])(
  'what %s quotes in Chinese stands on a screen',
  (name) => {
    const quoted = all(prose(name), /“([^”\n]+)”/g).filter((words) => !others.includes(words));
    expect(quoted.length).toBeGreaterThan(1);
    expect(quoted.filter((words) => !said('zh').includes(words))).toEqual([]);
  },
);

test.each(['for-leaders.md', 'for-officials.md', 'for-administrators.md'])(
  'what %s quotes in English stands on a screen',
  (name) => {
    const quoted = all(prose(name), /(?<=[\s(])"([^"\n]+)"/g).filter((words) => !others.includes(words));
    expect(quoted.filter((words) => !said('en').includes(words.replace(/[.,]$/, '')))).toEqual([]);
  },
);

test.each([
  ['zh', 'for-officials.zh.md', '锁定名单'],
  ['en', 'for-officials.md', 'Freeze the list'],
] as const)('the steps of a draw are called in %s in the guide as on the page', (language, guide, one) => {
  const [, , ...rows] = prose(guide).match(/^\|.*\|.*\|.*\|$/gm) ?? [];
  const steps = rows.map((row) => row.split('|')[1]?.trim());
  expect(steps).toContain(one);
  // Names of the steps, each a text of its own in the catalogue.
  expect(steps.filter((step) => !said(language).includes(`'${step}'`))).toEqual([]);
});
