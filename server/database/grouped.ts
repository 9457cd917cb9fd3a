/** Transactions that come together share one journey to the disk (group commit): each runs in a savepoint of its own, and none hears how it ended
 *  before the disk has all of them. https://www.sqlite.org/lang_savepoint.html, https://www.postgresql.org/docs/current/sql-savepoint.html */
import { sql } from 'kysely';
import { directOf, type Run } from './direct.ts';
import { emptyJournal, hasErased } from './erasing.ts';
import { isPostgres } from './lock.ts';
import type { Database, Db } from './port.ts';

/** In one journey. A reader who waits for the connection waits no longer than these take. */
const most = 64;
/** A database that has gone silent keeps those who are under way; whoever waits so long behind them is refused. */
const patienceMs = 10_000;

interface Waiting {
  /** Acts in the transaction; gives what is to be told once it has ended. Rejects only where the whole transaction is lost. */
  readonly act: (trx: Db, isAlone: boolean) => Promise<() => void>;
  readonly lost: (error: unknown) => void;
}

const ending = new WeakSet<Db>();

/** Says that this transaction has locked, or is about to lock, what transactions outside of groups lock in an order of their own: nobody acts
 *  behind it in the same group, so that none waits for a second such lock. */
export const endsGroup = (trx: Db): void => {
  ending.add(trx);
};

/** Transactions in groups over a handle that is used for nothing else at the same time. Whoever comes while others are on their way goes with the
 *  next. What an act throws undoes that act alone; where the transaction itself fails all of its acts are rejected with its error, and nothing
 *  of any of them is kept. */
export function groupedTransactions(db: Db): Database['grouped'] {
  const waiting: Waiting[] = [];
  let isUnderWay = false;
  const depart = (): void => {
    if (isUnderWay || waiting.length === 0) return;
    isUnderWay = true;
    // Whatever has come by the end of this turn goes along.
    setImmediate(() => {
      const late = setInterval(() => {
        for (const { lost } of waiting.splice(0)) lost(noAnswer());
      }, patienceMs);
      journey(db, waiting).finally(() => {
        clearInterval(late);
        isUnderWay = false;
        depart();
      });
    });
  };
  return <T>(act: (trx: Db) => Promise<T>) =>
    new Promise<T>((resolve, reject) => {
      waiting.push({
        act: async (trx, isAlone) => {
          const ended = isAlone ? { value: await act(trx) } : await apart(trx, act);
          return 'value' in ended ? () => resolve(ended.value) : () => reject(ended.error);
        },
        lost: reject,
      });
      depart();
    });
}

/** As the network has it: the database is away (away.ts). */
const noAnswer = (): Error => Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' });

async function journey(db: Db, waiting: Waiting[]): Promise<void> {
  const group = waiting.splice(0, most);
  const isAlone = group.length === 1;
  const ended: (() => void)[] = [];
  try {
    const isErasing = await db.transaction().execute(async (trx) => {
      // Groups of several processes would wait for one another's rows in a circle.
      if (isPostgres(trx)) await beginGroup(trx);
      for (const { act } of group) {
        ended.push(await act(trx, isAlone));
        if (ending.has(trx)) break;
      }
      return !isPostgres(trx) && hasErased(trx);
    });
    waiting.unshift(...group.splice(ended.length));
    if (isErasing) await emptyJournal(db);
    for (const tell of ended) tell();
  } catch (error) {
    for (const { lost } of group) lost(error);
  }
}

/** Groups of several processes would wait for one another's rows in a circle. A plan is kept for long and may have been made while its table was
 *  small enough to be read whole. */
const beginGroup = (trx: Db): Promise<unknown> =>
  sql`select set_config('enable_seqscan', 'off', true), pg_advisory_xact_lock(hashtextextended('groups', 0))`.execute(
    trx,
  );

type Ended<T> = { readonly value: T } | { readonly error: unknown };

/** Runs an act so that it can be undone alone. What only begins and ends the savepoint is not waited for: where it fails, so does the commit. */
async function apart<T>(trx: Db, act: (trx: Db) => Promise<T>): Promise<Ended<T>> {
  const run = directOf(trx)?.inTransaction ?? null;
  if (run === null) throw new TypeError('groups run on a handle with statements of its own');
  send(run, 'savepoint act');
  let ended: Ended<T>;
  try {
    ended = { value: await act(trx) };
  } catch (error) {
    await undo(run, error);
    ended = { error };
  }
  send(run, 'release act');
  return ended;
}

function send(run: Run, text: string): void {
  const sent = run(text, []);
  if (sent instanceof Promise) sent.catch(() => undefined);
}

/** Where the database has given up the whole transaction already, what made it do so is thrown: all are lost by that. */
async function undo(run: Run, error: unknown): Promise<void> {
  try {
    await run('rollback to act', []);
  } catch {
    throw error;
  }
}
