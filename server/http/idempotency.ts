/** A POST that may be sent twice is done once: `Idempotency-Key`, bound to route and body, for 24 hours. */
import { Refusal } from '../../shared/api/refusal.ts';
import { type Context, secondsNow } from '../context.ts';
import { allOf } from '../database/direct.ts';
import { actsAtOnce } from '../database/grouped.ts';
import { lockFor } from '../database/lock.ts';
import type { Database, Db } from '../database/port.ts';
import { prepared } from '../database/prepared.ts';

/** How long an answer is kept. */
const keptSeconds = 86_400;

/** Thrown out of a transaction whose work was done before; carries the first answer. */
export class DoneBefore extends Error {
  readonly answer: unknown;

  constructor(answer: unknown) {
    super('DONE_BEFORE');
    this.answer = answer;
  }
}

/** The key of a request, bound to its route. Throws FIELD_INVALID for a key that is missing or not 22 to 64 letters of base64url. */
export function keyOf(route: string, header: string | undefined): string {
  if (header === undefined || !/^[\w-]{22,64}$/.test(header))
    throw new Refusal('FIELD_INVALID', { field: 'Idempotency-Key' });
  return `${route} ${header}`;
}

/** A context whose first transaction keeps what it returns (the answer) under the key, in that same transaction. Where the key is known the
 *  transaction throws `DoneBefore`; with another body, IDEMPOTENCY_REUSED. */
export function onceContext(context: Context, key: string, bodyHash: string): Context {
  const { database } = context;
  let isFirst = true;
  const kept =
    (begin: Database['transaction'], claim: (trx: Db) => unknown): Database['transaction'] =>
    (act) => {
      if (!isFirst) return begin(act);
      isFirst = false;
      return begin(async (trx) => {
        await claim(trx);
        // The act need not wait for the answer: what it did is undone where it was done before.
        const [, answer] = await allOf([throwIfDone(trx, context, key, bodyHash), act(trx)]);
        const json = JSON.stringify(answer ?? null);
        await keepQuery(trx, { key, body_hash: bodyHash, answer: json, at: secondsNow(context) });
        return answer;
      });
    };
  const transaction = kept(
    (act) => database.transaction(act),
    (trx) => lockFor(trx, `idempotency ${key}`),
  );
  // Of all processes one group at a time is under way.
  const grouped = kept(
    (act) => database.grouped(act),
    (trx) => actsAtOnce(trx) && requireAlone(trx, key),
  );
  return { ...context, database: { ...database, transaction, grouped } };
}

/** Throws where another act of the same group has the key: done one after the other, the second finds the first one's answer. */
function requireAlone(trx: Db, key: string): void {
  const keys = keysAtOnce.get(trx) ?? new Set<string>();
  keysAtOnce.set(trx, keys);
  if (keys.has(key)) throw new Error('the key is under way');
  keys.add(key);
}

const keysAtOnce = new WeakMap<Db, Set<string>>();

/** Throws `DoneBefore` with the first answer, or IDEMPOTENCY_REUSED; returns where the key is new or forgotten. */
export async function throwIfDone(db: Db, context: Context, key: string, bodyHash: string): Promise<void> {
  const [row] = await doneQuery(db, { key });
  if (row === undefined || row.at <= secondsNow(context) - keptSeconds) return;
  if (row.body_hash !== bodyHash) throw new Refusal('IDEMPOTENCY_REUSED');
  throw new DoneBefore(JSON.parse(row.answer));
}

interface Kept {
  readonly [name: string]: string | number;
  readonly key: string;
  readonly body_hash: string;
  readonly answer: string;
  readonly at: number;
}

const keepQuery = prepared((db, kept: Kept) =>
  db
    .insertInto('idempotency')
    .values(kept)
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet({ body_hash: kept.body_hash, answer: kept.answer, at: kept.at }),
    ),
);

const doneQuery = prepared((db, { key }: { readonly key: string }) =>
  db.selectFrom('idempotency').select(['body_hash', 'answer', 'at']).where('key', '=', key),
);
