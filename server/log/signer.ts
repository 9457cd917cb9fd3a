/** The keys that sign heads of the log (verification.md 6 and 12): P-256 for the widget, Ed25519 for C2SP tools. They lie outside the
 *  database, in files or behind a command. While a key rotates there are two of a type, and both sign every head. */

import { utf8 } from '../../shared/base/bytes.ts';
import { type Head, noteBody, parseVkey, signatureLine } from '../../shared/proof/checkpoint.ts';
import { commandKeys, type LogCommand } from './key-command.ts';
import { keyFolder, type LogKey, nextFolder, readKey, readOrMakeKey } from './key-files.ts';
import { KeyTrouble } from './key-trouble.ts';

export interface LogSigner {
  /** Verifier keys of type 0x02, which embedding pages pin: one, or two parted by a blank. */
  readonly vkey: string;
  /** Verifier keys of type 0x01, the same way. */
  readonly vkeyEd25519: string;
  /** Every key, oldest first. */
  readonly keys: readonly SigningKey[];
  /** The signed note of a head. */
  readonly sign: (head: Head) => Promise<string>;
}

export interface SigningKey {
  readonly type: 1 | 2;
  readonly vkey: string;
  /** Key id in hex. */
  readonly id: string;
  /** The line of this key under a head. */
  readonly line: (head: Head) => Promise<string>;
}

/** Reads the keys of a data folder and those of the command. Where there is no P-256 key at all one is made, and an Ed25519 key likewise. */
export async function openLogSigner(
  dataFolder: string,
  origin: string,
  command: LogCommand | null = null,
): Promise<LogSigner> {
  const behind = command === null ? [] : await commandKeys(command, origin);
  if (command !== null && !behind.some(({ type }) => type === 2))
    throw new KeyTrouble({ code: 'P256_MISSING', at: 'SUNDIAL_LOG_VKEY' });
  const found = await Promise.all(
    ([1, 2] as const).flatMap((type) => {
      const isBehind = behind.some((key) => key.type === type);
      const first = (isBehind ? readKey : readOrMakeKey)(keyFolder(dataFolder), type, origin);
      return [first, readKey(nextFolder(dataFolder), type, origin)].flatMap((key) => key ?? []);
    }),
  );
  const known = new Set(behind.map(({ vkey }) => vkey));
  // A file whose key was taken over into the HSM says nothing more.
  const keys = await Promise.all([...found.filter(({ vkey }) => !known.has(vkey)), ...behind].map(signingKey(origin)));
  const vkeys = (wanted: 1 | 2): string => keys.flatMap(({ type, vkey }) => (type === wanted ? [vkey] : [])).join(' ');
  return {
    vkey: vkeys(2),
    vkeyEd25519: vkeys(1),
    keys,
    sign: async (head) => {
      const lines = await Promise.all(keys.map((key) => key.line(head)));
      return `${noteBody(origin, head)}\n${lines.join('')}`;
    },
  };
}

const signingKey =
  (origin: string) =>
  async ({ type, vkey, sign }: LogKey): Promise<SigningKey> => {
    const id = (await parseVkey(vkey))?.id ?? '';
    return {
      type,
      vkey,
      id,
      line: async (head) => signatureLine(origin, id, await sign(utf8(noteBody(origin, head)))),
    };
  };
