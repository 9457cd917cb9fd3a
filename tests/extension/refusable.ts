/** A disk without room, for a store in memory. */
import type { Context } from '../../extension/device/context.ts';

/** A store that can be told to refuse every write after so many: the transaction is aborted, as a browser without room does. */
export function refusable({ database }: Context) {
  let left = Number.POSITIVE_INFINITY;
  database.use({
    stack: 'dbcore',
    name: 'refusable',
    create: (core) => ({
      ...core,
      table: (name) => {
        const table = core.table(name);
        return {
          ...table,
          mutate: (request) => {
            left -= 1;
            return left >= 0 ? table.mutate(request) : aborted(request.trans as IDBTransaction);
          },
        };
      },
    }),
  });
  database.close({ disableAutoOpen: false });
  return {
    refuseAfter: (count: number) => {
      left = count;
    },
  };
}

/** What a browser does with a transaction that finds no room. */
function aborted(transaction: IDBTransaction): Promise<never> {
  return new Promise((_, reject) => {
    transaction.addEventListener('abort', () => reject(new DOMException('no room', 'QuotaExceededError')));
    transaction.abort();
  });
}
