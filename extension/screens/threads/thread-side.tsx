/** Beside the long line: how far it has come, hours by quarter, what was merged into it, the results in order. */
import type { EntryBody } from '../../../shared/api/journal.ts';
import { quartersOf } from '../../../shared/diary/thread-line.ts';
import type { ZoneOffset } from '../../../shared/time/civil.ts';
import { isSealedInto, setThreadState, unmergeThread } from '../../commands/threads.ts';
import { Message } from '../../components/message.tsx';
import { here } from '../../device/context.ts';
import { useWords } from '../../locales/use-words.ts';
import { useLive } from '../../store/live.ts';
import type { Written } from '../../store/queries.ts';
import { proseOf } from '../../store/written.ts';
import { hrefOf } from '../desk/route.ts';
import { SavedArea } from '../saved-area.tsx';
import { useAct } from '../use-act.ts';
import type { OwnThread } from './use-threads.ts';

/** `entries`: those of the thread, in any order. */
export function ThreadSide({
  thread,
  entries,
  offset,
}: {
  readonly thread: OwnThread;
  readonly entries: readonly Written<EntryBody>[];
  readonly offset: ZoneOffset;
}) {
  const words = useWords();
  return (
    <aside class="thread-side">
      <section>
        <SavedArea
          surface={`thread:${thread.id}:state`}
          label={words.threads.state}
          stored={thread.state}
          save={(text, seen) => setThreadState(thread.id, text, seen)}
          most={1000}
          rows={3}
          hint={words.threads.stateHint}
        />
        <p class="cap">{words.threads.stateLocal}</p>
      </section>
      <Quarters entries={entries} offset={offset} />
      <Merged thread={thread} />
      <Results thread={thread} entries={entries} />
    </aside>
  );
}

function Results({ thread, entries }: { readonly thread: OwnThread; readonly entries: readonly Written<EntryBody>[] }) {
  const words = useWords();
  const results = entries
    .flatMap((entry) => {
      const text = proseOf(entry, 'result');
      return text === null ? [] : [{ id: entry.id, day: entry.body.day, start: entry.body.start, text }];
    })
    .sort((a, b) => (`${a.day} ${a.start}` < `${b.day} ${b.start}` ? -1 : 1));
  return (
    <section>
      <h2 class="h">
        {words.threads.results}
        {results.length === 0 ? null : <small>{words.threads.entries(results.length)}</small>}
      </h2>
      {results.length === 0 ? <p class="meta">{words.threads.noResults}</p> : null}
      <ol class="results">
        {results.map(({ id, day, text }) => (
          <li key={id}>
            <a class="num" href={hrefOf('threads', thread.id, id)}>
              {words.search.day(words.time.date(day), day.slice(0, 4))}
            </a>
            <p class="prose">{text}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Quarters({
  entries,
  offset,
}: {
  readonly entries: readonly Written<EntryBody>[];
  readonly offset: ZoneOffset;
}) {
  const words = useWords();
  const quarters = quartersOf(
    entries.map(({ body }) => body),
    offset,
  );
  const most = Math.max(1, ...quarters.map(({ minutes }) => minutes));
  return (
    <section>
      <h2 class="h">{words.threads.quarters}</h2>
      <ul class="quarters">
        {quarters.map(({ quarter, minutes }) => (
          <li key={quarter}>
            <span>{words.threads.quarter(quarter.slice(0, 4), quarter.slice(6))}</span>
            <svg aria-hidden="true" height="10">
              <rect width={`${(minutes / most) * 100}%`} height="10" />
            </svg>
            <span class="num">{words.time.duration(minutes)}</span>
          </li>
        ))}
      </ul>
      <p class="cap">{words.threads.howCounted}</p>
    </section>
  );
}

/** What was merged into the thread, and the way back while nothing is sealed with it. */
function Merged({ thread }: { readonly thread: OwnThread }) {
  const words = useWords();
  const { act, problem, busy } = useAct();
  const merges = useLive(
    () => Promise.all(thread.merged.map(async (said) => ({ said, isSealed: await isSealedInto(here.database, said) }))),
    [thread.merged],
  );
  if (merges === undefined || merges.length === 0) return null;
  const local = thread.lines.filter(({ threads }) => threads.every(({ id }) => id !== thread.id)).length;
  return (
    <section class="stack">
      <h2 class="h">{words.threads.merged}</h2>
      <ul class="stack">
        {merges.map(({ said, isSealed }) => (
          <li key={said.id}>
            {isSealed ? (
              <span class="meta">{words.threads.unmergeNot(said.name ?? said.id)}</span>
            ) : (
              <button type="button" class="link" disabled={busy} onClick={() => void act(() => unmergeThread(said.id))}>
                {words.threads.unmerge(said.name ?? said.id)}
              </button>
            )}
          </li>
        ))}
      </ul>
      {local === 0 ? null : <p class="meta">{words.threads.mergedLocally(local)}</p>}
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
    </section>
  );
}
