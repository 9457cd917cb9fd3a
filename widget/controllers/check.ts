// The check of one diary, steps 0 to 10 of verification.md 9, against the pins of the page and the remembered head.
import { b64 } from '../../shared/base/bytes.ts';
import { type Head, type Note, parseVkey } from '../../shared/proof/checkpoint.ts';
import { consistencyPath } from '../../shared/proof/prove.ts';
import { nodesFromTiles, tilePath } from '../../shared/proof/tiles.ts';
import { checkHead, type Prover, verifyBundle } from '../../shared/proof/verify.ts';
import { witnessedAt } from '../../shared/proof/witness.ts';
import { getBytes, Unreachable } from '../remote/client.ts';
import { loadedBls } from '../remote/drand.ts';
import { rememberedHead, rememberHead } from '../remote/memory.ts';
import type { CheckDiary, Witness } from './verify.ts';

/** The fetched checkpoint first, against the pins and the remembered head; then the bundle against both. */
export const checkDiary: CheckDiary = async (job, signal, passed) => {
  const { tree, pins, stated } = job;
  const vkeys = pins.vkey || stated.vkey;
  const origin = vkeys.split('+')[0] ?? stated.origin;
  const prove = fromTiles(tree, signal);
  const before = rememberedHead(origin);
  let seen = before;
  let note: Note | null = null;
  const served = await checkpointOf(tree, signal);
  if (served !== null) {
    const head = await checkHead(served, vkeys, before, prove);
    if (!head.ok) return { state: 'failed', failure: head.problem, step: head.problem === 'LOG_REWRITTEN' ? 2 : 1 };
    seen = head.value;
    note = head.value.note;
    if (!signal.aborted) rememberHead(origin, seen);
  }
  const verdict = await verifyBundle(
    job.bundle,
    pins,
    { seen },
    {
      stated,
      want: job.want,
      prove,
      passed,
      bls: loadedBls,
    },
  );
  if (!verdict.ok) return { state: 'failed', failure: verdict.failure, step: verdict.step };
  if (!signal.aborted) rememberHead(origin, verdict.head);
  return {
    state: 'passed',
    pinned: verdict.pinned,
    diary: verdict,
    seen: before !== undefined,
    witnesses: await witnessesOf(job.witness, note ?? verdict.note),
  };
};

async function checkpointOf(tree: string, signal: AbortSignal): Promise<string | null> {
  try {
    const bytes = await getBytes(`${tree}checkpoint`, signal, 'no-cache');
    return bytes && new TextDecoder().decode(bytes);
  } catch (error) {
    if (error instanceof Unreachable) return null;
    throw error;
  }
}

/** Proofs computed from the tiles of the larger head; null when a tile is not to be had. */
function fromTiles(tree: string, signal: AbortSignal): Prover {
  return async (first: Head, second: Head) => {
    const read = nodesFromTiles(second.size, async (level, n, width) => {
      const tile = await getBytes(`${tree}${tilePath(level, n, width)}`, signal);
      if (tile === null) throw new Unreachable(404);
      return tile;
    });
    try {
      return (await consistencyPath(first.size, second.size, read)).map(b64);
    } catch (error) {
      if (error instanceof Unreachable || error instanceof RangeError) return null;
      throw error;
    }
  };
}

async function witnessesOf(pinned: string, note: Note): Promise<readonly Witness[]> {
  const vkeys = await Promise.all(pinned.split(' ').filter(Boolean).map(parseVkey));
  return Promise.all(
    vkeys.flatMap((vkey) => vkey ?? []).map(async (vkey) => ({ name: vkey.name, at: await witnessedAt(note, vkey) })),
  );
}
