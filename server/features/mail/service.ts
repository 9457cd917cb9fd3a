/** An official's own address for notices: named, proved by a code that is sent to it, and forgotten again. Nobody else sees or sets it. */
import { timingSafeEqual } from 'node:crypto';
import type { Output } from '../../../shared/api/endpoint.ts';
import type { MailView, putMailAddress, putMailKinds } from '../../../shared/api/mail.ts';
import { Refusal } from '../../../shared/api/refusal.ts';
import { b64u, utf8 } from '../../../shared/base/bytes.ts';
import type { AuditAction } from '../../../shared/organisation/audit-action.ts';
import { noticeKindsOf } from '../../../shared/organisation/desk-notice.ts';
import { type Context, secondsNow } from '../../context.ts';
import { writeAudit } from '../../database/audit.ts';
import { erases } from '../../database/erasing.ts';
import { lockFor } from '../../database/lock.ts';
import type { Db } from '../../database/port.ts';
import { countRate } from '../../http/rate.ts';
import type { Session } from '../../http/session.ts';
import { newId } from '../../ids.ts';
import { codeOf, codeSeconds, wrongCodesAtMost } from '../../notices/code.ts';
import { kindsOf } from '../../notices/line.ts';
import { insertDelivery, mailOf, putMail } from '../../notices/queries.ts';
import { deleteDeliveriesTo, deleteMailOf } from './queries.ts';

/** What the person sees of it. */
export const show = (context: Context, session: Session): Promise<MailView> =>
  viewOf(context.database.db, context, session);

/** Sends a code to a new address; the one before stays in use until the code came back. Throws NOT_FOUND where no mail is sent,
 *  RATE_LIMITED. */
export async function nameAddress(
  context: Context,
  session: Session,
  { address, lang }: Output<(typeof putMailAddress)['body']>,
): Promise<MailView> {
  requireOffered(context);
  const { db } = context.database;
  const person = session.person.id;
  await countRate(db, context, 'mailCodes', person);
  const now = secondsNow(context);
  const nonce = b64u(context.random(16));
  return context.database.transaction(async (trx) => {
    await putMail(trx, person, { pending: address, nonce, asked_at: now, wrong: 0, lang });
    const lines = JSON.stringify(nonce);
    const delivery = {
      id: newId(context),
      channel: 'mail',
      recipient: person,
      kind: 'code',
      lines,
      at: now,
      due_at: now,
    };
    await insertDelivery(trx, delivery);
    const view = await viewOf(trx, context, session);
    await audit(trx, now, session, 'mail.name');
    return view;
  });
}

/** Takes the code that came with the mail. Throws NOT_FOUND where none is awaited, FIELD_INVALID for a wrong one; the fifth ends it. */
export async function prove(context: Context, session: Session, code: string): Promise<MailView> {
  const person = session.person.id;
  const now = secondsNow(context);
  const proved = await context.database.transaction(async (trx) => {
    // Each wrong code is counted, however many come at once.
    await lockFor(trx, `mail ${person}`);
    const row = await mailOf(trx, person);
    if (row?.pending == null || row.nonce === null || now > (row.asked_at ?? 0) + codeSeconds)
      throw new Refusal('NOT_FOUND');
    if (!timingSafeEqual(utf8(code), utf8(codeOf(context, person, row.pending, row.nonce)))) {
      const isOver = row.wrong + 1 >= wrongCodesAtMost;
      await putMail(trx, person, isOver ? ended : { wrong: row.wrong + 1 });
      return null;
    }
    await putMail(trx, person, { ...ended, address: row.pending, failed_at: null });
    const view = await viewOf(trx, context, session);
    await audit(trx, now, session, 'mail.prove');
    return view;
  });
  // Outside of the transaction, so that the wrong code is counted.
  if (proved === null) throw new Refusal('FIELD_INVALID', { field: 'code' });
  return proved;
}

/** No code is awaited any more. */
const ended = { pending: null, nonce: null, asked_at: null, wrong: 0 } as const;

/** Sets what the person is told of, among what their roles can be told of. Throws NOT_FOUND where no mail is sent. */
export async function setKinds(
  context: Context,
  session: Session,
  { kinds, lang }: Output<(typeof putMailKinds)['body']>,
): Promise<MailView> {
  requireOffered(context);
  const available = availableTo(session);
  const chosen = available.filter((kind) => kinds.includes(kind));
  return context.database.transaction(async (trx) => {
    await putMail(trx, session.person.id, { kinds: JSON.stringify(chosen), lang });
    const view = await viewOf(trx, context, session);
    await audit(trx, secondsNow(context), session, 'mail.choose', { kinds: chosen });
    return view;
  });
}

/** Forgets address and choices, and what waits to be sent to it. */
export async function forget(context: Context, session: Session): Promise<MailView> {
  return context.database.transaction(async (trx) => {
    erases(trx);
    await deleteMailOf(trx, session.person.id);
    await deleteDeliveriesTo(trx, session.person.id);
    const view = await viewOf(trx, context, session);
    await audit(trx, secondsNow(context), session, 'mail.forget');
    return view;
  });
}

function requireOffered(context: Context): void {
  if (context.config.mail === null) throw new Refusal('NOT_FOUND');
}

const availableTo = (session: Session) => noticeKindsOf(session.grants.map(({ role }) => role));

async function viewOf(db: Db, context: Context, session: Session): Promise<MailView> {
  const row = await mailOf(db, session.person.id);
  const isAwaited = row !== undefined && secondsNow(context) <= (row.asked_at ?? 0) + codeSeconds;
  const available = availableTo(session);
  const kinds = row === undefined ? [] : kindsOf(row.kinds);
  return {
    offered: context.config.mail !== null,
    address: row?.address ?? null,
    pending: isAwaited ? row.pending : null,
    kinds: available.filter((kind) => kinds.includes(kind)),
    available: [...available],
    failedAt: row?.failed_at ?? null,
  };
}

/** Never with the address: the trail is read by others. */
const audit = (trx: Db, at: number, { person, grants }: Session, action: AuditAction, facts = {}): Promise<void> =>
  writeAudit(trx, { at, actor: grants[0]?.actor ?? person.id, action, subject: person.id, facts });
