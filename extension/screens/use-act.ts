/** The one place where screens catch what a command throws: the sentence is made here, last, from its code. */
import { useCallback, useRef, useState } from 'preact/hooks';
import { Refusal } from '../../shared/api/refusal.ts';
import { useWords, type Words } from '../locales/use-words.ts';
import { NotUnderstood } from '../remote/answer.ts';
import { Unreachable } from '../remote/client.ts';
import { isFull } from '../store/full.ts';
import { usePerson } from './person/person-gate.tsx';

/** What happened and what to do, for a person. */
export function sentenceOf(error: unknown, words: Words): string {
  if (error instanceof Refusal) return refusalSentence(error, words);
  if (error instanceof Unreachable) return words.common.unreachable;
  if (error instanceof NotUnderstood) return words.common.notUnderstood;
  if (isFull(error)) return words.common.storageFull;
  return words.common.unexpected(error instanceof Error ? error.name : String(error));
}

/** A reason that the server gives beside the code is said instead of it, where it has words: it is nearer to what hinders. */
function refusalSentence({ code, facts }: Refusal, words: Words): string {
  const known: readonly Readonly<Record<string, string>>[] = [
    words.desk.reason,
    words.journal.problem,
    words.images.problem,
    words.backup.problem,
    words.domain.failure,
    words.accounts.settings.finding,
  ];
  for (const name of [facts.reason, facts.failure])
    for (const sentences of known)
      if (typeof name === 'string' && Object.hasOwn(sentences, name)) return sentences[name] ?? '';
  return words.domain.refusal[code];
}

export interface Act {
  readonly busy: boolean;
  /** Sentence of the last failure, null after success. */
  readonly problem: string | null;
  /** What the server or a command refused last: code, member and facts for a screen that can say more; null after success. */
  readonly refusal: Refusal | null;
  /** Runs a command once at a time. True when it was done. */
  readonly act: (command: () => Promise<unknown>) => Promise<boolean>;
  /** The same for what only this device does: nothing is drawn anew until it is done, so that it is done sooner. False where the one before
   *  still runs. */
  readonly quietly: (command: () => Promise<unknown>) => Promise<boolean>;
  /** The same for a command that signs: the person is asked for first (`anew`: see `AskPerson`). False too where they broke off. */
  readonly signed: (command: () => Promise<unknown>, anew?: boolean) => Promise<boolean>;
  readonly clear: () => void;
}

/** What was thrown, kept as it is: a sentence would stay in the language that it was said in. */
export interface Thrown {
  readonly error: unknown;
}

/** Runs commands of a screen and keeps what went wrong, for a sentence beside the control. */
export function useAct(): Act {
  const words = useWords();
  const ask = usePerson();
  const [busy, setBusy] = useState(false);
  const [thrown, setThrown] = useState<Thrown | null>(null);
  const isQuietlyBusy = useRef(false);
  const run = useCallback(async (command: () => Promise<unknown>) => {
    setThrown(null);
    try {
      await command();
      return true;
    } catch (error) {
      if (!(error instanceof Refusal) && !(error instanceof Unreachable)) console.error(error);
      setThrown({ error });
      return false;
    }
  }, []);
  const act = useCallback(
    async (command: () => Promise<unknown>) => {
      setBusy(true);
      const done = await run(command);
      setBusy(false);
      return done;
    },
    [run],
  );
  const quietly = useCallback(
    async (command: () => Promise<unknown>) => {
      if (isQuietlyBusy.current) return false;
      isQuietlyBusy.current = true;
      const done = await run(command);
      isQuietlyBusy.current = false;
      return done;
    },
    [run],
  );
  const signed = useCallback(
    async (command: () => Promise<unknown>, anew?: boolean) => ((await ask(anew)) ? act(command) : false),
    [ask, act],
  );
  const clear = useCallback(() => setThrown(null), []);
  const problem = thrown === null ? null : sentenceOf(thrown.error, words);
  const refusal = thrown?.error instanceof Refusal ? thrown.error : null;
  return { busy, problem, refusal, act, quietly, signed, clear };
}
