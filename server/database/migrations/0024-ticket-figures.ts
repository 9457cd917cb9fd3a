/** What the figures read of a ticket stands in its own row and in one index (tables/comments.ts): a figure is a walk along that index, without a
 *  look into other tables for every ticket. */
import { type Kysely, sql } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  const { schema } = database;
  await schema.alterTable('ticket').addColumn('root_cause', 'text').execute();
  await schema
    .alterTable('ticket')
    .addColumn('asked', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await schema.alterTable('ticket').addColumn('solved', 'integer').execute();
  await schema.alterTable('ticket').addColumn('rating', 'integer').execute();
  const answer = sql`from follow_up where follow_up.ticket = ticket.number and answered_at is not null
    order by n desc limit 1`;
  await sql`update ticket set
    root_cause = (select event.root_cause from ticket_event as event
      where event.ticket = ticket.number and event.root_cause is not null order by event.n desc limit 1),
    asked = case when exists (select 1 from follow_up where follow_up.ticket = ticket.number) then 1 else 0 end,
    solved = (select coalesce(follow_up.solved, 0) ${answer}),
    rating = (select follow_up.rating ${answer})`.execute(database);
  await schema.dropIndex('ticket_registered').execute();
  await schema.dropIndex('ticket_event_cause').execute();
  await schema
    .createIndex('ticket_registered')
    .on('ticket')
    .columns([
      'registered_at',
      'number',
      'unit',
      'kind',
      'state',
      'root_cause',
      'contact_due',
      'contacted_at',
      'due',
      'extended_due',
      'replied_at',
      'reopened',
      'asked',
      'solved',
      'rating',
      'followed_up',
    ])
    .execute();
}
