/** Review of comments: publish, reject, remove, restore; never rewrite (closed-loop.md "Comments"). Every decision is made on a version that
 *  was seen, and two minutes long it may be taken back. */
import type { postDecision } from '../../../shared/api/comments.ts';
import type { Answer, Output } from '../../../shared/api/endpoint.ts';
import type { postAppealDecision, postLease, postUndo, postWaveDecision } from '../../../shared/api/moderation.ts';
import { Refusal, type RefusalCode } from '../../../shared/api/refusal.ts';
import { masked, privateSpans } from '../../../shared/feedback/comment.ts';
import {
  decisionMoves,
  decisionsFrom,
  erasesText,
  leaseSeconds,
  undoneTo,
  undoSeconds,
} from '../../../shared/feedback/moderation.ts';
import type { Grant } from '../../../shared/organisation/role.ts';
import { type Context, secondsNow } from '../../context.ts';
import { writeAudit } from '../../database/audit.ts';
import { erases } from '../../database/erasing.ts';
import type { Db } from '../../database/port.ts';
import { appealOf, settleAppeal } from '../../feedback/appeal-queries.ts';
import {
  type CommentRow,
  commentById,
  countListed,
  touchList,
  uncountListed,
  updateComment,
} from '../../feedback/comment-queries.ts';
import { eraseSaidLater } from '../../feedback/erase-reader.ts';
import { reopenFlags, settleFlags } from '../../feedback/flag-queries.ts';
import { isSamePerson, nameOfActor } from '../../feedback/moderators.ts';
import { deletePhoto, photosOf } from '../../feedback/photo.ts';
import { copyTextToTicket, ticketOfComment } from '../../feedback/ticket-queries.ts';
import { forgetWave } from '../../feedback/waves.ts';
import { dropOtherLeases, isBuiltOn, openByOthers, takeLease } from './queries.ts';
import { isOwnDecision } from './queue.ts';

type Decision = Output<(typeof postDecision)['body']>;
type Decided = Answer<typeof postDecision>;
type Outcome = Answer<typeof postUndo>;
type Seen = Output<(typeof postUndo)['body']>['items'][number];

/** Decides on the version that the moderator saw. Throws VERSION_STALE with what was decided first, MOVE_NOT_ALLOWED with the decisions
 *  that are open. */
export async function decide(context: Context, grant: Grant, id: string, decision: Decision): Promise<Decided> {
  const now = secondsNow(context);
  return context.database.transaction(async (trx) => {
    const row = await seen(trx, id, decision.version);
    const allowed = decisionsFrom(row.state);
    const isErased = decision.decision === 'restore' && row.text === '';
    if (!allowed.includes(decision.decision) || isErased)
      throw new Refusal('MOVE_NOT_ALLOWED', { facts: { state: row.state, allowed: isErased ? [] : allowed } });
    const dropsPhoto = decision.decision !== 'publish' || !decision.photo;
    const hadPhoto = dropsPhoto && (await photosOf(trx, [id])).size > 0;
    const mayUndo = !hadPhoto && (await mayTakeBack(trx, row, decision));
    const values = {
      ...columnsOf(row, decision, now),
      original: null,
      decided_by: grant.actor,
      undo_until: mayUndo ? now + undoSeconds : null,
    };
    if (!(await updateComment(trx, id, row.version, values))) throw await stale(trx, id);
    if (dropsPhoto) await deletePhoto(trx, id);
    if (values.text === '') {
      erases(trx);
      await forgetWave(trx, id);
      await copyTextToTicket(trx, id, '');
      await eraseSaidLater(trx, id);
    }
    switch (decision.decision) {
      case 'publish':
        await copyTextToTicket(trx, id, values.text);
        await countListed(trx, row);
        break;
      case 'remove':
        await settleFlags(trx, id, now);
        await touchList(trx, row.draw, row.unit);
        break;
      case 'restore':
        await settleAppeal(trx, id, { state: 'granted', decided_by: grant.actor, decided_at: now });
        await touchList(trx, row.draw, row.unit);
        break;
      case 'reject':
        break;
    }
    await audit(trx, now, grant, id, decision);
    return { id, state: values.state, version: row.version + 1, undoUntil: values.undo_until };
  });
}

