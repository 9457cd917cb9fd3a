// The signature of a drand round (step 8 of verification.md 9): the one check that WebCrypto cannot make, so it has a library
// and a file of its own, which is loaded only when a draw uses drand.
import { bls12_381 } from '@noble/curves/bls12-381.js';
import { fromHex } from '../base/bytes.ts';
import { sha256 } from '../base/digest.ts';
import { drandChain, roundNumber } from './drand-chains.ts';
import type { Bls } from './values.ts';

const { Signature, hash, verify } = bls12_381.shortSignatures;
const tag = 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_';

/** Whether a pinned chain signed this round: compressed point of G1 over SHA-256 of the round's number, 64 bits big-endian. */
export const verifyRound: Bls = async (name, issue, signature) => {
  const [chain, round, point] = [drandChain(name), roundNumber(issue), pointOf(signature)];
  const publicKey = chain && fromHex(chain.publicKey);
  if (!publicKey || !round || !point) return false;
  const number = new DataView(new ArrayBuffer(8));
  number.setBigUint64(0, BigInt(round));
  const message = await sha256(new Uint8Array(number.buffer));
  return verify(point, hash(message, tag), publicKey);
};

// The library throws on bytes that are no point of the group.
function pointOf(bytes: Uint8Array): ReturnType<typeof Signature.fromBytes> | null {
  try {
    return Signature.fromBytes(bytes);
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
}
