/** The floor: plain `node:http` over the same SQLite file. Words: file, port, path of a `FloorWork` as JSON. It checks nothing, makes nothing and
 *  has no layers: GET /stored reads one row and sends its bytes, GET /same runs our statements before, POST / writes the comment that it got. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { DatabaseSync } from 'node:sqlite';
import type { FloorWork } from './floor.ts';

const [file = '', port = '', path = ''] = process.argv.slice(2);
const { statements, stored, columns }: FloorWork = JSON.parse(readFileSync(path, 'utf8'));
const database = new DatabaseSync(file, { timeout: 10_000 });
database.exec('pragma journal_mode=wal; pragma synchronous=full; pragma foreign_keys=on; pragma secure_delete=on');
database.exec('create table if not exists bench_stored (path text primary key, body blob not null)');
database.prepare('insert or replace into bench_stored values (?, ?)').run('hot', Buffer.from(stored, 'utf8'));
const body = database.prepare('select body from bench_stored where path = ?');
const same = statements.map(({ sql, parameters }) => ({ statement: database.prepare(sql), parameters }));
const insert = database.prepare(
  `insert into comment (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
);
const values = {
  draw: 'd-floor',
  unit: 'u00',
  item: null,
  parent: null,
  place: null,
  unproven: 0,
  kind: 'question',
  state: 'waiting',
  version: 1,
  original: null,
  at: 1_795_000_000,
  queued_at: 1_795_000_000,
  decide_by: 1_795_000_000,
  decided_by: null,
  published_at: null,
  ended_at: null,
  reason: null,
  note: null,
  wave: null,
  sender: null,
  undo_until: null,
};
let written = 0;

function write(json: string): string {
  const { text, nickname, codeHash } = JSON.parse(json);
  written += 1;
  const id = `floor ${Date.now()} ${written}`;
  const row: Record<string, string | number | null> = {
    ...values,
    id,
    number: id,
    text,
    nickname,
    code_hash: codeHash,
  };
  database.exec('begin immediate');
  insert.run(...columns.map((column) => row[column] ?? null));
  database.exec('commit');
  return JSON.stringify({ number: id, state: 'waiting', decidedBy: values.decide_by });
}

createServer((request, response) => {
  const send = (status: number, bytes: Buffer | Uint8Array): void => {
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length }).end(bytes);
  };
  if (request.method === 'POST') {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => send(201, Buffer.from(write(Buffer.concat(parts).toString('utf8')))));
    return;
  }
  if (request.url === '/same') for (const { statement, parameters } of same) statement.all(...parameters);
  const row = body.get('hot');
  send(200, row?.body instanceof Uint8Array ? row.body : new Uint8Array());
}).listen(Number(port), '127.0.0.1', () => console.log('ready'));
