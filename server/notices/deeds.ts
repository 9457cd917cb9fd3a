/** Which deeds somebody is told of. The audit trail is the outbox: a deed writes its row there in its own transaction, one after the other,
 *  so that reading on from the last one read misses none and takes none twice. */
import * as v from 'valibot';
import { type Context, secondsNow } from '../context.ts';
import type { Db } from '../database/port.ts';
import { type Telling, tell } from './tell.ts';

/** The value under which the number of the last deed read is kept. */
const cursorName = 'notices.read';
const batch = 500;

export interface Deed {
  readonly action: string;
  readonly subject: string;
  /** JSON. */
  readonly facts: string;
}

/** What waits for somebody after a deed. */
export function tellingsOf({ action, subject, facts: json }: Deed): readonly Omit<Telling, 'once'>[] {
  const facts = v.parse(Facts, json);
  const unit = facts.unit ?? null;
  const due = dueOf(facts.of);
  switch (action) {
    case 'ticket.register':
    case 'ticket.dispatchOverdue':
      return [{ kind: 'ticketToAssign', subject }];
    case 'ticket.move':
      return afterMove[facts.to ?? '']?.(subject, unit) ?? [];
    case 'ticket.extensionAsked':
      return [{ kind: 'extensionAsked', subject }];
    case 'ticket.dueSoon':
    case 'ticket.reviewDue':
      return [{ kind: 'ticketDue', unit, subject, due }];
    case 'ticket.overdue':
    case 'ticket.contactOverdue':
    case 'ticket.actionOverdue':
      return [{ kind: 'ticketOverdue', unit, subject, due }];
    case 'draw.record':
      return [
        ...(facts.drawn ?? []).map((drawn) => ({ kind: 'drawn', unit: drawn, subject }) as const),
        { kind: 'reviewWaiting', subject },
      ];
    case 'item.offer':
      return facts.draw === null ? [] : [{ kind: 'reviewWaiting', subject: facts.draw }];
    case 'item.release':
    case 'item.decline':
      return facts.draw === null ? [] : [{ kind: 'offerDecided', unit, subject: facts.draw }];
    default:
      return [];
  }
}

const afterMove: Readonly<Record<string, (subject: string, unit: string | null) => readonly Omit<Telling, 'once'>[]>> =
  {
    assigned: (subject, unit) => [{ kind: 'ticketAssigned', unit, subject }],
    disputed: (subject) => [{ kind: 'ticketDisputed', subject }],
    reopened: (subject) => [{ kind: 'ticketToAssign', subject }],
    supervised: (subject, unit) => [{ kind: 'ticketOverdue', unit, subject }],
  };

/** What is looked at of a deed's facts; everything else may be of any form. */
const optional = <S extends v.GenericSchema>(schema: S) => v.fallback(v.optional(v.nullable(schema), null), null);
const Facts = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    unit: optional(v.string()),
    to: optional(v.string()),
    of: optional(v.string()),
    drawn: optional(v.array(v.string())),
    draw: optional(v.string()),
  }),
);

/** An alert names its deadline as an instant, or as a day, which has none. */
const dueOf = (of: string | null): number | null => (of !== null && /^\d{9,}$/.test(of) ? Number(of) : null);

/** Reads on in the trail and writes what waits; gives how many deeds were read. Only under the lock of notices. What happened before it
 *  ran for the first time is told to nobody. Primary key of `audit_link`. */
export async function readDeeds(trx: Db, context: Context): Promise<number> {
  const known = await trx.selectFrom('server_value').select('value').where('name', '=', cursorName).executeTakeFirst();
  if (known === undefined) {
    const newest = await trx
      .selectFrom('audit_link')
      .select((eb) => eb.fn.max('n').as('n'))
      .executeTakeFirst();
    await trx
      .insertInto('server_value')
      .values({ name: cursorName, value: Number(newest?.n ?? -1) })
      .execute();
    return 0;
  }
  const deeds = await trx
    .selectFrom('audit_link')
    .innerJoin('audit', 'audit.id', 'audit_link.audit')
    .select(['audit_link.n', 'audit.at', 'audit.action', 'audit.subject', 'audit.facts'])
    .where('audit_link.n', '>', known.value)
    .orderBy('audit_link.n')
    .limit(batch)
    .execute();
  const last = deeds.at(-1);
  if (last === undefined) return 0;
  // After a pause of the server what is old news stands at the desk's first page anyway.
  const since = secondsNow(context) - toldWithinSeconds;
  for (const deed of deeds)
    if (deed.at >= since)
      for (const [i, telling] of tellingsOf(deed).entries())
        await tell(trx, context, { ...telling, once: `deed ${deed.n} ${i}` });
  await trx.updateTable('server_value').set({ value: last.n }).where('name', '=', cursorName).execute();
  return deeds.length;
}

const toldWithinSeconds = 86_400;
