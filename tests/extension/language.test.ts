// @vitest-environment happy-dom
/** What stands on a page when its language is switched, in the other one from then on. */
import { h, render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, expect, test, vi } from 'vitest';
import { type Language, WordsContext, wordsOf } from '../../extension/locales/use-words.ts';
import { useWork } from '../../extension/screens/backup/use-work.ts';
import { PersonGate } from '../../extension/screens/person/person-gate.tsx';
import { useAct } from '../../extension/screens/use-act.ts';
import { useAnswer } from '../../extension/screens/use-answer.ts';
import { useSavedText } from '../../extension/screens/use-saved-text.ts';
import { Refusal } from '../../shared/api/refusal.ts';

vi.mock('../../extension/store/drafts.ts', () => ({
  readDraft: async () => null,
  seenByDraft: async () => null,
  keepDraft: async () => undefined,
}));

const root = document.createElement('div');
afterEach(() => render(null, root));

const frozen = async () => {
  throw new Refusal('WEEK_FROZEN');
};
const shown = {
  'what a command refused': () => {
    const { problem, act: run } = useAct();
    return { problem, begin: () => run(frozen) };
  },
  'what was not to be read': () => {
    const { answer, again } = useAnswer(frozen, []);
    return { problem: answer.state === 'failed' ? answer.problem : null, begin: again };
  },
  'why a long piece of work failed': () => {
    const { problem, run } = useWork();
    return { problem, begin: () => run(frozen) };
  },
  'why a text was not saved': () => {
    const { problem, type, leave } = useSavedText('entry:a:text', '', frozen, () => null);
    return {
      problem,
      begin: async () => {
        type('改过的', false);
        leave();
      },
    };
  },
};

test.each(Object.entries(shown))('%s is said in the language that the page has now', async (_, use) => {
  let state: ReturnType<typeof use> | undefined;
  const Shown = () => {
    state = use();
    return null;
  };
  const speak = (language: Language) => {
    const value = { language, words: wordsOf(language) };
    const page = h(PersonGate, { children: h(Shown, {}) });
    return act(async () => render(h(WordsContext.Provider, { value, children: page }), root));
  };
  await speak('zh');
  await act(async () => void (await state?.begin()));
  await expect.poll(() => state?.problem).toBe('候选名单已锁定，这一周不能再改。可在本周写一条更正。');
  await speak('en');
  expect(state?.problem).toBe(wordsOf('en').domain.refusal.WEEK_FROZEN);
});
