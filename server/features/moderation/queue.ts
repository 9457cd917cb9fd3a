/** The review queue: what waits, what readers reported, what authors appeal against, by urgency; and what stands around one item. */
import type { getQueue, WaitingComment } from '../../../shared/api/comments.ts';
import type { Answer } from '../../../shared/api/endpoint.ts';
import type { getBeside, getPublished } from '../../../shared/api/moderation.ts';
import { Refusal } from '../../../shared/api/refusal.ts';
import { privateSpans } from '../../../shared/feedback/comment.ts';
import { workingMinutesLeft } from '../../../shared/feedback/deadline.ts';
import { likelySpans } from '../../../shared/feedback/moderation.ts';
import type { Grant } from '../../../shared/organisation/role.ts';
import { type Context, secondsNow } from '../../context.ts';
import type { Db } from '../../database/port.ts';
import { type AppealRow, openAppeals } from '../../feedback/appeal-queries.ts';
import { type CommentRow, commentById } from '../../feedback/comment-queries.ts';
import { type Cursor, cursorAfter, pageFrom, readCursor } from '../../feedback/cursor.ts';
import { openFlags } from '../../feedback/flag-queries.ts';
import { hasOtherModerator, isSamePerson } from '../../feedback/moderators.ts';
import { photosOf } from '../../feedback/photo.ts';
import { contextOf } from '../../feedback/published-diary.ts';
import { reckoningOf } from '../../feedback/reckoning.ts';
import { isSure } from '../../identity/sender.ts';
import {
  commentsById,
  flaggedComments,
  openByOthers,
  publishedComments,
  saidBefore,
  saidBeside,
  saidUnder,
  ticketsBeside,
  type Waiting,
  waitingComments,
  waitingOfWave,
  waitingTotal,
  waveCounts,
} from './queries.ts';

const pageSize = 50;
/** Waiting rows that one page looks at: of a wave all but the first fall away. */
const mostLookedAt = 200;
const mostBeside = 6;
const mostTickets = 3;

interface Place extends Waiting {
  readonly why: WaitingComment['why'];
}

/** The queue by urgency, one for each wave. A page may be short while more follows: `next` says. */
export async function queue(
  context: Context,
  grant: Grant,
  after: string | undefined,
): Promise<Answer<typeof getQueue>> {
  const { db } = context.database;
  const { places, next } = await placesAfter(db, readCursor(after));
  return { rows: await rowsOf(context, grant, places), next, total: await waitingTotal(db) };
}

async function placesAfter(db: Db, after: Cursor | null): Promise<{ places: readonly Place[]; next: string | null }> {
  const looked = await waitingComments(db, after, mostLookedAt);
  const last = looked.length < mostLookedAt ? undefined : looked.at(-1);
  const appeals = await openAppeals(db, after, pageSize + 1);
  const all: Place[] = [
    ...looked.filter(({ follows }) => !follows).map(({ id, decideBy }) => ({ id, decideBy, why: 'waiting' as const })),
    ...(await flaggedComments(db, after, pageSize + 1)).map((one) => ({ ...one, why: 'flagged' as const })),
    ...appeals.map(({ comment, decide_by }) => ({ id: comment, decideBy: decide_by, why: 'appeal' as const })),
  ].sort(inOrder);
  // Behind the last row that was looked at others may wait that are more urgent than what the other lists have there.
  const known = last === undefined ? all : all.filter((one) => inOrder(one, last) <= 0);
  const { page, next } = pageFrom(known, pageSize, ({ decideBy, id }) => cursorAfter(decideBy, id));
  return { places: page, next: next ?? (last === undefined ? null : cursorAfter(last.decideBy, last.id)) };
}

const inOrder = (a: Waiting, b: Waiting): number => a.decideBy - b.decideBy || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

async function rowsOf(context: Context, grant: Grant, places: readonly Place[]): Promise<WaitingComment[]> {
  const { db } = context.database;
  const now = secondsNow(context);
  const ids = places.map(({ id }) => id);
  const found = await commentsById(db, ids);
  const byId = new Map(found.map((row) => [row.id, row]));
  const photos = await photosOf(db, ids);
  const copies = await waveCounts(
    db,
    places.flatMap(({ id, why }) => (why === 'waiting' ? [id] : [])),
  );
  const flags = await flagsOf(db, places);
  const appeals = await appealsOf(context, grant, places);
  const openBy = await openByOthers(db, ids, grant.actor, now);
  const by = await reckoningOf(db, context);
  const rows: WaitingComment[] = [];
  for (const { id, why, decideBy } of places) {
    const row = byId.get(id);
    if (row === undefined) continue;
    const text = why === 'waiting' ? (row.original ?? row.text) : row.text;
    rows.push({
      id,
      why,
      version: row.version,
      draw: row.draw,
      unit: row.unit,
      item: row.item,
      kind: row.kind,
      state: row.state,
      text,
      nickname: row.nickname,
      at: row.at,
      decideBy,
      minutesLeft: workingMinutesLeft(now, decideBy, by),
      masks: why === 'waiting' ? pairs(privateSpans(text)) : [],
      likely: why === 'waiting' ? pairs(likelySpans(text)) : [],
      context: await aboutOf(db, row),
      parent: row.parent,
      place: row.place,
      photo: photos.get(id) ?? null,
      unproven: row.unproven === 1,
      copies: why === 'waiting' && row.wave !== null ? (copies.get(row.wave) ?? 1) : 1,
      openBy: openBy.get(id) ?? null,
      flags: flags.get(id) ?? null,
      appeal: appeals.get(id) ?? null,
    });
  }
  return rows;
}

