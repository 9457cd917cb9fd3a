/** The least that a server can do with a batch: one transaction with the two inserts of each op, by prepared statements, and no check. Runs
 *  as a process of its own: `node floor-server.ts <sqlite file> <port>`. */
import { createServer } from 'node:http';
import { DatabaseSync } from 'node:sqlite';
import { openDatabase } from '../../../server/database/open.ts';
import type { Op } from '../../../shared/api/journal.ts';

const [file = '', port = ''] = process.argv.slice(2);
// The tables and indexes are the server's own, and so is how it writes to the disk.
await (await openDatabase(file)).close();
const database = new DatabaseSync(file);
database.exec('pragma journal_mode=wal; pragma synchronous=full; pragma foreign_keys=on; pragma secure_delete=on');
const insertOp = database.prepare(
  `insert into op (author, op, n, device, id, parent, kind, schema, at, body, hash, status, week, seq, received_at)
   values ('p', ?, ?, 'd', ?, ?, ?, ?, ?, ?, ?, 'APPLIED', null, ?, 0)`,
);
const insertEntry = database.prepare(
  `insert into entry (author, id, unit, week, head, seq, schema, del, body) values ('p', ?, 'u01', ?, ?, ?, ?, 0, ?)
   on conflict (author, id) do update set week = excluded.week, head = excluded.head, seq = excluded.seq, body = excluded.body`,
);
const cors = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'content-type',
  'access-control-max-age': '86400',
};
let seq = 0;

createServer((request, response) => {
  if (request.method === 'OPTIONS') return void response.writeHead(204, cors).end();
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const { ops }: { ops: readonly (Op & { readonly body: { readonly week: string } })[] } = JSON.parse(
      Buffer.concat(parts).toString('utf8'),
    );
    database.exec('begin immediate');
    const results = ops.map(({ op, n, id, parent, kind, schema, at, body }) => {
      seq += 1;
      const text = JSON.stringify(body);
      // A hash has its place in the row; none is computed.
      insertOp.run(op, n, id, parent, kind, schema, at, text, op.padEnd(43, 'A'), seq);
      insertEntry.run(id, body.week, op, seq, schema, text);
      return { op, status: 'APPLIED', seq };
    });
    database.exec('commit');
    response.writeHead(200, { ...cors, 'content-type': 'application/json' }).end(JSON.stringify({ results }));
  });
}).listen(Number(port), '127.0.0.1', () => console.log('ready'));
