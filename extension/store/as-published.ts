/** A sealed week as readers will see it, from the own copy: what its leader withheld is left out, as it is on the server. */
import { readSeal } from '../../shared/proof/make-seal.ts';
import type { Diary } from '../../shared/proof/seal.ts';
import { openJws } from '../../shared/proof/signature.ts';
import type { SealCopy, SundialDatabase } from './database.ts';

/** The diary of the newest seal that stands in the log; null where this device has no copy or it cannot be read. */
export async function diaryAsPublished(database: SundialDatabase, week: string): Promise<Diary | null> {
  const copies = await database.seals.where('week').equals(week).sortBy('rev');
  const copy = copies.findLast(({ receipt }) => receipt !== null);
  return copy === undefined ? null : readPublic(copy);
}

async function readPublic({ jws, disclosures, kept }: SealCopy): Promise<Diary | null> {
  const opened = openJws(jws);
  if (opened === null) return null;
  const shown = disclosures.filter((_, at) => !kept.includes(at));
  const diary = await readSeal(jws, opened.payload, shown);
  return diary.ok ? diary.value : null;
}
