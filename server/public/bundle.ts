/** `draw/<draw>/<unit>.json`: everything a reader needs to check one diary (verification.md 8). */

import { b64 } from '../../shared/base/bytes.ts';
import type { LogRecord } from '../../shared/proof/keys.ts';
import { presentation } from '../../shared/proof/make-seal.ts';
import { consistencyPath, inclusionPath, type NodeReader } from '../../shared/proof/prove.ts';
import { openJws } from '../../shared/proof/signature.ts';
import { nodeHash } from '../../shared/proof/tree.ts';
import type { Bundle } from '../../shared/proof/verify.ts';
import type { Db } from '../database/port.ts';
import { servedNote } from '../log/note-lines.ts';
import { consistencyProof } from '../log/prove.ts';
import { nodesAt } from '../log/tiles.ts';
import { acksOf, drawById, recordsAt, recordsOfDraw } from '../records/queries.ts';
import { publicationOf, sealMaterial } from './load.ts';

/** The bundle of a published diary, null for every other. It proves against the head of its publication, or of the last hold since. `from`:
 *  size of the head that the reader remembers, for `seen_consistency`; left out where the log has no such head. */
export async function bundleOf(db: Db, draw: string, unit: string, from: number | null): Promise<Bundle | null> {
  const published = await publicationOf(db, draw, unit);
  const row = published === undefined ? undefined : await drawById(db, draw);
  if (published === undefined || row === undefined || row.lock_size === null || row.lock_root === null) return null;
  const { size } = published;
  const seal = (await sealMaterial(db, [published.seal_hash])).get(published.seal_hash);
  if (seal === undefined) throw new TypeError(`publication ${draw}/${unit} has no seal`);
  const records = [
    ...(await recordsOfDraw(db, row)),
    ...(await recordsAt(db, [seal.index, ...seal.holds.map((hold) => hold.idx)])),
  ];
  const acks = (await acksOf(db, [draw])).map((ack) => ack.jws);
  const keys = await keyRecords(db, signersOf(records, acks), size);
  const head = await db.selectFrom('log_head').select('note').where('size', '=', size).executeTakeFirstOrThrow();
  const lock = { size: row.lock_size, root: row.lock_root };
  const nodes = remembered(nodesAt(db, size));
  const seen = from === null ? null : await seenConsistency(db, from, size);
  const siblings = await db.selectFrom('publication').select('unit').where('draw', '=', draw).orderBy('unit').execute();
  return {
    v: 1,
    checkpoint: await servedNote(db, { size, note: head.note }),
    want: { draw, unit },
    diary: presentation(seal.jws, seal.disclosures),
    leaves: await provenLeaves([...records, ...keys], size, nodes),
    lock: { ...lock, consistency: (await consistencyPath(lock.size, size, nodes)).map(b64), acks },
    ...(seen === null ? {} : { seen_consistency: seen }),
    published: siblings.map((one) => one.unit),
  };
}

/** Leaves with their paths in the tree of `size`, sorted, each once; what lies above is left out. */
export async function provenLeaves(
  records: readonly LogRecord[],
  size: number,
  nodes: NodeReader,
): Promise<Bundle['leaves']> {
  const leaves = records
    .filter((record, n, all) => record.index < size && all.findIndex((one) => one.index === record.index) === n)
    .sort((a, b) => a.index - b.index);
  return Promise.all(
    leaves.map(async ({ index, text }) => ({
      i: index,
      jws: text,
      path: (await inclusionPath(index, size, nodes)).map(b64),
    })),
  );
}

/** Each node once: the paths of a hundred leaves share most of theirs. Whole tiles are read, their inner nodes are hashed. */
export function remembered(read: NodeReader): NodeReader {
  const known = new Map<string, ReturnType<NodeReader>>();
  const node: NodeReader = (level, index) => {
    const name = `${level}/${index}`;
    const present = known.get(name);
    if (present !== undefined) return present;
    const made =
      level % 8 === 0
        ? read(level, index)
        : Promise.all([node(level - 1, 2 * index), node(level - 1, 2 * index + 1)]).then(([a, b]) => nodeHash(a, b));
    known.set(name, made);
    return made;
  };
  return node;
}

/** Who signed these records and acknowledgements. */
export const signersOf = (records: readonly LogRecord[], acks: readonly string[]): string[] => [
  ...records.map(({ iss }) => iss),
  ...acks.map((jws) => String(openJws(jws)?.payload.iss ?? '')),
];

/** Every key record below `size` of these actors, and of the organisers who signed those. Index `log_key_actor`. */
export async function keyRecords(db: Db, actors: readonly string[], size: number): Promise<LogRecord[]> {
  const found = new Map<number, LogRecord>();
  const done = new Set<string>();
  let wanted = [...new Set(actors)];
  while (wanted.length > 0) {
    for (const actor of wanted) done.add(actor);
    const keys = await db
      .selectFrom('log_key')
      .select(['added_index', 'ended_index'])
      .where('sub', 'in', wanted)
      .execute();
    const indices = keys.flatMap(({ added_index, ended_index }) => [
      added_index,
      ...(ended_index === null ? [] : [ended_index]),
    ]);
    const records = await recordsAt(
      db,
      indices.filter((index) => index < size && !found.has(index)),
    );
    for (const record of records) found.set(record.index, record);
    wanted = [...new Set(signersOf(records, []))].filter((actor) => !done.has(actor));
  }
  return [...found.values()];
}

async function seenConsistency(db: Db, from: number, size: number): Promise<string[] | null> {
  const head = await db.selectFrom('log_head').select('size').where('size', '=', from).executeTakeFirst();
  if (head === undefined) return null;
  return from <= size ? consistencyProof(db, from, size) : consistencyProof(db, size, from);
}
