/** How many listed comments hang on each item of a diary (tables/comments.ts), counted when they are written and not when they are read. */
import { type Kysely, sql } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('comment_item_total')
    .addColumn('draw', 'text', (column) => column.notNull())
    .addColumn('unit', 'text', (column) => column.notNull())
    .addColumn('item', 'integer', (column) => column.notNull())
    .addColumn('total', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('comment_item_total_pk', ['draw', 'unit', 'item'])
    .execute();
  await sql`insert into comment_item_total (draw, unit, item, total)
    select draw, unit, item, count(*) from comment where published_at is not null and item is not null
    group by draw, unit, item`.execute(database);
}
