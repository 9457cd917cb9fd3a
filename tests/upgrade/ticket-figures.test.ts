/** What an upgrade writes into the rows of tickets for the figures is what their events and follow-ups say. */
import { expect, test } from 'vitest';
import { openDatabase } from '../../server/database/open.ts';
import { demoTicketRows, writeTickets } from '../rates/ticket-rows.ts';
import { olderDatabase, withHandle } from './older.ts';

test.each(['SQLite', 'PostgreSQL'] as const)('tickets of an older database on %s keep their figures', async (name) => {
  const { address, close } = await olderDatabase(name, '0023-comment-items');
  const tickets = demoTicketRows();
  const older = tickets.map((rows) => {
    const { root_cause, asked, solved, rating, ...ticket } = rows.ticket;
    return { ...rows, ticket };
  });
  try {
    await withHandle(address, (db) => writeTickets(db, older));
    const database = await openDatabase(address, { migrate: true });
    const rows = await database.db
      .selectFrom('ticket')
      .select(['number', 'root_cause', 'asked', 'solved', 'rating'])
      .orderBy('serial')
      .execute();
    await database.close();
    expect(rows).toEqual(
      tickets.map(({ ticket: { number, root_cause, asked, solved, rating } }) => ({
        ...{ number, root_cause, asked, solved, rating },
      })),
    );
    expect(rows.filter(({ solved }) => solved !== null)).toHaveLength(11);
  } finally {
    close();
  }
});