/** Decides each comment of a wave by itself; what could not be decided is told beside what was. */
export async function decideWave(
  context: Context,
  grant: Grant,
  body: Output<(typeof postWaveDecision)['body']>,
): Promise<Outcome> {
  return each(body.items, ({ id, version }) => {
    const decision: Decision =
      body.decision === 'publish'
        ? { decision: 'publish', version, masks: [], photo: true }
        : { decision: 'reject', version, reason: body.reason, note: body.note };
    return decide(context, grant, id, decision);
  });
}

/** Takes the caller's own decisions back while they are fresh and nothing was built on them. */
export const undo = (context: Context, grant: Grant, items: readonly Seen[]): Promise<Outcome> =>
  each(items, (item) => undoOne(context, grant, item));

async function undoOne(context: Context, grant: Grant, { id, version }: Seen): Promise<Decided> {
  const now = secondsNow(context);
  return context.database.transaction(async (trx) => {
    const row = await seen(trx, id, version);
    const state = undoneTo[row.state];
    const isFresh = row.decided_by === grant.actor && row.undo_until !== null && now <= row.undo_until;
    const isFree = isFresh && (await appealOf(trx, id)) === undefined && !(await isBuiltOnDecision(trx, row));
    if (state === undefined || !isFree) throw new Refusal('MOVE_NOT_ALLOWED', { facts: { state: row.state } });
    const cleared = { decided_by: null, undo_until: null, ended_at: null, reason: null, note: null };
    const values = state === 'waiting' ? { ...cleared, state, published_at: null } : { ...cleared, state };
    if (!(await updateComment(trx, id, version, values))) throw await stale(trx, id);
    if (row.state === 'published') await uncountListed(trx, row);
    if (row.state === 'removed') {
      await reopenFlags(trx, id, row.ended_at ?? 0);
      await touchList(trx, row.draw, row.unit);
    }
    await writeAudit(trx, {
      at: now,
      actor: grant.actor,
      action: 'comment.undo',
      subject: id,
      facts: { version, from: row.state, to: state },
    });
    return { id, state, version: version + 1, undoUntil: null };
  });
}

/** A removal is taken back whatever hangs on the comment: it hung there before. */
const isBuiltOnDecision = async (trx: Db, row: CommentRow): Promise<boolean> =>
  row.state === 'published' && isBuiltOn(trx, row.id);

/** Decides the author's appeal; where there are two moderators not by the one whose decision it is. Throws NOT_FOUND, NOT_ALLOWED,
 *  VERSION_STALE, MOVE_NOT_ALLOWED. */
export async function decideAppeal(
  context: Context,
  grant: Grant,
  id: string,
  { version, outcome, note }: Output<(typeof postAppealDecision)['body']>,
): Promise<Decided> {
  const now = secondsNow(context);
  return context.database.transaction(async (trx) => {
    const row = await seen(trx, id, version);
    const appeal = await appealOf(trx, id);
    if (appeal?.state !== 'waiting') throw new Refusal('MOVE_NOT_ALLOWED', { facts: { state: row.state } });
    if (await isOwnDecision(context, trx, appeal, grant.actor)) throw new Refusal('NOT_ALLOWED');
    const isPublic = outcome === 'granted' && row.text !== '';
    const shown = {
      state: 'published' as const,
      published_at: row.published_at ?? now,
      ended_at: null,
      reason: null,
      note: null,
    };
    const values = isPublic ? { ...shown, decided_by: grant.actor, undo_until: null } : { undo_until: null };
    if (!(await updateComment(trx, id, version, values))) throw await stale(trx, id);
    await settleAppeal(trx, id, { state: outcome, note, decided_by: grant.actor, decided_at: now });
    if (isPublic && row.published_at === null) await countListed(trx, row);
    else if (isPublic) await touchList(trx, row.draw, row.unit);
    const action = outcome === 'granted' ? 'comment.appealGranted' : 'comment.appealRefused';
    // Only where nobody else could judge it, or the organisation is one person.
    const isOwn = appeal.against !== null && (await isSamePerson(trx, appeal.against, grant.actor));
    const facts = { version, state: row.state, ...(isOwn ? { ownDecision: true } : {}) };
    await writeAudit(trx, { at: now, actor: grant.actor, action, subject: id, facts });
    return { id, state: isPublic ? 'published' : row.state, version: version + 1, undoUntil: null };
  });
}

