// Proof of work before a post, and only then: the part that does it is loaded, and what it finds goes along as a header. Whoever cannot
// do it posts without; a person then looks first.
import { b64u, utf8 } from '../../shared/base/bytes.ts';
import { policy } from '../base/trusted.ts';
import { Unreachable } from './client.ts';
import { loadPart, partAddress } from './part.ts';
import { askChallenge, Refused } from './post.ts';
import type { Solve } from './solve.ts';

const mostMs = 20_000;

let part: Promise<Solve | null> | undefined;

/** The header's value for one post, '' where there is none. */
export async function proofFor(api: string): Promise<string> {
  const challenge = await challengeOf(api);
  if (challenge === null) return '';
  part ??= loadPart<Solve>('work');
  const solve = await part;
  if (solve === null) part = undefined;
  const solution = (await solve?.(challenge, makeWorker, mostMs)) ?? null;
  return solution === null ? '' : b64u(utf8(JSON.stringify({ challenge, solution })));
}

async function challengeOf(api: string) {
  try {
    return (await askChallenge(api)).challenge;
  } catch (error) {
    if (error instanceof Refused || error instanceof Unreachable) return null; // the post itself will say so
    throw error;
  }
}

// Of another origin's script no worker can be made, and one from a blob is what a strict policy refuses, and reports.
function makeWorker(): Worker | null {
  const url = partAddress('work');
  if (new URL(url).origin !== location.origin) return null;
  try {
    return new Worker(policy?.createScriptURL(url) ?? url);
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}
