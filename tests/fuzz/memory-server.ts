/** A process that serves, is asked by itself from a list of requests, and says how much memory it holds: `LEAK=1` keeps 100 bytes of every
 *  request. Run with `--expose-gc`; prints one JSON line of sizes in bytes, the first after the warm-up. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { openDatabase } from '../../server/database/open.ts';
import { requestsOf } from './requests.ts';
import { sent } from './run.ts';
import { openWorld } from './world.ts';

const [seed = 1, samples = 20, each = 5000] = process.argv.slice(2).map(Number);
const connections = 20;

const folder = mkdtempSync(join(tmpdir(), 'sundial-memory-'));
const address = join(folder, 'sundial.sqlite');
const kept: number[][] = [];
const database = await openDatabase(address);
const world = await openWorld({ database, address, folder }, (fetch) => (request, ...rest) => {
  // Twelve numbers of eight bytes.
  if (process.env.LEAK === '1') kept.push(Array.from({ length: 12 }, () => kept.length + 0.5));
  return fetch(request, ...rest);
});
// The same few thousand again and again: a new one each time would measure the generator.
const wires = world.endpoints.flatMap((declared) =>
  fc.sample(requestsOf(declared, world.known, world.askers), { seed, numRuns: 20 }),
);

let next = 0;
async function send(count: number): Promise<void> {
  const until = next + count;
  const worker = async (): Promise<void> => {
    while (next < until) {
      const wire = wires[next % wires.length];
      next += 1;
      if (wire !== undefined) await (await sent(world.address, wire)).arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
}

async function heapUsed(): Promise<number> {
  for (let n = 0; n < 3; n += 1) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return process.memoryUsage().heapUsed;
}

await send(each * 2);
const sizes = [];
for (let n = 0; n < samples; n += 1) {
  await send(each);
  sizes.push(await heapUsed());
}
console.log(JSON.stringify(sizes));
await world.close();
await database.close();
rmSync(folder, { recursive: true });
