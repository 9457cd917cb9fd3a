/** What the search has stored of published diaries. */
import { searchSegmentSize } from '../../shared/api/public-search.ts';
import { erases } from '../database/erasing.ts';
import type { Db } from '../database/port.ts';

/** Deletes what the search has stored of published seals, and of the diaries beside them: it is made anew when it is asked for. */
export async function eraseGrams(trx: Db, seals: readonly string[]): Promise<void> {
  erases(trx);
  const published = await trx.selectFrom('publication').select('position').where('seal_hash', 'in', seals).execute();
  for (const { position } of published)
    await trx
      .deleteFrom('search_shard')
      .where('segment', '=', Math.floor(position / searchSegmentSize))
      .execute();
}
