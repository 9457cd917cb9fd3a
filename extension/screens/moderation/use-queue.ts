/** The queue as one person works through it: a decided item leaves at once, the server is told behind it, and what failed comes back. Reading
 *  again changes neither the place nor the focus. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { getQueue, type WaitingComment } from '../../../shared/api/comments.ts';
import { Refusal } from '../../../shared/api/refusal.ts';
import { type Outcome, takeBack } from '../../commands/comments.ts';
import { useWords, type Words } from '../../locales/use-words.ts';
import { call, Unreachable } from '../../remote/client.ts';
import { type Desk, useDesk } from '../desk/use-desk.ts';
import { sentenceOf } from '../use-act.ts';
import { type Read, useAnswer } from '../use-answer.ts';
import { firstDecision } from './first-decision.ts';

const readEveryMs = 20_000;
/** Rows from which on the next page is read, and pages that are read in one go at most: of a wave one row is left. */
const fewRows = 15;
const mostPages = 8;

export interface QueuePage {
  readonly rows: readonly WaitingComment[];
  readonly total: number;
  /** Whether more follows. */
  readonly more: boolean;
}

/** What is said above the queue; `tone` of what failed is `fail`. */
export interface Said {
  readonly tone: 'ok' | 'fail';
  readonly text: string;
}

/** What a decision says once it is done. */
export type Says = (text: Words['comments']['moderation']) => string;

/** What is said, kept without its language. */
interface Kept {
  readonly tone: Said['tone'];
  readonly say: (words: Words, desk: Desk) => string;
}

export interface Queue {
  readonly read: Read<QueuePage>;
  /** What is left to decide here, most urgent first. */
  readonly rows: readonly WaitingComment[];
  readonly total: number;
  readonly current: WaitingComment | null;
  readonly choose: (id: string) => void;
  readonly step: (by: number) => void;
  /** Takes the current item (or several of its wave) out and runs the command behind it; goes on to the next. */
  readonly decide: (ids: readonly string[], command: () => Promise<readonly [Outcome, Says]>) => void;
  readonly undo: () => void;
  readonly mayUndo: boolean;
  readonly said: Said | null;
  /** Decisions that are still on their way to the server. */
  readonly sending: number;
}

const keyOf = ({ id, version, why }: WaitingComment): string => `${why} ${id} ${version}`;

