// The check of one diary, steps 0 to 10 of verification.md 9, against the pins of the page and the remembered head.
import { b64, fromUtf8 } from '../../shared/base/bytes.ts';
import { type Head, type Note, parseNote } from '../../shared/proof/checkpoint.ts';
import type { Failure } from '../../shared/proof/failure.ts';
import { consistencyPath } from '../../shared/proof/prove.ts';
import { isObject, isString } from '../../shared/proof/shape.ts';
import { nodesFromTiles, tilePath } from '../../shared/proof/tiles.ts';
import { checkHead, type Prover, verifyBundle } from '../../shared/proof/verify.ts';
import { zoneOffset } from '../../shared/time/civil.ts';
import { getBytes, Unreachable } from '../remote/client.ts';
import { loadedBls } from '../remote/drand.ts';
import { rememberedHead, rememberHead } from '../remote/memory.ts';
import type { CheckDiary, CheckJob, Witness } from './check-job.ts';
import { witnessesOf } from './witnesses.ts';

/** The fetched checkpoint first, against the pins and the remembered head; then the bundle against both. */
export const checkDiary: CheckDiary = async (job, signal, passed) => {
  const { bundle } = job;
  const checkpoint = isObject(bundle) && isString(bundle.checkpoint) ? bundle.checkpoint : '';
  const served = await servedHead(job, checkpoint, signal);
  if ('failure' in served) return { state: 'failed', ...served };
  const { before, seen, note, prove } = served;
  const { pins, stated, want } = job;
  const options = { stated, want, prove, passed, bls: loadedBls, zones: zoneOffset };
  const verdict = await verifyBundle(bundle, pins, { seen }, options);
  if (!verdict.ok) return { state: 'failed', failure: verdict.failure, step: verdict.step };
  return {
    state: 'passed',
    pinned: verdict.pinned,
    diary: verdict,
    seen: before !== undefined,
    witnesses: await rememberedIn(job, verdict.head, note ?? verdict.note, signal),
  };
};

type Served =
  | { readonly failure: Failure; readonly step: number }
  | {
      readonly before: Head | undefined;
      readonly seen: Head | undefined;
      readonly note: Note | null;
      readonly prove: Prover;
    };
type Against = Pick<CheckJob, 'tree' | 'pins' | 'stated' | 'witness' | 'forget'>;

/** Steps 1 and 2 for the checkpoint that the tree serves: the heads to check against, or what is wrong with it. `checkpoint`: of what is
 *  checked, for a tree that serves none. `before`: what was remembered. */
export async function servedHead(
  { tree, pins, stated, forget }: Against,
  checkpoint: string,
  signal: AbortSignal,
): Promise<Served> {
  const vkeys = pins.vkey || stated.vkey;
  const prove = fromTiles(tree, signal);
  const served = await checkpointOf(tree, signal);
  // By the log that signs, as a page may pin two: a key of it has its name, or the note is refused.
  const origin = parseNote(served ?? checkpoint)?.origin ?? '';
  const before = forget ? undefined : rememberedHead(origin);
  if (served === null) return { before, seen: before, note: null, prove };
  const head = await checkHead(served, vkeys, before, prove);
  if (!head.ok) return { failure: head.problem, step: head.problem === 'LOG_REWRITTEN' ? 2 : 1 };
  if (!signal.aborted && !forget) rememberHead(origin, head.value);
  return { before, seen: head.value, note: head.value.note, prove };
}

/** Remembers a head that holds; gives who witnessed the note. */
export async function rememberedIn(
  job: Against,
  head: Head,
  note: Note,
  signal: AbortSignal,
): Promise<readonly Witness[]> {
  if (!signal.aborted && !job.forget) rememberHead(note.origin, head);
  return witnessesOf(job.witness, note, job.tree, fromTiles(job.tree, signal), signal);
}

async function checkpointOf(tree: string, signal: AbortSignal): Promise<string | null> {
  try {
    const bytes = await getBytes(`${tree}checkpoint`, signal, 'no-cache');
    return bytes && (fromUtf8(bytes) ?? '');
  } catch (error) {
    if (error instanceof Unreachable) return null;
    throw error;
  }
}

/** Proofs computed from the tiles of the larger head; null when a tile is not there or too short. Throws `Unreachable` when it cannot be
 *  fetched now: that says nothing about the log. */
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
      if (error instanceof RangeError || (error instanceof Unreachable && error.trouble === 'notThere')) return null;
      throw error;
    }
  };
}
