/** Readers' comments, the public list, and the units' answers (closed-loop.md "Comments"). */

import type { getComments, postComment } from '../../../shared/api/comments.ts';
import type { Answer, Output } from '../../../shared/api/endpoint.ts';
import { Refusal } from '../../../shared/api/refusal.ts';
import { commentMaxGraphemes, masked, nicknameMaxGraphemes, privateSpans } from '../../../shared/feedback/comment.ts';
import { moderationDue } from '../../../shared/feedback/deadline.ts';
import { receiptNumber } from '../../../shared/feedback/receipt.ts';
import { can, type Grant } from '../../../shared/organisation/role.ts';
import { type Context, secondsNow } from '../../context.ts';
import { writeAudit } from '../../database/audit.ts';
import type { Db } from '../../database/port.ts';
import { commentById, countListed, touchList } from '../../feedback/comment-queries.ts';
import { cursorAfter, pageFrom, readCursor } from '../../feedback/cursor.ts';
import { publicComments } from '../../feedback/public-comment.ts';
import { itemsOf } from '../../feedback/published-diary.ts';
import { reckoningOf } from '../../feedback/reckoning.ts';
import { countRate } from '../../http/rate.ts';
import { newId } from '../../ids.ts';
import type { KeptPages } from './kept-pages.ts';
import { insertComment, insertReply, listedComments, listHead } from './queries.ts';
import { requireLength, textColumns } from './text.ts';

type Posted = Output<(typeof postComment)['body']>;
type Query = Output<(typeof getComments)['query']>;
type Page = Answer<typeof getComments>;

/** The public list of a published diary, oldest first, stubs included. Throws NOT_FOUND for every other diary. What `kept` has of the
 *  present version is not read again; the version is read first, so that what is kept is never older than it says. */
export async function listComments(context: Context, kept: KeptPages, query: Query): Promise<Page> {
  const db = context.database.db;
  const head = await listHead(db, query.draw, query.unit);
  if (head === undefined) throw new Refusal('NOT_FOUND');
  const key = JSON.stringify([query.draw, query.unit, query.after, query.limit]);
  return kept.get(key, head.version ?? 0, () => readPage(db, query, head.total ?? 0));
}

async function readPage(db: Db, query: Query, total: number): Promise<Page> {
  const limit = query.limit;
  const found = await listedComments(db, query.draw, query.unit, readCursor(query.after), limit + 1);
  const { page, next } = pageFrom(found, limit, (row) => cursorAfter(row.at, row.id));
  return { rows: await publicComments(db, page), next, total };
}

/** Takes a comment in. It waits for review unless the organisation has switched that off. Throws ORIGIN_REFUSED, NOT_FOUND, FIELD_INVALID. */
export async function addComment(
  context: Context,
  origin: string | undefined,
  body: Posted,
): Promise<Answer<typeof postComment>> {
  if (origin === undefined || !mayPost(context, origin)) throw new Refusal('ORIGIN_REFUSED');
  requireLength('text', body.text, commentMaxGraphemes);
  requireLength('nickname', body.nickname, nicknameMaxGraphemes);
  const now = secondsNow(context);
  const waits = context.config.moderation.reviewFirst;
  const items = await itemsOf(context.database.db, body.draw, body.unit);
  if (items === null) throw new Refusal('NOT_FOUND');
  if (body.item !== null && body.item >= items) throw new Refusal('FIELD_INVALID', { field: 'item' });
  return context.database.transaction(async (trx) => {
    await countRate(trx, context, 'commentsOfDiary', `${body.draw}/${body.unit}`);
    await countRate(trx, context, 'comments', '');
    const row = {
      id: newId(context),
      code_hash: body.codeHash,
      draw: body.draw,
      unit: body.unit,
      item: body.item,
      kind: body.kind,
      state: waits ? ('waiting' as const) : ('published' as const),
      version: 1,
      nickname: masked(body.nickname, privateSpans(body.nickname)),
      ...textColumns(body.text, waits),
      at: now,
      queued_at: now,
      decide_by: moderationDue(now, reckoningOf(context)),
      decided_by: null,
      published_at: waits ? null : now,
      ended_at: null,
      reason: null,
      note: null,
    };
    let number = newNumber(context);
    while (!(await insertComment(trx, { ...row, number }))) number = newNumber(context);
    if (!waits) await countListed(trx, body.draw, body.unit);
    return { number, state: row.state, decidedBy: row.decide_by };
  });
}

/** The unit's official answer under a published comment on its own diary, once. */
export async function reply(context: Context, grants: readonly Grant[], id: string, text: string): Promise<undefined> {
  const now = secondsNow(context);
  return context.database.transaction(async (trx) => {
    const row = await commentById(trx, id);
    if (row === undefined || row.state !== 'published') throw new Refusal('NOT_FOUND');
    const grant = grants.find((each) => can(each.role, 'comments.reply') && each.unit === row.unit);
    if (grant === undefined) throw new Refusal('NOT_ALLOWED');
    const written = await insertReply(trx, { comment: id, unit: row.unit, actor: grant.actor, text, at: now });
    if (!written) throw new Refusal('ALREADY_DONE');
    await touchList(trx, row.draw, row.unit);
    await writeAudit(trx, { at: now, actor: grant.actor, action: 'comment.reply', subject: id });
    return undefined;
  });
}

/** A page of the organisation's list, or of the server itself. */
const mayPost = ({ config }: Context, origin: string): boolean =>
  config.allowedOrigins.includes(origin) || origin === new URL(config.issuer).origin;

function newNumber(context: Context): string {
  const serial = context.random(6).reduce((value, byte) => value * 256 + byte, 0) % 100_000_000;
  return receiptNumber(serial);
}
