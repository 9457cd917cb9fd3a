/** Review of comments: publish, reject, remove; never rewrite (closed-loop.md "Comments"). */
import type { getQueue, postDecision } from '../../../shared/api/comments.ts';
import type { Answer, Output } from '../../../shared/api/endpoint.ts';
import { Refusal } from '../../../shared/api/refusal.ts';
import { masked, privateSpans, type RejectionReason } from '../../../shared/feedback/comment.ts';
import type { Grant } from '../../../shared/organisation/role.ts';
import { type Context, secondsNow } from '../../context.ts';
import { writeAudit } from '../../database/audit.ts';
import type { Db } from '../../database/port.ts';
import { type CommentRow, commentById, countListed, touchList, updateComment } from '../../feedback/comment-queries.ts';
import { cursorAfter, pageFrom, readCursor } from '../../feedback/cursor.ts';
import { contextOf } from '../../feedback/published-diary.ts';
import { copyTextToTicket, waitingComments, waitingTotal } from './queries.ts';

type Decision = Output<(typeof postDecision)['body']>;
type Decided = Answer<typeof postDecision>;

const pageSize = 50;

/** Comments that wait, most urgent first, each with the masks that its text calls for and with what it hangs on. */
export async function queue(context: Context, after: string | undefined): Promise<Answer<typeof getQueue>> {
  const db = context.database.db;
  const found = await waitingComments(db, readCursor(after), pageSize + 1);
  const { page, next } = pageFrom(found, pageSize, (row) => cursorAfter(row.decide_by, row.id));
  const rows = [];
  for (const row of page) {
    const text = row.original ?? row.text;
    rows.push({
      id: row.id,
      version: row.version,
      draw: row.draw,
      unit: row.unit,
      item: row.item,
      kind: row.kind,
      text,
      nickname: row.nickname,
      at: row.at,
      decideBy: row.decide_by,
      masks: privateSpans(text).map(([from, to]): [number, number] => [from, to]),
      context: await contextOf(db, row.draw, row.unit, row.item),
    });
  }
  return { rows, next, total: await waitingTotal(db) };
}

/** Decides on the version that the moderator saw. Throws VERSION_STALE with what was decided first, MOVE_NOT_ALLOWED with the decisions
 *  that are open. */
export async function decide(context: Context, grant: Grant, id: string, decision: Decision): Promise<Decided> {
  const now = secondsNow(context);
  return context.database.transaction(async (trx) => {
    const row = await commentById(trx, id);
    if (row === undefined) throw new Refusal('NOT_FOUND');
    if (row.version !== decision.version) throw stale(row);
    const allowed = row.state === 'waiting' ? ['publish', 'reject'] : row.state === 'published' ? ['remove'] : [];
    if (!allowed.includes(decision.decision))
      throw new Refusal('MOVE_NOT_ALLOWED', { facts: { state: row.state, allowed } });
    const values = columnsOf(row, decision, now);
    if (!(await updateComment(trx, id, row.version, { ...values, original: null, decided_by: grant.actor })))
      throw stale((await commentById(trx, id)) ?? row);
    if (decision.decision === 'publish') {
      await copyTextToTicket(trx, id, values.text);
      await countListed(trx, row.draw, row.unit);
    }
    if (decision.decision === 'remove') await touchList(trx, row.draw, row.unit);
    await audit(trx, now, grant, id, decision);
    return { id, state: values.state, version: row.version + 1 };
  });
}

/** Reasons for which not even the masked text is kept. */
const erasing: readonly RejectionReason[] = ['privacy', 'classified'];

function columnsOf(row: CommentRow, decision: Decision, now: number) {
  switch (decision.decision) {
    case 'publish': {
      const text = row.original ?? row.text;
      requireSpans(text, decision.masks);
      const spans = [...privateSpans(text), ...decision.masks];
      return { state: 'published' as const, text: masked(text, spans), published_at: now };
    }
    case 'reject':
    case 'remove':
      return {
        state: decision.decision === 'reject' ? ('rejected' as const) : ('removed' as const),
        text: erasing.includes(decision.reason) ? '' : row.text,
        ended_at: now,
        reason: decision.reason,
        note: decision.note,
      };
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

const stale = (row: CommentRow): Refusal =>
  new Refusal('VERSION_STALE', {
    facts: {
      version: row.version,
      state: row.state,
      reason: row.reason,
      decidedBy: row.decided_by,
      at: row.ended_at ?? row.published_at,
    },
  });

function audit(trx: Db, at: number, grant: Grant, subject: string, decision: Decision): Promise<unknown> {
  const facts =
    decision.decision === 'publish'
      ? { version: decision.version, masks: decision.masks.length }
      : { version: decision.version, reason: decision.reason, note: decision.note };
  return writeAudit(trx, { at, actor: grant.actor, action: `comment.${decision.decision}`, subject, facts });
}
