/** Notes as they are served: the lines that a head was signed with, and those that came under it later (of witnesses, of a new key). A line
 *  is kept only for a head that the log has, so there is one root for each size, whoever signs. */
import { derToRaw, type Note, parseNote } from '../../shared/proof/checkpoint.ts';
import type { Db } from '../database/port.ts';
import { KeyTrouble } from './key-trouble.ts';
import { headAt, newestHead, type SignedHead } from './prove.ts';
import type { LogSigner, SigningKey } from './signer.ts';

/** How long an old and a new key sign together, in seconds (verification.md 12): pages take over the new pin in this time. */
export const overlapSeconds = 60 * 86_400;

/** The note of a head with every line that stands under it. Index `note_line_size`. */
export async function servedNote(db: Db, head: Pick<SignedHead, 'size' | 'note'>): Promise<string> {
  const rows = await db
    .selectFrom('note_line')
    .select('line')
    .where('size', '=', head.size)
    .orderBy('at')
    .orderBy('vkey')
    .execute();
  return head.note + rows.map(({ line }) => line).join('');
}

/** The note of the newest head under which a vkey has a line of its own, or null. Primary key. */
export async function newestNoteOf(db: Db, vkey: string): Promise<string | null> {
  const row = await db
    .selectFrom('note_line')
    .select('size')
    .where('vkey', '=', vkey)
    .orderBy('size', 'desc')
    .limit(1)
    .executeTakeFirst();
  const head = row === undefined ? null : await headAt(db, row.size);
  return head === null ? null : servedNote(db, head);
}

/** Keeps a line under the head of this size; one that is there already stays. Gives the line that stands. */
export async function keepLine(
  db: Db,
  row: { readonly vkey: string; readonly size: number; readonly line: string; readonly at: number },
): Promise<string> {
  await db
    .insertInto('note_line')
    .values(row)
    .onConflict((conflict) => conflict.columns(['vkey', 'size']).doNothing())
    .execute();
  const kept = await db
    .selectFrom('note_line')
    .select('line')
    .where('vkey', '=', row.vkey)
    .where('size', '=', row.size)
    .executeTakeFirstOrThrow();
  return kept.line;
}

/** Signs with every key the heads that readers are given: the newest, those of published diaries and of draws, and `more`. A page that pins the new key
 *  alone can then check a diary from before the rotation. `at` in Unix seconds. */
export async function completeNotes(db: Db, log: LogSigner, at: number, more: readonly number[] = []): Promise<void> {
  const newest = (await newestHead(db))?.size;
  for (const size of new Set([...(await shownSizes(db)), ...more, ...(newest === undefined ? [] : [newest])])) {
    const head = await headAt(db, size);
    if (head === null) throw new RangeError(`the log has no head of ${size}`);
    const signed = await idsUnder(db, head);
    for (const key of log.keys)
      if (!signed.has(key.id)) await keepLine(db, { vkey: key.vkey, size, line: await key.line(head), at });
  }
}

/** Sizes of the heads against which bundles and draws' files prove. */
async function shownSizes(db: Db): Promise<number[]> {
  const published = await db.selectFrom('publication').select('size').distinct().where('size', '>', 0).execute();
  const draws = await db.selectFrom('draw').select(['draw', 'list_idx', 'lock_size', 'record_idx']).execute();
  const nonces = await db
    .selectFrom('nonce')
    .select(({ fn }) => ['draw', fn.max('idx').as('idx')])
    .groupBy('draw')
    .execute();
  const lastNonce = new Map(nonces.map(({ draw, idx }) => [draw, idx] as const));
  return [
    ...published.map(({ size }) => size),
    ...draws.map((row) => {
      const last = Math.max(row.list_idx, row.record_idx ?? 0, lastNonce.get(row.draw) ?? 0);
      return Math.max(last + 1, row.lock_size ?? 0);
    }),
  ];
}

/** Refuses (KeyTrouble) to go on with a log whose newest head was signed by a key that is not here, unless another key of its type has
 *  signed every head beside it for the whole overlap. `now` in Unix seconds. */
export async function requireKeys(db: Db, log: LogSigner, origin: string, now: number): Promise<void> {
  const head = await newestHead(db);
  const note = head === null ? null : parseNote(head.note);
  if (note === null) return;
  for (const { name, id, signature } of note.signatures) {
    if (name !== origin || log.keys.some((key) => key.id === id)) continue;
    const type = derToRaw(signature) === null ? 1 : 2;
    if (!(await hasSuccessor(db, log.keys, type, now))) throw new KeyTrouble({ code: 'KEY_GONE', at: id });
  }
}

async function hasSuccessor(db: Db, keys: readonly SigningKey[], type: 1 | 2, now: number): Promise<boolean> {
  for (const key of keys) {
    const since = key.type === type ? await signingSince(db, key) : null;
    if (since !== null && now - since >= overlapSeconds) return true;
  }
  return false;
}

/** Since when (Unix seconds) every head that was served had a line of this key; null where the newest has none. Walks back from the newest. */
export async function signingSince(db: Db, { id, vkey }: Pick<SigningKey, 'id' | 'vkey'>): Promise<number | null> {
  const late = new Map(
    (await db.selectFrom('note_line').select(['size', 'at']).where('vkey', '=', vkey).execute()).map(
      (row) => [row.size, row.at] as const,
    ),
  );
  let since: number | null = null;
  for (let below = Number.MAX_SAFE_INTEGER; ; ) {
    const heads = await db
      .selectFrom('log_head')
      .select(['size', 'note', 'at'])
      .where('size', '<', below)
      .orderBy('size', 'desc')
      .limit(500)
      .execute();
    for (const head of heads) {
      const made = Math.floor(Date.parse(head.at) / 1000);
      if (!linesOf(head.note).some((line) => line.id === id)) {
        const added = late.get(head.size);
        // A line that came when the next head stood already covers no time.
        return added === undefined || (since !== null && added > since) ? since : added;
      }
      since = made;
      below = head.size;
    }
    if (heads.length === 0) return since;
  }
}

async function idsUnder(db: Db, head: SignedHead): Promise<ReadonlySet<string>> {
  return new Set(linesOf(await servedNote(db, head)).map(({ id }) => id));
}

const linesOf = (note: string): Note['signatures'] => parseNote(note)?.signatures ?? [];
