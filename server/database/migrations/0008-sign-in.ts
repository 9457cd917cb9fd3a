/** Sign-ins of readers under way, their sessions, and who is behind a comment, sealed (tables/sign-in.ts). */
import type { Kysely } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  const schema = database.schema;
  await schema
    .createTable('sign_in')
    .addColumn('state_hash', 'text', (column) => column.primaryKey())
    .addColumn('challenge', 'text', (column) => column.notNull().unique())
    .addColumn('origin', 'text', (column) => column.notNull())
    .addColumn('lang', 'text', (column) => column.notNull())
    .addColumn('stage', 'text', (column) => column.notNull())
    .addColumn('tries', 'integer', (column) => column.notNull())
    .addColumn('code_hash', 'text')
    .addColumn('digits_hash', 'text')
    .addColumn('identity', 'text')
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('sign_in_expires').on('sign_in').columns(['expires_at']).execute();
  await schema
    .createTable('reader_session')
    .addColumn('hash', 'text', (column) => column.primaryKey())
    .addColumn('identity', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('reader_session_expires').on('reader_session').columns(['expires_at']).execute();
  await schema
    .createTable('reader_identity')
    .addColumn('comment', 'text', (column) => column.primaryKey())
    .addColumn('identity', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('reader_identity_at').on('reader_identity').columns(['at']).execute();
}
