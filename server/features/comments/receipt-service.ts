/** What a receipt opens: look, edit while it waits, withdraw, answer the follow-up (closed-loop.md). */
import type { postFollowUp, putReceiptText, ReceiptView } from '../../../shared/api/comments.ts';
import type { Output } from '../../../shared/api/endpoint.ts';
import { Refusal } from '../../../shared/api/refusal.ts';
import { allowedMoves } from '../../../shared/feedback/allowed.ts';
import { commentMaxGraphemes, withoutPrivate } from '../../../shared/feedback/comment.ts';
import { moderationDue } from '../../../shared/feedback/deadline.ts';
import { appealMaxGraphemes } from '../../../shared/feedback/moderation.ts';
import { type Context, secondsNow } from '../../context.ts';
import { writeAudit } from '../../database/audit.ts';
import { erases } from '../../database/erasing.ts';
import type { Db } from '../../database/port.ts';
import { appealOf, eraseAppeal, insertAppeal } from '../../feedback/appeal-queries.ts';
import { type CommentRow, commentById, repliesOf, touchList, updateComment } from '../../feedback/comment-queries.ts';
import { deleteContact } from '../../feedback/contact.ts';
import { settleFlags } from '../../feedback/flag-queries.ts';
import { type MentionRow, withdrawMention } from '../../feedback/mention-queries.ts';
import { moveTicket, standingOf } from '../../feedback/move-ticket.ts';
import { deletePhoto } from '../../feedback/photo.ts';
import { publicTickets } from '../../feedback/public-ticket.ts';
import { openHeld, openReceipt } from '../../feedback/receipts.ts';
import { reckoningOf } from '../../feedback/reckoning.ts';
import { requireLength, textColumns } from '../../feedback/text.ts';
import { copyTextToTicket, followUpsOf, ticketOfComment } from '../../feedback/ticket-queries.ts';
import { forgetWave, waveOf } from '../../feedback/waves.ts';
import type { Receipt } from '../../http/session.ts';
import { settingOf } from '../../organisation/setting.ts';

type Edited = Output<(typeof putReceiptText)['body']>;
type FollowUp = Output<(typeof postFollowUp)['body']>;

/** What the holder of a receipt sees. */
export async function showReceipt(context: Context, receipt: Receipt): Promise<ReceiptView> {
  const held = await openHeld(context, receipt);
  return held.of === 'comment' ? viewOf(context.database.db, held.row) : mentionView(held.row);
}

/** The author edits while it waits; it goes back to the end of the queue, and a decision begun on the former text is stale. */
export async function editText(context: Context, receipt: Receipt, body: Edited): Promise<ReceiptView> {
  const opened = await openReceipt(context, receipt);
  requireLength('text', body.text, commentMaxGraphemes);
  const now = secondsNow(context);
  return context.database.transaction(async (trx) => {
    const row = await reread(trx, opened);
    if (row.state !== 'waiting') throw new Refusal('MOVE_NOT_ALLOWED', { facts: { state: row.state } });
    const columns = textColumns(body.text, true);
    await forgetWave(trx, row.id);
    const written =
      row.version === body.version &&
      (await updateComment(trx, row.id, row.version, {
        ...columns,
        wave: await waveOf(trx, context, row.id, columns.text),
        queued_at: now,
        decide_by: moderationDue(now, await reckoningOf(trx, context)),
      }));
    if (!written) throw new Refusal('VERSION_STALE', { facts: { version: row.version, state: row.state } });
    await copyTextToTicket(trx, row.id, columns.text);
    return viewOf(trx, await reread(trx, row));
  });
}

/** The author withdraws, at any time; the text is erased, in the ticket as well, and of a published one a stub stays. What was said about it
 *  since stays until it is erased (own-data.ts). Done twice it is done once. */
export async function withdraw(context: Context, receipt: Receipt): Promise<ReceiptView> {
  const held = await openHeld(context, receipt);
  if (held.of === 'mention') return mentionView(await withdrawMention(context, held.row));
  const opened = held.row;
  return context.database.transaction(async (trx) => {
    const row = await reread(trx, opened);
    if (row.state === 'withdrawn') return viewOf(trx, row);
    if (row.state !== 'waiting' && row.state !== 'published')
      throw new Refusal('MOVE_NOT_ALLOWED', { facts: { state: row.state } });
    const written = await updateComment(trx, row.id, row.version, {
      state: 'withdrawn',
      text: '',
      nickname: '',
      place: null,
      original: null,
      wave: null,
      sender: null,
      undo_until: null,
      ended_at: secondsNow(context),
    });
    if (!written) throw new Refusal('VERSION_STALE', { facts: { version: row.version, state: row.state } });
    erases(trx);
    await deletePhoto(trx, row.id);
    await forgetWave(trx, row.id);
    await eraseAppeal(trx, row.id);
    await deleteContact(trx, row.id);
    await copyTextToTicket(trx, row.id, '');
    await settleFlags(trx, row.id, secondsNow(context));
    if (row.published_at !== null) await touchList(trx, row.draw, row.unit);
    await writeAudit(trx, {
      at: secondsNow(context),
      actor: 'reader',
      action: 'comment.withdraw',
      subject: row.id,
      facts: { from: row.state },
    });
    return viewOf(trx, await reread(trx, row));
  });
}

