/** Shuts a week for good when its list is logged: reopened weeks go back to what was sealed (sync.md j). */
import type { Db } from '../database/port.ts';
import { lockAuthor, nextSeq } from './sequence.ts';

export interface ResetWeek {
  readonly unit: string;
  /** How many entries were set back or put away. */
  readonly entries: number;
}

/** Freezes the week of these units for a draw, and of every unit that ever sealed or reopened it; the first draw's name stays. Gives the
 *  units whose reopened week was set back to the sealed manifest. The caller holds the lock of the week. */
export async function freezeWeek(trx: Db, week: string, draw: string, units: readonly string[]): Promise<ResetWeek[]> {
  const open = await trx
    .selectFrom('week_state')
    .select(['unit', 'sealed_seal_hash'])
    .where('week', '=', week)
    .where('open', '=', 1)
    .where('frozen_draw', 'is', null)
    .execute();
  const reset: ResetWeek[] = [];
  for (const { unit, sealed_seal_hash } of open)
    if (sealed_seal_hash !== null) reset.push({ unit, entries: await resetWeek(trx, week, sealed_seal_hash) });
  for (const unit of units)
    await trx
      .insertInto('week_state')
      .values({ unit, week, sealed_seal_hash: null, open: 0, frozen_draw: draw })
      .onConflict((conflict) => conflict.columns(['unit', 'week']).doNothing())
      .execute();
  await trx.updateTable('week_state').set({ open: 0 }).where('week', '=', week).execute();
  await trx
    .updateTable('week_state')
    .set({ frozen_draw: draw })
    .where('week', '=', week)
    .where('frozen_draw', 'is', null)
    .execute();
  return reset;
}

/** Sets the entries of a reopened week back to the heads of the sealed manifest; entries made since become tombstones. Their ops stay, so
 *  that the author's devices offer them as corrections. Gives how many changed. */
export async function resetWeek(trx: Db, week: string, sealHash: string): Promise<number> {
  const seal = await trx
    .selectFrom('seal')
    .select(['author', 'manifest'])
    .where('seal_hash', '=', sealHash)
    .executeTakeFirstOrThrow();
  await lockAuthor(trx, seal.author);
  const manifest = new Map(manifestOf(seal.manifest));
  const rows = await trx
    .selectFrom('entry')
    .select(['id', 'head', 'week', 'del'])
    .where('author', '=', seal.author)
    .where((eb) => eb.or([eb('week', '=', week), eb('id', 'in', ['', ...manifest.keys()])]))
    .execute();
  let changed = 0;
  for (const row of rows) {
    const sealed = manifest.get(row.id);
    if (sealed === undefined ? row.del === 1 : row.head === sealed && row.week === week && row.del === 0) continue;
    const values = sealed === undefined ? { del: 1, body: null } : await bodyAt(trx, seal.author, sealed, week);
    // A restored server may not know a head whose words were withheld and whose entry was deleted since: no list waits for it.
    if (values === null) continue;
    const seq = await nextSeq(trx, seal.author);
    await trx
      .updateTable('entry')
      .set({ ...values, seq })
      .where('author', '=', seal.author)
      .where('id', '=', row.id)
      .execute();
    changed += 1;
  }
  return changed;
}

async function bodyAt(trx: Db, author: string, op: string, week: string) {
  const found = await trx
    .selectFrom('op')
    .select(['body', 'schema'])
    .where('author', '=', author)
    .where('op', '=', op)
    .executeTakeFirst();
  return found === undefined ? null : { head: op, week, ...found, del: 0 };
}

function manifestOf(text: string): [string, string][] {
  const parsed: unknown = JSON.parse(text);
  if (!Array.isArray(parsed)) throw new TypeError('a manifest is damaged');
  return parsed.map((pair: unknown) => {
    const [id, head]: unknown[] = Array.isArray(pair) ? pair : [];
    if (typeof id !== 'string' || typeof head !== 'string') throw new TypeError('a manifest is damaged');
    return [id, head];
  });
}
