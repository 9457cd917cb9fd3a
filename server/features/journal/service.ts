/** What a device asks before and after it sends: what this server speaks, and rows after a cursor. */

import type { Answer, Output } from '../../../shared/api/endpoint.ts';
import { type getHello, type getPull, maxBytes, maxOps, schemaMax, schemaMin } from '../../../shared/api/journal.ts';
import { Refusal } from '../../../shared/api/refusal.ts';
import { type Context, secondsNow } from '../../context.ts';
import { readOrganisation } from '../../organisation/read.ts';
import type { Author } from './author.ts';
import { entriesAfter, epochOf, weekStatesOf } from './queries.ts';
import { readRow } from './row.ts';

export async function hello(context: Context, unit: string): Promise<Answer<typeof getHello>> {
  const { db } = context.database;
  const sealed = [...(await weekStatesOf(db, unit)).values()]
    .filter(({ sealed_seal_hash, open }) => sealed_seal_hash !== null && open === 0)
    .map(({ week }) => week)
    .sort();
  return {
    epoch: await epochOf(db),
    serverTime: secondsNow(context),
    schemaMin,
    schemaMax,
    maxOps,
    maxBytes,
    sealedThrough: sealed.at(-1) ?? null,
    organisation: (await readOrganisation(context)).revision,
  };
}

/** Rows of the author after a cursor, by `seq`. Throws EPOCH_CHANGED with the present one. */
export async function pull(
  context: Context,
  author: Author,
  { epoch, after, limit }: Output<(typeof getPull)['query']>,
): Promise<Answer<typeof getPull>> {
  const { db } = context.database;
  const present = await epochOf(db);
  if (epoch !== present) throw new Refusal('EPOCH_CHANGED', { facts: { epoch: present } });
  if (!Number.isSafeInteger(after) || !Number.isInteger(limit)) throw new Refusal('MALFORMED');
  const found = await entriesAfter(db, author.person, after, limit + 1);
  const rows = found.slice(0, limit).map(readRow);
  return { epoch: present, rows, next: rows.at(-1)?.seq ?? after, more: found.length > limit };
}
