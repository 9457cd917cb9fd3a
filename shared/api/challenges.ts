/** Proof of work before a reader's post (altcha 2): a signed challenge that lives ten minutes and works once. */
import * as v from 'valibot';
import { endpoint } from './endpoint.ts';

/** Header of a post that carries the solved challenge: b64u of the JSON of a `Proof`. The body stays what the reader wrote, so that a
 *  repeated post is the same one under whatever proof. */
export const proofHeader = 'Sundial-Proof';

/** How long a challenge works, in seconds. */
export const challengeLivesSeconds = 600;

const hexOf = (bytes: number) => v.pipe(v.string(), v.regex(new RegExp(`^[0-9a-f]{${2 * bytes}}$`)));

/** A key is `cost` rounds of SHA-256 over salt, nonce and a counter (32 bits, big-endian); wanted is the counter whose key begins with
 *  `keyPrefix`. Counters run from 0; there is one below 2^32. */
export const Challenge = v.object({
  parameters: v.strictObject({
    algorithm: v.literal('SHA-256'),
    cost: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000)),
    data: v.strictObject({ until: v.number() }),
    keyLength: v.literal(32),
    keyPrefix: hexOf(16),
    keySignature: hexOf(32),
    nonce: hexOf(16),
    salt: hexOf(16),
  }),
  signature: hexOf(32),
});
export type Challenge = v.InferOutput<typeof Challenge>;

export const Solution = v.strictObject({
  counter: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffff_ffff)),
  derivedKey: hexOf(32),
});
export type Solution = v.InferOutput<typeof Solution>;

export const Proof = v.strictObject({ challenge: Challenge, solution: Solution });
export type Proof = v.InferOutput<typeof Proof>;

/** A challenge for one post; it is harder while many are asked for. Null where the organisation asks for no proof. */
export const postChallenge = endpoint({
  method: 'POST',
  path: '/api/v1/challenges',
  group: 'comments',
  summary: 'A challenge to work on before a post',
  access: 'public',
  answer: v.object({ challenge: v.nullable(Challenge) }),
  status: 201,
  refusals: ['RATE_LIMITED'],
});
