/** Tables of comments, receipts and tickets (tables/comments.ts). */
import { type Kysely, sql } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  const schema = database.schema;
  await schema
    .createTable('comment')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('number', 'text', (column) => column.notNull().unique())
    .addColumn('code_hash', 'text', (column) => column.notNull())
    .addColumn('draw', 'text', (column) => column.notNull())
    .addColumn('unit', 'text', (column) => column.notNull())
    .addColumn('item', 'integer')
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('nickname', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('original', 'text')
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('queued_at', 'bigint', (column) => column.notNull())
    .addColumn('decide_by', 'bigint', (column) => column.notNull())
    .addColumn('decided_by', 'text')
    .addColumn('published_at', 'bigint')
    .addColumn('ended_at', 'bigint')
    .addColumn('reason', 'text')
    .addColumn('note', 'text')
    .execute();
  await schema
    .createIndex('comment_listed')
    .on('comment')
    .columns(['draw', 'unit', 'at', 'id'])
    .where(sql<boolean>`published_at is not null`)
    .execute();
  await schema
    .createIndex('comment_waiting')
    .on('comment')
    .columns(['decide_by', 'id'])
    .where(sql<boolean>`state = 'waiting'`)
    .execute();
  await schema
    .createIndex('comment_original')
    .on('comment')
    .columns(['at'])
    .where(sql<boolean>`original is not null`)
    .execute();
  await schema
    .createTable('comment_total')
    .addColumn('draw', 'text', (column) => column.notNull())
    .addColumn('unit', 'text', (column) => column.notNull())
    .addColumn('total', 'integer', (column) => column.notNull())
    .addColumn('version', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('comment_total_pk', ['draw', 'unit'])
    .execute();
  await schema
    .createTable('reply')
    .addColumn('comment', 'text', (column) => column.primaryKey())
    .addColumn('unit', 'text', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('receipt_try')
    .addColumn('number', 'text', (column) => column.primaryKey())
    .addColumn('failures', 'integer', (column) => column.notNull())
    .addColumn('since', 'bigint', (column) => column.notNull())
    .addColumn('closed_until', 'bigint')
    .execute();
  await schema
    .createTable('ticket')
    .addColumn('number', 'text', (column) => column.primaryKey())
    .addColumn('year', 'integer', (column) => column.notNull())
    .addColumn('serial', 'integer', (column) => column.notNull())
    .addColumn('comment', 'text', (column) => column.notNull().unique())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('unit', 'text')
    .addColumn('clock', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('draw', 'text', (column) => column.notNull())
    .addColumn('diary_unit', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('opened_by', 'text', (column) => column.notNull())
    .addColumn('registered_at', 'bigint', (column) => column.notNull())
    .addColumn('contact_due', 'bigint', (column) => column.notNull())
    .addColumn('due', 'bigint', (column) => column.notNull())
    .addColumn('extended_due', 'bigint')
    .addColumn('dispute_due', 'bigint')
    .addColumn('contacted_at', 'bigint')
    .addColumn('replied_at', 'bigint')
    .addColumn('follow_up_due', 'bigint')
    .addColumn('reopened', 'integer', (column) => column.notNull())
    .addColumn('review_on', 'text')
    .addColumn('closed_at', 'bigint')
    .addColumn('followed_up', 'integer')
    .addColumn('merged_into', 'text')
    .addUniqueConstraint('ticket_serial', ['year', 'serial'])
    .execute();
  await schema
    .createIndex('ticket_merged')
    .on('ticket')
    .columns(['merged_into'])
    .where(sql<boolean>`merged_into is not null`)
    .execute();
  await schema.createIndex('ticket_registered').on('ticket').columns(['registered_at', 'number']).execute();
  await schema.createIndex('ticket_unit').on('ticket').columns(['unit', 'registered_at', 'number']).execute();
  await schema
    .createIndex('ticket_window')
    .on('ticket')
    .columns(['follow_up_due'])
    .where(sql<boolean>`state = 'replied'`)
    .execute();
  await schema
    .createTable('ticket_event')
    .addColumn('ticket', 'text', (column) => column.notNull())
    .addColumn('n', 'integer', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('part', 'text', (column) => column.notNull())
    .addColumn('from_state', 'text')
    .addColumn('to_state', 'text', (column) => column.notNull())
    .addColumn('note', 'text')
    .addColumn('public', 'integer', (column) => column.notNull())
    .addColumn('unit', 'text')
    .addColumn('first_contact', 'integer', (column) => column.notNull())
    .addColumn('resolution_kind', 'text')
    .addColumn('root_cause', 'text')
    .addPrimaryKeyConstraint('ticket_event_pk', ['ticket', 'n'])
    .execute();
  await schema
    .createTable('follow_up')
    .addColumn('ticket', 'text', (column) => column.notNull())
    .addColumn('n', 'integer', (column) => column.notNull())
    .addColumn('asked_at', 'bigint', (column) => column.notNull())
    .addColumn('due', 'bigint', (column) => column.notNull())
    .addColumn('answered_at', 'bigint')
    .addColumn('solved', 'integer')
    .addColumn('rating', 'integer')
    .addColumn('words', 'text')
    .addColumn('public', 'integer', (column) => column.notNull())
    .addColumn('actor', 'text')
    .addPrimaryKeyConstraint('follow_up_pk', ['ticket', 'n'])
    .execute();
  await schema
    .createTable('ticket_action')
    .addColumn('ticket', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('unit', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('date', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('reason', 'text')
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('ticket_action_pk', ['ticket', 'id'])
    .execute();
}
