/** Every key on one sheet: those of the browser as they are set there, of every page, of the line, of the week. */
import { useEffect, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import { Dialog } from '../../components/dialog.tsx';
import { useWords, type Words } from '../../locales/use-words.ts';
import { lineKeys } from '../quick-line/keys.ts';

/** One line of the sheet: the keys that are pressed together, and what they do. */
export interface Shortcut {
  readonly keys: readonly string[];
  readonly does: string;
}

interface Group {
  readonly title: string;
  readonly shortcuts: readonly Shortcut[];
}

export function ShortcutSheet({ onClose }: { readonly onClose: () => void }) {
  const words = useWords();
  const set = useBrowserShortcuts();
  return (
    <Dialog title={words.shell.shortcuts} onClose={onClose} wide>
      <p class="meta">{words.shell.shortcutsHint}</p>
      <div class="sheet">
        {groupsOf(words, set).map(({ title, shortcuts }) => (
          <section key={title}>
            <h3 class="h">{title}</h3>
            <dl>
              {shortcuts.map(({ keys, does }) => (
                <div key={does}>
                  <dt>
                    {keys.length === 0 ? <span class="cap">{words.shell.unset}</span> : null}
                    {keys.map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <section>
          <h3 class="h">{words.week.grid}</h3>
          <p>{words.grid.keys}</p>
        </section>
      </div>
    </Dialog>
  );
}

function groupsOf(words: Words, set: ReadonlyMap<string, readonly string[]>): readonly Group[] {
  const { shell, writing } = words;
  return [
    {
      title: shell.everywhere,
      shortcuts: [
        { keys: set.get('_execute_action') ?? [], does: shell.openPopup },
        { keys: set.get('open-panel') ?? [], does: shell.openPanel },
        { keys: set.get('open-week') ?? [], does: shell.openWeek },
        { keys: ['log'], does: shell.inAddressBar },
      ],
    },
    {
      title: shell.everyPage,
      shortcuts: [
        { keys: ['?'], does: shell.thisSheet },
        { keys: ['Esc'], does: shell.leave },
      ],
    },
    {
      title: words.journal.line,
      shortcuts: lineKeys.map(({ keys, word }) => ({ keys, does: writing.keys[word] })),
    },
  ];
}

/** The keys of the browser's own commands as they are set now; its person may change them. */
function useBrowserShortcuts(): ReadonlyMap<string, readonly string[]> {
  const [set, setSet] = useState<ReadonlyMap<string, readonly string[]>>(new Map());
  useEffect(() => {
    void browser.commands.getAll().then((commands) => {
      const known = commands.flatMap(({ name, shortcut }) =>
        name === undefined || shortcut === undefined || shortcut === ''
          ? []
          : [[name, shortcut.split(/\+(?=.)/)] as const],
      );
      setSet(new Map(known));
    });
  }, []);
  return set;
}
