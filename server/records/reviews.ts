/** The review before release: which drawn diaries wait for a reviewer, and which he may not review (design.md 5: two roles never meet in one
 *  action). */
import { isDraw } from '../../shared/proof/records.ts';
import type { Db } from '../database/port.ts';
import { grantsOf, type Session } from '../http/session.ts';
import { type DrawRow, drawnOf, listOf } from './queries.ts';
import { waitingOffers } from './releases.ts';

/** Why a reviewer may not review a diary: he leads or serves its unit or wrote it, or he ran this draw. */
export type ReviewBar = 'OWN_UNIT' | 'DREW';

/** A drawn diary as a reviewer stands to it. */
export interface UnderReview {
  readonly draw: string;
  readonly unit: string;
  readonly week: string;
  /** Seal hash as listed. */
  readonly seal: string;
  /** `iat` of the draw record. */
  readonly since: number;
  /** Unix seconds; null for what a server without reviews left drawn, until the next run of the jobs. */
  readonly due: number | null;
  readonly passed: { readonly by: string; readonly at: number } | null;
  /** Unix seconds; null while it is under review. */
  readonly publishedAt: number | null;
  readonly barred: ReviewBar | null;
}

/** Every diary that is drawn and not published, most urgent first, as this reviewer stands to it. `onePerson`: the organisation is one
 *  person, who may then review what he drew. Index `draw_stage`. */
export async function underReview(
  db: Db,
  session: Pick<Session, 'person' | 'grants'>,
  onePerson: boolean,
): Promise<UnderReview[]> {
  const rows = await db
    .selectFrom('draw')
    .selectAll()
    .where('stage', '=', 'drawn')
    .orderBy('review_due')
    .orderBy('list_idx')
    .execute();
  return asReviewed(db, rows, session, onePerson);
}

/** The diaries of one draw, likewise, and also once they are published: an item may be withheld then as well. Primary key. */
export async function drawnDiaries(
  db: Db,
  draw: string,
  session: Pick<Session, 'person' | 'grants'>,
  onePerson: boolean,
): Promise<UnderReview[]> {
  const rows = await db
    .selectFrom('draw')
    .selectAll()
    .where('draw', '=', draw)
    .where('stage', 'in', ['drawn', 'published'])
    .execute();
  return asReviewed(db, rows, session, onePerson);
}

async function asReviewed(
  db: Db,
  rows: readonly DrawRow[],
  session: Pick<Session, 'person' | 'grants'>,
  onePerson: boolean,
): Promise<UnderReview[]> {
  if (rows.length === 0) return [];
  const units = await unitsOfPerson(db, session);
  const found: UnderReview[] = [];
  for (const row of rows) {
    const drew = !onePerson && (await isByPerson(db, row, session));
    const passed = await db.selectFrom('review').selectAll().where('draw', '=', row.draw).execute();
    const seals = new Map(listOf(row).list.map(({ unit, seal }) => [unit, seal]));
    const drawn = drawnOf(row).map(({ unit }) => ({ unit, seal: seals.get(unit) ?? '' }));
    const own = await writtenBy(
      db,
      session.person.id,
      drawn.map(({ seal }) => seal),
    );
    for (const { unit, seal } of drawn) {
      const done = passed.find((each) => each.unit === unit);
      found.push({
        draw: row.draw,
        unit,
        week: row.week,
        seal,
        since: signedAt(row),
        due: row.review_due,
        passed: done === undefined ? null : { by: done.passed_by, at: done.passed_at },
        publishedAt: row.published_at,
        barred: units.has(unit) || own.has(seal) ? 'OWN_UNIT' : drew ? 'DREW' : null,
      });
    }
  }
  return found;
}

