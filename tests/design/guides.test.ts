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
/** Five heads of an assessment, each of which stands on the screen by itself. */
const heads = '德能勤绩廉';

test.each(['for-leaders.md', 'for-officials.md', 'for-administrators.zh.md'])(
  'what %s quotes in Chinese stands on a screen',
  (name) => {
    const quoted = all(prose(name), /“([^”\n]+)”/g).filter((words) => !others.includes(words));
    expect(quoted.length).toBeGreaterThan(1);
    expect(quoted.filter((words) => !said('zh').includes(words))).toEqual([]);
  },
);

test.each(['for-leaders.md', 'for-administrators.md'])('what %s quotes in English stands on a screen', (name) => {
  const quoted = all(prose(name), /(?<=[\s(])"([^"\n]+)"/g).filter((words) => !others.includes(words));
  expect(quoted.filter((words) => !said('en').includes(words.replace(/[.,]$/, '')))).toEqual([]);
});

test('Chinese words within English sentences of the guide for officials are those of a screen', () => {
  const english = prose('for-officials.md')
    .split('\n')
    .filter((line) => !/。|^\||^!/.test(line))
    .join('\n');
  const words = all(english, /[\p{Script=Han}，]{2,}/gu).filter((each) => each !== heads);
  expect(words.length).toBeGreaterThan(40);
  expect(words.filter((each) => !said('zh').includes(each))).toEqual([]);
});

test('the steps of a draw are called in the guide as on the page', () => {
  const rows = all(prose('for-officials.md'), /^\| (\p{Script=Han}+) \|/gmu).filter((step) => step !== '步骤');
  expect(rows).toContain('锁定名单');
  // Names of the steps, each a text of its own in the catalogue.
  expect(rows.filter((step) => !said('zh').includes(`'${step}'`))).toEqual([]);
});
