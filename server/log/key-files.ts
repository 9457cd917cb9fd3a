/** Checkpoint keys as files: `<data>/keys/`, and `keys/next/` beside them while a key rotates; readable by the server's user only. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Bytes } from '../../shared/base/bytes.ts';
import { formatVkey } from '../../shared/proof/checkpoint.ts';
import { KeyTrouble } from './key-trouble.ts';

/** A key that signs heads: its vkey, and what makes the bytes behind the key id. */
export interface LogKey {
  readonly type: 1 | 2;
  readonly vkey: string;
  readonly sign: (body: Bytes) => Promise<Bytes>;
}

const fileOf = { 1: 'checkpoint-ed25519.pem', 2: 'checkpoint-p256.pem' } as const;
const make = {
  1: () => generateKeyPairSync('ed25519').privateKey,
  2: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
} as const;
const kindOf = { 1: 'ed25519', 2: 'ec' } as const;

/** The folder of the keys, and that of the keys to come. */
export const keyFolder = (dataFolder: string): string => join(dataFolder, 'keys');
export const nextFolder = (dataFolder: string): string => join(dataFolder, 'keys', 'next');

/** The key of a type in a folder; null where there is no file. Throws KeyTrouble for a file that others can read. */
export function readKey(folder: string, type: 1 | 2, origin: string): Promise<LogKey> | null {
  const path = join(folder, fileOf[type]);
  return existsSync(path) ? logKey(path, type, origin) : null;
}

/** The same, made where there is none. */
export function readOrMakeKey(folder: string, type: 1 | 2, origin: string): Promise<LogKey> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, fileOf[type]);
  if (!existsSync(path)) writeKeyOnce(path, make[type]().export({ type: 'pkcs8', format: 'pem' }).toString());
  return logKey(path, type, origin);
}

/** Ends the key of a type: it goes to `keys/retired/`, and the next one takes its place. Gives where it lies now. Each step leaves a folder
 *  that a server can begin with. */
export function retireKey(dataFolder: string, type: 1 | 2): string {
  const name = fileOf[type];
  const folder = keyFolder(dataFolder);
  const retired = join(folder, 'retired');
  mkdirSync(retired, { recursive: true, mode: 0o700 });
  const count = readdirSync(retired).filter((one) => one.endsWith(name)).length;
  const kept = join(retired, `${count + 1}-${name}`);
  linkSync(join(folder, name), kept);
  const next = join(nextFolder(dataFolder), name);
  if (existsSync(next)) renameSync(next, join(folder, name));
  else rmSync(join(folder, name));
  if (existsSync(nextFolder(dataFolder)) && readdirSync(nextFolder(dataFolder)).length === 0)
    rmdirSync(nextFolder(dataFolder));
  return kept;
}

/** The bytes of a public key as a vkey has them: SPKI of P-256; of Ed25519 the 32 bytes behind the 12 of its SPKI (RFC 8410). */
export function publicBytes(key: KeyObject): { readonly type: 1 | 2; readonly bytes: Bytes } | null {
  const spki: Bytes = new Uint8Array(key.export({ type: 'spki', format: 'der' }));
  if (key.asymmetricKeyType === 'ed25519') return { type: 1, bytes: spki.slice(12) };
  return key.asymmetricKeyDetails?.namedCurve === 'prime256v1' ? { type: 2, bytes: spki } : null;
}

async function logKey(path: string, type: 1 | 2, origin: string): Promise<LogKey> {
  requirePrivate(path);
  const key = privateKey(path);
  const found = publicBytes(createPublicKey(key));
  if (key.asymmetricKeyType !== kindOf[type] || found === null) throw new KeyTrouble({ code: 'FILE_NO_KEY', at: path });
  return {
    type,
    vkey: await formatVkey(origin, type, found.bytes),
    sign: async (body) => new Uint8Array(sign(type === 1 ? null : 'sha256', body, key)),
  };
}

/** Throws KeyTrouble for a file that others can read. */
export function requirePrivate(path: string): void {
  // Windows has no such bits: there the folder's own list of rights decides.
  const mode = statSync(path).mode & 0o777;
  if (process.platform !== 'win32' && (mode & 0o077) !== 0)
    throw new KeyTrouble({ code: 'FILE_OPEN', at: path, more: mode.toString(8) });
}

function privateKey(path: string): KeyObject {
  const pem = readFileSync(path);
  try {
    return createPrivateKey(pem);
  } catch (error) {
    throw new KeyTrouble({ code: 'FILE_NO_KEY', at: path }, error);
  }
}

/** Writes a key for the server's user only. Two servers that begin at once must end up with one key: the file appears whole, and the first
 *  to link it wins. */
export function writeKeyOnce(path: string, pem: string): void {
  const draft = `${path}.${process.pid}.${Math.trunc(performance.now() * 1000)}`;
  const file = openSync(draft, 'wx', 0o600);
  writeFileSync(file, pem);
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
