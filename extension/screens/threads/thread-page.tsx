/** One piece of work: its long line, how far it has come, its results in order, its hours. */
import { useState } from 'preact/hooks';
import { setEnded } from '../../commands/threads.ts';
import { Button } from '../../components/button.tsx';
import { Message } from '../../components/message.tsx';
import { here } from '../../device/context.ts';
import { useWords } from '../../locales/use-words.ts';
import { useLive } from '../../store/live.ts';
import type { Reading } from '../../store/sheet-reader.ts';
import { entriesAmong, writtenByIds } from '../../store/written.ts';
import { hrefOf } from '../desk/route.ts';
import { EntryDialog } from '../entry-dialog.tsx';
import { ReadingProgress } from '../search/reading-progress.tsx';
import { useAct } from '../use-act.ts';
import type { Journal } from '../use-journal.ts';
import { LongLine } from './long-line.tsx';
import { MergeDialog } from './merge-dialog.tsx';
import { NamesDialog } from './names-dialog.tsx';
import { ThreadSide } from './thread-side.tsx';
import { useLineKeys } from './use-line-keys.ts';
import type { OwnThread } from './use-threads.ts';

/** `entry`: the one that the address names; the focus goes to it. */
export function ThreadPage({
  thread,
  others,
  reading,
  journal,
  entry,
}: {
  readonly thread: OwnThread;
  readonly others: readonly OwnThread[];
  readonly reading: Reading;
  readonly journal: Journal;
  readonly entry: string | null;
}) {
  const words = useWords();
  const { act, problem } = useAct();
  const [asking, setAsking] = useState<'names' | 'merge' | null>(null);
  const [open, setOpen] = useState<string | null>(null);
  const ids = thread.lines.map(({ id }) => id);
  const entries = useLive(async () => entriesAmong(await writtenByIds(here.database, ids)), [ids.join(' ')]);
  const line = useLineKeys(entry, entries !== undefined, () => setOpen(null));
  const { figures } = thread;
  return (
    <div class="thread">
      <p class="row meta">
        <a href={hrefOf('threads')}>{words.threads.all}</a>
        <ReadingProgress reading={reading} />
      </p>
      <header class="top">
        <h1>{thread.name}</h1>
        <span class="meta num">
          <span>
            {words.threads.entries(figures.entries)} · {words.time.duration(figures.minutes)}
          </span>
          <span>{words.time.period(figures.from, figures.to)}</span>
          {thread.ended ? <span class="kind">{words.threads.ended}</span> : null}
        </span>
        <div class="end">
          <Button onClick={() => setAsking('names')}>{words.threads.names}</Button>
          {thread.given ? null : <Button onClick={() => setAsking('merge')}>{words.threads.merge}</Button>}
          <Button onClick={() => void act(() => setEnded(thread.id, !thread.ended))}>
            {thread.ended ? words.threads.goOn : words.threads.end}
          </Button>
        </div>
      </header>
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
      {entries === undefined ? null : (
        <div class="thread-columns">
          <LongLine entries={entries} journal={journal} lineRef={line} onOpen={setOpen} />
          <ThreadSide thread={thread} entries={entries} offset={journal.offset} />
        </div>
      )}
      {asking === 'names' ? <NamesDialog thread={thread} onClose={() => setAsking(null)} /> : null}
      {asking === 'merge' ? <MergeDialog thread={thread} others={others} onClose={() => setAsking(null)} /> : null}
      {open === null ? null : <EntryDialog id={open} onClose={() => setOpen(null)} />}
    </div>
  );
}
