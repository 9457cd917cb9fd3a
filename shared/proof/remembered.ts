// What verification works with leaf by leaf, kept so that over many bundles of one log nothing is taken apart or hashed twice.
// Whoever asks with the same text gets the same object, and what is computed from a record is kept with it (signature.ts).
import { b64 } from '../base/bytes.ts';
import { type LogRecord, readRecord } from './keys.ts';
import { type KnownTree, knownTree, type Levels } from './known-tree.ts';
import { type Jws, openJws, readHead } from './signature.ts';
import { afresh, isSigned, type Means, type Prover } from './verify.ts';

/** What a verification needs, out of what is remembered. `learn` takes over the tree of a log whose leaves are all known; from then on
 *  `prove` has every proof of it, before it none. */
export type Remembered = Means & { readonly learn: (levels: Levels) => void; readonly prove: Prover };

/** Begins with nothing. Grows with every record; let it go with the log. */
export function remembering(): Remembered {
  const opened = new Map<string, Jws | null>();
  const records = new Map<number, LogRecord>();
  const notes = new Map<string, Promise<boolean>>();
  const heads = new Map<string, ReturnType<typeof readHead>>();
  const open = (jws: string) =>
    openJws(jws, (header) => {
      const known = heads.get(header) ?? readHead(header);
      heads.set(header, known);
      return known;
    });
  let tree: KnownTree = { ...afresh, prove: async () => null };
  return {
    learn: (levels) => {
      tree = knownTree(levels);
    },
    areIncluded: (...asked) => tree.areIncluded(...asked),
    isPrefix: (...asked) => tree.isPrefix(...asked),
    prove: (...asked) => tree.prove(...asked),
    open: (jws) => {
      const known = opened.get(jws) ?? open(jws);
      opened.set(jws, known);
      return known;
    },
    read: (index, leaf) => {
      const known = records.get(index);
      if (known?.text === leaf) return known;
      const record = readRecord(index, leaf, open);
      if (record) records.set(index, record);
      return record;
    },
    isSigned: (note, pin) => {
      const lines = note.signatures.map(({ name, id, signature }) => [name, id, b64(signature)]);
      const asked = JSON.stringify([pin, note.body, lines]);
      const known = notes.get(asked) ?? isSigned(note, pin);
      notes.set(asked, known);
      return known;
    },
  };
}
