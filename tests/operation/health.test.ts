import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { settings } from '../fixtures/app.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { type Desk, openDesk } from '../fixtures/desk.ts';
import { freePort, startServer } from '../fixtures/served.ts';
import { type Listening, listen } from './listening.ts';

/** The value of a line of the exposition format; undefined where there is none. */
const figure = (text: string, series: string): number | undefined => {
  const line = text.split('\n').find((each) => each.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
};

eachDatabase((name, open) => {
  let desk: Desk;
  let server: Listening;
  let metrics: string;
  const ready = async () => {
    const answer = await fetch(`${server.address}/readyz`);
    return [answer.status, await answer.json()];
  };
  const missing = (reason: string) => [503, { ready: false, reason }];

  test('a server is ready while database, tables and the key of the log are there', async () => {
    desk = await openDesk(await open());
    const port = await freePort();
    metrics = `http://127.0.0.1:${port}/metrics`;
    server = await listen(desk.context, undefined, port);
    expect(await ready()).toEqual([200, { ready: true }]);

    await sql`insert into kysely_migration (name, timestamp) values ('9999-of-a-later-version', '2027-01-01')`.execute(
      desk.db,
    );
    expect(await ready()).toEqual(missing('MIGRATIONS_DIFFER'));
    await sql`delete from kysely_migration where name = '9999-of-a-later-version'`.execute(desk.db);
    expect(await ready()).toEqual([200, { ready: true }]);
  });

  test('figures are told on a port of their own, by patterns and never by paths', async () => {
    await desk.comment({ text: '等着审核的一条' });
    await desk.comment({ text: '等着审核的又一条' });
    const { origin } = desk.context.config;
    const root = Buffer.alloc(32).toString('base64');
    const foreign = Buffer.concat([Buffer.from('0badc0de', 'hex'), Buffer.alloc(64)]).toString('base64');
    const note = `${origin}\n7\n${root}\n\n— ${origin} ${foreign}\n`;
    const at = new Date((desk.now() - 90) * 1000).toISOString();
    await desk.db.insertInto('log_head').values({ size: 7, root, edge: root, note, at }).execute();
    expect(await ready()).toEqual(missing('LOG_KEY_MISSING'));
    for (const path of ['/public/nothing-here', '/public/nor-here', '/api/v1/time', '/nowhere/secret'])
      await (await fetch(server.address + path)).arrayBuffer();
    expect((await fetch(`${server.address}/metrics`)).status).toBe(404);
    expect((await fetch(metrics.replace('/metrics', '/'))).status).toBe(404);
    const answer = await fetch(metrics);
    expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4');
    const text = await answer.text();
    const count = (labels: string) => figure(text, `sundial_http_request_seconds_count{${labels}}`);
    expect(count('route="/public/*",method="GET",status="404"')).toBe(2);
    expect(count('route="/api/v1/time",method="GET",status="200"')).toBe(1);
    expect(count('route="none",method="GET",status="404"')).toBe(2);
    expect(text).not.toMatch(/nothing-here|secret/);
    expect(figure(text, 'sundial_moderation_waiting{kind="comment"}')).toBe(2);
    expect(figure(text, 'sundial_moderation_overdue{kind="comment"}')).toBe(0);
    expect(figure(text, 'sundial_moderation_waiting{kind="appeal"}')).toBe(0);
    expect(figure(text, 'sundial_log_size')).toBe(7);
    expect(figure(text, 'sundial_log_head_age_seconds')).toBe(90);
    expect(figure(text, 'sundial_database_up')).toBe(1);
    expect(figure(text, 'sundial_http_requests_underway')).toBe(0);
    expect(figure(text, 'process_resident_memory_bytes')).toBeGreaterThan(1e6);
    const idle = figure(text, 'sundial_database_pool{state="idle"}');
    if (name === 'PostgreSQL') expect(idle).toBeGreaterThan(0);
    else expect(idle).toBeUndefined();
    const later = async (series: string) => figure(await (await fetch(metrics)).text(), series);
    await expect.poll(() => later('sundial_job_runs_total{job="forget",outcome="done"}')).toBe(1);
    const lastOk = await later('sundial_job_last_success_timestamp_seconds{job="forget"}');
    expect(desk.now() - Number(lastOk)).toBeLessThan(10);
  });

  test('a stop lets balancers go elsewhere and requests under way finish', async () => {
    const slow = request(`${server.address}/api/v1/invitations/look`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': '20' },
    });
    const answered = once(slow, 'response');
    slow.write('{"code": ');
    await expect
      .poll(async () => figure(await (await fetch(metrics)).text(), 'sundial_http_requests_underway'))
      .toBe(1);
    const stopped = server.running.close(1000);
    expect(await ready()).toEqual(missing('STOPPING'));
    const late = await fetch(`${server.address}/api/v1/time`);
    expect([late.status, late.headers.get('connection')]).toEqual([200, 'close']);
    await expect
      .poll(async () =>
        fetch(server.address).then(
          () => 'taken',
          () => 'refused',
        ),
      )
      .toBe('refused');
    slow.end('"AAAAAAAA"}');
    const [answer] = await answered;
    expect(answer.statusCode).toBeLessThan(500);
    await stopped;
    expect(server.reported()).not.toContain('cut off');
    await expect(desk.db.selectFrom('comment').select('id').execute()).rejects.toThrow();
  });
});

test('told to stop, the process ends with 0; told twice, at once and not with 0', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sundial-stop-'));
  writeFileSync(join(folder, 'sundial.config.json'), JSON.stringify(settings));
  const begin = async (drain: string) => {
    const port = String(await freePort());
    const served = await startServer({ SUNDIAL_DATA: folder, PORT: port, SUNDIAL_DRAIN_SECONDS: drain });
    return { served, ended: once(served.process, 'exit') };
  };
  const once1 = await begin('0');
  once1.served.process.kill('SIGTERM');
  expect(await once1.ended).toEqual([0, null]);
  expect(once1.served.printed()).toContain('"msg":"stopped"');
  const twice = await begin('60');
  twice.served.process.kill('SIGTERM');
  await expect.poll(async () => (await fetch(`${twice.served.address}/readyz`)).status).toBe(503);
  twice.served.process.kill('SIGTERM');
  expect(await twice.ended).toEqual([1, null]);
  rmSync(folder, { recursive: true, force: true });
});