/** Whether the person ran a draw by which this seal was drawn. Index `draw_week`. */
export async function hasDrawn(
  db: Db,
  session: Pick<Session, 'person' | 'grants'>,
  { seal_hash, unit, week }: { readonly seal_hash: string; readonly unit: string; readonly week: string },
): Promise<boolean> {
  const rows = await db
    .selectFrom('draw')
    .selectAll()
    .where('week', '=', week)
    .where('stage', 'in', ['drawn', 'published'])
    .execute();
  const drew = rows.filter(
    (row) =>
      drawnOf(row).some((each) => each.unit === unit) &&
      listOf(row).list.some((each) => each.unit === unit && each.seal === seal_hash),
  );
  for (const row of drew) if (await isByPerson(db, row, session)) return true;
  return false;
}

/** Which of these seals a person wrote, whatever he leads by now. Primary key. */
async function writtenBy(db: Db, person: string, seals: readonly string[]): Promise<ReadonlySet<string>> {
  if (seals.length === 0) return new Set();
  const rows = await db
    .selectFrom('seal')
    .select('seal_hash')
    .where('seal_hash', 'in', seals)
    .where('author', '=', person)
    .execute();
  return new Set(rows.map(({ seal_hash }) => seal_hash));
}

/** Published diaries with items that are offered to readers, as this reviewer stands to them, oldest offer first. Index `item_release_state`. */
export async function withOffers(
  db: Db,
  session: Pick<Session, 'person' | 'grants'>,
  onePerson: boolean,
): Promise<(UnderReview & { readonly offers: number })[]> {
  const offers = await waitingOffers(db);
  const found: (UnderReview & { readonly offers: number })[] = [];
  for (const draw of new Set(offers.map((offer) => offer.draw)))
    for (const row of await drawnDiaries(db, draw, session, onePerson)) {
      const own = offers.filter((offer) => offer.draw === draw && offer.unit === row.unit);
      const [first] = own;
      if (first !== undefined) found.push({ ...row, since: first.offered_at, due: null, offers: own.length });
    }
  return found;
}

/** What waits for this very reviewer: drawn diaries to pass, then published ones with offers to decide. */
export const waitingReviews = async (
  db: Db,
  session: Pick<Session, 'person' | 'grants'>,
  onePerson: boolean,
): Promise<UnderReview[]> => [
  ...(await underReview(db, session, onePerson)).filter(({ passed, barred }) => passed === null && barred === null),
  ...(await withOffers(db, session, onePerson)).filter(({ barred }) => barred === null),
];

/** Units of a draw whose diaries are passed. Primary key. */
export async function passedUnits(db: Db, draw: string): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom('review').select('unit').where('draw', '=', draw).execute();
  return new Set(rows.map(({ unit }) => unit));
}

/** Units that a person leads or serves on any device. Devices of a person are few. */
export async function unitsOfPerson(
  db: Db,
  { person, grants }: Pick<Session, 'person' | 'grants'>,
): Promise<ReadonlySet<string>> {
  const devices = await db
    .selectFrom('device')
    .select('grants')
    .where('person', '=', person.id)
    .where('state', '=', 'active')
    .execute();
  const all = [...grants, ...devices.flatMap((device) => grantsOf(device.grants))];
  return new Set(all.flatMap(({ unit }) => unit ?? []));
}

const signedAt = (row: DrawRow): number => {
  const record: unknown = JSON.parse(row.record ?? '{}');
  return isDraw(record) ? record.iat : 0;
};

/** Whether the person signed the list or the result of a draw. Primary key of `actor`. */
async function isByPerson(
  db: Db,
  row: DrawRow,
  { person, grants }: Pick<Session, 'person' | 'grants'>,
): Promise<boolean> {
  const record: { readonly iss?: unknown } = JSON.parse(row.record ?? '{}');
  const signers = [listOf(row).iss, record.iss].filter((iss) => typeof iss === 'string');
  if (grants.some(({ actor }) => signers.includes(actor))) return true;
  const own = await db
    .selectFrom('actor')
    .select('actor')
    .where('actor', 'in', signers)
    .where('person', '=', person.id)
    .executeTakeFirst();
  return own !== undefined;
}
