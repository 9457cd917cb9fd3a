/** The threads of an entry: added by name with what is known offered, taken away one by one. */
import { useId, useState } from 'preact/hooks';
import type { EntryBody } from '../../../shared/api/journal.ts';
import { nameKey } from '../../../shared/diary/quick-entry/marks.ts';
import { IconButton } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { Icon } from '../../components/icon.tsx';
import { here } from '../../device/context.ts';
import { useWords } from '../../locales/use-words.ts';
import { newId } from '../../store/ops.ts';
import { cleaned } from '../saved-area.tsx';
import type { Journal } from '../use-journal.ts';

type Threads = NonNullable<EntryBody['threads']>;

/** As many as an entry may have (verification.md 4). */
const most = 10;

/** `id` names the element; `onChange` gets all threads as they should be. */
export function EntryThreads({
  id,
  threads,
  journal,
  onChange,
}: {
  readonly id: string;
  readonly threads: Threads;
  readonly journal: Journal;
  readonly onChange: (threads: Threads) => void;
}) {
  const words = useWords();
  const known = useId();
  const [typed, setTyped] = useState('');
  const has = (thread: { readonly id: string }) => threads.some((own) => own.id === thread.id);
  const add = () => {
    const name = typed.trim().replace(/^[#＃]/, '');
    if (name === '' || threads.length >= most) return;
    const key = nameKey(name);
    const meant = journal.threads.find((each) => [each.name, ...each.aliases].some((word) => nameKey(word) === key));
    const thread = meant === undefined ? { id: newId(here), name } : { id: meant.id, name: meant.name };
    if (!has(thread)) onChange([...threads, thread]);
    setTyped('');
  };
  return (
    <div class="threads" id={id}>
      <TextField
        label={words.journal.threads}
        value={typed}
        placeholder={words.wording.threadHint}
        list={known}
        maxLength={100}
        autocomplete="off"
        disabled={threads.length >= most}
        onInput={(event) => setTyped(cleaned(event.currentTarget.value))}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.isComposing || event.keyCode === 229) return;
          event.preventDefault();
          add();
        }}
        onBlur={add}
      />
      {threads.length === 0 ? null : (
        <ul class="chips">
          {threads.map((thread) => (
            <li key={thread.id}>
              <Icon name="thread" small />
              {thread.name}
              <IconButton
                icon="close"
                label={words.wording.dropThread(thread.name)}
                onClick={() => onChange(threads.filter((own) => own.id !== thread.id))}
              />
            </li>
          ))}
        </ul>
      )}
      <datalist id={known}>
        {journal.threads
          .filter((thread) => !has(thread))
          .map((thread) => (
            <option key={thread.id} value={thread.name}>
              {thread.aliases.join(words.common.enumeration)}
            </option>
          ))}
      </datalist>
    </div>
  );
}
