import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { type AuditEntry, writeAudit } from '../../server/database/audit.ts';
import { openDatabase } from '../../server/database/open.ts';
import type { Db } from '../../server/database/port.ts';
import { type ChainedRow, chainHash, checkChain } from '../../shared/proof/audit-chain.ts';
import { eachDatabase } from '../fixtures/databases.ts';

const deed = (n: number): AuditEntry => ({
  at: 1_790_000_000 + n,
  actor: 'org-1',
  action: 'unit.change',
  subject: `u${n}`,
});

/** Rows 0 to `count` - 1, hashed by Node's own SHA-256 over a text written out by hand. */
function trail(count: number): ChainedRow[] {
  const rows: ChainedRow[] = [];
  for (let n = 0; n < count; n += 1) {
    const { at, actor, action, subject } = deed(n);
    const facts = '{"k":"为"}';
    const row = `{"action":"${action}","actor":"${actor}","at":${at},"facts":"{\\"k\\":\\"为\\"}","n":${n},"subject":"${subject}"}`;
    const hash = createHash('sha256')
      .update(`sundial-audit/v1\n${rows.at(-1)?.hash ?? ''}\n${row}`)
      .digest('base64url');
    rows.push({ n, at, actor, action, subject, facts, hash });
  }
  return rows;
}

/** The same rows with their hashes made anew from `from` on, as somebody does who has the whole database. */
async function forged(rows: readonly ChainedRow[], from: number, change: Partial<ChainedRow>): Promise<ChainedRow[]> {
  const made: ChainedRow[] = rows.slice(0, from);
  for (const row of rows.slice(from)) {
    const changed = row.n === from ? { ...row, ...change } : row;
    made.push({ ...changed, hash: await chainHash(made.at(-1)?.hash ?? '', changed) });
  }
  return made;
}

const rowsOf = async (db: Db): Promise<ChainedRow[]> =>
  db
    .selectFrom('audit_link')
    .innerJoin('audit', 'audit.id', 'audit_link.audit')
    .select(['n', 'at', 'actor', 'action', 'subject', 'facts', 'hash'])
    .orderBy('n')
    .execute();

test('a whole trail holds, by hashes worked out apart from it', async () => {
  const rows = trail(5);
  const head = rows[4]?.hash ?? null;
  expect(await checkChain([rows.slice(0, 2), rows.slice(2)], [])).toEqual({ rows: 5, head, anchored: 0, faults: [] });
  expect(await checkChain([], [])).toEqual({ rows: 0, head: null, anchored: 0, faults: [] });
});

test('a changed, a missing and an added row are each found where they are', async () => {
  const rows = trail(6);
  const changed = rows.map((row) => (row.n === 2 ? { ...row, actor: 'mod-1' } : row));
  expect((await checkChain([changed], [])).faults).toEqual([{ code: 'ROW_ALTERED', n: 2 }]);
  const cut = rows.filter(({ n }) => n !== 3);
  expect((await checkChain([cut], [])).faults).toEqual([
    { code: 'ROW_MISSING', n: 3 },
    { code: 'ROW_ALTERED', n: 4 },
  ]);
  const renumbered = cut.map((row, n) => ({ ...row, n }));
  expect((await checkChain([renumbered], [])).faults.map(({ n }) => n)).toEqual([3, 4]);
});

test('who rewrites every later hash, or cuts the end off, is caught by an anchor that was kept', async () => {
  const rows = trail(6);
  const anchors = [2, 4, 6].map((count) => ({
    day: `2026-10-0${count}`,
    rows: count,
    hash: rows[count - 1]?.hash ?? '',
  }));
  expect(await checkChain([rows], anchors)).toMatchObject({ anchored: 3, faults: [] });
  const rewritten = await forged(rows, 3, { subject: 'u9' });
  expect((await checkChain([rewritten], [])).faults).toEqual([]);
  expect(await checkChain([rewritten], anchors)).toMatchObject({
    anchored: 1,
    faults: [
      { code: 'ANCHOR_DIFFERS', n: 3, day: '2026-10-04' },
      { code: 'ANCHOR_DIFFERS', n: 5, day: '2026-10-06' },
    ],
  });
  expect((await checkChain([rows.slice(0, 5)], anchors)).faults).toEqual([
    { code: 'ANCHOR_BEYOND', n: 5, day: '2026-10-06' },
  ]);
});

eachDatabase((name, open) => {
  test('rows of several processes at once stand in one chain without gap or fork', async () => {
    const { database, address } = await open();
    // SQLite belongs to one process: there the second shares the handle.
    const another = name === 'PostgreSQL' ? await openDatabase(address) : null;
    const handles = [database, another ?? database];
    await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        handles[n % 2]?.transaction(async (trx) => {
          await writeAudit(trx, deed(2 * n));
          await writeAudit(trx, deed(2 * n + 1));
        }),
      ),
    );
    const rows = await rowsOf(database.db);
    expect(rows.map(({ n }) => n)).toEqual(Array.from({ length: 60 }, (_, n) => n));
    expect((await checkChain([rows], [])).faults).toEqual([]);
    // What one transaction wrote stands together.
    const subjects = rows.map(({ subject }) => Number(subject.slice(1)));
    expect(subjects.every((each, n) => n % 2 === 0 || each === (subjects[n - 1] ?? 0) + 1)).toBe(true);
    await another?.close();
  });

  test('a deed that fails leaves no row, and the chain goes on without a gap', async () => {
    const { database } = await open();
    await database.transaction((trx) => writeAudit(trx, deed(0)));
    const failing = database.transaction(async (trx) => {
      await writeAudit(trx, deed(1));
      throw new Error('later');
    });
    await expect(failing).rejects.toThrow('later');
    await database.transaction((trx) => writeAudit(trx, deed(2)));
    const rows = await rowsOf(database.db);
    expect(rows.map(({ n, subject }) => [n, subject])).toEqual([
      [0, 'u0'],
      [1, 'u2'],
    ]);
    expect((await checkChain([rows], [])).faults).toEqual([]);
    await expect(writeAudit(database.db, deed(3))).rejects.toThrow('transaction');
  });

  test('links and anchors refuse every change and deletion', async () => {
    const { database } = await open();
    const { db } = database;
    await database.transaction((trx) => writeAudit(trx, deed(0)));
    await db.insertInto('audit_anchor').values({ day: '2026-10-08', rows: 1, hash: 'h', size: 0, root: '' }).execute();
    for (const table of ['audit_link', 'audit_anchor']) {
      await expect(sql.raw(`update ${table} set hash = 'x'`).execute(db)).rejects.toThrow('append only');
      await expect(sql.raw(`delete from ${table}`).execute(db)).rejects.toThrow('append only');
    }
  });
});
