/** Sends requests to every endpoint of a world, in turn, until it is over. */
import { request as ask } from 'node:http';
import { crc32 } from 'node:zlib';
import * as fc from 'fast-check';
import type { Endpoint } from '../../shared/api/endpoint.ts';
import { openApiOf, said, wrongWith } from './judge.ts';
import { requestsOf, type Wire } from './requests.ts';
import type { World } from './world.ts';

/** Nothing may take longer, in milliseconds. */
const patience = 2000;
const atOnce = 5;

/** Sends requests made from `seed` until `isOver`; gives what was wrong, each with its request, and how many were sent by status. */
export async function fuzz(
  world: World,
  seed: number,
  isOver: (round: number) => boolean,
): Promise<{ wrong: string[]; statuses: Map<number, number> }> {
  const wrong = new Map<string, string>();
  const statuses = new Map<number, number>();
  const document = await openApiOf(world.address);
  const made = world.endpoints.map((declared) => ({
    declared,
    requests: requestsOf(declared, world.known, world.askers),
  }));
  // Another order with every seed, so that what a short run does not reach is not always the same.
  made.sort((a, b) => rank(a.declared, seed) - rank(b.declared, seed));
  for (let round = 0; !isOver(round) && wrong.size < 40; round += 1)
    for (const { declared, requests } of made) {
      if (isOver(round)) break;
      const batch = fc.sample(requests, { seed: seed + round, numRuns: atOnce });
      await Promise.all(
        batch.map(async (wire) => {
          const began = performance.now();
          let answer = await sent(world.address, wire);
          const { status } = answer;
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
          let found = status >= 500 ? `status ${status}` : await wrongWith(document, declared, answer);
          // A machine that does other work is no fault of the server: what was slow is asked once more, alone.
          if (performance.now() - began > patience) {
            const again = performance.now();
            answer = await sent(world.address, wire);
            if (performance.now() - again > patience) found = `${Math.round(performance.now() - again)} ms`;
          }
          // Once for each endpoint and fault.
          if (found !== null)
            wrong.set(
              `${declared.method} ${declared.path} ${found.slice(0, 40)}`,
              `round ${round}: ${found}\n  ${said(wire)}`,
            );
        }),
      );
    }
  return { wrong: [...wrong.values()], statuses };
}

const rank = ({ method, path }: Endpoint, seed: number): number => crc32(`${seed} ${method} ${path}`);

/** By node:http, which sends a path as it is and needs no well-formed one. */
export const sent = (address: string, { method, path, headers, body }: Wire): Promise<Response> =>
  new Promise((resolve, reject) => {
    const outgoing = ask(
      `${address}/`,
      { path, method, headers: { ...headers, 'content-length': body?.length ?? 0 }, timeout: 10_000 },
      (incoming) => {
        const parts: Buffer[] = [];
        incoming.on('data', (part: Buffer) => parts.push(part));
        incoming.on('end', () => {
          const status = incoming.statusCode ?? 0;
          const type = incoming.headers['content-type'];
          const empty = status === 204 || status === 304;
          resolve(
            new Response(empty ? null : Buffer.concat(parts), {
              status,
              headers: type === undefined ? {} : { 'content-type': type },
            }),
          );
        });
      },
    );
    outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer in 10 s: ${method} ${path}`)));
    outgoing.on('error', reject);
    outgoing.end(body);
  });
