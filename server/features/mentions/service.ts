/** Somebody says that a diary names them; the reviewer answers within two working days. */
import type { Answer, Output } from '../../../shared/api/endpoint.ts';
import type { getMentions, postMention } from '../../../shared/api/mentions.ts';
import { Refusal } from '../../../shared/api/refusal.ts';
import { commentMaxGraphemes } from '../../../shared/feedback/comment.ts';
import { mentionDue } from '../../../shared/feedback/deadline.ts';
import type { Grant } from '../../../shared/organisation/role.ts';
import { type Context, secondsNow } from '../../context.ts';
import { writeAudit } from '../../database/audit.ts';
import { cursorAfter, pageFrom, readCursor } from '../../feedback/cursor.ts';
import { requireOrigin } from '../../feedback/origin.ts';
import { type Brought, countProven, spendProof } from '../../feedback/proof-of-work.ts';
import { contextOf, itemsOf } from '../../feedback/published-diary.ts';
import { newReceiptNumber } from '../../feedback/receipts.ts';
import { reckoningOf } from '../../feedback/reckoning.ts';
import { requireLength } from '../../feedback/text.ts';
import { newId } from '../../ids.ts';
import { answerMention, insertMention, mentionState, waitingMentions, waitingTotal } from './queries.ts';

const pageSize = 50;

/** Takes a mention in, as it was typed: only the reviewer reads it. Throws ORIGIN_REFUSED, NOT_FOUND, FIELD_INVALID, RATE_LIMITED. */
export async function addMention(
  context: Context,
  origin: string | undefined,
  brought: Brought,
  body: Output<(typeof postMention)['body']>,
): Promise<Answer<typeof postMention>> {
  requireOrigin(context, origin);
  requireLength('text', body.text, commentMaxGraphemes);
  const items = await itemsOf(context.database.db, body.draw, body.unit);
  if (items === null) throw new Refusal('NOT_FOUND');
  if (body.item !== null && body.item >= items) throw new Refusal('FIELD_INVALID', { field: 'item' });
  const now = secondsNow(context);
  const due = mentionDue(now, await reckoningOf(context.database.db, context));
  return context.database.grouped(async (trx) => {
    const isProven = await spendProof(trx, brought);
    await countProven(trx, context, brought, isProven, 'comments', `${body.draw}/${body.unit}`);
    const number = await newReceiptNumber(trx, context);
    await insertMention(trx, {
      id: newId(context),
      number,
      code_hash: body.codeHash,
      draw: body.draw,
      unit: body.unit,
      item: body.item,
      text: body.text,
      state: 'waiting',
      version: 1,
      unproven: isProven ? 0 : 1,
      at: now,
      decide_by: due,
    });
    return { number, decidedBy: due };
  });
}

/** What waits for the reviewer, most urgent first. */
export async function waiting(context: Context, after: string | undefined): Promise<Answer<typeof getMentions>> {
  const { db } = context.database;
  const found = await waitingMentions(db, readCursor(after), pageSize + 1);
  const { page, next } = pageFrom(found, pageSize, (row) => cursorAfter(row.decide_by, row.id));
  const rows = [];
  for (const row of page)
    rows.push({
      id: row.id,
      draw: row.draw,
      unit: row.unit,
      item: row.item,
      text: row.text,
      at: row.at,
      decideBy: row.decide_by,
      unproven: row.unproven === 1,
      context: await contextOf(db, row.draw, row.unit, row.item),
    });
  return { rows, next, total: await waitingTotal(db) };
}

/** Answers once. Throws NOT_FOUND, ALREADY_DONE. */
export async function answer(context: Context, grant: Grant, id: string, text: string): Promise<undefined> {
  const now = secondsNow(context);
  return context.database.transaction(async (trx) => {
    const written = await answerMention(trx, id, { answer: text, answered_by: grant.actor, answered_at: now });
    if (!written) throw new Refusal((await mentionState(trx, id))?.state === 'answered' ? 'ALREADY_DONE' : 'NOT_FOUND');
    await writeAudit(trx, { at: now, actor: grant.actor, action: 'mention.answer', subject: id });
    return undefined;
  });
}
