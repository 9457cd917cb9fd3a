/** A long piece of work on a screen: how far it is, a way to stop it, and one sentence where it failed. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Work } from '../../commands/backup.ts';
import { useWords } from '../../locales/use-words.ts';
import { isFull } from '../../store/full.ts';
import { sentenceOf, type Thrown } from '../use-act.ts';

export interface WorkState {
  /** 0 to 1 while it runs, else null. */
  readonly share: number | null;
  readonly problem: string | null;
  /** Runs one at a time; what it gives, null where it failed or was stopped. */
  readonly run: <T>(command: (work: Work) => Promise<T>) => Promise<T | null>;
  readonly stop: () => void;
  readonly clear: () => void;
}

/** Stops with the screen. `stoppedSentence`: what is said once a person stopped it. */
export function useWork(stoppedSentence: string): WorkState {
  const words = useWords();
  const [share, setShare] = useState<number | null>(null);
  const [thrown, setThrown] = useState<(Thrown & { readonly stopped: boolean }) | null>(null);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);
  const run = useCallback(async <T>(command: (work: Work) => Promise<T>): Promise<T | null> => {
    const own = new AbortController();
    const { signal } = own;
    abort.current = own;
    setShare(0);
    setThrown(null);
    try {
      return await command({ signal, progress: setShare });
    } catch (error) {
      setThrown({ error, stopped: signal.aborted && error === signal.reason });
      return null;
    } finally {
      setShare(null);
    }
  }, []);
  const stop = useCallback(() => abort.current?.abort(), []);
  const clear = useCallback(() => setThrown(null), []);
  const sentence = ({ error, stopped }: Thrown & { readonly stopped: boolean }): string =>
    stopped ? stoppedSentence : isFull(error) ? words.backup.full : sentenceOf(error, words);
  const problem = thrown === null ? null : sentence(thrown);
  return { share, problem, run, stop, clear };
}
