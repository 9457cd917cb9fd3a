/** What readers wrote and nobody has decided or answered yet. */
import { waitingShown } from '../../../shared/api/waiting.ts';
import type { Db } from '../../database/port.ts';
import { beginning, counted, type Source } from './source.ts';

export const commentSources: readonly Source[] = [
  {
    kind: 'comment',
    needs: 'comments.moderate',
    read: async ({ context }) => {
      const { db } = context.database;
      const rows = await waitingComments(db);
      return {
        total: await counted(db, db.selectFrom('comment').select('id').where('state', '=', 'waiting')),
        rows: rows.map(({ id, unit, text, kind, queued_at, decide_by }) => ({
          id,
          since: queued_at,
          due: decide_by,
          unit,
          text: beginning(text),
          commentKind: kind,
        })),
      };
    },
  },
  {
    kind: 'flag',
    needs: 'comments.moderate',
    read: async ({ context }) => {
      const { db } = context.database;
      const rows = await flaggedComments(db);
      const all = db
        .selectFrom('comment_flag')
        .innerJoin('comment', 'comment.id', 'comment_flag.comment')
        .select('comment.id')
        .distinct()
        .where('comment_flag.closed_at', 'is', null)
        .where('comment.state', '=', 'published');
      return {
        total: await counted(db, all),
        rows: rows.map(({ id, unit, text, since, due }) => ({
          id,
          since: Number(since),
          due: Number(due),
          unit,
          text: beginning(text),
        })),
      };
    },
  },
  {
    kind: 'appeal',
    needs: 'comments.moderate',
    read: async ({ context }) => {
      const { db } = context.database;
      const rows = await openAppeals(db);
      return {
        total: await counted(
          db,
          db.selectFrom('comment_appeal').select('comment as id').where('state', '=', 'waiting'),
        ),
        rows: rows.map(({ id, unit, words, at, decide_by }) => ({
          id,
          since: at,
          due: decide_by,
          unit,
          text: beginning(words),
        })),
      };
    },
  },
  {
    kind: 'mention',
    needs: 'mentions.answer',
    read: async ({ context }) => {
      const { db } = context.database;
      const rows = await openMentions(db);
      return {
        total: await counted(db, db.selectFrom('mention').select('id').where('state', '=', 'waiting')),
        rows: rows.map(({ id, unit, text, at, decide_by }) => ({
          id,
          since: at,
          due: decide_by,
          unit,
          text: beginning(text),
        })),
      };
    },
  },
];

/** Index `comment_waiting`. */
const waitingComments = (db: Db) =>
  db
    .selectFrom('comment')
    .select(['id', 'unit', 'text', 'kind', 'queued_at', 'decide_by'])
    .where('state', '=', 'waiting')
    .orderBy('decide_by')
    .orderBy('id')
    .limit(waitingShown)
    .execute();

/** Index `comment_flag_open`. */
const flaggedComments = (db: Db) =>
  db
    .selectFrom('comment_flag')
    .innerJoin('comment', 'comment.id', 'comment_flag.comment')
    .select((eb) => [
      'comment.id',
      'comment.unit',
      'comment.text',
      eb.fn.min('comment_flag.at').as('since'),
      eb.fn.min('comment_flag.decide_by').as('due'),
    ])
    .where('comment_flag.closed_at', 'is', null)
    .where('comment.state', '=', 'published')
    .groupBy(['comment.id', 'comment.unit', 'comment.text'])
    .orderBy('due')
    .orderBy('comment.id')
    .limit(waitingShown)
    .execute();

/** Index `comment_appeal_open`. */
const openAppeals = (db: Db) =>
  db
    .selectFrom('comment_appeal')
    .innerJoin('comment', 'comment.id', 'comment_appeal.comment')
    .select(['comment.id', 'comment.unit', 'comment_appeal.words', 'comment_appeal.at', 'comment_appeal.decide_by'])
    .where('comment_appeal.state', '=', 'waiting')
    .orderBy('comment_appeal.decide_by')
    .orderBy('comment_appeal.comment')
    .limit(waitingShown)
    .execute();

/** Index `mention_waiting`. */
const openMentions = (db: Db) =>
  db
    .selectFrom('mention')
    .select(['id', 'unit', 'text', 'at', 'decide_by'])
    .where('state', '=', 'waiting')
    .orderBy('decide_by')
    .orderBy('id')
    .limit(waitingShown)
    .execute();
