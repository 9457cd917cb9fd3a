/** What officials and other programs are told by e-mail and webhook (tables/notices.ts). */
import { type Kysely, sql } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  const schema = database.schema;
  await schema
    .createTable('notice_mail')
    .addColumn('person', 'text', (column) => column.primaryKey())
    .addColumn('address', 'text')
    .addColumn('pending', 'text')
    .addColumn('nonce', 'text')
    .addColumn('asked_at', 'bigint')
    .addColumn('wrong', 'integer', (column) => column.notNull())
    .addColumn('kinds', 'text', (column) => column.notNull())
    .addColumn('lang', 'text', (column) => column.notNull())
    .addColumn('failed_at', 'bigint')
    .execute();
  await schema
    .createTable('notice')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('unit', 'text')
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('due', 'bigint')
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('once', 'text', (column) => column.notNull().unique())
    .addColumn('spread_at', 'bigint')
    .execute();
  await schema
    .createIndex('notice_unspread')
    .on('notice')
    .columns(['id'])
    .where(sql<boolean>`spread_at is null`)
    .execute();
  await schema.createIndex('notice_at').on('notice').columns(['at']).execute();
  await schema
    .createTable('notice_delivery')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('recipient', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('lines', 'text', (column) => column.notNull())
    .addColumn('closed', 'integer', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('due_at', 'bigint', (column) => column.notNull())
    .addColumn('tries', 'integer', (column) => column.notNull())
    .addColumn('claim', 'text')
    .addColumn('claimed_until', 'bigint')
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('settled_at', 'bigint')
    .addColumn('problem', 'text')
    .execute();
  await schema
    .createIndex('notice_delivery_waiting')
    .on('notice_delivery')
    .columns(['channel', 'due_at'])
    .where(sql<boolean>`state = 'waiting'`)
    .execute();
  await schema
    .createIndex('notice_delivery_latest')
    .on('notice_delivery')
    .columns(['recipient', 'kind', 'due_at'])
    .execute();
  await schema.createIndex('notice_delivery_settled').on('notice_delivery').columns(['settled_at']).execute();
}
