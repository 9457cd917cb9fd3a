/** Proves that the tables of a restored database are whole: rows counted, the log computed anew from its leaves and signed by a key that is
 *  here, seals against their leaves, the audit trail as a chain. Everything is streamed but the leaves of the log. */
import { sql } from 'kysely';
import { type Bytes, b64, concat } from '../../shared/base/bytes.ts';
import { admitLeaves } from '../../shared/proof/audit.ts';
import { checkChain } from '../../shared/proof/audit-chain.ts';
import { type Head, noteVerifies, parseNote, parseVkey } from '../../shared/proof/checkpoint.ts';
import { appendToEdge, edgeRoot } from '../../shared/proof/prove.ts';
import { sealHash } from '../../shared/proof/seal.ts';
import { leafHash } from '../../shared/proof/tree.ts';
import type { Db } from '../database/port.ts';
import { chainFrom, unlinkedRows } from '../features/audit/queries.ts';
import { newestHead } from '../log/prove.ts';
import type { LogSigner } from '../log/signer.ts';
import { rootOfHashes } from '../log/tiles.ts';
import { organiserOf } from '../organisation/read.ts';
import { auditFile } from '../public/audit-file.ts';
import type { Manifest } from './format.ts';
import { BackupTrouble } from './trouble.ts';

const atOnce = 1000;

export interface Proved {
  /** Null before leaf 0. */
  readonly head: Head | null;
  readonly auditRows: number;
  readonly seals: number;
}

/** Throws BackupTrouble LOG_WRONG, KEY_WRONG or AUDIT_WRONG with the place in the log or the trail. */
export async function prove(db: Db, manifest: Pick<Manifest, 'log'>, log: LogSigner, origin: string): Promise<Proved> {
  const leaves = await proveLog(db, manifest);
  const head = manifest.log;
  if (head !== null) await proveSigned(db, leaves, log, origin);
  return { head, seals: await proveSeals(db, leaves), auditRows: await proveAudit(db) };
}

/** Counts the rows of every table, before a later migration changes any. Throws BackupTrouble COUNT_WRONG. */
export async function recount(db: Db, { tables }: Manifest): Promise<number> {
  let sum = 0;
  for (const [table, said] of Object.entries(tables)) {
    const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(table)}`.execute(db);
    const count = Number(rows[0]?.count);
    if (count !== said) throw new BackupTrouble('COUNT_WRONG', `${table}: ${count}, ${said}`);
    sum += count;
  }
  return sum;
}

/** The leaves, after every head and every full tile was computed from them anew. */
async function proveLog(db: Db, { log }: Pick<Manifest, 'log'>): Promise<readonly string[]> {
  const leaves: string[] = [];
  let edge: readonly Bytes[] = [];
  let hashes: Bytes[] = [];
  let roots: Bytes[] = [];
  for (let from = 0; ; from += atOnce) {
    const page = await db
      .selectFrom('log_leaf')
      .innerJoin('log_head', (join) => join.on('log_head.size', '=', (eb) => eb('log_leaf.idx', '+', 1)))
      .select(['idx', 'jws', 'leaf_hash', 'root', 'edge'])
      .where('idx', '>=', from)
      .where('idx', '<', from + atOnce)
      .orderBy('idx')
      .execute();
    for (const row of page) {
      const hash = await leafHash(row.jws);
      edge = await appendToEdge(edge, leaves.length, hash);
      const isRight =
        row.idx === leaves.length &&
        row.leaf_hash === b64(hash) &&
        row.root === b64(await edgeRoot(edge)) &&
        row.edge === edge.map(b64).join(' ');
      if (!isRight) throw new BackupTrouble('LOG_WRONG', String(row.idx));
      leaves.push(row.jws);
      hashes.push(hash);
      if (hashes.length < 256) continue;
      roots.push(await proveTile(db, 0, leaves.length / 256 - 1, hashes));
      hashes = [];
    }
    if (page.length < atOnce) break;
  }
  for (let level = 1; roots.length >= 256; level += 1) {
    const above: Bytes[] = [];
    for (let n = 0; (n + 1) * 256 <= roots.length; n += 1)
      above.push(await proveTile(db, level, n, roots.slice(n * 256, n * 256 + 256)));
    roots = above;
  }
  const head = await newestHead(db);
  const { count } = await db
    .selectFrom('log_leaf')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  const isWhole = leaves.length === (log?.size ?? 0) && Number(count) === leaves.length && head?.root === log?.root;
  if (!isWhole) throw new BackupTrouble('LOG_WRONG', String(leaves.length));
  return leaves;
}

async function proveTile(db: Db, level: number, n: number, hashes: readonly Bytes[]): Promise<Bytes> {
  const root = await rootOfHashes(hashes);
  const tile = await db
    .selectFrom('log_tile')
    .select(['hashes', 'root'])
    .where('level', '=', level)
    .where('n', '=', n)
    .executeTakeFirst();
  if (tile?.hashes !== b64(concat(...hashes)) || tile.root !== b64(root))
    throw new BackupTrouble('LOG_WRONG', `tile ${level}/${n}`);
  return root;
}

/** The newest head bears a good line of a key that is here; every record one of a key that the log enrolled (verification.md 9, steps 1 to 4). */
async function proveSigned(db: Db, leaves: readonly string[], log: LogSigner, origin: string): Promise<void> {
  const note = parseNote((await newestHead(db))?.note ?? '');
  const vkeys = (await Promise.all(log.keys.map(({ vkey }) => parseVkey(vkey)))).flatMap((key) => key ?? []);
  if (note === null || !(await noteVerifies(note, vkeys))) throw new BackupTrouble('KEY_WRONG', origin);
  const organiser = await organiserOf(db);
  const { findings } = await admitLeaves(leaves, { origin, organisers: organiser === null ? null : [organiser] });
  const [first] = findings;
  if (first !== undefined) throw new BackupTrouble('LOG_WRONG', `${first.index} ${first.code}`);
}

async function proveSeals(db: Db, leaves: readonly string[]): Promise<number> {
  const seals = await db.selectFrom('seal').select(['seal_hash', 'idx']).execute();
  for (const { seal_hash, idx } of seals)
    if ((await sealHash(leaves[idx] ?? '')) !== seal_hash) throw new BackupTrouble('LOG_WRONG', `${idx} seal`);
  return seals.length;
}

async function proveAudit(db: Db): Promise<number> {
  const pages = async function* () {
    for (let from = 0; ; ) {
      const page = await chainFrom(db, from, atOnce);
      yield page;
      const last = page.at(-1);
      if (last === undefined) return;
      from = last.n + 1;
    }
  };
  const { faults, rows } = await checkChain(pages(), (await auditFile(db)).anchors);
  const [first] = faults;
  if (first !== undefined) throw new BackupTrouble('AUDIT_WRONG', String(first.n));
  if ((await unlinkedRows(db)) > 0) throw new BackupTrouble('AUDIT_WRONG', String(rows));
  return rows;
}
