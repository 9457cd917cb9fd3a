// The demonstration's week texts, written one by one, as a sample of what leaders write (server/demo/data/README.md, traps 6 to 8).
import { expect, test } from 'vitest';
import { readDemoRaw, readDemoSet } from '../../server/demo/demo-set.ts';
import { findings, wordBook } from '../../shared/diary/wording.ts';

const { organisation, diaries } = readDemoSet();
const { termBase, secrecyWords } = readDemoRaw();
const book = wordBook({ termBase, secrecyWords, terms: organisation.terms });
const entries = [...diaries.values()].flatMap(({ items }) => items.filter(({ kind }) => kind === 'entry'));
const prose = [...diaries.values()].flatMap(({ items }) =>
  items.flatMap(({ text, place, detail, thinking, result, next }) =>
    [text, place, detail, thinking, result, next].flatMap((written) => written ?? []),
  ),
);

test('70 of the 504 entries hold an alias, counted once every preferred name is taken out of the text', () => {
  expect(entries).toHaveLength(504);
  const withAlias = entries.filter(({ text }) => findings(text ?? '', book).some(({ kind }) => kind === 'alias'));
  expect(withAlias).toHaveLength(70);
});

test('no text warns of a secret', () => {
  expect(prose.filter((text) => findings(text, book).some(({ kind }) => kind === 'secrecy'))).toEqual([]);
});

test('of all texts one names a person without an office', () => {
  const names = prose.flatMap((text) =>
    findings(text, book).flatMap(({ kind, from, to }) => (kind === 'name' ? [text.slice(from, to)] : [])),
  );
  expect(names).toEqual(['小赵']);
});
