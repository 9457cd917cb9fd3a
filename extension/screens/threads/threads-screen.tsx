/** Threads: all of them (`#/threads`), the long line of one (`#/threads/<id>`), and one entry in it (`#/threads/<id>/<entry>`). */
import { standsFor } from '../../../shared/diary/thread-line.ts';
import { Empty } from '../../components/loaded.tsx';
import { useWords } from '../../locales/use-words.ts';
import { PageHead } from '../desk/page-head.tsx';
import { hrefOf } from '../desk/route.ts';
import { ReadingProgress } from '../search/reading-progress.tsx';
import { useJournal } from '../use-journal.ts';
import { ThreadList } from './thread-list.tsx';
import { ThreadPage } from './thread-page.tsx';
import { useThreads } from './use-threads.ts';

export function ThreadsScreen({ route }: { readonly route: readonly string[] }) {
  const words = useWords();
  const known = useThreads();
  const journal = useJournal();
  if (known === null || journal === undefined) return <PageHead title={words.threads.title} />;
  const { reading, threads, said } = known;
  const [named, entry] = route;
  const id = named === undefined ? null : standsFor(named, said);
  const shown = threads.find((thread) => thread.id === id);
  if (shown !== undefined)
    return (
      <ThreadPage
        key={shown.id}
        thread={shown}
        others={threads}
        reading={reading}
        journal={journal}
        entry={entry ?? null}
      />
    );
  return (
    <>
      <PageHead title={words.threads.title} about={words.threads.about}>
        <ReadingProgress reading={reading} />
      </PageHead>
      {id !== null && reading.read === reading.of ? <Empty title={words.threads.notHere} /> : null}
      {threads.length > 0 ? (
        <ThreadList threads={threads} />
      ) : reading.read < reading.of ? null : (
        <>
          <Empty title={words.threads.empty} hint={words.threads.emptyHint} />
          <p>
            <a href={hrefOf('week')}>{words.threads.toWeek}</a>
          </p>
        </>
      )}
    </>
  );
}
