/** The review before release: a reviewer reads what is drawn and passes it; what he withholds, then or later, he signs (features/records).
 *  Nobody reviews the unit that he leads or serves, nor a draw that he ran. */
import type { Answer, Output } from '../../../shared/api/endpoint.ts';
import { Image } from '../../../shared/api/journal.ts';
import { Refusal } from '../../../shared/api/refusal.ts';
import type { getReview, getReviewImage, getReviews, postPass, postRelease } from '../../../shared/api/reviews.ts';
import { type Context, secondsNow } from '../../context.ts';
import { writeAudit } from '../../database/audit.ts';
import { lockFor } from '../../database/lock.ts';
import type { Db } from '../../database/port.ts';
import type { Session } from '../../http/session.ts';
import { type DiaryView, heldCount, type ViewProse } from '../../public/diary-view.ts';
import { loadDiaries, publicationOf, readWith, viewProse } from '../../public/load.ts';
import { publishDue } from '../../public/publish.ts';
import { drawsLock } from '../../records/lock.ts';
import { drawById, namesOf } from '../../records/queries.ts';
import { endOffer, releaseItem, releaseOf, releasesOf } from '../../records/releases.ts';
import { drawnDiaries, type UnderReview, underReview, withOffers } from '../../records/reviews.ts';
import { imageOfSeal, insertPass } from './queries.ts';

/** A drawn diary as an address names it. */
interface Place {
  readonly draw: string;
  readonly unit: string;
}

export async function listReviews(context: Context, session: Session): Promise<Answer<typeof getReviews>> {
  const { db } = context.database;
  const { onePerson } = context.config;
  const under = (await underReview(db, session, onePerson)).map((row) => ({ ...row, offers: 0 }));
  const found = [...under, ...(await withOffers(db, session, onePerson))];
  const diaries = await diariesOf(db, found);
  const names = await namesOf(
    db,
    found.flatMap(({ passed }) => passed?.by ?? []),
  );
  return {
    rows: found.map((row) => {
      const diary = diaries.find(({ draw, unit }) => draw === row.draw && unit === row.unit);
      const { draw, unit, week, due, barred, offers } = row;
      return {
        draw,
        unit,
        week,
        due,
        items: diary?.items.length ?? 0,
        held: diary === undefined ? 0 : heldCount(diary),
        passed: passedOf(row, names),
        barred,
        offers,
      };
    }),
  };
}

/** The diary as readers will see it; the reading is written down. Throws NOT_FOUND for what is not drawn, NOT_ALLOWED with the
 *  reason. */
export function readForReview(
  context: Context,
  session: Session,
  actor: string,
  place: Place,
): Promise<Answer<typeof getReview>> {
  return context.database.transaction(async (trx) => {
    const row = await rowAt(trx, context, session, place);
    const [diary] = await diariesOf(trx, [row]);
    if (diary === undefined || diary.sealed === null) throw new Refusal('NOT_FOUND');
    await writeAudit(trx, { at: secondsNow(context), actor, action: 'review.read', subject: nameOf(place) });
    const { draw, unit, week, due, seal, publishedAt } = row;
    const names = await namesOf(trx, row.passed === null ? [] : [row.passed.by]);
    const offers = await offersOf(trx, row.seal);
    return {
      draw,
      unit,
      week,
      due,
      seal,
      sealedAt: diary.sealed.sealedAt,
      passed: passedOf(row, names),
      publishedAt,
      items: diary.items.map(({ corrects: _, released: __, prose, ...item }) => ({
        ...item,
        prose: prose && proseFor(prose),
        offer: offers.get(item.index) ?? null,
      })),
    };
  });
}

const proseFor = (prose: ViewProse) => ({
  ...prose,
  threads: prose.threads.map(({ id, name }) => ({ id, name })),
  images: prose.images.map((image) => ({ ...image })),
});

/** The texts that wait to be shown, by item. */
async function offersOf(trx: Db, seal: string) {
  const rows = (await releasesOf(trx, [seal])).filter(({ state }) => state === 'offered');
  const read = await readWith(
    trx,
    seal,
    rows.flatMap(({ encoded }) => encoded ?? []),
  );
  return new Map(
    rows.flatMap(({ item, why, offered_at }) => {
      const object = read?.ok === true ? read.value.items[item]?.item : undefined;
      return object === undefined ? [] : [[item, { why, at: offered_at, prose: proseFor(viewProse(object)) }] as const];
    }),
  );
}

