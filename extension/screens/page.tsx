/** What every page of the extension has: the words of the chosen language, patterns of the modes, and what must not be missed: an update
 *  that takes the page's ground away or waits for an older page, and storage that the browser refuses. */
import type { ComponentChildren } from 'preact';
import { render } from 'preact';
import { useEffect } from 'preact/hooks';
import { Message } from '../components/message.tsx';
import { Patterns } from '../components/time-bar.tsx';
import { here } from '../device/context.ts';
import { type Language, languageOf, tagOf, WordsContext, wordsOf } from '../locales/use-words.ts';
import { profileOf } from '../store/database.ts';
import { useLive } from '../store/live.ts';
import { Guard } from './guard.tsx';
import { PersonGate } from './person/person-gate.tsx';
import { ShortcutSheet } from './shortcuts/shortcut-sheet.tsx';
import { useShortcutSheet } from './shortcuts/use-shortcut-sheet.ts';
import { Unstored } from './unstored.tsx';
import { useManaged } from './use-managed.ts';
import { useStore } from './use-store.ts';

/** Mounts a page into `#app`. */
export function mountPage(content: ComponentChildren): void {
  const root = document.getElementById('app');
  if (root === null) throw new Error('the page has no #app');
  render(<Page>{content}</Page>, root);
}

/** Provides words and language; shows nothing until the language is known, which takes one read of the store. */
function Page({ children }: { readonly children: ComponentChildren }) {
  const store = useStore(here.database);
  const first = languageOf(null, navigator.language);
  const words = wordsOf(first);
  if (store === 'refused') return <Unstored words={words} />;
  if (store === 'blocked') return <Banner>{words.common.otherPages}</Banner>;
  if (store === 'outdated') return <Banner>{words.common.reopenPage}</Banner>;
  return <Following first={first}>{children}</Following>;
}

function Following({ first, children }: { readonly first: Language; readonly children: ComponentChildren }) {
  const profile = useLive(() => profileOf(here.database), []);
  const managed = useManaged();
  const sheet = useShortcutSheet();
  const set =
    managed?.locks.includes('language') === true ? managed.language : (profile?.language ?? managed?.language);
  const language = profile === undefined || managed === undefined ? null : languageOf(set ?? null, navigator.language);
  const shown = language ?? first;
  useEffect(() => {
    document.documentElement.lang = tagOf(shown);
    document.title = wordsOf(shown).common.product;
  }, [shown]);
  if (language === null) return null;
  return (
    <WordsContext.Provider value={{ language, words: wordsOf(language) }}>
      <Patterns />
      <Guard>
        <PersonGate>{children}</PersonGate>
        {sheet.open ? <ShortcutSheet onClose={sheet.close} /> : null}
      </Guard>
    </WordsContext.Provider>
  );
}

function Banner({ children }: { readonly children: ComponentChildren }) {
  return (
    <Message tone="amber" role="alert">
      {children}
    </Message>
  );
}
