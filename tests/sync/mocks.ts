/** What the model replaces of the product's modules: one number, and how a hash is computed. */
import { createHash } from 'node:crypto';
import { type Bytes, utf8 } from '../../shared/base/bytes.ts';

/** `shared/api/journal.ts` of the version after this one, so that ops of the version before can be told apart. */
export const nextSchema = async (load: () => Promise<object>): Promise<object> => ({ ...(await load()), schemaMax: 2 });

/** `shared/base/digest.ts` without the thread that WebCrypto goes to for each hash. */
export const quickDigest = (): object => {
  const sha256 = async (bytes: Bytes): Promise<Bytes> => new Uint8Array(createHash('sha256').update(bytes).digest());
  return { sha256, sha256Text: (text: string) => sha256(utf8(text)) };
};
