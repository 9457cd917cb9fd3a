/** Transactions of SQLite that come together share one journey to the disk (group commit): each runs in a savepoint of its own, and none
 *  hears how it ended before the disk has all of them. https://www.sqlite.org/lang_savepoint.html */
import { emptyJournal, hasErased } from './erasing.ts';
import type { Database, Db } from './port.ts';
import { directOf } from './sqlite.ts';

/** In one journey. A reader who waits for the connection waits no longer than these take. */
const most = 64;

interface Waiting {
  /** Acts in the transaction; gives what is to be told once it has ended. Rejects only where the whole transaction is lost. */
  readonly act: (trx: Db, isAlone: boolean) => Promise<() => void>;
  readonly lost: (error: unknown) => void;
}

/** `transaction` of a database on SQLite. Whoever comes while others are on their way goes with the next. What an act throws undoes that act
 *  alone; where the transaction itself fails all of its acts are rejected with its error, and nothing of any of them is kept. */
export function groupedTransactions(db: Db): Database['transaction'] {
  const waiting: Waiting[] = [];
  let isUnderWay = false;
  const depart = (): void => {
    if (isUnderWay || waiting.length === 0) return;
    isUnderWay = true;
    // Whatever has come by the end of this turn goes along.
    setImmediate(() => {
      journey(db, waiting.splice(0, most)).finally(() => {
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

async function journey(db: Db, group: readonly Waiting[]): Promise<void> {
  try {
    const ended: (() => void)[] = [];
    const isErasing = await db.transaction().execute(async (trx) => {
      for (const { act } of group) ended.push(await act(trx, group.length === 1));
      return hasErased(trx);
    });
    if (isErasing) await emptyJournal(db);
    for (const tell of ended) tell();
  } catch (error) {
    for (const { lost } of group) lost(error);
  }
}

type Ended<T> = { readonly value: T } | { readonly error: unknown };

/** Runs an act so that it can be undone alone. */
async function apart<T>(trx: Db, act: (trx: Db) => Promise<T>): Promise<Ended<T>> {
  const run = (text: string): unknown => directOf(trx)?.inTransaction(text, []);
  run('savepoint act');
  let ended: Ended<T>;
  try {
    ended = { value: await act(trx) };
  } catch (error) {
    undo(run, error);
    ended = { error };
  }
  run('release act');
  return ended;
}

/** Where SQLite has given up the whole transaction already, what made it do so is thrown: all are lost by that. */
function undo(run: (text: string) => unknown, error: unknown): void {
  try {
    run('rollback to act');
  } catch {
    throw error;
  }
}
