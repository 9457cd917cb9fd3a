/** Answers of readers, photos and reports of comments, mentions, and what proof of work needs (tables/comments.ts, tables/talk.ts). */
import { type Kysely, sql } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  const schema = database.schema;
  await schema.alterTable('comment').addColumn('parent', 'text').execute();
  await schema.alterTable('comment').addColumn('place', 'text').execute();
  await schema
    .alterTable('comment')
    .addColumn('unproven', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await schema
    .createIndex('comment_answers')
    .on('comment')
    .columns(['parent', 'at', 'id'])
    .where(sql<boolean>`parent is not null and published_at is not null`)
    .execute();
  await schema
    .createIndex('comment_item')
    .on('comment')
    .columns(['draw', 'unit', 'item', 'at', 'id'])
    .where(sql<boolean>`published_at is not null`)
    .execute();
  await schema
    .createTable('comment_photo')
    .addColumn('comment', 'text', (column) => column.primaryKey())
    .addColumn('sha256', 'text', (column) => column.notNull())
    .addColumn('width', 'integer', (column) => column.notNull())
    .addColumn('height', 'integer', (column) => column.notNull())
    .addColumn('bytes', 'text', (column) => column.notNull())
    .execute();
  await schema
    .createTable('comment_flag')
    .addColumn('comment', 'text', (column) => column.notNull())
    .addColumn('reader', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('unproven', 'integer', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('decide_by', 'bigint', (column) => column.notNull())
    .addColumn('closed_at', 'bigint')
    .addPrimaryKeyConstraint('comment_flag_pk', ['comment', 'reader'])
    .execute();
  await schema
    .createIndex('comment_flag_open')
    .on('comment_flag')
    .columns(['decide_by', 'comment'])
    .where(sql<boolean>`closed_at is null`)
    .execute();
  await schema
    .createTable('mention')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('number', 'text', (column) => column.notNull().unique())
    .addColumn('code_hash', 'text', (column) => column.notNull())
    .addColumn('draw', 'text', (column) => column.notNull())
    .addColumn('unit', 'text', (column) => column.notNull())
    .addColumn('item', 'integer')
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('unproven', 'integer', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('decide_by', 'bigint', (column) => column.notNull())
    .addColumn('answer', 'text')
    .addColumn('answered_by', 'text')
    .addColumn('answered_at', 'bigint')
    .execute();
  await schema
    .createIndex('mention_waiting')
    .on('mention')
    .columns(['decide_by', 'id'])
    .where(sql<boolean>`state = 'waiting'`)
    .execute();
  await schema
    .createTable('used_challenge')
    .addColumn('nonce', 'text', (column) => column.primaryKey())
    .addColumn('until', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('used_challenge_until').on('used_challenge').columns(['until']).execute();
  await schema
    .createTable('server_secret')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('secret', 'text', (column) => column.notNull())
    .execute();
}
