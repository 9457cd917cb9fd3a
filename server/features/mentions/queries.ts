/** SQL of new mentions and of the reviewer's list. */
import type { Insertable } from 'kysely';
import type { Db } from '../../database/port.ts';
import type { MentionTable } from '../../database/tables/talk.ts';
import { type Cursor, isAfter } from '../../feedback/cursor.ts';
import type { MentionRow } from '../../feedback/mention-queries.ts';

export const insertMention = (db: Db, row: Insertable<MentionTable>): Promise<unknown> =>
  db.insertInto('mention').values(row).execute();

/** Index `mention_waiting`: most urgent first. */
export function waitingMentions(db: Db, after: Cursor | null, limit: number): Promise<MentionRow[]> {
  const all = db.selectFrom('mention').selectAll().where('state', '=', 'waiting');
  const rest = after === null ? all : all.where(isAfter('decide_by', 'id', after));
  return rest.orderBy('decide_by').orderBy('id').limit(limit).execute();
}

/** Index `mention_waiting`. */
export async function waitingTotal(db: Db): Promise<number> {
  const row = await db
    .selectFrom('mention')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow();
  return Number(row.total);
}

/** Primary key. Gives false where it is not waiting. */
export async function answerMention(
  db: Db,
  id: string,
  values: { readonly answer: string; readonly answered_by: string; readonly answered_at: number },
): Promise<boolean> {
  const done = await db
    .updateTable('mention')
    .set((eb) => ({ ...values, state: 'answered', version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** Primary key. */
export const mentionState = (db: Db, id: string) =>
  db.selectFrom('mention').select('state').where('id', '=', id).executeTakeFirst();
