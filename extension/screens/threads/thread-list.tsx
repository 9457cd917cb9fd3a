/** All threads: those under way first, each by its newest entry. */
import { useWords } from '../../locales/use-words.ts';
import { hrefOf } from '../desk/route.ts';
import type { OwnThread } from './use-threads.ts';

export function ThreadList({ threads }: { readonly threads: readonly OwnThread[] }) {
  const words = useWords();
  return (
    <div class="thread-list">
      <Part title={words.threads.open} threads={threads.filter(({ ended }) => !ended)} />
      <Part title={words.threads.ended} threads={threads.filter(({ ended }) => ended)} />
    </div>
  );
}

function Part({ title, threads }: { readonly title: string; readonly threads: readonly OwnThread[] }) {
  const words = useWords();
  if (threads.length === 0) return null;
  return (
    <section>
      <h2 class="h">{title}</h2>
      <ul>
        {threads.map(({ id, name, state, figures }) => (
          <li key={id}>
            <a class="thread-name" href={hrefOf('threads', id)}>
              {name}
            </a>
            <span class="meta num">
              {`${words.threads.entries(figures.entries)} · ${words.time.duration(figures.minutes)}`}
            </span>
            <span class="meta num">{words.time.period(figures.from, figures.to)}</span>
            {state === '' ? null : <p class="prose">{state}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}
