/** A text that was erased as a comment is erased in its ticket too, and reports of a comment that was withdrawn wait for nobody: what is written
 *  so since, in the rows from before. */
import { type Kysely, sql } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`update ticket set text = '' where text <> ''
    and exists (select 1 from comment where comment.id = ticket.comment and comment.text = '')`.execute(database);
  await sql`update comment_flag set closed_at = (select comment.ended_at from comment where comment.id = comment_flag.comment)
    where closed_at is null
    and exists (select 1 from comment where comment.id = comment_flag.comment and comment.state = 'withdrawn'
      and comment.ended_at is not null)`.execute(database);
}
