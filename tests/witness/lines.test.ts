import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { appendLeaf } from '../../server/log/append.ts';
import { tileProver } from '../../server/public/read-tree.ts';
import { publicPaths } from '../../server/public/tree.ts';
import { noteVerifies, parseNote, parseVkey } from '../../shared/proof/checkpoint.ts';
import { isPrefix } from '../../shared/proof/verify.ts';
import { openServer, type TestServer } from '../fixtures/app.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { bodyOf, outsideWitness } from './outside.ts';

const grow = async ({ context }: TestServer, leaves: readonly string[]): Promise<void> => {
  for (const leaf of leaves) await context.database.transaction((trx) => appendLeaf(trx, context, leaf));
};
const textOf = async (server: TestServer, path: string): Promise<string> =>
  (await server.send(`/public/${path}`)).text();
const seconds = (server: TestServer): number => Math.floor(server.clock.ms / 1000);
const bytesOf = async (server: TestServer, path: string): Promise<Uint8Array<ArrayBuffer> | null> => {
  const answer = await server.send(`/public/${path}`);
  return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
};

async function put(server: TestServer, size: number, line: string): Promise<string> {
  const answer = await server.send('/api/v1/witness', {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ size, line }),
  });
  const json = await answer.json();
  return answer.ok ? 'kept' : (json.facts?.reason ?? json.code);
}

eachDatabase((name, open) => {
  test('the line of a configured witness stands under the served checkpoint, which stays good by both keys of the log', async () => {
    const witness = outsideWitness();
    const server = await openServer(await open(), { more: { witnesses: [witness.vkey] } });
    await grow(server, ['a', 'b', 'c']);
    const before = await textOf(server, 'checkpoint');
    expect(witness.timeIn(before)).toBeNull();
    const time = seconds(server) + 5;
    expect(await put(server, 3, witness.line(bodyOf(before), time))).toBe('kept');
    const after = await textOf(server, 'checkpoint');
    expect(witness.timeIn(after)).toBe(time);
    expect(after.startsWith(before)).toBe(true);
    expect(JSON.parse(await textOf(server, 'index.json')).checkpoint).toBe(after);
    const note = parseNote(after);
    for (const text of [server.context.log.vkey, server.context.log.vkeyEd25519]) {
      const vkey = await parseVkey(text);
      expect(note && vkey && (await noteVerifies(note, [vkey]))).toBe(true);
    }
  });

  test('while the newest head waits for its line, the newest witnessed one is served apart and proved to be a prefix from tiles', async () => {
    const witness = outsideWitness();
    const server = await openServer(await open(), { more: { witnesses: [witness.vkey] } });
    await grow(server, ['a', 'b', 'c', 'd', 'e']);
    expect((await server.send(`/public/witness/${witness.id}`)).status).toBe(404);
    const time = seconds(server);
    await put(server, 5, witness.line(bodyOf(await textOf(server, 'checkpoint')), time));
    await grow(server, ['f', 'g']);
    const newest = await textOf(server, 'checkpoint');
    expect(parseNote(newest)?.size).toBe(7);
    expect(witness.timeIn(newest)).toBeNull();
    const witnessed = await textOf(server, `witness/${witness.id}`);
    expect(witness.timeIn(witnessed)).toBe(time);
    const [first, second] = [parseNote(witnessed), parseNote(newest)];
    if (first === null || second === null) throw new Error('no note');
    expect(first.size).toBe(5);
    const proof = await tileProver({ read: (path) => bytesOf(server, path) })(first, second);
    expect(await isPrefix(first, second, proof ?? [])).toBe(true);
    expect(await publicPaths(server.context)).toContain(`witness/${witness.id}`);
    expect((await server.send('/public/witness/00000000')).status).toBe(404);
  });

  test('two lines of a witness for one size with different roots are never kept, and a kept line never changes', async () => {
    const witness = outsideWitness();
    const server = await openServer(await open(), { more: { witnesses: [witness.vkey] } });
    await grow(server, ['a', 'b']);
    const body = bodyOf(await textOf(server, 'checkpoint'));
    const [origin, size, root] = body.split('\n');
    const other = `${origin}\n${size}\n${root?.startsWith('A') ? 'B' : 'A'}${root?.slice(1)}\n`;
    expect(await put(server, 2, witness.line(other, seconds(server)))).toBe('SIGNATURE');
    const first = witness.line(body, seconds(server));
    expect(await Promise.all([put(server, 2, first), put(server, 2, first)])).toEqual(['kept', 'kept']);
    expect(await put(server, 2, witness.line(body, seconds(server) + 60))).toBe('kept');
    expect(await put(server, 2, witness.line(other, seconds(server)))).toBe('SIGNATURE');
    const { db } = server.context.database;
    const rows = await db.selectFrom('note_line').selectAll().execute();
    expect(rows.map(({ line }) => line)).toEqual([first]);
    await expect(sql`update note_line set line = 'x'`.execute(db)).rejects.toThrow('append only');
    await expect(sql`delete from note_line`.execute(db)).rejects.toThrow('append only');
    if (name === 'PostgreSQL') await expect(sql`truncate note_line`.execute(db)).rejects.toThrow('append only');
  });
});

