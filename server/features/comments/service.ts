/** Readers' comments, the public list, and the units' answers (closed-loop.md "Comments"). */

import type { getComments, postComment } from '../../../shared/api/comments.ts';
import type { Answer, Output } from '../../../shared/api/endpoint.ts';
import { Refusal } from '../../../shared/api/refusal.ts';
import type { Identity } from '../../../shared/api/sign-in.ts';
import { commentMaxGraphemes, nicknameMaxGraphemes, withoutPrivate } from '../../../shared/feedback/comment.ts';
import { moderationDue } from '../../../shared/feedback/deadline.ts';
import { can } from '../../../shared/organisation/role.ts';
import { type Context, secondsNow } from '../../context.ts';
import { writeAudit } from '../../database/audit.ts';
import { allOf } from '../../database/direct.ts';
import { endsGroup } from '../../database/grouped.ts';
import type { Db } from '../../database/port.ts';
import { type CommentRow, commentById, countListed, touchList } from '../../feedback/comment-queries.ts';
import { keepContact } from '../../feedback/contact.ts';
import { cursorAfter, pageFrom, readCursor } from '../../feedback/cursor.ts';
import { requireOrigin } from '../../feedback/origin.ts';
import { insertPhoto, type MadePhoto, photoOf } from '../../feedback/photo.ts';
import { type Brought, countProven, spendProof } from '../../feedback/proof-of-work.ts';
import { publicComments } from '../../feedback/public-comment.ts';
import { itemsOf } from '../../feedback/published-diary.ts';
import { newReceiptNumber } from '../../feedback/receipts.ts';
import { reckonedBy, reckoningBy } from '../../feedback/reckoning.ts';
import { requireLength, textColumns } from '../../feedback/text.ts';
import { beginWave, seekWave, waveBeside } from '../../feedback/waves.ts';
import { countRate } from '../../http/rate.ts';
import type { Asked } from '../../http/route.ts';
import type { Session } from '../../http/session.ts';
import { together } from '../../http/standing.ts';
import { keepIdentity } from '../../identity/reader.ts';
import { senderOf } from '../../identity/sender.ts';
import { newId } from '../../ids.ts';
import { isHeldBy } from '../../organisation/actors.ts';
import { settingsOf } from '../../organisation/setting.ts';
import {
  countByItem,
  insertComment,
  insertReply,
  type Listed,
  listedComments,
  listHead,
  type NewComment,
} from './queries.ts';

type Posted = Output<(typeof postComment)['body']>;
type Query = Output<(typeof getComments)['query']>;
type Page = Answer<typeof getComments>;

/** The public list of a published diary, oldest first, stubs included. Throws NOT_FOUND for every other diary. The version is read first, so
 *  that an answer that stands is never older than it says. */
export async function listComments(
  { database: { db } }: Context,
  query: Query,
  stand: Asked<typeof getComments>['stand'],
): Promise<Page> {
  const { draw, unit } = query;
  const head = await listHead(db, draw, unit);
  if (head === undefined) throw new Refusal('NOT_FOUND');
  const version = head.version ?? 0;
  stand(
    together(async () => {
      const now = await listHead(db, draw, unit);
      return now !== undefined && (now.version ?? 0) === version;
    }),
  );
  return readPage(db, query, head.total ?? 0);
}

async function readPage(db: Db, query: Query, total: number): Promise<Page> {
  const { draw, unit, after, limit } = query;
  const isWhole = query.item === undefined && query.parent === undefined && query.only === undefined;
  const found = await listedComments(db, await listedOf(db, query), readCursor(after), limit + 1);
  const { page, next } = pageFrom(found, limit, (row) => cursorAfter(row.at, row.id));
  const rows = await publicComments(db, page);
  if (!isWhole || after !== undefined) return { rows, next, total };
  return { rows, next, total, byItem: await countByItem(db, draw, unit) };
}

/** Which list is asked for: of an answer alone, the comment above it. */
async function listedOf(db: Db, { draw, unit, item, parent, only }: Query): Promise<Listed> {
  if (only === undefined) return { draw, unit, item, parent: parent ?? null };
  const row = await commentById(db, only);
  // An answer that waits is not there yet: it leads nowhere, like an unknown one.
  const above = row === undefined || row.published_at === null ? null : row.parent;
  return { draw, unit, id: above ?? only, parent: null };
}

/** Takes a comment in; `reader` signed in, where the organisation asks for that. It waits for review unless the organisation has switched that off and it brought a proof of work. Throws
 *  ORIGIN_REFUSED, NOT_FOUND, FIELD_INVALID, RATE_LIMITED. */
