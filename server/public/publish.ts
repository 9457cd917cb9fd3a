/** The publication of a draw: every drawn diary together, once all are reviewed or the time of the review is over, as it is sealed and held
 *  then (design.md 2 rule 2; verification.md 13). It is nobody's deed. */
import { judged } from '../../shared/proof/failure.ts';
import { readDiary } from '../../shared/proof/seal.ts';
import { writeAudit } from '../database/audit.ts';
import type { Db } from '../database/port.ts';
import { newestHead } from '../log/prove.ts';
import { listDiaries } from '../records/listing.ts';
import { type DrawRow, drawnOf, listOf, publicationCount, updateDraw } from '../records/queries.ts';
import { passedUnits } from '../records/reviews.ts';
import { givenHolds, sealMaterial } from './load.ts';

/** Publishes a draw whose turn it is, all of it or nothing: true where it is published now. The caller holds the lock of draws and has
 *  read `row` under it; `now`: Unix seconds. It waits while a drawn diary's texts are not here. */
export async function publishDue(trx: Db, row: DrawRow, now: number): Promise<boolean> {
  if (row.stage !== 'drawn' || row.review_due === null) return false;
  const { draw, week } = row;
  if (now < row.review_due && !(await isAllPassed(trx, row))) return false;
  const { diaries, missing } = await drawnDiaries(trx, row);
  if (missing.length > 0) return false;
  const head = await newestHead(trx);
  const first = await publicationCount(trx);
  const rows = diaries.map(({ unit, seal }, n) => ({
    position: first + n,
    draw,
    unit,
    week,
    seal_hash: seal,
    size: head?.size ?? 0,
    published_at: now,
  }));
  if (rows.length > 0) await trx.insertInto('publication').values(rows).execute();
  await listDiaries(trx, rows);
  const images = diaries.flatMap(({ unit, images: own }) => own.map((image) => ({ ...image, draw, unit })));
  if (images.length > 0)
    await trx
      .insertInto('public_image')
      .values(images)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  await updateDraw(trx, draw, { stage: 'published', published_at: now });
  const published = diaries.map(({ unit }) => unit).sort();
  const unreviewed = published.length - (await passedUnits(trx, draw)).size;
  await writeAudit(trx, {
    at: now,
    actor: 'system',
    action: 'draw.publish',
    subject: draw,
    facts: { published, unreviewed },
  });
  return true;
}

async function isAllPassed(db: Db, row: DrawRow): Promise<boolean> {
  const passed = await passedUnits(db, row.draw);
  return drawnOf(row).every(({ unit }) => passed.has(unit));
}

/** A drawn diary: its listed seal, and the images that its disclosed items name. */
interface DrawnDiary {
  readonly unit: string;
  readonly seal: string;
  readonly images: readonly { readonly item: number; readonly sha256: string; readonly type: string }[];
}

/** The drawn diaries in the order of the draw. `missing`: units of which an item has neither text nor hold, or the cover is not here. */
export async function drawnDiaries(db: Db, row: DrawRow): Promise<{ diaries: DrawnDiary[]; missing: string[] }> {
  const listed = new Map(listOf(row).list.map(({ unit, seal }) => [unit, seal]));
  const drawn = drawnOf(row).map(({ unit }) => ({ unit, seal: listed.get(unit) ?? '' }));
  const seals = await sealMaterial(
    db,
    drawn.map(({ seal }) => seal),
  );
  const diaries: DrawnDiary[] = [];
  const missing: string[] = [];
  for (const { unit, seal } of drawn) {
    const material = seals.get(seal);
    const read =
      material &&
      (await judged(() => readDiary(material.payload, seal, material.disclosures, givenHolds(material.holds))));
    if (read?.ok !== true) {
      missing.push(unit);
      continue;
    }
    const images = read.value.items.flatMap(({ item }, n) =>
      (item?.images ?? []).map(({ sha256, type }) => ({ item: n, sha256, type })),
    );
    diaries.push({ unit, seal, images });
  }
  return { diaries, missing };
}
