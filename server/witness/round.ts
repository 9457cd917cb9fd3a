/** One look of a witness at a log: fetch, check, remember, sign, send. */

import * as v from 'valibot';
import { Problem } from '../../shared/api/refusal.ts';
import { putWitness } from '../../shared/api/witness.ts';
import { parseNote } from '../../shared/proof/checkpoint.ts';
import { parseJson } from '../../shared/proof/signature.ts';
import { checkHead } from '../../shared/proof/verify.ts';
import { cosignatureLine } from '../../shared/proof/witness.ts';
import { readText, tileProver } from '../public/read-tree.ts';
import { AnswerTrouble, addressSource } from '../public/source.ts';
import type { WitnessKey } from './key.ts';
import { readState, type SignedHead, writeState } from './state.ts';

/** What came of a look. `signed`: the server has the line of this head; `known`: it had it already; `refused`: it does not want it, and why;
 *  `older`: the log shows less than was signed, which a slow copy explains; `unsigned`: no note of this log by this key; `rewritten`: what was
 *  signed is no prefix of what the log shows now; `away`: no answer. */
export type Look =
  | { readonly is: 'signed' | 'known'; readonly size: number }
  | { readonly is: 'refused'; readonly size: number; readonly reason: string }
  | { readonly is: 'older'; readonly size: number; readonly signed: number }
  | { readonly is: 'unsigned' | 'damaged' | 'empty' }
  | { readonly is: 'rewritten'; readonly signed: SignedHead; readonly now: string }
  | { readonly is: 'away'; readonly why: string };

export interface Watched {
  /** Address of the server without `/public/`. */
  readonly base: string;
  /** The log's vkey, one or two. */
  readonly vkey: string;
  readonly key: WitnessKey;
  readonly statePath: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly get: typeof fetch;
}

/** Looks once. Whatever happens, two roots are never signed for one size: the state is read anew and written before the line leaves. */
export async function look(watched: Watched): Promise<Look> {
  try {
    return await looked(watched);
  } catch (error) {
    // fetch fails with a TypeError that has a cause, its time limit with DOMException.
    const isTransport = error instanceof AnswerTrouble || error instanceof DOMException;
    if (!isTransport && !(error instanceof Error && error.cause instanceof Error)) throw error;
    return { is: 'away', why: error.cause instanceof Error ? error.cause.message : error.message };
  }
}

async function looked(watched: Watched): Promise<Look> {
  const { base, vkey, key, statePath } = watched;
  const source = addressSource(`${base}/public/`, watched.get);
  const text = await readText(source, 'checkpoint');
  if (text === null) return { is: 'empty' };
  const heads = readState(statePath);
  if (heads === null) return { is: 'damaged' };
  const note = parseNote(text);
  if (note === null) return { is: 'unsigned' };
  const last = heads.get(note.origin);
  const checked = await checkHead(text, vkey, last, tileProver(source));
  if (!checked.ok && checked.problem === 'LOG_REWRITTEN' && last) return { is: 'rewritten', signed: last, now: text };
  if (!checked.ok) return { is: 'unsigned' };
  if (last && note.size < last.size) return { is: 'older', size: note.size, signed: last.size };
  const isKnown = last?.size === note.size;
  const hasLine = note.signatures.some(({ name, id }) => name === key.name && id === key.id);
  if (isKnown && hasLine) return { is: 'known', size: note.size };
  const line = isKnown ? last.line : await cosignatureLine(note, Math.floor(watched.now() / 1000), key);
  if (!isKnown) {
    const signed = { size: note.size, root: note.root, note: text, line };
    writeState(statePath, new Map([...heads, [note.origin, signed]]));
  }
  return send(watched, note.size, line);
}

async function send({ base, get }: Watched, size: number, line: string): Promise<Look> {
  const answer = await get(`${base}${putWitness.path}`, {
    method: putWitness.method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ size, line }),
    signal: AbortSignal.timeout(30_000),
  });
  if (answer.ok) return { is: 'signed', size };
  const problem = v.safeParse(Problem, parseJson(await answer.text()));
  if (answer.status >= 500 || answer.status === 429 || !problem.success)
    return { is: 'away', why: `${answer.status} ${putWitness.path}` };
  const { code, facts } = problem.output;
  return { is: 'refused', size, reason: typeof facts?.reason === 'string' ? facts.reason : code };
}
