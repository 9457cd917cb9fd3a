/** The key of a witness, in a file of one line for its user alone: `PRIVATE+KEY+<name>+<key id>+<base64 of 0x04 and 32 bytes>`. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Bytes, fromB64u } from '../../shared/base/bytes.ts';
import { formatVkey, type NoteSigner, parseVkey } from '../../shared/proof/checkpoint.ts';
import { textIfThere } from '../text-if-there.ts';

export interface WitnessKey extends NoteSigner {
  readonly vkey: string;
}

/** Why a key file cannot be used. */
export type WitnessKeyProblem = 'KEY_FILE_OPEN' | 'KEY_FILE_DAMAGED' | 'NAME_INVALID';

/** A name that may stand in a vkey. */
const isName = (name: string): boolean => /^[^\s+]{1,100}$/.test(name);

/** Reads the key, or makes one under `name` where there is no file yet. */
export async function openWitnessKey(path: string, name: string): Promise<WitnessKey | WitnessKeyProblem> {
  const text = textIfThere(path);
  if (text !== null) return isOpen(path) ? 'KEY_FILE_OPEN' : readKey(text);
  if (!isName(name)) return 'NAME_INVALID';
  const seed =
    fromB64u(generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }).d ?? '') ?? new Uint8Array();
  const key = await keyOf(name, seed);
  const line = `PRIVATE+KEY+${name}+${key.id}+${Buffer.from([4, ...seed]).toString('base64')}\n`;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(path, line, { mode: 0o600, flag: 'wx', flush: true });
  return key;
}

async function readKey(text: string): Promise<WitnessKey | WitnessKeyProblem> {
  const [, name = '', id, encoded = ''] =
    /^PRIVATE\+KEY\+([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)\n?$/.exec(text) ?? [];
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.length !== 33 || bytes[0] !== 4) return 'KEY_FILE_DAMAGED';
  const key = await keyOf(name, bytes.subarray(1));
  return key.id === id ? key : 'KEY_FILE_DAMAGED';
}

/** PKCS #8 of an Ed25519 key is a prefix of 16 bytes and the seed, its SPKI one of 12 and the public key (RFC 8410). */
async function keyOf(name: string, seed: Uint8Array): Promise<WitnessKey> {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const spki: Bytes = new Uint8Array(createPublicKey(key).export({ type: 'spki', format: 'der' }));
  const vkey = await formatVkey(name, 4, spki.slice(12));
  const id = (await parseVkey(vkey))?.id ?? '';
  return { name, id, vkey, sign: async (body) => new Uint8Array(sign(null, body, key)) };
}

const isOpen = (path: string): boolean => process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0;