/** Takes an item that nobody else has open, for a minute, and tells who has it otherwise. Throws NOT_FOUND. */
export async function lease(context: Context, grant: Grant, id: string): Promise<Answer<typeof postLease>> {
  const { db } = context.database;
  const now = secondsNow(context);
  if ((await commentById(db, id)) === undefined) throw new Refusal('NOT_FOUND');
  // Two statements of their own: in one transaction two moderators who change places would wait for each other.
  await takeLease(db, id, grant.actor, now, now + leaseSeconds);
  await dropOtherLeases(db, id, grant.actor);
  const others = await openByOthers(db, [id], grant.actor, now);
  return { openBy: others.get(id) ?? null, until: now + leaseSeconds };
}

/** Why one of several may fail without the others. */
const ofOne: ReadonlySet<RefusalCode> = new Set(['NOT_FOUND', 'VERSION_STALE', 'MOVE_NOT_ALLOWED', 'FIELD_INVALID']);

async function each(items: readonly Seen[], act: (item: Seen) => Promise<Decided>): Promise<Outcome> {
  const done: Outcome['done'] = [];
  const failed: Outcome['failed'] = [];
  for (const item of items)
    try {
      done.push(await act(item));
    } catch (error) {
      if (!(error instanceof Refusal) || !ofOne.has(error.code)) throw error;
      failed.push({ id: item.id, code: error.code, facts: { ...error.facts } });
    }
  return { done, failed };
}

/** The comment at the version that was seen. Throws NOT_FOUND, VERSION_STALE. */
async function seen(trx: Db, id: string, version: number): Promise<CommentRow> {
  const row = await commentById(trx, id);
  if (row === undefined) throw new Refusal('NOT_FOUND');
  if (row.version !== version) throw await stale(trx, id);
  return row;
}

/** Whether a decision can be taken back at all: it erases nothing, and no ticket goes out with it. */
async function mayTakeBack(trx: Db, row: CommentRow, decision: Decision): Promise<boolean> {
  switch (decision.decision) {
    case 'publish':
      return (await ticketOfComment(trx, row.id)) === undefined;
    case 'reject':
    case 'remove':
      return !erasesText(decision.reason);
    case 'restore':
      return false;
  }
}

function columnsOf(row: CommentRow, decision: Decision, now: number) {
  const state = decisionMoves[decision.decision].to;
  switch (decision.decision) {
    case 'publish': {
      const text = row.original ?? row.text;
      requireSpans(text, decision.masks);
      const spans = [...privateSpans(text), ...decision.masks];
      return { state, text: masked(text, spans), published_at: now };
    }
    case 'reject':
    case 'remove':
      return {
        state,
        ...(erasesText(decision.reason)
          ? { text: '', nickname: '', place: null, wave: null, sender: null }
          : { text: row.text }),
        ended_at: now,
        reason: decision.reason,
        note: decision.note,
      };
    case 'restore':
      return { state, text: row.text, ended_at: null, reason: null, note: null };
  }
}

/** Spans lie in the text, are not empty, and cut no character in half. */
function requireSpans(text: string, spans: readonly (readonly [number, number])[]): void {
  const cuts = (at: number) => /^[\udc00-\udfff]/.test(text.slice(at, at + 1));
  const fits = spans.every(
    ([from, to]) =>
      Number.isInteger(from) &&
      Number.isInteger(to) &&
      0 <= from &&
      from < to &&
      to <= text.length &&
      !cuts(from) &&
      !cuts(to),
  );
  if (!fits) throw new Refusal('FIELD_INVALID', { field: 'masks' });
}

/** The refusal of a decision on a version that is not the present one, with what was decided first and by whom. */
async function stale(trx: Db, id: string): Promise<Refusal> {
  const row = await commentById(trx, id);
  if (row === undefined) return new Refusal('NOT_FOUND');
  return new Refusal('VERSION_STALE', {
    facts: {
      version: row.version,
      state: row.state,
      reason: row.reason,
      decidedBy: row.decided_by,
      by: row.decided_by === null ? null : await nameOfActor(trx, row.decided_by),
      at: row.ended_at ?? row.published_at,
    },
  });
}

function audit(trx: Db, at: number, grant: Grant, subject: string, decision: Decision): Promise<unknown> {
  const { version } = decision;
  return writeAudit(trx, {
    at,
    actor: grant.actor,
    action: `comment.${decision.decision}`,
    subject,
    facts: { version, ...factsOf(decision) },
  });
}

function factsOf(decision: Decision): Readonly<Record<string, unknown>> {
  switch (decision.decision) {
    case 'publish':
      return { masks: decision.masks.length, photo: decision.photo };
    case 'reject':
    case 'remove':
      return { reason: decision.reason, note: decision.note };
    case 'restore':
      return {};
  }
}
