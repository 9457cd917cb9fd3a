// One leaf's proof as a text of its own: C2SP tlog-proof, for export and for checking with other people's tools.
import { type Bytes, b64, fromB64 } from '../base/bytes.ts';

/** Index and path of a leaf, and the checkpoint that they lead to. */
export type TlogProof = { readonly index: number; readonly path: readonly Bytes[]; readonly note: string };

/** The proof as text. */
export const formatTlogProof = ({ index, path, note }: TlogProof): string =>
  `c2sp.org/tlog-proof@v1\nindex ${index}\n${path.map((hash) => `${b64(hash)}\n`).join('')}\n${note}`;

/** The parts of a proof, or null when the text is none. The checkpoint within is not looked into. */
export function parseTlogProof(text: string): TlogProof | null {
  const found = /^c2sp\.org\/tlog-proof@v1\nindex (0|[1-9]\d{0,15})\n((?:[A-Za-z0-9+/]{43}=\n)*)\n([\s\S]+)$/.exec(
    text,
  );
  if (found === null) return null;
  const [, index, lines = '', note = ''] = found;
  const hashes = lines.split('\n').slice(0, -1);
  const path = hashes.flatMap((hash) => fromB64(hash) ?? []);
  return path.length === hashes.length ? { index: Number(index), path, note } : null;
}
