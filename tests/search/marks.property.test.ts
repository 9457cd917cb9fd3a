/** What is found is also marked, and what is marked is a part of the text. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isWellFormed } from '../../shared/base/text.ts';
import { findable, hasAll, staysWithin, termsOf } from '../../shared/diary/search.ts';
import { excerptOf, marksIn } from '../../shared/diary/search-marks.ts';

const character = fc.constantFrom(...'重庆银行长会网络交通𠮷研究，。“”　 -ＧＤＰgdpA1２');
const text = fc.array(character, { maxLength: 24 }).map((characters) => characters.join(''));
const typed = fc
  .array(fc.constantFrom(...'重庆行网通究𠮷cqyhwljtgdpa12，'), { minLength: 1, maxLength: 4 })
  .map((characters) => characters.join(''));

test('a word is found in a text exactly where it is marked in it', () => {
  fc.assert(
    fc.property(text, typed, (shown, word) => {
      const terms = termsOf(word);
      fc.pre(terms.length === 1);
      expect(marksIn(shown, terms).length > 0).toBe(hasAll(findable([shown]), terms));
    }),
    { numRuns: 5000 },
  );
});

test('marks are in order and apart, and an excerpt shows the first of them', () => {
  fc.assert(
    fc.property(text, typed, fc.integer({ min: 8, max: 20 }), (shown, word, most) => {
      const marks = marksIn(shown, termsOf(word));
      for (const [at, { from, to }] of marks.entries()) {
        expect(from).toBeLessThan(to);
        expect(from).toBeGreaterThan(marks[at - 1]?.to ?? -1);
      }
      const excerpt = excerptOf(shown, marks, most);
      expect(shown).toContain(excerpt.text);
      expect(isWellFormed(excerpt.text)).toBe(true);
      if (marks.length > 0) expect(excerpt.marks.length).toBeGreaterThan(0);
    }),
    { numRuns: 3000 },
  );
});

test('what is found while one types on was found before, wherever a search looks no further', () => {
  fc.assert(
    fc.property(text, typed, typed, text, (left, before, more, right) => {
      const entry = findable([left + before + more + right]);
      if (staysWithin(before, before + more) && hasAll(entry, termsOf(before + more)))
        expect(hasAll(entry, termsOf(before))).toBe(true);
    }),
    { numRuns: 5000 },
  );
});
