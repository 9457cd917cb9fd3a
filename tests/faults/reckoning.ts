/** Compares what the clients remember with what a server has: its answers, its public log, its tables. */
import { openDatabase } from '../../server/database/open.ts';
import type { Database } from '../../server/database/port.ts';
import type { Device } from '../../server/demo/device.ts';
import type { World } from '../../server/demo/world.ts';
import { send } from '../../server/demo/world.ts';
import { getComments } from '../../shared/api/comments.ts';
import { getHello, getPull, type Row } from '../../shared/api/journal.ts';
import { b64 } from '../../shared/base/bytes.ts';
import { parseNote } from '../../shared/proof/checkpoint.ts';
import { nodesOf, rootOf } from '../../shared/proof/prove.ts';
import { sealHash } from '../../shared/proof/seal.ts';
import { openJws } from '../../shared/proof/signature.ts';
import { leafHash } from '../../shared/proof/tree.ts';
import { readPublicLog } from '../fixtures/public-log.ts';
import type { Written } from './ledger.ts';

/** All rows of an author, read page by page as a device does. */
export async function rowsOf(device: Device): Promise<Row[]> {
  const { epoch } = await device.call(getHello);
  const rows: Row[] = [];
  let after = 0;
  for (;;) {
    const page = await device.call(getPull, { query: { epoch, after, limit: 200 } });
    rows.push(...page.rows);
    after = page.next;
    if (!page.more) return rows;
  }
}

/** Rows as the ledger writes them. */
export const asWritten = (rows: readonly Row[]): Map<string, Written> =>
  new Map(rows.map(({ id, head, body }) => [id, { head, text: body?.text ?? null }]));

/** Texts of all public comments of a diary. */
export async function commentsOf(
  world: World,
  diary: { readonly draw: string; readonly unit: string },
): Promise<string[]> {
  const texts: string[] = [];
  let after: string | undefined;
  for (;;) {
    const page = await send(world, getComments, { query: { ...diary, after, limit: 100 } });
    texts.push(...page.rows.flatMap(({ text }) => text ?? []));
    if (page.next === null) return texts;
    after = page.next;
  }
}

export interface ReadLog {
  /** Leaves, and what the checkpoint says their number is. */
  readonly leaves: number;
  readonly size: number;
  /** Root recomputed from the leaves, and the checkpoint's. */
  readonly root: string;
  readonly stated: string;
  /** Hashes of the seals by leaf index. */
  readonly seals: ReadonlyMap<number, string>;
  /** Root of the first `size` leaves. */
  readonly rootAt: (size: number) => Promise<string>;
}

/** The public log, recomputed. */
export async function readLog(world: World): Promise<ReadLog> {
  const { note, leaves } = await readPublicLog(world);
  const nodes = nodesOf(await Promise.all(leaves.map((leaf) => leafHash(leaf))));
  const rootAt = async (size: number): Promise<string> => b64(await rootOf(size, nodes));
  const seals = new Map<number, string>();
  for (const [index, leaf] of leaves.entries())
    if (openJws(leaf)?.typ === 'wd-seal+sd-jwt') seals.set(index, await sealHash(leaf));
  return {
    leaves: leaves.length,
    size: note.size,
    root: await rootAt(leaves.length),
    stated: note.root,
    seals,
    rootAt,
  };
}

/** Root that a receipt's checkpoint states, and the size that it is of. */
export function headOf(checkpoint: string): { readonly size: number; readonly root: string } {
  const note = parseNote(checkpoint);
  if (note === null) throw new Error('a receipt has no checkpoint');
  return { size: note.size, root: note.root };
}

/** What the tables hold of the journal and the log, behind the server's back. */
export async function tablesOf(address: string) {
  return withDatabase(address, async ({ db }) => ({
    ops: await db.selectFrom('op').select(['author', 'op', 'n', 'device', 'seq', 'status']).execute(),
    leaves: (await db.selectFrom('log_leaf').select('idx').orderBy('idx').execute()).map(({ idx }) => Number(idx)),
    heads: (await db.selectFrom('log_head').select('size').orderBy('size').execute()).map(({ size }) => Number(size)),
    comments: await db.selectFrom('comment').select(['number', 'text']).execute(),
  }));
}

/** Opens a database for a moment: nothing of the test may hold it while the server dies. */
export async function withDatabase<T>(address: string, read: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase(address);
  try {
    return await read(database);
  } finally {
    await database.close();
  }
}
