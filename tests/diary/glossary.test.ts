import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { termCutter } from '../../shared/diary/glossary.ts';

const meeting = { words: ['碰头会议', '碰头会', '短会'], says: '短时间沟通' };
const hall = { words: ['会议'], says: '开会' };

describe('explained words in a text', () => {
  it('are marked where they stand first, by whichever of their words', () => {
    const cut = termCutter([meeting]);
    expect(cut('先开短会，再开碰头会')).toEqual([
      { text: '先开', term: null },
      { text: '短会', term: meeting },
      { text: '，再开碰头会', term: null },
    ]);
    expect(cut('碰头会')).toEqual([{ text: '碰头会', term: null }]);
  });

  it('the longest word wins, and a word inside it is left for later', () => {
    const cut = termCutter([hall, meeting]);
    expect(cut('碰头会议')).toEqual([{ text: '碰头会议', term: meeting }]);
    expect(cut('会议')).toEqual([{ text: '会议', term: hall }]);
  });

  it('words are no patterns, and without a term base nothing is marked', () => {
    const odd = { words: ['C++ (a|b)?', ''], says: '。' };
    expect(termCutter([odd])('用 C++ (a|b)? 写')[1]).toEqual({ text: 'C++ (a|b)?', term: odd });
    expect(termCutter([])('任何字')).toEqual([{ text: '任何字', term: null }]);
    expect(termCutter([meeting])('')).toEqual([]);
  });

  it('no character of any text is lost, added or moved', () => {
    const some = fc.string({ unit: fc.constantFrom('会', '议', '碰', '头', '短', '.', '\n', '🙂'), maxLength: 30 });
    fc.assert(
      fc.property(
        fc.array(some, { maxLength: 5 }),
        fc.array(fc.array(some, { minLength: 1, maxLength: 3 })),
        (texts, terms) => {
          const cut = termCutter(terms.map((words) => ({ words, says: '' })));
          for (const text of texts)
            expect(
              cut(text)
                .map((part) => part.text)
                .join(''),
            ).toBe(text);
        },
      ),
    );
  });
});
