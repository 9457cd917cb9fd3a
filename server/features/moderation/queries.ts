/** SQL of the review: what waits, what stands around an item, who has it open. */
import { sql } from 'kysely';
import { queueCounted, waveMost } from '../../../shared/feedback/moderation.ts';
import type { Db } from '../../database/port.ts';
import type { CommentRow } from '../../feedback/comment-queries.ts';
import { type Cursor, isAfter, isBefore } from '../../feedback/cursor.ts';

/** A place in the queue. */
export interface Waiting {
  readonly id: string;
  readonly decideBy: number;
}

/** Index `comment_waiting`, and `comment_wave_waiting` for each row: waiting comments, most urgent first. `follows`: a more urgent one of the
 *  same wave waits. */
export async function waitingComments(
  db: Db,
  after: Cursor | null,
  limit: number,
): Promise<(Waiting & { readonly follows: boolean })[]> {
  const all = db
    .selectFrom('comment')
    .select((eb) => [
      'comment.id',
      'comment.decide_by as decideBy',
      eb
        .selectFrom('comment as earlier')
        .select('earlier.id')
        .where('earlier.state', '=', 'waiting')
        .whereRef('earlier.wave', '=', 'comment.wave')
        .where(sql<boolean>`(earlier.decide_by, earlier.id) < (comment.decide_by, comment.id)`)
        .limit(1)
        .as('earlier'),
    ])
    .where('comment.state', '=', 'waiting');
  const rest = after === null ? all : all.where(isAfter('comment.decide_by', 'comment.id', after));
  const rows = await rest.orderBy('comment.decide_by').orderBy('comment.id').limit(limit).execute();
  return rows.map(({ id, decideBy, earlier }) => ({ id, decideBy, follows: earlier !== null }));
}

/** Index `comment_flag_open`: published comments with open reports, by the most urgent of each. */
export function flaggedComments(db: Db, after: Cursor | null, limit: number): Promise<Waiting[]> {
  const all = db
    .selectFrom('comment_flag')
    .innerJoin('comment', 'comment.id', 'comment_flag.comment')
    .select(['comment.id', 'comment_flag.decide_by as decideBy'])
    .where('comment_flag.closed_at', 'is', null)
    .where('comment.state', '=', 'published')
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('comment_flag as earlier')
            .select('earlier.comment')
            .whereRef('earlier.comment', '=', 'comment_flag.comment')
            .where('earlier.closed_at', 'is', null)
            .where(sql<boolean>`(earlier.decide_by, earlier.reader) < (comment_flag.decide_by, comment_flag.reader)`),
        ),
      ),
    );
  const rest = after === null ? all : all.where(isAfter('comment_flag.decide_by', 'comment_flag.comment', after));
  return rest.orderBy('comment_flag.decide_by').orderBy('comment_flag.comment').limit(limit).execute();
}

/** Indexes `comment_waiting`, `comment_flag_open`, `comment_appeal_open`: how much waits, counted up to `queueCounted` of each. */
export async function waitingTotal(db: Db): Promise<number> {
  const counts = [
    db.selectFrom('comment').select('id').where('state', '=', 'waiting').limit(queueCounted),
    db
      .selectFrom('comment_flag')
      .innerJoin('comment', 'comment.id', 'comment_flag.comment')
      .select('comment_flag.comment as id')
      .distinct()
      .where('comment_flag.closed_at', 'is', null)
      .where('comment.state', '=', 'published')
      .limit(queueCounted),
    db.selectFrom('comment_appeal').select('comment as id').where('state', '=', 'waiting').limit(queueCounted),
  ].map((some) =>
    db
      .selectFrom(some.as('part'))
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow(),
  );
  const total = (await Promise.all(counts)).reduce((sum, { count }) => sum + Number(count), 0);
  return Math.min(total, queueCounted);
}

/** Primary key. */
export const commentsById = (db: Db, ids: readonly string[]): Promise<CommentRow[]> =>
  ids.length === 0 ? Promise.resolve([]) : db.selectFrom('comment').selectAll().where('id', 'in', ids).execute();

/** Index `comment_wave_waiting`: how many comments of each wave wait, at most `waveMost`. */
export async function waveCounts(db: Db, waves: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (waves.length === 0) return new Map();
  const rows = await db
    .selectFrom('comment')
    .select([
      'comment.wave',
      sql<number>`(select count(*) from (select 1 from comment as one
      where one.state = 'waiting' and one.wave = comment.wave limit ${sql.lit(waveMost)}) as part)`.as('count'),
    ])
    .where('comment.id', 'in', waves)
    .execute();
  return new Map(rows.map(({ wave, count }) => [wave ?? '', Number(count)]));
}

/** Index `comment_wave_waiting`: comments of a wave that wait, most urgent first. */
export const waitingOfWave = (db: Db, wave: string): Promise<CommentRow[]> =>
  db
    .selectFrom('comment')
    .selectAll()
    .where('state', '=', 'waiting')
    .where('wave', '=', wave)
    .orderBy('decide_by')
    .orderBy('id')
    .limit(waveMost)
    .execute();

