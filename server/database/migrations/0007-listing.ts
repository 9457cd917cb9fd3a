/** Facets and threads of published diaries (tables/listing.ts). Diaries that are published already are listed when the server opens. */
import type { Kysely } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  const schema = database.schema;
  await schema
    .createTable('public_facet')
    .addColumn('facet', 'text', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addColumn('position', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('public_facet_pk', ['facet', 'value', 'position'])
    .execute();
  await schema.createIndex('public_facet_position').on('public_facet').columns(['position', 'facet']).execute();
  await schema
    .createTable('public_thread')
    .addColumn('thread', 'text', (column) => column.notNull())
    .addColumn('position', 'bigint', (column) => column.notNull())
    .addColumn('item', 'integer', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('public_thread_pk', ['thread', 'position', 'item'])
    .execute();
  await schema.createIndex('public_thread_position').on('public_thread').columns(['position', 'item']).execute();
  await schema.createIndex('public_thread_at').on('public_thread').columns(['thread', 'at']).execute();
  await schema
    .createTable('thread_theme')
    .addColumn('thread', 'text', (column) => column.primaryKey())
    .addColumn('theme', 'text', (column) => column.notNull())
    .execute();
  await schema.createIndex('thread_theme_theme').on('thread_theme').columns(['theme', 'thread']).execute();
}
