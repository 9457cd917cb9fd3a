import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gramsOf, shardCount, shardOf, wordsOf } from '../../shared/search/grams.ts';
import { readPostings, writePostings } from '../../shared/search/postings.ts';
import { snippetOf } from '../../shared/search/words.ts';
import { byLooking, someDiaries, someText, throughShards } from './scan.ts';

const runs = { numRuns: 2000, seed: 20261130 };

describe(`search through shards (seed ${runs.seed})`, () => {
  it('finds exactly what looking at every text finds, for whatever is typed', () => {
    let hits = 0;
    fc.assert(
      fc.property(someDiaries, someText, (diaries, typed) => {
        const found = byLooking(diaries, typed);
        hits += found.length;
        expect(throughShards(diaries, typed).found).toEqual(found);
      }),
      runs,
    );
    expect(hits).toBeGreaterThan(500);
  });

  it('finds every diary by any part of its own texts', () => {
    fc.assert(
      fc.property(
        someDiaries,
        fc.nat(),
        fc.nat(),
        fc.nat(),
        fc.integer({ min: 1, max: 8 }),
        (diaries, n, m, at, length) => {
          const texts = diaries[n % Math.max(1, diaries.length)] ?? [];
          const letters = [...(texts[m % Math.max(1, texts.length)] ?? '').normalize('NFKC').toLowerCase()];
          const from = at % Math.max(1, letters.length);
          const typed = letters.slice(from, from + length).join('');
          expect(throughShards(diaries, typed).found).toEqual(byLooking(diaries, typed));
        },
      ),
      runs,
    );
  });

  it('needs no text to be read where two letters or one are typed: every candidate is a hit', () => {
    fc.assert(
      fc.property(someDiaries, fc.array(someText.map((text) => wordsOf(text)[0] ?? '会')), (diaries, words) => {
        for (const word of words.map((each) => [...each].slice(0, 2).join(''))) {
          const { found, candidates } = throughShards(diaries, word);
          expect(candidates).toEqual(found);
        }
      }),
      { ...runs, numRuns: 300 },
    );
  });

  it('keeps any set of diaries of a segment in its postings', () => {
    const numbers = fc.oneof(
      fc.uniqueArray(fc.integer({ min: 0, max: 999 }), { maxLength: 1000 }),
      fc
        .tuple(fc.nat(999), fc.nat(999))
        .map(([a, b]) => Array.from({ length: Math.abs(a - b) + 1 }, (_, n) => Math.min(a, b) + n)),
    );
    fc.assert(
      fc.property(numbers, (some) => {
        const rising = [...some].sort((a, b) => a - b);
        const text = writePostings(rising);
        expect(readPostings(text)).toEqual(rising);
        expect(text.length).toBeLessThanOrEqual(168);
      }),
      runs,
    );
  });

  it('marks in a snippet only what was typed, never half a letter', () => {
    fc.assert(
      fc.property(someText, someText, fc.integer({ min: 1, max: 30 }), (text, typed, most) => {
        const snippet = snippetOf(text, wordsOf(typed), most);
        expect(text).toContain(snippet.text);
        expect(snippet.text.isWellFormed()).toBe(true);
        expect([...snippet.text].length).toBeLessThanOrEqual(most);
        for (const [from, to] of snippet.marks) expect(snippet.text.slice(from, to).isWellFormed()).toBe(true);
      }),
      runs,
    );
  });

  it('spreads grams over all 256 shards', () => {
    const words = Array.from(
      { length: 40_000 },
      (_, n) => String.fromCharCode(0x4e00 + (n % 200)) + String.fromCharCode(0x4e00 + Math.floor(n / 200)),
    );
    const counts = new Map<string, number>();
    for (const word of words) counts.set(shardOf(word, 256), (counts.get(shardOf(word, 256)) ?? 0) + 1);
    expect(counts.size).toBe(256);
    // 156 on average; a fair spread has a deviation of 12.5.
    expect(Math.max(...counts.values())).toBeLessThan(156 + 8 * 12.5);
  });
});

describe('grams', () => {
  it.each([
    [0, 1],
    [2, 1],
    [3, 2],
    [16, 8],
    [17, 16],
    [512, 256],
    [1000, 256],
  ])('of %i diaries lie in %i shards', (diaries, shards) => {
    expect(shardCount(diaries)).toBe(shards);
  });

  it('are letters and pairs, folded, within runs', () => {
    expect([...gramsOf(['5Ｇ会议，A b'])].sort()).toEqual(['5', '5g', 'a', 'b', 'g', 'g会', '会', '会议', '议'].sort());
  });

  it.each([
    [[], ''],
    // Steps: 0 → A; 47 is the last of one letter; 48 → the first lead and 0.
    [[0], 'A'],
    [[47], 'v'],
    [[48], 'wA'],
    [[0, 1], 'AA'],
    // The lowest three bits of one letter: 7.
    [[0, 1, 2], '~H'],
    [[999], '-3'],
    // Twelve in a row: bits of two letters are shorter than twelve steps.
    [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], '~__'],
  ])('postings of %j are %s', (numbers, text) => {
    expect(writePostings(numbers)).toBe(text);
  });

  it.each([
    ['今日召开防汛会议部署', ['会议'], 60, '今日召开防汛会议部署', [[6, 8]]],
    ['ＡＢ会', ['ab'], 60, 'ＡＢ会', [[0, 2]]],
    ['一二三四五六七八九十', ['九'], 6, '五六七八九十', [[4, 5]]],
    ['🙂会会会', ['会会'], 60, '🙂会会会', [[2, 5]]],
  ])('a snippet of %s for %j', (text, words, most, part, marks) => {
    expect(snippetOf(text, words, most)).toMatchObject({ text: part, marks });
  });
});