/** Primary keys: who else has which of these items open, by name. */
export async function openByOthers(
  db: Db,
  ids: readonly string[],
  actor: string,
  now: number,
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('comment_lease')
    .innerJoin('actor', 'actor.actor', 'comment_lease.actor')
    .innerJoin('person', 'person.id', 'actor.person')
    .select(['comment_lease.comment', 'person.name'])
    .where('comment_lease.comment', 'in', ids)
    .where('comment_lease.actor', '!=', actor)
    .where('comment_lease.until', '>', now)
    .execute();
  return new Map(rows.map(({ comment, name }) => [comment, name]));
}

/** Primary key. Takes an item where nobody else has it now. */
export const takeLease = (db: Db, comment: string, actor: string, now: number, until: number): Promise<unknown> =>
  db
    .insertInto('comment_lease')
    .values({ comment, actor, until })
    .onConflict((conflict) =>
      conflict
        .column('comment')
        .doUpdateSet({ actor, until })
        .where((eb) => eb.or([eb('comment_lease.actor', '=', actor), eb('comment_lease.until', '<=', now)])),
    )
    .execute();

/** Index `comment_lease_actor`. */
export const dropOtherLeases = (db: Db, comment: string, actor: string): Promise<unknown> =>
  db.deleteFrom('comment_lease').where('actor', '=', actor).where('comment', '!=', comment).execute();

/** Whether something was built on a published comment: a ticket, the unit's answer, an answer of a reader, a report. Unique `comment`, primary
 *  keys, index `comment_parent`. */
export async function isBuiltOn(db: Db, comment: string): Promise<boolean> {
  const found = await db
    .selectNoFrom((eb) => [
      eb.selectFrom('ticket').select('comment').where('comment', '=', comment).limit(1).as('ticket'),
      eb.selectFrom('reply').select('comment').where('comment', '=', comment).limit(1).as('reply'),
      eb.selectFrom('comment').select('id').where('parent', '=', comment).limit(1).as('answer'),
      eb.selectFrom('comment_flag').select('comment').where('comment', '=', comment).limit(1).as('flag'),
    ])
    .executeTakeFirstOrThrow();
  return Object.values(found).some((id) => id !== null);
}

/** Index `comment_item`: what is public on the same entry, the last of it, oldest first. */
export async function saidBeside(db: Db, row: CommentRow, limit: number): Promise<CommentRow[]> {
  const rows = await db
    .selectFrom('comment')
    .selectAll()
    .where('draw', '=', row.draw)
    .where('unit', '=', row.unit)
    .where('item', row.item === null ? 'is' : '=', row.item)
    .where('published_at', 'is not', null)
    .where('id', '!=', row.id)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.reverse();
}

/** Index `comment_answers`: what is public under a comment, the last of it, oldest first. */
export async function saidUnder(db: Db, parent: string, except: string, limit: number): Promise<CommentRow[]> {
  const rows = await db
    .selectFrom('comment')
    .selectAll()
    .where('parent', '=', parent)
    .where('published_at', 'is not', null)
    .where('id', '!=', except)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.reverse();
}

/** Index `comment_sender`: what came from the same place before, newest first. */
export const saidBefore = (db: Db, sender: string, row: CommentRow, limit: number): Promise<CommentRow[]> =>
  db
    .selectFrom('comment')
    .selectAll()
    .where('sender', '=', sender)
    .where('id', '!=', row.id)
    .where(isBefore('at', 'id', { at: row.at, id: row.id }))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();

/** Index `comment_item`, unique `comment`: tickets that came of comments on the same entry, newest first. */
export const ticketsBeside = (db: Db, row: CommentRow, limit: number) =>
  db
    .selectFrom('comment')
    .innerJoin('ticket', 'ticket.comment', 'comment.id')
    .select(['ticket.number', 'ticket.state', 'ticket.text'])
    .where('comment.draw', '=', row.draw)
    .where('comment.unit', '=', row.unit)
    .where('comment.item', row.item === null ? 'is' : '=', row.item)
    .where('comment.published_at', 'is not', null)
    .orderBy('ticket.registered_at', 'desc')
    .limit(limit)
    .execute();

/** Index `comment_published_at`: what is or was public, newest first; `find` stands in text or nickname, empty in every one. */
export function publishedComments(db: Db, find: string, after: Cursor | null, limit: number): Promise<CommentRow[]> {
  const all = db.selectFrom('comment').selectAll().where('published_at', 'is not', null);
  const like = `%${find.toLowerCase().replace(/[!%_]/g, '!$&')}%`;
  const found =
    find === ''
      ? all
      : all.where(sql<boolean>`(lower(text) like ${like} escape '!' or lower(nickname) like ${like} escape '!')`);
  const rest = after === null ? found : found.where(isBefore('published_at', 'id', after));
  return rest.orderBy('published_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
}
