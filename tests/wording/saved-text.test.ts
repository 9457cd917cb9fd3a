// @vitest-environment happy-dom
// A field that saves itself, over storage in memory, as SavedArea uses it.
import { h, render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type SavedText, useSavedText } from '../../extension/screens/use-saved-text.ts';
import { secrecyWordIn } from '../../shared/diary/wording.ts';

const drafts = vi.hoisted(() => new Map<string, string>());
vi.mock('../../extension/store/drafts.ts', () => ({
  readDraft: async (surface: string) => drafts.get(surface) ?? null,
  keepDraft: async (surface: string, text: string | null) => {
    if (text === null || text === '') drafts.delete(surface);
    else drafts.set(surface, text);
  },
}));
const readDraft = async (surface: string) => drafts.get(surface) ?? null;

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
      async (text) => {
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
