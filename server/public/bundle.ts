/** `draw/<draw>/<unit>.json`: everything a reader needs to check one diary (verification.md 8). */

import type { LogRecord } from '../../shared/proof/keys.ts';
import { presentation } from '../../shared/proof/make-seal.ts';
import { openJws } from '../../shared/proof/signature.ts';
import type { Bundle } from '../../shared/proof/verify.ts';
import type { Db } from '../database/port.ts';
import { consistencyProof, inclusionProof } from '../log/prove.ts';
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
  const leaves = [...records, ...(await keyRecords(db, [...records.map(signer), ...acks.map(ackSigner)], size))]
    .filter((record, n, all) => record.index < size && all.findIndex((one) => one.index === record.index) === n)
    .sort((a, b) => a.index - b.index);
  const head = await db.selectFrom('log_head').select('note').where('size', '=', size).executeTakeFirstOrThrow();
  const lock = { size: row.lock_size, root: row.lock_root };
  const seen = from === null ? null : await seenConsistency(db, from, size);
  const siblings = await db.selectFrom('publication').select('unit').where('draw', '=', draw).orderBy('unit').execute();
  return {
    v: 1,
    checkpoint: head.note,
    want: { draw, unit },
    diary: presentation(seal.jws, seal.disclosures),
    leaves: await Promise.all(
      leaves.map(async ({ index, text }) => ({ i: index, jws: text, path: await inclusionProof(db, index, size) })),
    ),
    lock: { ...lock, consistency: await consistencyProof(db, lock.size, size), acks },
    ...(seen === null ? {} : { seen_consistency: seen }),
    published: siblings.map((one) => one.unit),
  };
}

const signer = (record: LogRecord): string => record.iss;
const ackSigner = (jws: string): string => String(openJws(jws)?.payload.iss ?? '');

/** Every key record below `size` of these actors, and of the organisers who signed those. Index `log_key_actor`. */
async function keyRecords(db: Db, actors: readonly string[], size: number): Promise<LogRecord[]> {
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
    wanted = [...new Set(records.map(signer))].filter((actor) => !done.has(actor));
  }
  return [...found.values()];
}

async function seenConsistency(db: Db, from: number, size: number): Promise<string[] | null> {
  const head = await db.selectFrom('log_head').select('size').where('size', '=', from).executeTakeFirst();
  if (head === undefined) return null;
  return from <= size ? consistencyProof(db, from, size) : consistencyProof(db, size, from);
}
