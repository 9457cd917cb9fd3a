/** The key under which readers' identities are sealed: `<data>/keys/identity.key`, 32 random bytes in base64url, readable by the server's
 *  user only. Keys for single purposes are derived from it (RFC 5869). */
import { createHash, hkdfSync } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Bytes, b64u, fromB64u } from '../../shared/base/bytes.ts';
import type { Context } from '../context.ts';
import { keyFolder, requirePrivate, writeKeyOnce } from '../log/key-files.ts';
import { KeyTrouble } from '../log/key-trouble.ts';

/** What the key is used for: sealing identities, the contacts of reporters, and the secrets of a sign-in that its state stands for; hashing
 *  senders, addresses and mobile numbers. */
export type Purpose = 'identity' | 'contact' | 'sign-in' | 'sender' | 'mail-code' | 'address' | 'phone';

/** 32 bytes for a purpose, and the id of the key they come from (8 letters): what was sealed says under which. The file is made where there is
 *  none. Throws KeyTrouble for a file that others can read or that holds no key. */
export function identityKey(
  { config, random }: Pick<Context, 'config' | 'random'>,
  purpose: Purpose,
): { readonly id: string; readonly bytes: Bytes } {
  const folder = keyFolder(config.dataFolder);
  const path = join(folder, 'identity.key');
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeKeyOnce(path, `${b64u(random(32))}\n`);
  }
  requirePrivate(path);
  const secret = fromB64u(readFileSync(path, 'utf8').trim());
  if (secret?.length !== 32) throw new KeyTrouble({ code: 'FILE_NO_KEY', at: path });
  const bytes = new Uint8Array(hkdfSync('sha256', secret, '', `sundial ${purpose}`, 32));
  return { id: createHash('sha256').update(secret).digest('base64url').slice(0, 8), bytes };
}
