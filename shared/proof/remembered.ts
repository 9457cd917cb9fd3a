// What verification works with leaf by leaf, kept so that over many bundles of one log nothing is taken apart or hashed twice.
// Whoever asks with the same text gets the same object, and what is computed from an object is computed once (base/once.ts).
import { type Bytes, b64, fromB64 } from '../base/bytes.ts';
import { type LogRecord, readRecord } from './keys.ts';
import { type Jws, openJws } from './signature.ts';
import { nodeHash } from './tree.ts';

/** Takes records apart as `openJws` and `readRecord` do, and joins nodes as `nodeHash` does: `node` in base64 as bundles have them,
 *  where what is no hash of 32 bytes joins to an empty text; `join` in bytes. */
export type Remembered = {
  readonly open: (jws: string) => Jws | null;
  readonly read: (index: number, leaf: string) => LogRecord | null;
  readonly node: (left: string, right: string) => Promise<string>;
  readonly join: typeof nodeHash;
};

/** Begins with nothing. Grows with every record; let it go with the log. */
export function remembering(): Remembered {
  const opened = new Map<string, Jws | null>();
  const records = new Map<number, LogRecord>();
  const nodes = new Map<string, Promise<string>>();
  const open = (jws: string) => {
    const known = opened.get(jws) ?? openJws(jws);
    opened.set(jws, known);
    return known;
  };
  const read = (index: number, leaf: string) => {
    const known = records.get(index);
    if (known?.text === leaf) return known;
    const record = readRecord(index, leaf);
    if (record) records.set(index, record);
    return record;
  };
  const node = (left: string, right: string) => {
    // With the blank no two pairs have one name, whatever texts a path is made of.
    const pair = `${left} ${right}`;
    const known = nodes.get(pair) ?? joined(left, right);
    nodes.set(pair, known);
    return known;
  };
  return { open, read, node, join: async (left, right) => bytesOf(await node(b64(left), b64(right))) };
}

async function joined(left: string, right: string): Promise<string> {
  const [a, b] = [bytesOf(left), bytesOf(right)];
  return a.length === 32 && b.length === 32 ? b64(await nodeHash(a, b)) : '';
}

const bytesOf = (hash: string): Bytes => fromB64(hash) ?? new Uint8Array();
