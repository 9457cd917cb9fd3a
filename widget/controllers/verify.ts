// The check of one diary, step by step, in this browser: verification.md 9.
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { b64 } from '../../shared/base/bytes.ts';
import { type Head, type Note, parseVkey } from '../../shared/proof/checkpoint.ts';
import type { Failure } from '../../shared/proof/failure.ts';
import { consistencyPath } from '../../shared/proof/prove.ts';
import { nodesFromTiles, tilePath } from '../../shared/proof/tiles.ts';
import { checkHead, type Pins, type Prover, type VerifiedDiary, verifyBundle } from '../../shared/proof/verify.ts';
import { witnessedAt } from '../../shared/proof/witness.ts';
import { getBytes, Unreachable } from '../remote/client.ts';
import { rememberedHead, rememberHead } from '../remote/memory.ts';

/** A witness pinned by the page, and when it saw the log's head (Unix seconds; null: no line that can be checked here). */
export type Witness = { readonly name: string; readonly at: number | null };

export type Check =
  | { readonly state: 'running'; readonly step: number }
  | {
      readonly state: 'passed';
      readonly pinned: boolean;
      readonly diary: VerifiedDiary;
      /** Whether an earlier head was remembered and found to be a prefix. */
      readonly seen: boolean;
      readonly witnesses: readonly Witness[];
    }
  | { readonly state: 'failed'; readonly failure: Failure; readonly step: number }
  | { readonly state: 'notChecked' }
  | { readonly state: 'unfinished' };

export interface CheckJob {
  readonly tree: string;
  readonly bundle: unknown;
  readonly want: { readonly draw: string; readonly unit: string };
  readonly pins: Pins;
  readonly stated: { readonly origin: string; readonly vkey: string; readonly organiser: string | null };
  readonly witness: string;
}

export class VerifyController implements ReactiveController {
  private now: Check = { state: 'running', step: 0 };
  private bundle: unknown;
  private readonly host: ReactiveControllerHost;
  private running: AbortController | null = null;

  constructor(host: ReactiveControllerHost) {
    this.host = host;
    host.addController(this);
  }

  /** How far the check of this very bundle is. */
  of(bundle: unknown): Check {
    return this.bundle === bundle ? this.now : { state: 'running', step: 0 };
  }

  /** Checks a bundle; the end is told to `done`. */
  async run(job: CheckJob, done: (check: Check) => void): Promise<void> {
    this.running?.abort();
    const running = new AbortController();
    this.running = running;
    const { signal } = running;
    this.bundle = job.bundle;
    const show = (next: Check): void => {
      if (signal.aborted) return;
      this.now = next;
      this.host.requestUpdate();
    };
    show({ state: 'running', step: 0 });
    try {
      const end = await check(job, signal, (step) => show({ state: 'running', step: step + 1 }));
      show(end);
      if (!signal.aborted) done(end);
    } catch (error) {
      if (signal.aborted) return;
      show({ state: 'unfinished' });
      throw error;
    }
  }

  hostDisconnected(): void {
    this.running?.abort();
  }
}

async function check(job: CheckJob, signal: AbortSignal, passed: (step: number) => void): Promise<Check> {
  if (globalThis.crypto?.subtle === undefined) return { state: 'notChecked' };
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
  const verdict = await verifyBundle(job.bundle, pins, { seen }, { stated, want: job.want, prove, passed });
  if (!verdict.ok) return { state: 'failed', failure: verdict.failure, step: verdict.step };
  if (!signal.aborted) rememberHead(origin, verdict.head);
  return {
    state: 'passed',
    pinned: verdict.pinned,
    diary: verdict,
    seen: before !== undefined,
    witnesses: await witnessesOf(job.witness, note ?? verdict.note),
  };
}

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
