/** Transactions that come together share one journey to the disk (group commit): what one of them throws undoes it alone, and none hears how it
 *  ended before the disk has all of them. https://www.sqlite.org/lang_savepoint.html, https://www.postgresql.org/docs/current/sql-savepoint.html */
import { sql } from 'kysely';
import { awayBy } from './away.ts';
import { directOf, type Run } from './direct.ts';
import { emptyJournal, hasErased } from './erasing.ts';
import { isPostgres } from './lock.ts';
import type { Database, Db } from './port.ts';

/** In one journey. A reader who waits for the connection waits no longer than these take. */
const most = 64;
/** A database that has gone silent keeps those who are under way; whoever waits so long behind them is refused. */
const patienceMs = 10_000;

/** Groups that act one after another, once one could not act at once. */
const carefulGroups = 16;

interface Waiting {
  /** Acts in the transaction; rejects with what the act throws. */
  readonly act: (trx: Db) => Promise<unknown>;
  readonly done: (value: unknown) => void;
  readonly failed: (error: unknown) => void;
}

const ending = new WeakSet<Db>();
const atOnce = new WeakSet<Db>();

/** Whether the acts of this transaction run at once: what one of them writes another may have looked for already. Where that matters an act throws,
 *  and all of them are done again, one after another. */
export const actsAtOnce = (trx: Db): boolean => atOnce.has(trx);

/** Says that this transaction has locked, or is about to lock, what transactions outside of groups lock in an order of their own: nobody acts
 *  behind it in the same group, so that none waits for a second such lock. */
export const endsGroup = (trx: Db): void => {
  if (atOnce.has(trx)) throw new Error('an act that ends its group comes after the others');
  ending.add(trx);
};

/** Transactions in groups over a handle that is used for nothing else at the same time. Whoever comes while others are on their way goes with the
 *  next. What an act throws undoes that act alone; where the transaction itself fails all of its acts are rejected with its error, and nothing
 *  of any of them is kept. On PostgreSQL the acts of a group are done at once, and again one after another where one of them throws. */
export function groupedTransactions(db: Db): Database['grouped'] {
  const waiting: Waiting[] = [];
  let isUnderWay = false;
  let careful = isPostgres(db) ? 0 : Number.POSITIVE_INFINITY;
  const journey = async (): Promise<void> => {
    const group = waiting.splice(0, most);
    if (careful === 0 && group.length > 1) {
      if (await together(db, group)) return;
      careful = carefulGroups;
    }
    careful = Math.max(0, careful - 1);
    waiting.unshift(...(await inTurn(db, group)));
  };
  const depart = (): void => {
    if (isUnderWay || waiting.length === 0) return;
    isUnderWay = true;
    // Whatever has come by the end of this turn goes along.
    setImmediate(() => {
      const late = setInterval(() => {
        for (const { failed } of waiting.splice(0)) failed(noAnswer());
      }, patienceMs);
      journey().finally(() => {
        clearInterval(late);
        isUnderWay = false;
        depart();
      });
    });
  };
  return <T>(act: (trx: Db) => Promise<T>) =>
    new Promise<T>((resolve, reject) => {
      // It is given what its own act gave.
      waiting.push({ act, done: (value) => resolve(value as T), failed: reject });
      depart();
    });
}

/** As the network has it: the database is away (away.ts). */
const noAnswer = (): Error => Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' });

/** Thrown where acts are to be done one after another. */
class InTurn extends Error {}

/** Does all at once, without savepoints; gives false where one of them throws, and then nothing is kept. */
async function together(db: Db, group: readonly Waiting[]): Promise<boolean> {
  try {
    const values = await db.transaction().execute(async (trx) => {
      atOnce.add(trx);
      await beginGroup(trx);
      const ended = await Promise.allSettled(group.map(({ act }) => act(trx)));
      return ended.map((each) => {
        if (each.status === 'rejected') throw new InTurn('one of them throws', { cause: each.reason });
        return each.value;
      });
    });
    for (const [n, { done }] of group.entries()) done(values[n]);
    return true;
  } catch (error) {
    if (error instanceof InTurn && awayBy(error.cause) !== 'AWAY') return false;
    for (const { failed } of group) failed(error instanceof InTurn ? error.cause : error);
    return true;
  }
}

/** Does one after another, each in a savepoint; gives those behind one that ends its group. */
async function inTurn(db: Db, group: Waiting[]): Promise<Waiting[]> {
  const isAlone = group.length === 1;
  const told: (() => void)[] = [];
  try {
    const isErasing = await db.transaction().execute(async (trx) => {
      if (isPostgres(trx)) await beginGroup(trx);
      for (const { act, done, failed } of group) {
        const ended = isAlone ? { value: await act(trx) } : await apart(trx, act);
        told.push('value' in ended ? () => done(ended.value) : () => failed(ended.error));
        if (ending.has(trx)) break;
      }
      return !isPostgres(trx) && hasErased(trx);
    });
    if (isErasing) await emptyJournal(db);
  } catch (error) {
    for (const { failed } of group) failed(error);
    return [];
  }
  for (const tell of told) tell();
  return group.slice(told.length);
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
