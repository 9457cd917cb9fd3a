/** Readers' comments that are ready to be posted: each with its own text, key, address and solved challenge. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/sha';
import * as v from 'valibot';
import { Challenge, proofHeader } from '../../../shared/api/challenges.ts';
import { b64u, utf8 } from '../../../shared/base/bytes.ts';
import { randomOf } from '../../fixtures/random.ts';
import { draw, textOf, unitOf } from './seed.ts';

const Answer = v.object({ challenge: Challenge });
let made = 0;

/** Writes `count` posts for a server into a file in the folder; gives its path. One in ten names a telephone number, which is masked. */
export async function writePosts(address: string, folder: string, count: number, bare = false): Promise<string> {
  const random = randomOf(made + 2);
  const proofs = bare ? [] : await proofsFrom(address, count);
  const posts = [];
  for (let n = 0; n < count; n += 1) {
    made += 1;
    const text = `${textOf(made, random)}${made % 10 === 0 ? `电话 139${String(10_000_000 + made)}。` : ''}`;
    const body = {
      draw,
      unit: unitOf(made % 10),
      item: made % 30,
      kind: 'question',
      text,
      nickname: `居民${made}`,
      codeHash: b64u(crypto.getRandomValues(new Uint8Array(32))),
      consent: true,
    };
    const headers = {
      'content-type': 'application/json',
      origin: address,
      'x-forwarded-for': [198, 18 + (made >> 16), (made >> 8) & 255, made & 255].join('.'),
      'idempotency-key': b64u(crypto.getRandomValues(new Uint8Array(16))),
      ...(bare ? {} : { [proofHeader.toLowerCase()]: proofs[n] }),
    };
    posts.push({ body: JSON.stringify(body), headers });
  }
  const path = join(folder, 'posts.json');
  writeFileSync(path, JSON.stringify(posts));
  return path;
}

/** Eight at a time: the server makes challenges while earlier ones are solved. */
async function proofsFrom(address: string, count: number): Promise<string[]> {
  const proofs: string[] = [];
  const work = async (): Promise<void> => {
    for (let begun = 0; begun < Math.ceil(count / 8); begun += 1) proofs.push(await proofFrom(address));
  };
  await Promise.all(Array.from({ length: 8 }, work));
  return proofs;
}

async function proofFrom(address: string): Promise<string> {
  const answer = await fetch(`${address}/api/v1/challenges`, { method: 'POST' });
  const { challenge } = v.parse(Answer, await answer.json());
  const solution = await solveChallenge({ challenge, deriveKey });
  return b64u(utf8(JSON.stringify({ challenge, solution })));
}
