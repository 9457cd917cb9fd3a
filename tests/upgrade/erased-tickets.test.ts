/** What readers took back before the tickets heard of it is gone from them after an upgrade. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../../server/database/open.ts';
import type { CommentState } from '../../shared/feedback/comment.ts';
import { demoTicketRows, writeTickets } from '../rates/ticket-rows.ts';
import { olderDatabase, withHandle } from './older.ts';

const at = 1_767_600_000;

/** A comment as an older Sundial left it: what was erased has no text. */
const comment = (id: string, state: CommentState, text: string) => ({
  ...{ id, number: id, code_hash: '', draw: 'd-2026-w39', unit: 'lianpu', kind: 'report' as const, version: 1 },
  ...{
    state,
    text,
    nickname: '',
    unproven: 0,
    at,
    queued_at: at,
    decide_by: at,
    ended_at: state === 'published' ? null : at + 60,
  },
});

test.each(['SQLite', 'PostgreSQL'] as const)(
  'a ticket of an older database on %s loses the words that its comment no longer has, and the reports of it are settled',
  async (name) => {
    const { address, folder, close } = await olderDatabase(name, '0026-token-device');
    const words = ['撤回的话', '转为隐私不发的话', '仍然公开的话'] as const;
    const [withdrawn, erased, kept] = words;
    const tickets = demoTicketRows()
      .slice(0, 3)
      .map((rows, n) => ({ ...rows, ticket: { ...rows.ticket, comment: `c${n}`, text: words[n] ?? '' } }));
    const comments = [comment('c0', 'withdrawn', ''), comment('c1', 'rejected', ''), comment('c2', 'published', kept)];
    const flags = ['c0', 'c2'].map((of) => ({
      ...{ comment: of, reader: 'r', reason: 'privacy' as const, unproven: 0, at, decide_by: at, closed_at: null },
    }));
    try {
      await withHandle(address, async (db) => {
        await db.insertInto('comment').values(comments).execute();
        await writeTickets(db, tickets);
        await db.insertInto('comment_flag').values(flags).execute();
      });
      const database = await openDatabase(address, { migrate: true });
      const texts = await database.db.selectFrom('ticket').select('text').orderBy('comment').execute();
      const settled = await database.db.selectFrom('comment_flag').select('closed_at').orderBy('comment').execute();
      await database.close();
      expect(texts.map(({ text }) => text)).toEqual(['', '', kept]);
      expect(settled.map(({ closed_at }) => closed_at)).toEqual([at + 60, null]);
      if (name !== 'SQLite') return;
      const files = readdirSync(folder).filter((file) => /^sundial\.sqlite(-wal)?$/.test(file));
      const inFiles = (text: string) => files.some((file) => readFileSync(join(folder, file)).includes(text));
      expect([withdrawn, erased, kept].map(inFiles)).toEqual([false, false, true]);
    } finally {
      close();
    }
  },
);
