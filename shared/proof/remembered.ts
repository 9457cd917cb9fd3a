// What verification works with leaf by leaf, kept so that over many bundles of one log nothing is taken apart or hashed twice.
// Whoever asks with the same text gets the same object, and what is computed from an object is computed once (base/once.ts).
import { type Bytes, b64, fromB64, utf8 } from '../base/bytes.ts';
import { type LogRecord, readRecord } from './keys.ts';
import { type Jws, openJws } from './signature.ts';
import { leafHash, nodeHash } from './tree.ts';

/** Takes records apart as `openJws` and `readRecord` do, and hashes leaves as `leafHash` and nodes as `nodeHash`: `node` in
 *  base64 as bundles have them, where what is no hash of 32 bytes joins to an empty text; `join` of bytes. */
export type Remembered = {
  readonly open: (jws: string) => Jws | null;
  readonly read: (index: number, leaf: string) => LogRecord | null;
  readonly hash: (leaf: string) => Promise<Bytes>;
  readonly node: (left: string, right: string) => Promise<string>;
  readonly join: typeof nodeHash;
};

/** Begins with nothing. Grows with every record; let it go with the log. */
export function remembering(): Remembered {
  const opened = new Map<string, Jws | null>();
  const records = new Map<string, LogRecord | null>();
  const hashes = new Map<string, Promise<Bytes>>();
  const nodes = new Map<string, Promise<string>>();
  const node = (left: string, right: string) => kept(nodes, `${left} ${right}`, () => joined(left, right));
  return {
    open: (jws) => kept(opened, jws, () => openJws(jws)),
    read: (index, leaf) => kept(records, `${index} ${leaf}`, () => readRecord(index, leaf)),
    hash: (leaf) => kept(hashes, leaf, () => leafHash(utf8(leaf))),
    node,
    join: async (left, right) => bytesOf(await node(b64(left), b64(right))),
  };
}

async function joined(left: string, right: string): Promise<string> {
  const [a, b] = [bytesOf(left), bytesOf(right)];
  return a.length === 32 && b.length === 32 ? b64(await nodeHash(a, b)) : '';
}

const bytesOf = (hash: string): Bytes => fromB64(hash) ?? new Uint8Array();

function kept<Answer>(known: Map<string, Answer>, name: string, work: () => Answer): Answer {
  const answer = known.get(name);
  if (answer !== undefined) return answer;
  const found = work();
  known.set(name, found);
  return found;
}
