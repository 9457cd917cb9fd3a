/** What the server says, as state of a screen: loading, ready or failed. What was loaded before stays when a later read fails, with its
 *  time beside it (look.md 7, offline). */
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Refusal } from '../../shared/api/refusal.ts';
import { here } from '../device/context.ts';
import { useWords, type Words } from '../locales/use-words.ts';
import { Unreachable } from '../remote/client.ts';
import { sentenceOf, type Thrown } from './use-act.ts';

/** `at`: milliseconds since 1970 of the read. `problem`: why the last try to read again failed; null when it is fresh. */
export type Answered<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly value: T; readonly at: number; readonly problem: string | null }
  | { readonly state: 'failed'; readonly problem: string };

export interface Read<T> {
  readonly answer: Answered<T>;
  /** Reads again now. */
  readonly again: () => Promise<void>;
  /** Puts in what a command answered. */
  readonly replace: (value: T) => void;
}

/** Reads when `inputs` change, when the page is seen again and, while it is seen, every `everyMs`. A read overtaken by a newer one is
 *  dropped. */
export function useAnswer<T>(
  load: () => Promise<T>,
  inputs: readonly unknown[],
  everyMs: number | null = null,
): Read<T> {
  const words = useWords();
  const [known, setKnown] = useState<Known<T>>({ state: 'loading' });
  const latest = useRef({ load, turn: 0 });
  latest.current = { ...latest.current, load };

  const again = useCallback(async () => {
    latest.current.turn += 1;
    const { turn } = latest.current;
    const next = await outcomeOf(latest.current.load);
    if (latest.current.turn !== turn) return;
    setKnown((before) =>
      next.state === 'failed' && before.state === 'ready' ? { ...before, thrown: next.thrown } : next,
    );
  }, []);

  useEffect(() => {
    setKnown({ state: 'loading' });
    void again();
    const seen = () => {
      if (document.visibilityState === 'visible') void again();
    };
    const timer = everyMs === null ? null : setInterval(seen, everyMs);
    document.addEventListener('visibilitychange', seen);
    window.addEventListener('online', seen);
    return () => {
      latest.current.turn += 1;
      if (timer !== null) clearInterval(timer);
      document.removeEventListener('visibilitychange', seen);
      window.removeEventListener('online', seen);
    };
  }, inputs);

  const replace = useCallback((value: T) => {
    latest.current.turn += 1;
    setKnown({ state: 'ready', value, at: here.now(), thrown: null });
  }, []);
  const answer = useMemo(() => answeredOf(known, words), [known, words]);
  return { answer, again, replace };
}

/** An answer whose failure is not said yet. */
type Known<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly value: T; readonly at: number; readonly thrown: Thrown | null }
  | { readonly state: 'failed'; readonly thrown: Thrown };

function answeredOf<T>(known: Known<T>, words: Words): Answered<T> {
  switch (known.state) {
    case 'loading':
      return known;
    case 'failed':
      return { state: 'failed', problem: sentenceOf(known.thrown.error, words) };
    case 'ready': {
      const { value, at, thrown } = known;
      return { state: 'ready', value, at, problem: thrown === null ? null : sentenceOf(thrown.error, words) };
    }
  }
}

async function outcomeOf<T>(load: () => Promise<T>): Promise<Exclude<Known<T>, { state: 'loading' }>> {
  try {
    return { state: 'ready', value: await load(), at: here.now(), thrown: null };
  } catch (error) {
    if (!(error instanceof Refusal) && !(error instanceof Unreachable)) console.error(error);
    return { state: 'failed', thrown: { error } };
  }
}