eachDatabase((_, open) => {
  describe('a line that cannot stand is refused with its reason:', () => {
    const known = outsideWitness();
    const stranger = outsideWitness('stranger.example');
    const namesake = outsideWitness();
    const now = Date.UTC(2026, 10, 20, 8) / 1000;
    const origin = 'diary.example/log1';
    type Case = readonly [what: string, reason: string, of: (body: string) => readonly [size: number, line: string]];
    const cases: readonly Case[] = [
      ['a witness that is not configured', 'WITNESS_UNKNOWN', (body) => [3, stranger.line(body, now)]],
      ['another key under the name of a configured one', 'WITNESS_UNKNOWN', (body) => [3, namesake.line(body, now)]],
      ['a head that the log does not have', 'HEAD_UNKNOWN', (body) => [4, known.line(body, now)]],
      ['the size of an earlier head', 'SIGNATURE', (body) => [2, known.line(body, now)]],
      ['another log', 'SIGNATURE', (body) => [3, known.line(body.replace(origin, 'other.example'), now)]],
      ['a time that was changed', 'SIGNATURE', (body) => [3, changed(known.line(body, now), 11)]],
      ['a signature that was changed', 'SIGNATURE', (body) => [3, changed(known.line(body, now), 70)]],
      ['a line that was cut', 'SIGNATURE', (body) => [3, cut(known.line(body, now))]],
      ['a time 11 minutes ahead', 'CLOCK', (body) => [3, known.line(body, now + 660)]],
      ['a time 11 minutes before the head', 'CLOCK', (body) => [3, known.line(body, now - 660)]],
      ['two lines at once', 'FIELD_INVALID', (body) => [3, known.line(body, now).repeat(2)]],
      ['more than 500 characters', 'FIELD_INVALID', () => [3, `— x ${'A'.repeat(500)}\n`]],
    ];
    test.each(cases)('%s (%s)', async (_, reason, of) => {
      const server = await openServer(await open(), { more: { witnesses: [known.vkey] } });
      await grow(server, ['a', 'b', 'c']);
      expect(await put(server, ...of(bodyOf(await textOf(server, 'checkpoint'))))).toBe(reason);
      expect(await server.context.database.db.selectFrom('note_line').selectAll().execute()).toEqual([]);
    });

    test('a head below one that it has signed (OLDER)', async () => {
      const server = await openServer(await open(), { more: { witnesses: [known.vkey] } });
      await grow(server, ['a', 'b']);
      const second = bodyOf(await textOf(server, 'checkpoint'));
      await grow(server, ['c']);
      const third = bodyOf(await textOf(server, 'checkpoint'));
      expect(await put(server, 3, known.line(third, now))).toBe('kept');
      expect(await put(server, 2, known.line(second, now))).toBe('OLDER');
    });
  });

  test('a witness is told to wait after sixty lines in a minute', async () => {
    const witness = outsideWitness();
    const server = await openServer(await open(), { more: { witnesses: [witness.vkey] } });
    const told: string[] = [];
    const next = async (size: number): Promise<void> => {
      await grow(server, [`leaf ${size}`]);
      told.push(await put(server, size, witness.line(bodyOf(await textOf(server, 'checkpoint')), seconds(server))));
    };
    for (let size = 1; size <= 61; size += 1) await next(size);
    expect(told).toEqual([...Array(60).fill('kept'), 'RATE_LIMITED']);
    server.clock.ms += 60_000;
    await next(62);
    expect(told.at(-1)).toBe('kept');
  });

  test('whoever sends lines in the name of a witness, or its own published one again, does not use up its rate', async () => {
    const witness = outsideWitness();
    const limits = { witness: { count: 2, seconds: 60 } };
    const server = await openServer(await open(), { more: { witnesses: [witness.vkey], limits } });
    const signed = async () => witness.line(bodyOf(await textOf(server, 'checkpoint')), seconds(server));
    await grow(server, ['a']);
    const first = await signed();
    expect(await put(server, 1, first)).toBe('kept');
    await grow(server, ['b']);
    for (let n = 0; n < 3; n += 1) expect(await put(server, 2, changed(first, 70))).toBe('SIGNATURE');
    for (let n = 0; n < 3; n += 1) expect(await put(server, 1, first)).toBe('kept');
    expect(await put(server, 2, await signed())).toBe('kept');
  });
});

/** The line with one bit of the byte at `index` behind the name turned. */
function changed(line: string, index: number): string {
  const [dash, name, text = ''] = line.trimEnd().split(' ');
  const bytes = Buffer.from(text, 'base64');
  bytes[index] = (bytes[index] ?? 0) ^ 1;
  return `${dash} ${name} ${bytes.toString('base64')}\n`;
}

function cut(line: string): string {
  const [dash, name, text = ''] = line.trimEnd().split(' ');
  return `${dash} ${name} ${Buffer.from(text, 'base64').subarray(0, 40).toString('base64')}\n`;
}
