/** The one place where screens catch what a command throws: the sentence is made here, last, from its code (style.md 6). */
import { useCallback, useState } from 'preact/hooks';
import { Refusal } from '../../shared/api/refusal.ts';
import { useWords, type Words } from '../locales/use-words.ts';
import { Unreachable } from '../remote/client.ts';

/** What happened and what to do, for a person. */
export function sentenceOf(error: unknown, words: Words): string {
  if (error instanceof Refusal) {
    const { reason } = error.facts;
    const known = error.code === 'FIELD_INVALID' && typeof reason === 'string';
    const rule = known ? Object.entries(words.journal.problem).find(([code]) => code === reason) : undefined;
    return rule?.[1] ?? words.domain.refusal[error.code];
  }
  if (error instanceof Unreachable) return words.common.unreachable;
  return words.common.unexpected(error instanceof Error ? error.name : String(error));
}

export interface Act {
  readonly busy: boolean;
  /** Sentence of the last failure, null after success. */
  readonly problem: string | null;
  /** Runs a command once at a time. True when it was done. */
  readonly act: (command: () => Promise<unknown>) => Promise<boolean>;
  readonly clear: () => void;
}

/** Runs commands of a screen and keeps what went wrong as a sentence beside the control. */
export function useAct(): Act {
  const words = useWords();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const act = useCallback(
    async (command: () => Promise<unknown>) => {
      setBusy(true);
      setProblem(null);
      try {
        await command();
        return true;
      } catch (error) {
        if (!(error instanceof Refusal) && !(error instanceof Unreachable)) console.error(error);
        setProblem(sentenceOf(error, words));
        return false;
      } finally {
        setBusy(false);
      }
    },
    [words],
  );
  return { busy, problem, act, clear: () => setProblem(null) };
}
