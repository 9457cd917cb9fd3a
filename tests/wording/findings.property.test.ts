import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findings, proposalOf, replaced, secrecyWordIn, type WordBook } from '../../shared/diary/wording.ts';

const scraps = [
  '例会',
  '工作',
  '专题会',
  '（主题）',
  '机密',
  '与',
  '居民',
  '王建国',
  '谈话',
  'EV',
  'ｅｖ',
  ' ',
  '，',
  '😀',
  '\ud800',
  'é',
];
const text = fc
  .array(fc.oneof(fc.constantFrom(...scraps), fc.string({ unit: 'binary', maxLength: 3 })))
  .map((all) => all.join(''));
const word = fc.oneof(fc.constantFrom(...scraps), fc.string({ maxLength: 4 }));
const book: fc.Arbitrary<WordBook> = fc.record({
  terms: fc.array(
    fc.record({ id: fc.string(), preferred: word, aliases: fc.array(word, { maxLength: 3 }), definition: fc.string() }),
    { maxLength: 4 },
  ),
  secrecyWords: fc.array(word, { maxLength: 3 }),
  posts: fc.array(word, { maxLength: 2 }),
});

test('findings lie inside the text, in order, apart from one another, and a proposal changes its stretch alone', () => {
  fc.assert(
    fc.property(text, book, (typed, words) => {
      let end = 0;
      for (const finding of findings(typed, words)) {
        expect(finding.from).toBeGreaterThanOrEqual(end);
        expect(finding.to).toBeGreaterThan(finding.from);
        expect(finding.to).toBeLessThanOrEqual(typed.length);
        end = finding.to;
        const proposal = proposalOf(finding);
        const after = replaced(typed, finding);
        if (proposal === null) expect(after).toBe(typed);
        else expect(after).toBe(typed.slice(0, finding.from) + proposal + typed.slice(finding.to));
      }
    }),
    { interruptAfterTimeLimit: 15_000 },
  );
});

test('a text whose words are all confirmed warns no more', () => {
  fc.assert(
    fc.property(text, book, (typed, words) => {
      expect(secrecyWordIn(typed, words, typed)).toBeNull();
    }),
    { interruptAfterTimeLimit: 5_000 },
  );
});
