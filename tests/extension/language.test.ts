// @vitest-environment happy-dom
/** What stands on a page when its language is switched, in the other one from then on. */
import 'fake-indexeddb/auto';
import { type ComponentChildren, h, render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, expect, test, vi } from 'vitest';
import { type Language, WordsContext, wordsOf } from '../../extension/locales/use-words.ts';
import { useWork } from '../../extension/screens/backup/use-work.ts';
import { DeskProvider, deskOf } from '../../extension/screens/desk/use-desk.ts';
import { useQueue } from '../../extension/screens/moderation/use-queue.ts';
import { TermsSection } from '../../extension/screens/organisation/terms-section.tsx';
import { PersonDialog } from '../../extension/screens/person/person-dialog.tsx';
import { PersonGate } from '../../extension/screens/person/person-gate.tsx';
import { useAct } from '../../extension/screens/use-act.ts';
import { useAnswer } from '../../extension/screens/use-answer.ts';
import { useSavedText } from '../../extension/screens/use-saved-text.ts';
import { blankProfile } from '../../extension/store/database.ts';
import { Refusal } from '../../shared/api/refusal.ts';

vi.mock('../../extension/store/drafts.ts', () => ({
  readDraft: async () => null,
  seenByDraft: async () => null,
  keepDraft: async () => undefined,
}));
vi.mock('../../extension/remote/client.ts', async (original) => ({
  ...(await original<typeof import('../../extension/remote/client.ts')>()),
  call: async () => ({ rows: [], next: null, total: 0, diaries: 0 }),
}));

const root = document.createElement('div');
afterEach(() => render(null, root));

/** Draws a page in a language, in place of the one that stood there. */
const draw = (language: Language, screen: ComponentChildren) => {
  const words = wordsOf(language);
  const desk = deskOf(blankProfile, Date.UTC(2026, 10, 20), 0, words, language);
  const page = h(DeskProvider, { value: desk, children: h(PersonGate, { children: screen }) });
  return act(async () => render(h(WordsContext.Provider, { value: { language, words }, children: page }), root));
};

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
    const { problem, run } = useWork('已停下。');
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
  const speak = (language: Language) => draw(language, h(Shown, {}));
  await speak('zh');
  await act(async () => void (await state?.begin()));
  await expect.poll(() => state?.problem).toBe('候选名单已锁定，这一周不能再改。可在本周写一条更正。');
  await speak('en');
  expect(state?.problem).toBe(wordsOf('en').domain.refusal.WEEK_FROZEN);
});

test('what the moderation queue answers is said in the language that the page has now', async () => {
  let queue: ReturnType<typeof useQueue> | undefined;
  const Shown = () => {
    queue = useQueue();
    return null;
  };
  await draw('zh', h(Shown, {}));
  await act(async () => queue?.decide([], frozen));
  await expect.poll(() => queue?.said?.text).toContain('候选名单已锁定');
  await draw('en', h(Shown, {}));
  expect(queue?.said?.text).toContain(wordsOf('en').domain.refusal.WEEK_FROZEN);
});

test('why a PIN is not taken is said in the language that the page has now', async () => {
  const check = {
    kind: 'pin',
    salt: '',
    hash: '',
    iterations: 1,
    wrong: 5,
    lockedUntil: Date.now() + 600_000,
  } as const;
  const dialog = () => h(PersonDialog, { check, platform: false, answer: () => undefined });
  await draw('zh', dialog());
  expect(root.textContent).toContain('试错太多，10分钟后再试');
  await draw('en', dialog());
  expect(root.textContent).toContain('Too many wrong tries');
});

test('why a file of terms is not taken is said in the language that the page has now', async () => {
  const standing = { value: [], revision: 1, at: null, actor: null };
  const section = () => h(TermsSection, { standing, again: async () => undefined });
  await draw('zh', section());
  await expect.poll(() => root.querySelector('input[type=file]')).not.toBeNull();
  const input = root.querySelector<HTMLInputElement>('input[type=file]');
  if (input === null) throw new Error('no field for a file');
  Object.defineProperty(input, 'files', { value: [new File([''], 'terms.csv')] });
  await act(async () => void input.dispatchEvent(new Event('change')));
  const said = () => root.querySelector('[role=alert]')?.textContent;
  await expect.poll(said).toContain('没有找到表头');
  await draw('en', section());
  expect(said()).toContain('No heading found');
});

test('one is said in the singular', () => {
  const { week, draws, journal, backup } = wordsOf('en');
  expect([
    week.allCategories(1),
    week.seal.signs(1, 0),
    week.seal.signs(1, 1),
    draws.rule.summary(1, 1),
    draws.locked.progress(1, 1, 1),
    draws.locked.enough(1, 1),
    journal.dayStrip(1, '1 h'),
    backup.unread(1),
  ]).toEqual([
    'The one entry has a category',
    '1 item, all sent to the server with the seal.',
    '1 item; the text of 1 stays on this device.',
    '1 unit in one group',
    'Acknowledged: 1 of 1 device; needed: 1',
    '1 device has checked the list and signed; 1 was needed.',
    'Times of the day: 1 entry, 1 h in all',
    '1 item that this version cannot read is left out.',
  ]);
});
