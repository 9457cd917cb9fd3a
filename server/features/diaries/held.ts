/** What is withheld in a leader's own published diary, and the offers to show it after all (records/releases.ts). */
import * as v from 'valibot';
import type { Answer, Output } from '../../../shared/api/endpoint.ts';
import { Refusal } from '../../../shared/api/refusal.ts';
import { type getHeld, type postOffer, ReleaseState } from '../../../shared/api/releases.ts';
import type { SignedImage } from '../../../shared/proof/seal.ts';
import { type Context, secondsNow } from '../../context.ts';
import { writeAudit } from '../../database/audit.ts';
import { lockFor } from '../../database/lock.ts';
import type { Db } from '../../database/port.ts';
import type { Session } from '../../http/session.ts';
import type { ViewItem } from '../../public/diary-view.ts';
import { loadDiaries, publicationOf, readWith } from '../../public/load.ts';
import { imageTypes } from '../../records/images.ts';
import { drawsLock } from '../../records/lock.ts';
import { authorOfSeal, type PublicationRow } from '../../records/queries.ts';
import { endOffer, putOffer, type ReleaseRow, releaseOf, releasesOf } from '../../records/releases.ts';
import { lockAuthor } from '../../records/sequence.ts';

/** A published diary as an address names it. */
interface Place {
  readonly draw: string;
  readonly unit: string;
}

/** Throws NOT_FOUND for what is not a published diary of the caller's unit. */
export async function heldIn(context: Context, session: Session, place: Place): Promise<Answer<typeof getHeld>> {
  const { db } = context.database;
  const published = await ownPublication(db, session, place);
  const [diary] = await loadDiaries(db, [published]);
  if (diary === undefined || diary.sealed === null) throw new Refusal('NOT_FOUND');
  const releases = await releasesOf(db, [published.seal_hash]);
  return {
    ...place,
    week: published.week,
    seal: published.seal_hash,
    mine: (await authorOfSeal(db, published.seal_hash)) === session.person.id,
    rows: diary.items.flatMap(
      (item) =>
        heldRow(
          item,
          releases.find((release) => release.item === item.index),
        ) ?? [],
    ),
  };
}

function heldRow({ hold, released, ...item }: ViewItem, release: ReleaseRow | undefined) {
  const reason = hold ?? released;
  if (reason === null) return null;
  const { index, kind, day, start, end, category, mode } = item;
  const { ground, basis } = reason;
  return {
    item: index,
    kind,
    day,
    start,
    end,
    category,
    mode,
    ground,
    basis,
    release: release === undefined ? null : said(release),
  };
}

const said = ({ state, why, offered_at, decided_at, reason }: ReleaseRow) => ({
  state: v.parse(ReleaseState, state),
  why,
  offeredAt: offered_at,
  decidedAt: decided_at,
  reason,
});

/** Keeps an offer for a reviewer to decide. Throws NOT_FOUND, NOT_AUTHOR for what another person sealed, ALREADY_DONE for an item that is
 *  shown, RECORD_REFUSED (`reason`) for a text that is not the sealed one or names an image that is not here. */
export async function offerItem(
  context: Context,
  session: Session,
  place: Place,
  { item, disclosure, why }: Output<(typeof postOffer)['body']>,
): Promise<undefined> {
  await context.database.transaction(async (trx) => {
    await lockFor(trx, drawsLock);
    const published = await ownPublication(trx, session, place);
    const author = await requireAuthor(trx, session, published);
    const [diary] = await loadDiaries(trx, [published]);
    const held = diary?.items[item];
    if (held === undefined) throw new Refusal('NOT_FOUND');
    if (held.hold === null) throw new Refusal('ALREADY_DONE');
    const images = await imagesIn(trx, published.seal_hash, item, disclosure);
    const names = images.map(({ sha256 }) => sha256);
    // Nothing is swept or redacted between the check and the offer.
    await lockAuthor(trx, author);
    const types = await imageTypes(trx, author, names);
    for (const { sha256, type } of images)
      if (types.get(sha256) !== type)
        throw new Refusal('RECORD_REFUSED', { facts: { reason: 'BLOB_MISSING', sha256 } });
    const before = await releaseOf(trx, published.seal_hash, item);
    if (before?.state === 'offered' && before.why === why) return;
    const at = secondsNow(context);
    await putOffer(
      trx,
      {
        seal_hash: published.seal_hash,
        item,
        ground: held.hold.ground,
        basis: held.hold.basis,
        why,
        author,
        offered_at: at,
        encoded: disclosure,
      },
      names,
    );
    await writeAudit(trx, {
      at,
      actor: place.unit,
      action: 'item.offer',
      subject: `${published.seal_hash}/${item}`,
      facts: { ...place },
    });
  });
}

/** Takes an offer back; twice is once. Throws OUT_OF_ORDER where none waits. */
export async function takeBack(context: Context, session: Session, place: Place, item: number): Promise<undefined> {
  await context.database.transaction(async (trx) => {
    await lockFor(trx, drawsLock);
    const published = await ownPublication(trx, session, place);
    await requireAuthor(trx, session, published);
    const row = await releaseOf(trx, published.seal_hash, item);
    if (row?.state === 'withdrawn') return;
    if (row?.state !== 'offered') throw new Refusal('OUT_OF_ORDER');
    const at = secondsNow(context);
    await endOffer(trx, row, { state: 'withdrawn', by: null, at, reason: null });
    await writeAudit(trx, {
      at,
      actor: place.unit,
      action: 'item.offerBack',
      subject: `${published.seal_hash}/${item}`,
      facts: { ...place },
    });
  });
}

/** The images that the item names once this text is put into its diary, by the check that readers make. */
async function imagesIn(db: Db, hash: string, item: number, disclosure: string): Promise<readonly SignedImage[]> {
  const read = await readWith(db, hash, [disclosure]);
  if (read === null) throw new Refusal('NOT_FOUND');
  // It reads, so it is of this seal; of this item it is when this item has got a text by it.
  const object = read.ok ? read.value.items[item]?.item : undefined;
  if (object === undefined) throw notSealed(read.ok ? 'TEXT_ALTERED' : read.problem);
  return object.images ?? [];
}

const notSealed = (reason: string): Refusal =>
  new Refusal('RECORD_REFUSED', { field: 'disclosure', facts: { reason } });

async function ownPublication(db: Db, { grants }: Session, { draw, unit }: Place): Promise<PublicationRow> {
  const isOwn = grants.some((grant) => grant.role === 'leader' && grant.unit === unit);
  const published = isOwn ? await publicationOf(db, draw, unit) : undefined;
  if (published === undefined) throw new Refusal('NOT_FOUND');
  return published;
}

async function requireAuthor(db: Db, { person }: Session, { seal_hash }: PublicationRow): Promise<string> {
  const author = await authorOfSeal(db, seal_hash);
  if (author !== person.id) throw new Refusal('NOT_AUTHOR');
  return author;
}
