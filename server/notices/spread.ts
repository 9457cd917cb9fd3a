/** Finds who is told of what waits, and gathers it: one mail for each person and kind within ten minutes; a webhook is called for each. */
import { type DeskNoticeKind, noticeRoles } from '../../shared/organisation/desk-notice.ts';
import { type Grant, isUnitRole, type Role } from '../../shared/organisation/role.ts';
import { type Context, secondsNow } from '../context.ts';
import { lockFor } from '../database/lock.ts';
import type { Db } from '../database/port.ts';
import { grantsOf } from '../http/session.ts';
import { newId } from '../ids.ts';
import { allGrantsNow } from '../organisation/stand-ins.ts';
import { readDeeds } from './deeds.ts';
import { kindsOf, type Line, linesOf } from './line.ts';
import {
  activeDevices,
  addLines,
  insertDelivery,
  latestDelivery,
  type MailRow,
  markSpread,
  type NoticeRow,
  provedAddresses,
  ticketFacts,
  unspreadNotices,
} from './queries.ts';

/** How long a mail gathers before it goes, and how far two of one kind to one person lie apart at least, in seconds. */
const gatherSeconds = 60;
const apartSeconds = 600;
/** Things named in one mail at most; the next ones are in the next. */
const linesAtMost = 100;
const batch = 200;

interface Person {
  readonly grants: readonly Grant[];
  readonly kinds: readonly DeskNoticeKind[];
}

/** Reads what was done since the last time and turns what waits into deliveries; gives how many notices. Any number of processes may do it
 *  at once. */
export async function spreadNotices(context: Context): Promise<number> {
  return context.database.transaction(async (trx) => {
    await lockFor(trx, 'notices');
    await readDeeds(trx, context);
    const notices = await withTicket(trx, await unspreadNotices(trx, batch));
    const people =
      context.config.mail === null ? new Map<string, Person>() : await peopleTold(trx, secondsNow(context));
    const gathered = new Map<string, { person: string; kind: DeskNoticeKind; lines: Line[] }>();
    for (const notice of notices) {
      for (const webhook of context.config.webhooks)
        if (webhook.kinds === null || webhook.kinds.includes(notice.kind))
          await addDelivery(trx, context, `webhook:${webhook.id}`, '', notice.kind, [lineOf(notice)]);
      for (const [person, told] of people) {
        if (!told.kinds.includes(notice.kind) || !isFor(told.grants, notice)) continue;
        const key = `${person} ${notice.kind}`;
        const known = gathered.get(key) ?? { person, kind: notice.kind, lines: [] };
        known.lines.push(lineOf(notice));
        gathered.set(key, known);
      }
    }
    for (const { person, kind, lines } of gathered.values()) await gather(trx, context, person, kind, lines);
    if (notices.length > 0)
      await markSpread(
        trx,
        notices.map(({ id }) => id),
        secondsNow(context),
      );
    return notices.length;
  });
}

/** A ticket's unit and date as they are now, where the deed did not say. */
async function withTicket(trx: Db, notices: readonly NoticeRow[]): Promise<readonly NoticeRow[]> {
  const tickets = new Map(
    (
      await ticketFacts(
        trx,
        notices.map(({ subject }) => subject),
      )
    ).map((ticket) => [ticket.number, ticket]),
  );
  return notices.map((notice) => {
    const ticket = tickets.get(notice.subject);
    return ticket === undefined
      ? notice
      : { ...notice, unit: notice.unit ?? ticket.unit, due: notice.due ?? Number(ticket.due) };
  });
}

/** Everybody with a proved address, with what they do and want to hear of. Who has no device in use any more is told nothing. */
async function peopleTold(trx: Db, now: number): Promise<ReadonlyMap<string, Person>> {
  const own = new Map<string, Grant[]>();
  for (const device of await activeDevices(trx))
    own.set(device.person, [...(own.get(device.person) ?? []), ...grantsOf(device.grants)]);
  const grants = await allGrantsNow(trx, own, now);
  return new Map(
    (await provedAddresses(trx)).flatMap((row: MailRow): [string, Person][] => {
      const held = grants.get(row.person);
      return held === undefined ? [] : [[row.person, { grants: held, kinds: kindsOf(row.kinds) }]];
    }),
  );
}

function isFor(grants: readonly Grant[], { kind, unit }: NoticeRow): boolean {
  const roles: readonly Role[] = noticeRoles[kind];
  return grants.some((grant) => roles.includes(grant.role) && (!isUnitRole(grant.role) || grant.unit === unit));
}

const lineOf = ({ unit, subject, due, at }: NoticeRow): Line => ({ unit, subject, due, at });

/** Into the mail that still gathers, else into a new one. */
async function gather(trx: Db, context: Context, person: string, kind: DeskNoticeKind, lines: readonly Line[]) {
  const latest = await latestDelivery(trx, 'mail', person, kind);
  if (latest !== undefined && latest.state === 'waiting' && latest.closed === 0) {
    const all = [...linesOf(latest.lines), ...lines];
    if (all.length <= linesAtMost && (await addLines(trx, latest.id, JSON.stringify(all)))) return;
  }
  const now = secondsNow(context);
  const due = Math.max(now + gatherSeconds, (latest?.due_at ?? 0) + apartSeconds);
  const mails = Math.ceil(lines.length / linesAtMost);
  for (let n = 0; n < mails; n += 1) {
    const part = lines.slice(n * linesAtMost, (n + 1) * linesAtMost);
    await addDelivery(trx, context, 'mail', person, kind, part, due + n * apartSeconds);
  }
}

function addDelivery(
  trx: Db,
  context: Context,
  channel: string,
  recipient: string,
  kind: DeskNoticeKind,
  lines: readonly Line[],
  due = secondsNow(context),
): Promise<unknown> {
  const at = secondsNow(context);
  const row = { id: newId(context), channel, recipient, kind, lines: JSON.stringify(lines), at, due_at: due };
  return insertDelivery(trx, row);
}
