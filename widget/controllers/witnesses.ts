// Who outside has signed the log (verification.md 6): on the head that was checked, or on another that tiles join to it.
import { type Note, parseNote, type Vkey } from '../../shared/proof/checkpoint.ts';
import { isPrefix, type Prover, parseVkeys } from '../../shared/proof/verify.ts';
import { witnessedAt } from '../../shared/proof/witness.ts';
import { getBytes, Unreachable } from '../remote/client.ts';
import type { Witness } from './check-job.ts';

/** The witnesses that a page pins. Without a pin nothing is asked for. */
export const witnessesOf = async (
  pinned: string,
  note: Note,
  tree: string,
  prove: Prover,
  signal: AbortSignal,
): Promise<readonly Witness[]> =>
  Promise.all(
    (await parseVkeys(pinned)).map(async (vkey) => {
      const at = await witnessedAt(note, vkey);
      const seen = at === null ? await earlier(vkey, note, tree, prove, signal) : { at, size: note.size };
      return { name: vkey.name, ...seen };
    }),
  );

const none = { at: null, size: 0 };

/** What the witness signed last, where the head that was checked has no line of it yet: to be a part of the same log it must be joined. */
async function earlier(vkey: Vkey, note: Note, tree: string, prove: Prover, signal: AbortSignal) {
  try {
    const bytes = await getBytes(`${tree}witness/${vkey.id}`, signal, 'no-cache');
    const seen = bytes && parseNote(new TextDecoder().decode(bytes));
    const at = seen && (await witnessedAt(seen, vkey));
    if (!seen || at === null || seen.origin !== note.origin) return none;
    const [first, second] = seen.size < note.size ? [seen, note] : [note, seen];
    const isJoined =
      first.size === second.size
        ? first.root === second.root
        : await isPrefix(first, second, (await prove(first, second)) ?? []);
    return isJoined ? { at, size: seen.size } : none;
  } catch (error) {
    if (error instanceof Unreachable) return none;
    throw error;
  }
}