/** An image that a disclosed item or an offered one names; every other is the same NOT_FOUND. */
export function reviewImage(
  context: Context,
  session: Session,
  actor: string,
  place: Place,
  sha256: string,
): Promise<Answer<typeof getReviewImage>> {
  return context.database.transaction(async (trx) => {
    const row = await rowAt(trx, context, session, place);
    const [diary] = await diariesOf(trx, [row]);
    const offers = await offersOf(trx, row.seal);
    const shown = [...(diary?.items ?? []), ...offers.values()];
    const isNamed = shown.some(({ prose }) => prose?.images.some((image) => image.sha256 === sha256));
    const blob = isNamed ? await imageOfSeal(trx, row.seal, sha256) : undefined;
    const type = Image.entries.type.options.find((each) => each === blob?.type);
    if (blob === undefined || type === undefined) throw new Refusal('NOT_FOUND');
    const facts = { sha256 };
    await writeAudit(trx, { at: secondsNow(context), actor, action: 'review.image', subject: nameOf(place), facts });
    return { type, bytes: blob.bytes };
  });
}

/** Passes a diary once; the last one of a draw publishes all of it. Throws NOT_FOUND, NOT_ALLOWED, ALREADY_DONE. */
export function passDiary(
  context: Context,
  session: Session,
  actor: string,
  place: Place,
): Promise<Answer<typeof postPass>> {
  return context.database.transaction(async (trx) => {
    await lockFor(trx, drawsLock);
    const row = await rowAt(trx, context, session, place);
    if (row.passed !== null || row.publishedAt !== null) throw new Refusal('ALREADY_DONE');
    const at = secondsNow(context);
    await insertPass(trx, { ...place, passed_by: actor, passed_at: at });
    await writeAudit(trx, {
      at,
      actor,
      action: 'review.pass',
      subject: nameOf(place),
      facts: context.config.onePerson ? { onePerson: true } : {},
    });
    const draw = await drawById(trx, place.draw);
    return { published: draw !== undefined && (await publishDue(trx, draw, at)) };
  });
}

/** Decides an offer; twice is once. Throws NOT_FOUND, NOT_ALLOWED, OUT_OF_ORDER where none waits or another one does (`OFFER_CHANGED`),
 *  RECORD_REFUSED where an image of it is gone. */
export async function decideOffer(
  context: Context,
  session: Session,
  actor: string,
  place: Place,
  decision: Output<(typeof postRelease)['body']>,
): Promise<undefined> {
  await context.database.transaction(async (trx) => {
    await lockFor(trx, drawsLock);
    const { seal, publishedAt } = await rowAt(trx, context, session, place);
    const published = publishedAt === null ? undefined : await publicationOf(trx, place.draw, place.unit);
    const offer = await releaseOf(trx, seal, decision.item);
    const state = decision.pass ? 'passed' : 'declined';
    if (published === undefined || offer?.why !== decision.why) throw offerChanged();
    if (offer.state === state && offer.decided_by === actor) return;
    if (offer.state !== 'offered') throw offerChanged();
    const at = secondsNow(context);
    const files = decision.pass ? await releaseItem(trx, published, offer) : [];
    await endOffer(trx, offer, {
      state,
      by: actor,
      at,
      reason: decision.pass ? null : decision.reason,
    });
    await writeAudit(trx, {
      at,
      actor,
      action: decision.pass ? 'item.release' : 'item.decline',
      subject: `${seal}/${decision.item}`,
      facts: {
        ...place,
        ...(decision.pass ? { files } : {}),
        ...(context.config.onePerson ? { onePerson: true } : {}),
      },
    });
  });
}

const offerChanged = (): Refusal => new Refusal('OUT_OF_ORDER', { facts: { reason: 'OFFER_CHANGED' } });

async function rowAt(db: Db, context: Context, session: Session, { draw, unit }: Place): Promise<UnderReview> {
  const all = await drawnDiaries(db, draw, session, context.config.onePerson);
  const row = all.find((each) => each.unit === unit);
  if (row === undefined) throw new Refusal('NOT_FOUND');
  if (row.barred !== null) throw new Refusal('NOT_ALLOWED', { facts: { reason: row.barred } });
  return row;
}

/** The diaries as they would be published now. */
const diariesOf = (db: Db, rows: readonly UnderReview[]): Promise<DiaryView[]> =>
  loadDiaries(
    db,
    rows.map(({ draw, unit, week, seal, due }) => ({
      position: 0,
      draw,
      unit,
      week,
      seal_hash: seal,
      size: 0,
      published_at: due ?? 0,
    })),
  );

const passedOf = ({ passed }: UnderReview, names: ReadonlyMap<string, string>) =>
  passed && { at: passed.at, by: names.get(passed.by) ?? passed.by };

const nameOf = ({ draw, unit }: Place): string => `${draw}/${unit}`;
