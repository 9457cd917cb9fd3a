/** A process that posts comments without proof at a steady rate: `flood-generator.ts ADDRESS POSTS_A_SECOND SECONDS SENDERS`. Each post names
 *  one of so many senders as a trusted proxy would. Prints one JSON object: posts sent, answers by status, seconds that it took. */
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const [address = '', ...numbers] = process.argv.slice(2);
const [rate = 0, seconds = 0, senders = 1] = numbers.map(Number);
const agent = new Agent({ keepAlive: true, maxSockets: 200 });
const statuses: Record<string, number> = {};
const body = JSON.stringify({
  draw: 'd-2026-w39',
  unit: 'lianpu',
  item: null,
  kind: 'question',
  text: '来来来'.repeat(100),
  nickname: '洪水',
  codeHash: 'A'.repeat(43),
  consent: true,
});
const began = performance.now();
let sent = 0;
let underway = 0;
while (performance.now() - began < seconds * 1000) {
  const due = Math.floor(((performance.now() - began) / 1000) * rate);
  // What cannot be sent in time is left out: the rate is the most, not a queue.
  if (due - sent > rate / 5) sent = due - rate / 5;
  for (; sent < due && underway < 400; sent += 1) post(sent);
  await sleep(2);
}
while (underway > 0) await sleep(5);
console.log(JSON.stringify({ statuses, seconds: (performance.now() - began) / 1000 }));
agent.destroy();

function post(n: number): void {
  underway += 1;
  const sender = n % senders;
  const ended = (status: string) => {
    statuses[status] = (statuses[status] ?? 0) + 1;
    underway -= 1;
  };
  const outgoing = request(
    `${address}/api/v1/comments`,
    {
      agent,
      method: 'POST',
      headers: {
        origin: 'https://portal.example',
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'idempotency-key': `${n}`.padStart(22, 'A'),
        'x-forwarded-for': `198.18.${sender >> 8}.${sender & 255}`,
      },
    },
    (incoming) => {
      incoming.resume();
      incoming.once('end', () => ended(String(incoming.statusCode)));
    },
  );
  outgoing.once('error', (error) => ended('code' in error ? String(error.code) : error.name));
  outgoing.end(body);
}
