/** Wishes for more time: asked by the handler, decided by the organiser, overtaken by a reply (closed-loop.md "Deadlines"). */
import type { Insertable, Selectable } from 'kysely';
import type { ExtensionState } from '../../shared/feedback/ticket.ts';
import type { Db } from '../database/port.ts';
import type { TicketExtensionTable } from '../database/tables/tickets.ts';

export type ExtensionRow = Selectable<TicketExtensionTable>;

/** Primary key: the last wish. */
export const lastExtension = (db: Db, ticket: string): Promise<ExtensionRow | undefined> =>
  db
    .selectFrom('ticket_extension')
    .selectAll()
    .where('ticket', '=', ticket)
    .orderBy('n', 'desc')
    .limit(1)
    .executeTakeFirst();

/** The wish that nobody has decided. */
export async function openExtension(db: Db, ticket: string): Promise<ExtensionRow | undefined> {
  const last = await lastExtension(db, ticket);
  return last?.state === 'asked' ? last : undefined;
}

/** Primary key: which of some tickets wait for a decision. */
export async function extensionsAsked(db: Db, tickets: readonly string[]): Promise<ReadonlySet<string>> {
  if (tickets.length === 0) return new Set();
  const rows = await db
    .selectFrom('ticket_extension')
    .select('ticket')
    .where('ticket', 'in', tickets)
    .where('state', '=', 'asked')
    .execute();
  return new Set(rows.map((row) => row.ticket));
}

export const insertExtension = (db: Db, row: Insertable<TicketExtensionTable>): Promise<unknown> =>
  db.insertInto('ticket_extension').values(row).execute();

/** Primary key. */
export const settleExtension = (
  db: Db,
  { ticket, n }: ExtensionRow,
  state: ExtensionState,
  decided: { readonly at: number; readonly by: string; readonly note: string | null },
): Promise<unknown> =>
  db
    .updateTable('ticket_extension')
    .set({ state, decided_at: decided.at, decided_by: decided.by, note: decided.note })
    .where('ticket', '=', ticket)
    .where('n', '=', n)
    .execute();
