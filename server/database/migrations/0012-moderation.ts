/** Waves of copies, appeals, who has an item open, and what the desk and the public count by (tables/moderation.ts, tables/comments.ts). */
import { type Kysely, sql } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  const schema = database.schema;
  await schema.alterTable('comment').addColumn('wave', 'text').execute();
  await schema.alterTable('comment').addColumn('sender', 'text').execute();
  await schema.alterTable('comment').addColumn('undo_until', 'bigint').execute();
  await schema
    .createIndex('comment_wave_waiting')
    .on('comment')
    .columns(['wave', 'decide_by', 'id'])
    .where(sql<boolean>`state = 'waiting' and wave is not null`)
    .execute();
  await schema
    .createIndex('comment_sender')
    .on('comment')
    .columns(['sender', 'at', 'id'])
    .where(sql<boolean>`sender is not null`)
    .execute();
  await schema
    .createIndex('comment_parent')
    .on('comment')
    .columns(['parent'])
    .where(sql<boolean>`parent is not null`)
    .execute();
  await schema
    .createIndex('comment_published_at')
    .on('comment')
    .columns(['published_at', 'id'])
    .where(sql<boolean>`published_at is not null`)
    .execute();
  await schema
    .createIndex('comment_ended')
    .on('comment')
    .columns(['ended_at', 'id'])
    .where(sql<boolean>`ended_at is not null`)
    .execute();
  await schema
    .createTable('comment_wave')
    .addColumn('wave', 'text', (column) => column.primaryKey())
    .addColumn('comment', 'text', (column) => column.notNull())
    .addColumn('signature', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('comment_wave_comment').on('comment_wave').columns(['comment']).execute();
  await schema.createIndex('comment_wave_at').on('comment_wave').columns(['at']).execute();
  await schema
    .createTable('comment_wave_key')
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('wave', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('comment_wave_key_pk', ['key', 'wave'])
    .execute();
  await schema.createIndex('comment_wave_key_wave').on('comment_wave_key').columns(['wave']).execute();
  await schema
    .createTable('comment_lease')
    .addColumn('comment', 'text', (column) => column.primaryKey())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('until', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('comment_lease_actor').on('comment_lease').columns(['actor']).execute();
  await schema
    .createTable('comment_appeal')
    .addColumn('comment', 'text', (column) => column.primaryKey())
    .addColumn('words', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('against', 'text')
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('decide_by', 'bigint', (column) => column.notNull())
    .addColumn('decided_by', 'text')
    .addColumn('decided_at', 'bigint')
    .addColumn('note', 'text')
    .execute();
  await schema
    .createIndex('comment_appeal_open')
    .on('comment_appeal')
    .columns(['decide_by', 'comment'])
    .where(sql<boolean>`state = 'waiting'`)
    .execute();
  await schema
    .createIndex('comment_appeal_decided')
    .on('comment_appeal')
    .columns(['decided_at'])
    .where(sql<boolean>`decided_at is not null`)
    .execute();
}