/** The author appeals against a rejection or removal, once; the same words sent twice count once. */
export async function appeal(context: Context, receipt: Receipt, typed: string): Promise<ReceiptView> {
  const opened = await openReceipt(context, receipt);
  requireLength('words', typed, appealMaxGraphemes);
  const words = withoutPrivate(typed);
  const now = secondsNow(context);
  return context.database.transaction(async (trx) => {
    const row = await reread(trx, opened);
    const known = await appealOf(trx, row.id);
    if (known?.words === words) return viewOf(trx, row);
    if (known !== undefined) throw new Refusal('ALREADY_DONE');
    if (!mayAppeal(row)) throw new Refusal('MOVE_NOT_ALLOWED', { facts: { state: row.state } });
    const decide_by = moderationDue(now, await reckoningOf(trx, context));
    const made = { comment: row.id, words, state: 'waiting' as const, against: row.decided_by, at: now, decide_by };
    if (!(await insertAppeal(trx, made))) throw new Refusal('ALREADY_DONE');
    await writeAudit(trx, { at: now, actor: 'reader', action: 'comment.appeal', subject: row.id });
    return viewOf(trx, row);
  });
}

const mayAppeal = ({ state }: CommentRow): boolean => state === 'rejected' || state === 'removed';

/** The reader answers: solved closes the loop; not solved opens the ticket again, the third time under supervision. The same answer
 *  sent twice counts once. */
export async function answer(context: Context, receipt: Receipt, body: FollowUp): Promise<ReceiptView> {
  const opened = await openReceipt(context, receipt);
  const words = body.words === null ? null : withoutPrivate(body.words);
  return context.database.transaction(async (trx) => {
    const ticket = await ticketOfComment(trx, opened.id);
    if (ticket === undefined) throw new Refusal('MOVE_NOT_ALLOWED', { facts: { allowed: [] } });
    const allowed = allowedMoves(standingOf(ticket, false), 'reader', secondsNow(context));
    const to = allowed.find((state) => (state === 'closedLoop') === body.solved);
    if (to === undefined) {
      const last = (await followUpsOf(trx, [ticket.number])).findLast((row) => row.answered_at !== null);
      const same =
        last?.actor === 'reader' &&
        (last.solved === 1) === body.solved &&
        last.rating === body.rating &&
        last.words === words;
      if (same) return viewOf(trx, await reread(trx, opened));
      throw new Refusal('MOVE_NOT_ALLOWED', { facts: { state: ticket.state, allowed } });
    }
    await moveTicket(trx, context, ticket, {
      to,
      by: 'reader',
      actor: 'reader',
      ownTicket: false,
      note: words,
      public: !(await settingOf(trx, context.config, 'moderation')).reviewFirst,
      followUp: { solved: body.solved, rating: body.rating, words },
    });
    return viewOf(trx, await reread(trx, opened));
  });
}

async function reread(db: Db, row: CommentRow): Promise<CommentRow> {
  const found = await commentById(db, row.id);
  if (found === undefined) throw new Refusal('RECEIPT_INVALID');
  return found;
}

async function viewOf(db: Db, row: CommentRow): Promise<ReceiptView> {
  const [given] = await repliesOf(db, [row.id]);
  const ticket = (await publicTickets(db, [row.id], 'reader')).get(row.id) ?? null;
  const appealed = await appealOf(db, row.id);
  return {
    number: row.number,
    draw: row.draw,
    unit: row.unit,
    item: row.item,
    kind: row.kind,
    state: row.state,
    version: row.version,
    text: row.original ?? row.text,
    nickname: row.nickname,
    at: row.at,
    decidedBy: row.state === 'waiting' ? row.decide_by : null,
    reason: row.reason,
    note: row.note,
    place: row.place,
    reply: given === undefined ? null : { text: given.text, unit: given.unit, at: given.at },
    ticket,
    appeal:
      appealed === undefined
        ? null
        : { state: appealed.state, words: appealed.words, at: appealed.at, note: appealed.note },
    mayAppeal: appealed === undefined && mayAppeal(row),
    followUpAsked: ticket?.state === 'replied',
  };
}

function mentionView(row: MentionRow): ReceiptView {
  return {
    number: row.number,
    draw: row.draw,
    unit: row.unit,
    item: row.item,
    kind: 'mention',
    state: row.state,
    version: row.version,
    text: row.text,
    nickname: '',
    at: row.at,
    decidedBy: row.state === 'waiting' ? row.decide_by : null,
    reason: null,
    reply: null,
    answer: row.answer === null || row.answered_at === null ? null : { text: row.answer, at: row.answered_at },
    ticket: null,
    followUpAsked: false,
  };
}
