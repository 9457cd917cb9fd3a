// @vitest-environment happy-dom
// A field that saves itself, over storage in memory, as SavedArea uses it.
import { h, render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type SavedText, useSavedText } from '../../extension/screens/use-saved-text.ts';
import { Refusal } from '../../shared/api/refusal.ts';
import { secrecyWordIn } from '../../shared/diary/wording.ts';

const drafts = vi.hoisted(() => new Map<string, { text: string; seen: string | null }>());
vi.mock('../../extension/store/drafts.ts', () => ({
  readDraft: async (surface: string) => drafts.get(surface)?.text ?? null,
  seenByDraft: async (surface: string) => drafts.get(surface)?.seen ?? null,
  keepDraft: async (surface: string, text: string | null, seen?: string) => {
    if (text === null || text === '') drafts.delete(surface);
    else drafts.set(surface, { text, seen: seen ?? null });
  },
}));
const readDraft = async (surface: string) => drafts.get(surface)?.text ?? null;

const book = { secrecyWords: ['机密', '案情'] };

/** A mounted field; `saved` is what reached the journal. */
function field(stored: string) {
  const saved: string[] = [];
  const root = document.createElement('div');
  let state: SavedText | undefined;
  let written = stored;
  function Field() {
    state = useSavedText(
      'entry:a:text',
      written,
      async (text, seen) => {
        if (seen !== written) throw new Refusal('VERSION_STALE');
        saved.push(text);
        written = text;
      },
      (text, confirmed) => secrecyWordIn(text, book, confirmed),
    );
    return null;
  }
  const now = () => {
    if (state === undefined) throw new Error('the field is not mounted');
    return state;
  };
  const settle = () => act(async () => void (await vi.advanceTimersByTimeAsync(3000)));
  return {
    saved,
    now,
    /** Another window changes the text. */
    elsewhere: (text: string) =>
      act(async () => {
        written = text;
        render(h(Field, null), root);
      }),
    settle,
    open: () => act(async () => render(h(Field, null), root)),
    close: () => act(async () => render(null, root)),
    type: (text: string) => act(async () => now().type(text, false)),
    leave: () => act(async () => now().leave()),
    confirm: () => act(async () => now().confirm()),
  };
}

beforeEach(() => {
  vi.useFakeTimers();
  drafts.clear();
});
afterEach(() => vi.useRealTimers());

test('a text with a listed word is not saved, stays a draft and says which word', async () => {
  const one = field('');
  await one.open();
  await one.type('研判案情');
  await one.leave();
  await one.settle();
  expect(one.saved).toEqual([]);
  expect(one.now().warned).toBe('案情');
  expect(await readDraft('entry:a:text')).toBe('研判案情');
});

test('once its author confirms it is saved; the word warns no more, another one does', async () => {
  const one = field('');
  await one.open();
  await one.type('研判案情');
  await one.leave();
  await one.settle();
  await one.confirm();
  await one.settle();
  await one.type('研判案情三次');
  await one.settle();
  expect(one.saved).toEqual(['研判案情', '研判案情三次']);
  await one.type('研判案情三次，机密');
  await one.settle();
  expect(one.saved).toHaveLength(2);
  expect(one.now().warned).toBe('机密');
  expect(await readDraft('entry:a:text')).toBe('研判案情三次，机密');
});

test('the warning goes as soon as the word is taken out, and the text is saved', async () => {
  const one = field('');
  await one.open();
  await one.type('机密');
  await one.settle();
  await one.type('会');
  expect(one.now().warned).toBeNull();
  await one.settle();
  expect(one.saved).toEqual(['会']);
  expect(await readDraft('entry:a:text')).toBeNull();
});

test('closed while it warns, the draft is there again and warns again', async () => {
  const one = field('例会');
  await one.open();
  await one.type('例会，案情');
  await one.close();
  await one.settle();
  expect(one.saved).toEqual([]);
  const again = field('例会');
  await again.open();
  await again.settle();
  expect([again.now().text, again.now().warned]).toEqual(['例会，案情', '案情']);
});

test('a text that another window changed meanwhile is not written over: both are shown, and its author decides', async () => {
  const one = field('走访企业');
  await one.open();
  await one.type('走访企业，听汇报');
  await one.elsewhere('走访企业，看车间');
  await one.settle();
  expect(one.saved).toEqual([]);
  expect(one.now()).toMatchObject({ text: '走访企业，听汇报', other: '走访企业，看车间', problem: null });
  await act(async () => one.now().keepOwn());
  await one.settle();
  expect(one.saved).toEqual(['走访企业，听汇报']);
  expect(one.now().other).toBeNull();
});

test('the other text may be taken, and the draft is gone', async () => {
  const one = field('走访企业');
  await one.open();
  await one.type('走访企业，听汇报');
  await one.elsewhere('走访企业，看车间');
  await one.settle();
  await act(async () => one.now().takeOther());
  await one.settle();
  expect(one.now()).toMatchObject({ text: '走访企业，看车间', other: null });
  expect(one.saved).toEqual([]);
  expect(await readDraft('entry:a:text')).toBeNull();
});

test('a draft that comes back to a text that was changed meanwhile waits for its author', async () => {
  const one = field('走访企业');
  await one.open();
  await one.type('走访企业，听汇报');
  await one.elsewhere('走访企业，看车间');
  await one.close();
  const again = field('走访企业，看车间');
  await again.open();
  await again.settle();
  expect(again.saved).toEqual([]);
  expect(again.now()).toMatchObject({ text: '走访企业，听汇报', other: '走访企业，看车间' });
});
