/** What every page of the extension has: the words of the chosen language, patterns of the modes, and the two banners that must not be
 *  missed: an update that took the page's ground away, and storage that the browser refuses. */
import type { ComponentChildren } from 'preact';
import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
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
import { useManaged } from './use-managed.ts';

/** Mounts a page into `#app`. */
export function mountPage(content: ComponentChildren): void {
  const root = document.getElementById('app');
  if (root === null) throw new Error('the page has no #app');
  render(<Page>{content}</Page>, root);
}

/** Provides words and language; shows nothing until the language is known, which takes one read of the store. */
function Page({ children }: { readonly children: ComponentChildren }) {
  const [blocked, setBlocked] = useState(false);
  const [closed, setClosed] = useState(false);
  useEffect(() => {
    here.database.open().catch((error: unknown) => {
      console.error(error);
      setBlocked(true);
    });
    // A newer version of the extension wants to change the tables: let it, and say so (sync.md, pitfall 11).
    here.database.on('versionchange', () => {
      here.database.close();
      setClosed(true);
    });
  }, []);
  const first = languageOf(null, navigator.language);
  if (blocked) return <Banner language={first} says="storageBroken" />;
  if (closed) return <Banner language={first} says="reopenPage" />;
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

function Banner({ language, says }: { readonly language: Language; readonly says: 'storageBroken' | 'reopenPage' }) {
  return (
    <Message tone="amber" role="alert">
      {wordsOf(language).common[says]}
    </Message>
  );
}
