/** From an entry to the one before and after it in each of its threads, in one step. */
import type { ComponentChildren } from 'preact';
import type { EntryBody } from '../../../shared/api/journal.ts';
import { standsFor } from '../../../shared/diary/thread-line.ts';
import { Icon } from '../../components/icon.tsx';
import { here } from '../../device/context.ts';
import { useWords } from '../../locales/use-words.ts';
import { useLive } from '../../store/live.ts';
import type { Written } from '../../store/queries.ts';
import type { SheetLine } from '../../store/sheets.ts';
import { threadNamesOf } from '../../store/thread-names.ts';
import { neighboursIn } from '../../store/threads.ts';
import { linksOf } from '../../store/written.ts';
import { hrefOf } from '../desk/route.ts';

/** Nothing for an entry without threads. Outside of the desk the links open it in a tab. */
export function ThreadSteps({ entry }: { readonly entry: Written<EntryBody> }) {
  const threads = useLive(async () => {
    const said = await threadNamesOf(here.database);
    const named = new Map(
      linksOf(entry).map((link) => {
        const id = standsFor(link.id, said);
        return [id, said.get(id)?.name ?? link.name];
      }),
    );
    return [...named].map(([id, name]) => ({ id, name }));
  }, [entry]);
  if (threads === undefined || threads.length === 0) return null;
  return (
    <ul class="thread-steps">
      {threads.map((thread) => (
        <li key={thread.id}>
          <Steps entry={entry} thread={thread} />
        </li>
      ))}
    </ul>
  );
}

function Steps({
  entry,
  thread,
}: {
  readonly entry: Written<EntryBody>;
  readonly thread: { readonly id: string; readonly name: string };
}) {
  const words = useWords();
  const around = useLive(() => neighboursIn(here.database, entry, thread.id), [entry, thread.id]);
  return (
    <nav aria-label={words.threads.steps}>
      <DeskLink to={['threads', thread.id, entry.id]}>
        <Icon name="thread" small />
        {thread.name}
      </DeskLink>
      {around === undefined ? null : (
        <>
          <Step line={around.before} thread={thread.id} none={words.threads.first} word={words.threads.before} />
          <Step line={around.after} thread={thread.id} none={words.threads.last} word={words.threads.after} />
        </>
      )}
    </nav>
  );
}

function Step({
  line,
  thread,
  none,
  word,
}: {
  readonly line: SheetLine | null;
  readonly thread: string;
  readonly none: string;
  readonly word: (day: string) => string;
}) {
  const words = useWords();
  if (line === null) return <span class="cap">{none}</span>;
  const day = words.search.day(words.time.date(line.day), line.day.slice(0, 4));
  return <DeskLink to={['threads', thread, line.id]}>{word(day)}</DeskLink>;
}

function DeskLink({ to, children }: { readonly to: readonly string[]; readonly children: ComponentChildren }) {
  const isDesk = location.pathname === '/desk.html';
  return (
    <a href={`/desk.html${hrefOf(...to)}`} {...(isDesk ? {} : { target: '_blank' })}>
      {children}
    </a>
  );
}
