import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { run } from '../../server/commands/audit.ts';
import { writeAudit } from '../../server/database/audit.ts';
import { auditFile } from '../../server/public/audit-file.ts';
import type { AuditAction } from '../../shared/organisation/audit-action.ts';
import { type ChainedRow, chainHash, checkChain } from '../../shared/proof/audit-chain.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { openDesk } from '../fixtures/desk.ts';

eachDatabase((_, open) => {
  test('the trail is searched by person, action, subject and time, newest first, page by page', async () => {
    const desk = await openDesk(await open());
    const write = (at: string, actor: string, action: AuditAction, subject: string) =>
      desk.context.database.transaction((trx) =>
        writeAudit(trx, { at: desk.seconds(at), actor, action, subject, facts: { n: 1 } }),
      );
    await write('2026-10-08T10:00:00', 'mod-1', 'comment.publish', 'c-1');
    await write('2026-10-08T11:00:00', 'mod-2', 'comment.reject', 'c-2');
    await write('2026-10-09T09:00:00', 'org-1', 'ticket.move', '2026-0001');
    await write('2026-10-09T10:00:00', 'reader', 'ticket.move', '2026-0011');
    const found = async (query: string) => {
      const { json } = await desk.get(`/api/v1/audit?${query}`, { as: 'aud-1' });
      return json.rows.map(({ n }: { n: number }) => n);
    };
    expect(await found('')).toEqual([3, 2, 1, 0]);
    // 主持 stands in the names of both moderators; an actor's id is found as it is.
    expect(await found(`who=${encodeURIComponent('主持')}`)).toEqual([1, 0]);
    expect(await found('who=org-1')).toEqual([2]);
    expect(await found('who=nobody')).toEqual([]);
    expect(await found('action=ticket.move')).toEqual([3, 2]);
    expect(await found('subject=2026-000')).toEqual([2]);
    expect(await found('subject=%25')).toEqual([]);
    const day = [desk.seconds('2026-10-08T11:00:00'), desk.seconds('2026-10-09T09:00:00')];
    expect(await found(`from=${day[0]}&to=${day[1]}`)).toEqual([1]);

    const first = (await desk.get('/api/v1/audit?limit=3', { as: 'aud-1' })).json;
    expect(first.rows.map(({ n }: { n: number }) => n)).toEqual([3, 2, 1]);
    expect(first).toMatchObject({ next: '1', rowsInAll: 4, anchor: null });
    expect(first.rows[1]).toMatchObject({ actor: 'org-1', name: '王组织', subject: '2026-0001', facts: '{"n":1}' });
    expect(first.rows[0].name).toBeNull();
    const second = (await desk.get('/api/v1/audit?limit=3&after=1', { as: 'aud-1' })).json;
    expect(second.rows.map(({ n }: { n: number }) => n)).toEqual([0]);
    expect(second.next).toBeNull();
    const rows = [...first.rows, ...second.rows].reverse();
    expect((await checkChain([rows], [])).faults).toEqual([]);
  });

  test('auditor and organiser read the trail; nobody else learns that it is there', async () => {
    const desk = await openDesk(await open());
    for (const as of ['aud-1', 'org-1']) expect((await desk.get('/api/v1/audit', { as })).status).toBe(200);
    for (const as of ['mod-1', 'h-cgj', 'rev-1', 'lead-lianpu'])
      expect((await desk.get('/api/v1/audit', { as })).json.code).toBe('NOT_ALLOWED');
    expect((await desk.get('/api/v1/audit')).status).toBe(401);
    for (const query of ['limit=501', 'action=x', 'from=tomorrow', 'after=-1'])
      expect((await desk.get(`/api/v1/audit?${query}`, { as: 'aud-1' })).json.code).toBe('FIELD_INVALID');
  });

  test('the end of the trail is published once a day, and a trail that was rewritten later does not fit it', async () => {
    const desk = await openDesk(await open());
    const write = (subject: string) =>
      desk.context.database.transaction((trx) =>
        writeAudit(trx, { at: desk.now(), actor: 'org-1', action: 'unit.change', subject }),
      );
    const published = async () => JSON.parse((await desk.page('/public/audit.json')).text);
    expect((await desk.runJobs()).anchorAudit).toBe(0);
    expect(await published()).toEqual({ v: 1, anchors: [] });
    await write('a');
    const [one, two] = await Promise.all([desk.runJobs(), desk.runJobs()]);
    expect([one.anchorAudit, two.anchorAudit].sort()).toEqual([0, 1]);
    await write('b');
    expect((await desk.runJobs()).anchorAudit).toBe(0);
    // Midnight in the organisation's zone begins the next day.
    desk.set(desk.seconds('2026-10-09T00:01:00'));
    expect((await desk.runJobs()).anchorAudit).toBe(1);
    const kept = (await auditFile(desk.db)).anchors;
    expect(kept.map(({ day, rows }) => [day, rows])).toEqual([
      ['2026-10-08', 1],
      ['2026-10-09', 2],
    ]);
    const trail = (await desk.get('/api/v1/audit', { as: 'aud-1' })).json;
    expect(trail.anchor).toEqual({ day: '2026-10-09', rows: 2, hash: trail.rows[0].hash });
    expect(await checkChain([trail.rows.reverse()], kept)).toMatchObject({ anchored: 2, faults: [] });
  });
});

test('an auditor checks an exported trail against a kept copy of audit.json, without a server', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sundial-audit-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const rows: ChainedRow[] = [];
  for (const n of [0, 1, 2]) {
    const row = { n, at: 1_790_000_000, actor: 'org-1', action: 'unit.change', subject: `u${n}`, facts: '{}' };
    rows.push({ ...row, hash: await chainHash(rows.at(-1)?.hash ?? '', row) });
  }
  const fileOf = (name: string, value: unknown): string => {
    writeFileSync(join(folder, name), JSON.stringify(value));
    return join(folder, name);
  };
  const exported = (changed: readonly ChainedRow[]) => ({ v: 1, rows: changed.map((row) => ({ ...row, name: null })) });
  const root = { size: 1, root: 'x' };
  const kept = fileOf('audit.json', { v: 1, anchors: [{ day: '2026-10-08', rows: 2, hash: rows[1]?.hash, ...root }] });
  const whole = fileOf('whole.json', exported(rows));
  expect(await command(whole, '--anchors', kept)).toEqual([0, { rows: 3, anchored: 1, faults: [] }]);
  const shorter = fileOf('shorter.json', exported(rows.slice(0, 1)));
  expect((await command(shorter))[0]).toBe(0);
  const gone = { code: 'ANCHOR_BEYOND', n: 1, day: '2026-10-08' };
  expect(await command(shorter, '--anchors', kept)).toEqual([1, { rows: 1, anchored: 0, faults: [gone] }]);
  const changed = fileOf('changed.json', exported(rows.map((row) => (row.n === 1 ? { ...row, actor: 'x' } : row))));
  expect((await command(changed, '--anchors', kept))[0]).toBe(1);
  expect((await command(kept))[0]).toBe(2);
  expect((await command(join(folder, 'none.json')))[0]).toBe(2);
});

/** Exit code and what `sundial audit … --json` prints. */
async function command(...args: string[]): Promise<[number, unknown]> {
  const said: string[] = [];
  const written = vi.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  const complained = vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
  try {
    const code = await run([...args, '--json']);
    if (said.length === 0) return [code, null];
    const { rows, anchored, faults } = JSON.parse(said.join(''));
    return [code, { rows, anchored, faults }];
  } finally {
    written.mockRestore();
    complained.mockRestore();
  }
}
