/** A flood of posts from one address and from a thousand while readers read and write: what it costs, and who gets through. The generator and
 *  the server are processes of their own. Needs `SUNDIAL_FULL=1`. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { postChallenge } from '../../shared/api/challenges.ts';
import { b64u, utf8 } from '../../shared/base/bytes.ts';
import { solved } from '../../widget/remote/solve.ts';
import { freePort } from '../fixtures/served.ts';

const isFull = process.env.SUNDIAL_FULL === '1';
const postsASecond = 2000;
const seconds = 10;
/** Fewer than the budget of a minute takes. */
const accepted = 200;
const output = join(import.meta.dirname, '..', 'output', 'faults');

let server: ChildProcess;
let address: string;
const lines: string[] = [];
beforeAll(async () => {
  if (!isFull) return;
  const port = await freePort();
  address = `http://127.0.0.1:${port}`;
  server = spawn(process.execPath, [join(import.meta.dirname, 'flood-server.ts'), String(port)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { stdout, stderr } = server;
  if (stdout === null || stderr === null) throw new Error('no pipes');
  stderr.resume();
  await once(createInterface({ input: stdout }), 'line');
}, 120_000);
afterAll(async () => {
  if (!isFull) return;
  const ended = once(server, 'exit');
  server.kill('SIGTERM');
  await ended;
  mkdirSync(output, { recursive: true });
  writeFileSync(join(output, 'flood.txt'), `${lines.join('\n')}\n`);
  console.log(`\n${lines.join('\n')}\n`);
});

test.runIf(isFull)(
  'a flood is refused for a tenth of what a post costs, and readers read and write',
  async () => {
    const quiet = await phase(async () => sleep(seconds * 1000));
    const idleCpu = quiet.cpuMs / quiet.ms;
    const taking = await phase(async () => {
      for (let n = 0; n < accepted; n += 1) expect(await write(`203.0.113.${n}`)).toBe(201);
    });
    const acceptedMs = (taking.cpuMs - idleCpu * taking.ms) / accepted;
    lines.push(
      `quiet: ${quiet.reads} reads, p99 ${quiet.p99.toFixed(1)} ms; an accepted post costs ${acceptedMs.toFixed(2)} ms of CPU`,
    );
    for (const senders of [1, 1000]) {
      const written: number[] = [];
      const flood = await phase(async (isOver) => {
        const readers = (async () => {
          for (let n = 0; !isOver(); n += 1) {
            written.push(await write(`192.0.2.${n % 200}`));
            await sleep(500);
          }
        })();
        const { stdout } = await promisify(execFile)(process.execPath, [
          join(import.meta.dirname, 'flood-generator.ts'),
          ...[address, postsASecond, seconds, senders].map(String),
        ]);
        return { ...v.parse(v.pipe(v.string(), v.parseJson(), Told), stdout), readers };
      });
      await flood.done.readers;
      const { statuses } = flood.done;
      const refused = statuses['429'] ?? 0;
      const cost = (flood.cpuMs - idleCpu * flood.ms - written.length * acceptedMs) / refused;
      lines.push(
        `${senders} senders: ${JSON.stringify(statuses)} in ${flood.done.seconds.toFixed(1)} s; reads p99 ${flood.p99.toFixed(1)} ms (${(flood.p99 / quiet.p99).toFixed(1)} times); a refusal costs ${cost.toFixed(3)} ms of CPU (${((100 * cost) / acceptedMs).toFixed(1)} %); readers' posts ${JSON.stringify(written)}`,
      );
      expect(Object.keys(statuses).every((status) => status === '429' || status === '201')).toBe(true);
      expect(new Set(written), 'posts of readers get through').toEqual(new Set([201]));
      expect(cost, 'a refusal costs less than a tenth of an accepted post').toBeLessThan(acceptedMs / 10);
    }
  },
  300_000,
);

const Told = v.object({ statuses: v.record(v.string(), v.number()), seconds: v.number() });

/** Runs `act` while one reader reads every 20 ms; gives the reads' p99 and the CPU time of the server. */
async function phase<T>(act: (isOver: () => boolean) => Promise<T>) {
  let isOver = false;
  const taken: number[] = [];
  const reading = (async () => {
    for (let n = 0; !isOver; n += 1) {
      const began = performance.now();
      const path = n % 2 === 0 ? '/public/index.json' : '/api/v1/comments?draw=d-2026-w39&unit=lianpu';
      const answer = await fetch(`${address}${path}`);
      await answer.arrayBuffer();
      expect(answer.status).toBe(200);
      taken.push(performance.now() - began);
      await sleep(20);
    }
  })();
  const [began, cpu] = [performance.now(), cpuMs()];
  const done = await act(() => isOver).finally(() => {
    isOver = true;
  });
  const [ms, used] = [performance.now() - began, cpuMs() - cpu];
  await reading;
  const p99 = taken.sort((a, b) => a - b)[Math.floor(taken.length * 0.99)] ?? Number.NaN;
  return { done, ms, cpuMs: used, reads: taken.length, p99 };
}

/** CPU time of the server so far, in milliseconds: Linux counts it in hundredths of a second. */
function cpuMs(): number {
  const fields = readFileSync(`/proc/${server.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

let posts = 0;
/** A reader's post with its proof of work, from an address; gives the status. */
async function write(sender: string): Promise<number> {
  posts += 1;
  const headers = { origin: 'https://portal.example', 'content-type': 'application/json', 'x-forwarded-for': sender };
  const asked = await fetch(`${address}${postChallenge.path}`, { method: 'POST', headers, body: '{}' });
  const { challenge } = v.parse(postChallenge.answer, await asked.json());
  if (challenge === null) throw new Error('no work is asked');
  const solution = await solved(challenge);
  const answer = await fetch(`${address}/api/v1/comments`, {
    method: 'POST',
    headers: {
      ...headers,
      'idempotency-key': `${posts}`.padStart(22, 'B'),
      'sundial-proof': b64u(utf8(JSON.stringify({ challenge, solution }))),
    },
    body: JSON.stringify({
      draw: 'd-2026-w39',
      unit: 'lianpu',
      item: null,
      kind: 'question',
      text: `第 ${posts} 问`,
      nickname: '读者',
      codeHash: 'A'.repeat(43),
      consent: true,
    }),
  });
  await answer.arrayBuffer();
  return answer.status;
}
