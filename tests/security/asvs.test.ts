import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** Requirements of levels 1 and 2 of OWASP ASVS 5.0.0 by section: which numbers are of level 1, which of level 2
 *  (OWASP_Application_Security_Verification_Standard_5.0.0_en.csv). */
const sections: Readonly<Record<string, readonly [level1: string, level2: string]>> = {
  '1.1': ['', '1-2'],
  '1.2': ['1-5', '6-9'],
  '1.3': ['1-2', '3-11'],
  '1.4': ['', '1-3'],
  '1.5': ['1', '2'],
  '2.1': ['1', '2-3'],
  '2.2': ['1-2', '3'],
  '2.3': ['1', '2-4'],
  '2.4': ['', '1'],
  '3.2': ['1-2', ''],
  '3.3': ['1', '2-4'],
  '3.4': ['1-2', '3-6'],
  '3.5': ['1-3', '4-5'],
  '3.7': ['', '1-2'],
  '4.1': ['1', '2-3'],
  '4.2': ['', '1'],
  '4.3': ['', '1-2'],
  '4.4': ['1', '2-4'],
  '5.1': ['', '1'],
  '5.2': ['1-2', '3'],
  '5.3': ['1-2', ''],
  '5.4': ['', '1-3'],
  '6.1': ['1', '2-3'],
  '6.2': ['1-8', '9-12'],
  '6.3': ['1-2', '3-4'],
  '6.4': ['1-2', '3-4'],
  '6.5': ['', '1-5'],
  '6.6': ['', '1-3'],
  '6.8': ['', '1-4'],
  '7.1': ['', '1-3'],
  '7.2': ['1-4', ''],
  '7.3': ['', '1-2'],
  '7.4': ['1-2', '3-5'],
  '7.5': ['', '1-2'],
  '7.6': ['', '1-2'],
  '8.1': ['1', '2'],
  '8.2': ['1-2', '3'],
  '8.3': ['1', ''],
  '8.4': ['', '1'],
  '9.1': ['1-3', ''],
  '9.2': ['1', '2-4'],
  '10.1': ['', '1-2'],
  '10.2': ['', '1-2'],
  '10.3': ['', '1-4'],
  '10.4': ['1-5', '6-11'],
  '10.5': ['', '1-5'],
  '10.6': ['', '1-2'],
  '10.7': ['', '1-3'],
  '11.1': ['', '1-2'],
  '11.2': ['', '1-3'],
  '11.3': ['1-2', '3'],
  '11.4': ['1', '2-4'],
  '11.5': ['', '1'],
  '11.6': ['', '1'],
  '12.1': ['1', '2-3'],
  '12.2': ['1-2', ''],
  '12.3': ['', '1-4'],
  '13.1': ['', '1'],
  '13.2': ['', '1-5'],
  '13.3': ['', '1-2'],
  '13.4': ['1', '2-5'],
  '14.1': ['', '1-2'],
  '14.2': ['1', '2-4'],
  '14.3': ['1', '2-3'],
  '15.1': ['1', '2-3'],
  '15.2': ['1', '2-3'],
  '15.3': ['1', '2-7'],
  '16.1': ['', '1'],
  '16.2': ['', '1-5'],
  '16.3': ['', '1-4'],
  '16.4': ['', '1-3'],
  '16.5': ['', '1-3'],
  '17.1': ['', '1'],
  '17.2': ['', '1-4'],
  '17.3': ['', '1-2'],
};

function numbers(section: string, span: string, level: number): string[] {
  if (span === '') return [];
  const [first = 0, last = first] = span.split('-').map(Number);
  return Array.from({ length: last - first + 1 }, (_, n) => `${section}.${first + n} L${level}`);
}

/** Every requirement of levels 1 and 2, as `5.2.3 L2`, in its order. */
const wanted = Object.entries(sections)
  .flatMap(([section, [one, two]]) => [...numbers(section, one, 1), ...numbers(section, two, 2)])
  .sort(byNumber);

/** A page in one language: its word for each state, and its heading over the gaps. */
const pages = [
  { name: 'security.md', states: { met: 'met', operator: 'operator', none: 'n/a', gap: 'gap' }, end: '## The gaps' },
  { name: 'security.zh.md', states: { met: '满足', operator: '运维', none: '不适用', gap: '缺口' }, end: '## 缺口' },
];

/** Rows of a page; one about several requirements names the first and the last of them. */
const rowsOf = (page: string) =>
  [...page.matchAll(/^\| (\d+\.\d+\.\d+)(?: (?:to|至) (\d+\.\d+\.\d+))? \| ([\d–]+) \| (\S+) \| (.+) \|$/gm)].map(
    ([, first = '', last = first, levels = '', state = '', text = '']) => {
      const [from, to] = [first, last].map((number) => wanted.findIndex((each) => each.startsWith(`${number} `)));
      return { first, levels, state, text, about: wanted.slice(from, (to ?? 0) + 1) };
    },
  );

describe.each(pages)('$name', ({ name, states, end }) => {
  const page = read(`docs/${name}`);
  const rows = rowsOf(page);

  test('every requirement of ASVS 5.0 level 1 and 2 is answered once, with a state', () => {
    expect([wanted.filter((each) => each.endsWith('L1')).length, wanted.length]).toEqual([70, 253]);
    expect(rows.flatMap(({ about }) => about)).toEqual(wanted);
    for (const { first, levels, state, text, about } of rows) {
      expect([first, levels]).toEqual([first, [...new Set(about.map((each) => each.at(-1)))].sort().join('–')]);
      expect(Object.values(states), first).toContain(state);
      if (about.length > 1) expect([first, state]).toEqual([first, states.none]);
      if (state === states.met) expect([first, text]).toEqual([first, expect.stringMatching(/`[\w./-]+`/)]);
    }
  });

  test('every gap is named once more where they are gathered', () => {
    const gaps = rows.filter(({ state }) => state === states.gap).map(({ first }) => first);
    const [, gathered = ''] = page.split(end);
    const named = [...gathered.matchAll(/\d+\.\d+\.\d+/g)].map(([number]) => number);
    expect(named.sort(byNumber)).toEqual(gaps);
  });
});

test('every file that the papers on security name is there', () => {
  for (const paper of ['security.md', 'security.zh.md', 'threat-model.md', 'threat-model.zh.md']
    .map((name) => `docs/${name}`)
    .concat('SECURITY.md')) {
    const named = [...read(paper).matchAll(/`([\w-]+(?:\/[\w.-]+)+\.[a-z]+|[\w-]+\.(?:json|md))`/g)].map(
      ([, path = '']) => path,
    );
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    const linked = [...read(paper).matchAll(/\]\((?!https:)([^)#]+)\)/g)].map(([, path = '']) => path);
    const folder = paper.startsWith('docs/') ? 'docs' : '';
    expect(linked.filter((path) => !existsSync(join(root, folder, path)))).toEqual([]);
  }
});

function byNumber(a: string, b: string): number {
  const [left, right] = [a, b].map((each) => each.split(/[. ]/).slice(0, 3).map(Number));
  for (const n of [0, 1, 2]) {
    const difference = (left?.[n] ?? 0) - (right?.[n] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
