/** Dossiers with their notes, which face stands under which head of assessment, and the index by which root causes are counted
 *  (tables/dossiers.ts). */
import { type Kysely, sql } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  const schema = database.schema;
  await schema
    .createTable('dossier')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('term', 'text', (column) => column.notNull())
    .addColumn('unit', 'text', (column) => column.notNull())
    .addColumn('person', 'text', (column) => column.notNull())
    .addColumn('from_day', 'text', (column) => column.notNull())
    .addColumn('to_day', 'text', (column) => column.notNull())
    .addColumn('made_by', 'text', (column) => column.notNull())
    .addColumn('made_at', 'bigint', (column) => column.notNull())
    .addColumn('content', 'text', (column) => column.notNull())
    .addColumn('digest', 'text', (column) => column.notNull())
    .addColumn('open_at', 'bigint', (column) => column.notNull())
    .addColumn('seen_at', 'bigint')
    .addColumn('released_at', 'bigint')
    .execute();
  await schema.createIndex('dossier_made').on('dossier').columns(['made_at', 'id']).execute();
  await schema.createIndex('dossier_person').on('dossier').columns(['person', 'made_at', 'id']).execute();
  await schema
    .createTable('dossier_note')
    .addColumn('dossier', 'text', (column) => column.notNull())
    .addColumn('n', 'integer', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('dossier_note_pk', ['dossier', 'n'])
    .execute();
  await schema
    .createTable('assessment')
    .addColumn('revision', 'integer', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .execute();
  await schema
    .createIndex('ticket_event_cause')
    .on('ticket_event')
    .columns(['ticket', 'n'])
    .where(sql<boolean>`root_cause is not null`)
    .execute();
}
