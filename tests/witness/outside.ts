/** A witness as C2SP cosignature/v1 describes it, with nothing of Sundial's: node:crypto and string concatenation. */
import { createHash, generateKeyPairSync, sign, verify } from 'node:crypto';

export interface OutsideWitness {
  readonly vkey: string;
  readonly id: string;
  /** The line over a note body (three lines and the last line feed) at a time in Unix seconds. */
  line(body: string, time: number): string;
  /** Whether a note carries a good line of this witness; its time, or null. */
  timeIn(note: string): number | null;
}

export function outsideWitness(name = 'archive.example/w1'): OutsideWitness {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  const typed = Buffer.concat([Buffer.from([4]), raw]);
  const id = createHash('sha256').update(`${name}\n`).update(typed).digest().subarray(0, 4);
  const message = (body: string, time: number | bigint) => Buffer.from(`cosignature/v1\ntime ${time}\n${body}`);
  return {
    id: id.toString('hex'),
    vkey: `${name}+${id.toString('hex')}+${typed.toString('base64')}`,
    line: (body, time) => {
      const stamp = Buffer.alloc(8);
      stamp.writeBigUInt64BE(BigInt(time));
      const signature = sign(null, message(body, time), privateKey);
      return `— ${name} ${Buffer.concat([id, stamp, signature]).toString('base64')}\n`;
    },
    timeIn: (note) => {
      const [body = '', lines = ''] = note.split('\n\n');
      const line = lines.split('\n').find((one) => one.startsWith(`— ${name} `));
      const bytes = Buffer.from(line?.split(' ')[2] ?? '', 'base64');
      if (bytes.length !== 76 || !bytes.subarray(0, 4).equals(id)) return null;
      const time = bytes.readBigUInt64BE(4);
      return verify(null, message(`${body}\n`, time), publicKey, bytes.subarray(12)) ? Number(time) : null;
    },
  };
}

/** The part of a note that is signed. */
export const bodyOf = (note: string): string => `${note.split('\n\n')[0]}\n`;
