/** The key that signs heads of the log (verification.md 6): P-256 for the widget, Ed25519 for C2SP tools. Both lie in `<data>/keys/`,
 *  readable by the server's user only, outside the database. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Bytes } from '../../shared/base/bytes.ts';
import { formatVkey, type Head, keyId, type NoteSigner, signNote } from '../../shared/proof/checkpoint.ts';

export interface LogSigner {
  /** Verifier key of type 0x02, which embedding pages pin. */
  readonly vkey: string;
  /** Verifier key of type 0x01. */
  readonly vkeyEd25519: string;
  /** The signed note of a head. */
  readonly sign: (head: Head) => Promise<string>;
}

/** Reads the keys of a data folder, making them when there are none. */
export async function openLogSigner(dataFolder: string, origin: string): Promise<LogSigner> {
  const folder = join(dataFolder, 'keys');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const p256 = readOrMake(
    join(folder, 'checkpoint-p256.pem'),
    () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
  );
  const ed25519 = readOrMake(join(folder, 'checkpoint-ed25519.pem'), () => generateKeyPairSync('ed25519').privateKey);
  const spki = publicBytes(p256);
  // The SPKI of Ed25519 is a prefix of 12 bytes and the key (RFC 8410).
  const raw = publicBytes(ed25519).slice(12);
  const signers: readonly NoteSigner[] = [
    {
      name: origin,
      id: await keyId(origin, 1, raw),
      sign: async (body) => new Uint8Array(sign(null, body, ed25519)),
    },
    {
      name: origin,
      id: await keyId(origin, 2, spki),
      sign: async (body) => new Uint8Array(sign('sha256', body, p256)),
    },
  ];
  return {
    vkey: await formatVkey(origin, 2, spki),
    vkeyEd25519: await formatVkey(origin, 1, raw),
    sign: (head) => signNote(origin, head, signers),
  };
}

const publicBytes = (key: KeyObject): Bytes =>
  new Uint8Array(createPublicKey(key).export({ type: 'spki', format: 'der' }));

/** Two servers that begin at once must end up with one key: the file appears whole, and the first to link it wins. */
function readOrMake(path: string, make: () => KeyObject): KeyObject {
  if (!existsSync(path)) {
    const draft = `${path}.${process.pid}.${Math.trunc(performance.now() * 1000)}`;
    const file = openSync(draft, 'wx', 0o600);
    writeSync(file, make().export({ type: 'pkcs8', format: 'pem' }).toString());
    fsyncSync(file);
    closeSync(file);
    try {
      linkSync(draft, path);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    } finally {
      rmSync(draft);
    }
  }
  return createPrivateKey(readFileSync(path));
}