export async function addComment(
  context: Context,
  origin: string | undefined,
  reader: Identity | null,
  brought: Brought,
  body: Posted,
): Promise<Answer<typeof postComment>> {
  requireOrigin(context, origin);
  requireLength('text', body.text, commentMaxGraphemes);
  requireLength('nickname', body.nickname, nicknameMaxGraphemes);
  const now = secondsNow(context);
  const items = await itemsOf(context.database.db, body.draw, body.unit);
  if (items === null) throw new Refusal('NOT_FOUND');
  if (body.item !== null && body.item >= items) throw new Refusal('FIELD_INVALID', { field: 'item' });
  const { text, original } = textColumns(body.text, true);
  const photo = body.photo === null ? null : await photoFrom(context, brought, body.photo);
  const nickname = withoutPrivate(body.nickname);
  return context.database.grouped(async (trx) => {
    // None waits for another's answer.
    const [above, isProven, settings, sought, first] = await allOf([
      body.parent === null ? null : answerable(trx, body.parent, body),
      spendProof(trx, brought),
      settingsOf(trx, context.config, ['moderation', ...reckonedBy]),
      seekWave(trx, text),
      newReceiptNumber(trx, context),
    ]);
    await countProven(trx, context, brought, isProven, 'comments', `${body.draw}/${body.unit}`);
    const waits = settings.moderation.reviewFirst || !isProven;
    const id = newId(context);
    const known = sought.wave ?? waveBeside(trx, sought.marks);
    const wave = known ?? newId(context);
    const row = {
      id,
      number: first,
      code_hash: body.codeHash,
      draw: body.draw,
      unit: body.unit,
      item: above === null ? body.item : above.item,
      parent: body.parent,
      place: body.place === null ? null : withoutPrivate(body.place),
      unproven: isProven ? 0 : 1,
      kind: body.kind,
      state: waits ? ('waiting' as const) : ('published' as const),
      version: 1,
      nickname,
      text,
      original: waits ? original : null,
      at: now,
      queued_at: now,
      decide_by: moderationDue(now, reckoningBy(context.config, settings)),
      decided_by: null,
      published_at: waits ? null : now,
      ended_at: null,
      reason: null,
      note: null,
      wave,
      sender: senderOf(context, reader, nickname),
    };
    const [number] = await allOf([
      numbered(trx, context, row),
      known === null ? beginWave(trx, { wave, comment: id, at: now }, sought.marks) : null,
    ]);
    if (photo !== null) await insertPhoto(trx, id, photo);
    if (body.contact !== null) await keepContact(trx, context, row, body.contact.text);
    await keepIdentity(trx, context, reader, id);
    if (!waits) {
      endsGroup(trx);
      await countListed(trx, row);
    }
    return { number, state: row.state, decidedBy: row.decide_by };
  });
}

/** The photo drawn anew. It is counted before, and stays counted whatever is refused afterwards, for it costs more than all the rest. */
async function photoFrom(context: Context, { sender }: Brought, photo: string): Promise<MadePhoto> {
  if (sender !== null) await countRate(context.database.db, context, 'photosFor', sender);
  return photoOf(photo);
}

/** Writes the comment, under another number where a receipt has taken this one meanwhile. */
async function numbered(trx: Db, context: Context, row: NewComment): Promise<string> {
  let { number } = row;
  while (!(await insertComment(trx, { ...row, number }))) number = await newReceiptNumber(trx, context);
  return number;
}

/** The unit's official answer under a published comment on its own diary, once. Throws NOT_FOUND, ALREADY_DONE, and NOT_ALLOWED also for
 *  whoever led the unit before another person did. */
export async function reply(
  context: Context,
  { grants, person }: Pick<Session, 'grants' | 'person'>,
  id: string,
  text: string,
): Promise<undefined> {
  const now = secondsNow(context);
  return context.database.transaction(async (trx) => {
    const row = await commentById(trx, id);
    if (row === undefined || row.state !== 'published') throw new Refusal('NOT_FOUND');
    const grant = grants.find((each) => can(each.role, 'comments.reply') && each.unit === row.unit);
    if (grant === undefined || !(await isHeldBy(trx, grant, person.id))) throw new Refusal('NOT_ALLOWED');
    const written = await insertReply(trx, { comment: id, unit: row.unit, actor: grant.actor, text, at: now });
    if (!written) throw new Refusal('ALREADY_DONE');
    await touchList(trx, row.draw, row.unit);
    await writeAudit(trx, { at: now, actor: grant.actor, action: 'comment.reply', subject: id });
    return undefined;
  });
}

/** The comment that a reader answers: published, of the same diary, and no answer itself. Throws NOT_FOUND. */
async function answerable(trx: Db, id: string, { draw, unit }: Posted): Promise<CommentRow> {
  const row = await commentById(trx, id);
  const fits = row?.state === 'published' && row.parent === null && row.draw === draw && row.unit === unit;
  if (row === undefined || !fits) throw new Refusal('NOT_FOUND');
  return row;
}
