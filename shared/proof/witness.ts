// Lines of outside witnesses under a checkpoint: C2SP cosignature/v1, Ed25519 (verification.md 6).
import { type Bytes, concat, utf8 } from '../base/bytes.ts';
import { type Note, type NoteSigner, signatureFits, signatureLine, type Vkey } from './checkpoint.ts';

/** When the witness saw this head (Unix seconds), or null: no line, a bad one, or no Ed25519 in this browser. */
export async function witnessedAt(note: Note, vkey: Vkey): Promise<number | null> {
  const line = note.signatures.find((one) => one.name === vkey.name && one.id === vkey.id);
  if (vkey.type !== 4 || line?.signature.length !== 72) return null;
  const time = Number(new DataView(line.signature.buffer, line.signature.byteOffset).getBigUint64(0));
  try {
    const good = await signatureFits(vkey, line.signature.slice(8), cosigned(note.body, time));
    return good ? time : null;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotSupportedError') return null;
    throw error;
  }
}

/** The line by which a witness says that it saw this head at `time` (Unix seconds); `sign` is Ed25519. */
export async function cosignatureLine(note: Note, time: number, witness: NoteSigner): Promise<string> {
  const stamp = new DataView(new ArrayBuffer(8));
  stamp.setBigUint64(0, BigInt(time));
  const signature = await witness.sign(cosigned(note.body, time));
  return signatureLine(witness.name, witness.id, concat(new Uint8Array(stamp.buffer), signature));
}

const cosigned = (body: string, time: number): Bytes => utf8(`cosignature/v1\ntime ${time}\n${body}`);
