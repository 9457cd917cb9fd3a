/** What a batch of ops works on: the stored ops, entries, weeks and images that it names, read at once; and what it leads to, written at once.
 *  In between every op sees what those before it did. The caller holds the lock of the author. */
import type { Body } from '../../../shared/api/journal.ts';
import type { Db } from '../../database/port.ts';
import { imageTypes } from '../../records/images.ts';
import { setSeq } from '../../records/sequence.ts';
import type { Author } from './author.ts';
import type { JudgedOp } from './judge-op.ts';
import {
  deleteOps,
  type EntryRow,
  entriesById,
  insertOps,
  type OpRow,
  opsById,
  shutWeeks,
  writeEntries,
} from './queries.ts';

export class Batch {
  readonly trx: Db;
  readonly author: Author;
  /** Types of the author's images that are here, by hash. */
  readonly images: Map<string, string>;
  private readonly ops: Map<string, OpRow>;
  private readonly entries: Map<string, EntryRow>;
  private readonly shut: ReadonlySet<string>;
  private seq: number;
  private newOps: OpRow[] = [];
  private renewed: string[] = [];
  private readonly changed = new Set<string>();

  /** Reads what these ops name. `seq`: the last number given to the author. */
  static async read(trx: Db, author: Author, ops: readonly JudgedOp[], seq: number): Promise<Batch> {
    const bodies = ops.flatMap(({ verdict }) => (verdict.ok && verdict.value !== null ? [verdict.value] : []));
    const entries = await entriesById(trx, author.person, distinct(ops.map(({ op }) => op.id)));
    const weeks = [...entries, ...bodies].map(({ week }) => week);
    return new Batch(trx, author, seq, {
      ops: await opsById(trx, author.person, distinct(ops.map(({ op }) => op.op))),
      entries,
      shut: await shutWeeks(trx, author.unit, distinct(weeks)),
      images: await imageTypes(trx, author.person, distinct(bodies.flatMap(imagesOf))),
    });
  }

  private constructor(
    trx: Db,
    author: Author,
    seq: number,
    read: {
      readonly ops: readonly OpRow[];
      readonly entries: readonly EntryRow[];
      readonly shut: ReadonlySet<string>;
      readonly images: Map<string, string>;
    },
  ) {
    this.trx = trx;
    this.author = author;
    this.seq = seq;
    this.ops = new Map(read.ops.map((row) => [row.op, row]));
    this.entries = new Map(read.entries.map((row) => [row.id, row]));
    this.shut = read.shut;
    this.images = read.images;
  }

  op(op: string): OpRow | undefined {
    return this.ops.get(op);
  }

  entry(id: string): EntryRow | undefined {
    return this.entries.get(id);
  }

  /** A sealed week takes nothing until its leader reopens it. */
  isShut(week: string): boolean {
    return this.shut.has(week);
  }

  nextSeq(): number {
    this.seq += 1;
    return this.seq;
  }

  addOp(row: OpRow): void {
    this.ops.set(row.op, row);
    this.newOps.push(row);
  }

  /** Writes another row in the place of a stored op. */
  renewOp(row: OpRow): void {
    this.renewed.push(row.op);
    this.addOp(row);
  }

  setEntry(row: EntryRow): void {
    this.entries.set(row.id, row);
    this.changed.add(row.id);
  }

  /** After the ops of an entry were redacted in the tables: only their frames are compared from here on. */
  forgetHashes(id: string): void {
    for (const [op, row] of this.ops) if (row.id === id) this.ops.set(op, { ...row, hash: null });
  }

  /** Writes what has come together. */
  async write(): Promise<void> {
    const { trx, author } = this;
    if (this.changed.size > 0) {
      await writeEntries(
        trx,
        [...this.changed].flatMap((id) => this.entries.get(id) ?? []),
      );
      await setSeq(trx, author.person, this.seq);
    }
    if (this.renewed.length > 0) await deleteOps(trx, author.person, this.renewed);
    if (this.newOps.length > 0) await insertOps(trx, this.newOps);
    this.changed.clear();
    this.newOps = [];
    this.renewed = [];
  }
}

/** Hashes of the images that a body names. */
function imagesOf(body: Body): readonly string[] {
  return body.kind === 'entry' ? (body.images ?? []).map(({ sha256 }) => sha256) : [];
}

const distinct = (all: readonly string[]): readonly string[] => [...new Set(all)];
