/** Statements without Kysely's layers, for what is asked by the hundred a second. */

/** What all of them give; once all have ended throws what the first of them threw: when a transaction ends, nothing of it may be on its way. */
export async function allOf<const T extends readonly unknown[]>(
  asked: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(asked);
  return Promise.all(asked);
}

/** How they are run on a handle. */
export interface Direct {
  /** Reads what is committed and waits for no transaction. Null where there is no such way: a database in memory alone. */
  readonly read: Run | null;
  /** Runs in the transaction of a group (grouped.ts), in the order of the calls, which need not wait for one another. */
  readonly inTransaction: Run | null;
}

/** Gives the rows: on SQLite at once, on PostgreSQL with a promise. */
export type Run = (text: string, parameters: readonly unknown[]) => unknown[] | Promise<unknown[]>;

/** Null for a handle on PostgreSQL that was not opened by `openDatabase`. */
export function directOf(db: { getExecutor(): { readonly adapter: object } }): Direct | null {
  const { adapter } = db.getExecutor();
  // Only our own adapters have it.
  return 'direct' in adapter ? (adapter.direct as Direct) : null;
}
