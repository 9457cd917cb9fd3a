/** Notes, extensions, photos and alerts of tickets, templates for answers, and contacts of reporters (tables/tickets.ts). */
import { type Kysely, sql } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  const schema = database.schema;
  await schema.alterTable('ticket_event').addColumn('contact_by', 'text').execute();
  await schema
    .createTable('ticket_note')
    .addColumn('ticket', 'text', (column) => column.notNull())
    .addColumn('n', 'integer', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('unit', 'text')
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('ticket_note_pk', ['ticket', 'n'])
    .execute();
  await schema
    .createTable('ticket_extension')
    .addColumn('ticket', 'text', (column) => column.notNull())
    .addColumn('n', 'integer', (column) => column.notNull())
    .addColumn('asked_at', 'bigint', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('date', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('decided_at', 'bigint')
    .addColumn('decided_by', 'text')
    .addColumn('note', 'text')
    .addPrimaryKeyConstraint('ticket_extension_pk', ['ticket', 'n'])
    .execute();
  await schema
    .createTable('ticket_photo')
    .addColumn('ticket', 'text', (column) => column.notNull())
    .addColumn('n', 'integer', (column) => column.notNull())
    .addColumn('sha256', 'text', (column) => column.notNull())
    .addColumn('width', 'integer', (column) => column.notNull())
    .addColumn('height', 'integer', (column) => column.notNull())
    .addColumn('alt', 'text', (column) => column.notNull())
    .addColumn('bytes', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('ticket_photo_pk', ['ticket', 'n'])
    .execute();
  await schema
    .createTable('ticket_alert')
    .addColumn('ticket', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('of', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('ticket_alert_pk', ['ticket', 'kind', 'of'])
    .execute();
  await schema
    .createTable('reply_template')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('changed_at', 'bigint', (column) => column.notNull())
    .addColumn('changed_by', 'text', (column) => column.notNull())
    .execute();
  await schema
    .createTable('comment_contact')
    .addColumn('comment', 'text', (column) => column.primaryKey())
    .addColumn('sealed', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('comment_contact_at').on('comment_contact').columns(['at']).execute();
  await schema.createIndex('ticket_due').on('ticket').expression(sql`coalesce(extended_due, due), number`).execute();
  await schema
    .createIndex('ticket_running')
    .on('ticket')
    .expression(sql`coalesce(extended_due, due)`)
    .where(sql<boolean>`replied_at is null and closed_at is null`)
    .execute();
  await schema
    .createIndex('ticket_held')
    .on('ticket')
    .columns(['review_on'])
    .where(sql<boolean>`review_on is not null`)
    .execute();
  await schema
    .createIndex('ticket_action_open')
    .on('ticket_action')
    .columns(['date'])
    .where(sql<boolean>`state = 'open'`)
    .execute();
  await schema.createIndex('ticket_action_unit').on('ticket_action').columns(['unit', 'ticket']).execute();
}