export function useQueue(): Queue {
  const words = useWords();
  const desk = useDesk();
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const [chosen, setChosen] = useState<string | null>(null);
  const [said, setSaid] = useState<Kept | null>(null);
  const [last, setLast] = useState<Outcome | null>(null);
  const latest = useRef<Outcome | null>(null);
  const keep = (outcome: Outcome | null) => {
    latest.current = outcome;
    setLast(outcome);
  };
  const [sending, setSending] = useState(0);
  const pending = useRef<Promise<unknown>>(Promise.resolve());
  const left = useRef(gone);
  left.current = gone;

  const read = useAnswer(() => readPages(left.current), [], readEveryMs);
  const page = read.answer.state === 'ready' ? read.answer.value : null;
  const rows = page === null ? [] : page.rows.filter((row) => !gone.has(keyOf(row)));
  const total = page === null ? 0 : page.total - (page.rows.length - rows.length);
  const at = rows.findIndex(({ id }) => id === chosen);
  const current = rows[Math.max(0, at)] ?? null;
  // Who reads the first one keeps it when a more urgent one arrives above.
  useEffect(() => {
    if (current !== null && current.id !== chosen) setChosen(current.id);
  }, [current?.id, chosen]);
  const isShort = page?.more === true && rows.length < fewRows;
  useEffect(() => {
    if (isShort) void read.again();
  }, [isShort]);

  // A tab that is closed takes what is on its way along.
  useEffect(() => {
    if (sending === 0) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [sending === 0]);

  const step = (by: number) => {
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + by))];
    if (next !== undefined) setChosen(next.id);
  };

  const decide: Queue['decide'] = (ids, command) => {
    const taken = rows.filter(({ id }) => ids.includes(id));
    const keys = taken.map(keyOf);
    const after = rows.slice(Math.max(0, at) + 1).find(({ id }) => !ids.includes(id));
    const next = after ?? rows.findLast(({ id }) => !ids.includes(id));
    setGone((now) => new Set([...now, ...keys]));
    setChosen(next?.id ?? null);
    setSaid(null);
    const run = async () => {
      try {
        const [outcome, says] = await command();
        keep(outcome.items.length === 0 ? null : outcome);
        if (outcome.failed.length === 0) {
          setSaid({ tone: 'ok', say: (words) => says(words.comments.moderation) });
          // The others of its wave stood behind it.
          if (taken.length < ids.length || (taken[0]?.copies ?? 1) > ids.length) await read.again();
          return;
        }
        setSaid({
          tone: 'fail',
          say: (words, desk) => {
            const why = outcome.failed.map(({ facts }) => firstDecision(facts, words, desk));
            return words.comments.moderation.waveFailed(outcome.items.length, [...new Set(why)]);
          },
        });
        await read.again();
      } catch (error) {
        if (!(error instanceof Refusal) && !(error instanceof Unreachable)) console.error(error);
        keep(null);
        const isStale = error instanceof Refusal && error.code === 'VERSION_STALE';
        setSaid({
          tone: 'fail',
          say: (words, desk) => {
            const { stale, failed } = words.comments.moderation;
            const name = taken[0]?.nickname ?? '';
            return isStale
              ? stale(name, firstDecision(error.facts, words, desk))
              : failed(name, sentenceOf(error, words));
          },
        });
        setGone((now) => new Set([...now].filter((key) => !keys.includes(key))));
        setChosen(taken[0]?.id ?? null);
        await read.again();
      }
    };
    setSending((now) => now + 1);
    pending.current = pending.current.then(run).finally(() => setSending((now) => now - 1));
  };

  // Behind what is still on its way, so that it is the last decision that is taken back.
  const undo = () => {
    pending.current = pending.current.then(async () => {
      const outcome = latest.current;
      if (outcome === null) return;
      keep(null);
      if (outcome.undoUntil === null) return setSaid(undoRefused);
      try {
        const failed = await takeBack(outcome);
        setSaid(failed.length === 0 ? undone : undoRefused);
      } catch (error) {
        if (!(error instanceof Refusal) && !(error instanceof Unreachable)) console.error(error);
        setSaid({ tone: 'fail', say: (words) => sentenceOf(error, words) });
      }
      await read.again();
      setChosen(outcome.items[0]?.id ?? null);
    });
  };

  return {
    read,
    rows,
    total,
    current,
    choose: setChosen,
    step,
    decide,
    undo,
    mayUndo: last !== null && last.undoUntil !== null && desk.now <= last.undoUntil,
    said: said === null ? null : { tone: said.tone, text: said.say(words, desk) },
    sending,
  };
}

const undone: Kept = { tone: 'ok', say: ({ comments }) => comments.moderation.undone };
const undoRefused: Kept = { tone: 'fail', say: ({ comments }) => comments.moderation.undoRefused };

/** As many pages as leave enough to work on behind what was decided here already. */
async function readPages(gone: ReadonlySet<string>): Promise<QueuePage> {
  const rows: WaitingComment[] = [];
  let after: string | undefined;
  for (let n = 0; n < mostPages; n += 1) {
    const page = await call(getQueue, { query: { after } });
    rows.push(...page.rows);
    const isEnough = rows.filter((row) => !gone.has(keyOf(row))).length >= fewRows;
    if (page.next === null || isEnough || n === mostPages - 1)
      return { rows, total: page.total, more: page.next !== null };
    after = page.next;
  }
  return { rows, total: rows.length, more: false };
}