const pairs = (spans: readonly (readonly [number, number])[]) =>
  spans.map(([from, to]): [number, number] => [from, to]);

const aboutOf = async (db: Db, row: CommentRow): Promise<string | null> =>
  row.parent === null
    ? contextOf(db, row.draw, row.unit, row.item)
    : ((await commentById(db, row.parent))?.text ?? null);

async function flagsOf(db: Db, places: readonly Place[]) {
  const ids = places.flatMap(({ id, why }) => (why === 'flagged' ? [id] : []));
  const found = new Map<string, { reasons: Record<string, number>; unproven: number }>();
  for (const { comment, reason, unproven } of ids.length === 0 ? [] : await openFlags(db, ids)) {
    const known = found.get(comment) ?? { reasons: {}, unproven: 0 };
    const reasons = { ...known.reasons, [reason]: (known.reasons[reason] ?? 0) + 1 };
    found.set(comment, { reasons, unproven: known.unproven + unproven });
  }
  return found;
}

async function appealsOf(context: Context, grant: Grant, places: readonly Place[]) {
  const { db } = context.database;
  const ids = places.flatMap(({ id, why }) => (why === 'appeal' ? [id] : []));
  const found = new Map<string, NonNullable<WaitingComment['appeal']>>();
  if (ids.length === 0) return found;
  const comments = new Map((await commentsById(db, ids)).map((row) => [row.id, row]));
  const rows = await db.selectFrom('comment_appeal').selectAll().where('comment', 'in', ids).execute();
  for (const row of rows) {
    const comment = comments.get(row.comment);
    found.set(row.comment, {
      words: row.words,
      reason: comment?.reason ?? null,
      note: comment?.note ?? null,
      mine: await isOwnDecision(context, db, row, grant.actor),
    });
  }
  return found;
}

/** Whether an appeal is against this moderator's own decision while another moderator is there to judge it. */
export async function isOwnDecision(context: Context, db: Db, { against }: AppealRow, actor: string): Promise<boolean> {
  if (context.config.onePerson || against === null || !(await isSamePerson(db, against, actor))) return false;
  return hasOtherModerator(db, actor, secondsNow(context));
}

/** What stands around an item. Throws NOT_FOUND. */
export async function beside(context: Context, id: string): Promise<Answer<typeof getBeside>> {
  const { db } = context.database;
  const row = await commentById(db, id);
  if (row === undefined) throw new Refusal('NOT_FOUND');
  const wave = row.wave === null || row.state !== 'waiting' ? [row] : await waitingOfWave(db, row.wave);
  return {
    thread: (await threadOf(db, row)).map(said),
    before: {
      sure: row.sender !== null && isSure(row.sender),
      rows: row.sender === null ? [] : (await saidBefore(db, row.sender, row, mostBeside)).map(said),
    },
    wave: [row, ...wave.filter((one) => one.id !== id)].map(said),
    tickets: await ticketsBeside(db, row, mostTickets),
  };
}

async function threadOf(db: Db, row: CommentRow): Promise<readonly CommentRow[]> {
  const parent = row.parent === null ? undefined : await commentById(db, row.parent);
  return parent === undefined
    ? saidBeside(db, row, mostBeside)
    : [parent, ...(await saidUnder(db, parent.id, row.id, mostBeside))];
}

const said = (row: CommentRow) => ({
  id: row.id,
  version: row.version,
  kind: row.kind,
  state: row.state,
  nickname: row.nickname,
  text: row.text,
  at: row.at,
});

/** What is or was public, newest first; with words to find, of those with these words. */
export async function published(
  context: Context,
  find: string,
  after: string | undefined,
): Promise<Answer<typeof getPublished>> {
  const found = await publishedComments(context.database.db, find.trim(), readCursor(after), pageSize + 1);
  const { page, next } = pageFrom(found, pageSize, (row) => cursorAfter(row.published_at ?? 0, row.id));
  const rows = page.map((row) => ({
    ...said(row),
    draw: row.draw,
    unit: row.unit,
    item: row.item,
    publishedAt: row.published_at ?? 0,
    reason: row.reason,
    endedAt: row.ended_at,
  }));
  return { rows, next };
}
