/** Tables of rules, draws, acknowledgements, holds and publications (tables/draws.ts). */
import type { Kysely } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  const schema = database.schema;
  await schema
    .createTable('rule')
    .addColumn('idx', 'bigint', (column) => column.primaryKey())
    .addColumn('payload', 'text', (column) => column.notNull())
    .addColumn('iat', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('draw')
    .addColumn('draw', 'text', (column) => column.primaryKey())
    .addColumn('week', 'text', (column) => column.notNull())
    .addColumn('stage', 'text', (column) => column.notNull())
    .addColumn('rule_idx', 'bigint', (column) => column.notNull())
    .addColumn('list_idx', 'bigint', (column) => column.notNull().unique())
    .addColumn('list', 'text', (column) => column.notNull())
    .addColumn('frozen_at', 'bigint', (column) => column.notNull())
    .addColumn('lock_size', 'bigint')
    .addColumn('lock_root', 'text')
    .addColumn('locked_at', 'bigint')
    .addColumn('record_idx', 'bigint')
    .addColumn('record', 'text')
    .addColumn('published_at', 'bigint')
    .execute();
  await schema.createIndex('draw_week').on('draw').columns(['week', 'list_idx']).execute();
  await schema
    .createTable('nonce')
    .addColumn('draw', 'text', (column) => column.notNull())
    .addColumn('unit', 'text', (column) => column.notNull())
    .addColumn('idx', 'bigint', (column) => column.notNull())
    .addColumn('nonce', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('nonce_pk', ['draw', 'unit'])
    .execute();
  await schema
    .createTable('ack')
    .addColumn('draw', 'text', (column) => column.notNull())
    .addColumn('unit', 'text', (column) => column.notNull())
    .addColumn('jws', 'text', (column) => column.notNull())
    .addColumn('iat', 'bigint', (column) => column.notNull())
    .addColumn('received_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('ack_pk', ['draw', 'unit'])
    .execute();
  await schema
    .createTable('hold')
    .addColumn('seal_hash', 'text', (column) => column.notNull())
    .addColumn('item', 'integer', (column) => column.notNull())
    .addColumn('idx', 'bigint', (column) => column.notNull())
    .addColumn('iss', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('ground', 'text', (column) => column.notNull())
    .addColumn('basis', 'text', (column) => column.notNull())
    .addColumn('iat', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('hold_pk', ['seal_hash', 'item'])
    .execute();
  await schema
    .createTable('publication')
    .addColumn('position', 'bigint', (column) => column.primaryKey())
    .addColumn('draw', 'text', (column) => column.notNull())
    .addColumn('unit', 'text', (column) => column.notNull())
    .addColumn('week', 'text', (column) => column.notNull())
    .addColumn('seal_hash', 'text', (column) => column.notNull())
    .addColumn('size', 'bigint', (column) => column.notNull())
    .addColumn('published_at', 'bigint', (column) => column.notNull())
    .addUniqueConstraint('publication_once', ['draw', 'unit'])
    .execute();
  await schema.createIndex('publication_unit').on('publication').columns(['unit', 'position']).execute();
  await schema
    .createTable('public_image')
    .addColumn('sha256', 'text', (column) => column.notNull())
    .addColumn('draw', 'text', (column) => column.notNull())
    .addColumn('unit', 'text', (column) => column.notNull())
    .addColumn('item', 'integer', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('public_image_pk', ['sha256', 'draw', 'unit', 'item'])
    .execute();
  await schema
    .createTable('gone_image')
    .addColumn('sha256', 'text', (column) => column.primaryKey())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute();
}
