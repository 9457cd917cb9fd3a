/** Proof of work before a reader's post (altcha 2): challenges are signed here, and judged here when they come back solved. A challenge
 *  lives ten minutes by this server's clock and works once. */
import { createChallenge, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/sha';
import * as v from 'valibot';
import { Challenge, challengeLivesSeconds, Proof, proofHeader } from '../../shared/api/challenges.ts';
import { b64u, fromB64u, fromUtf8 } from '../../shared/base/bytes.ts';
import type { LimitName } from '../../shared/organisation/config.ts';
import { type Context, secondsNow } from '../context.ts';
import type { Db } from '../database/port.ts';
import { countRate } from '../http/rate.ts';

/** Rounds of a key: a counter costs so many hashes. */
const cost = 64;
/** Challenges in a minute up to which the work stays what the organisation has set; then it grows with their number, up to 16 times. */
const quiet = 30;
const mostTimes = 16;

/** A solved challenge that is genuine and still alive. `open` refuses none: what is missing is queued for review. */
export interface Proven {
  readonly nonce: string;
  readonly until: number;
}

/** A signed challenge, harder while many are asked for. The counter lies in the upper half of its range, so that work is never short by
 *  luck. Throws RATE_LIMITED. */
export async function newChallenge(context: Context): Promise<Challenge | null> {
  const { hashes } = context.config.proofOfWork;
  if (hashes === 0) return null;
  const issued = await countRate(context.database.db, context, 'challenges', '');
  const counters = Math.max(2, Math.floor((hashes / cost) * Math.min(mostTimes, Math.max(1, issued / quiet))));
  const random = context.random(4).reduce((value, byte) => value * 256 + byte, 0);
  const secret = await secretOf(context);
  const made = await createChallenge({
    algorithm: 'SHA-256',
    cost,
    counter: Math.floor(counters / 2) + (random % Math.ceil(counters / 2)),
    deriveKey,
    data: { until: secondsNow(context) + challengeLivesSeconds },
    hmacSignatureSecret: secret,
    hmacKeySignatureSecret: secret,
  });
  return v.parse(Challenge, made);
}

/** What the header of a post proves: null where it is missing, forged, wrong or too old. */
export async function provenBy(
  context: Context,
  header: (name: string) => string | undefined,
): Promise<Proven | 'unasked' | null> {
  if (context.config.proofOfWork.hashes === 0) return 'unasked';
  const bytes = fromB64u(header(proofHeader) ?? '');
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), Proof), bytes === null ? null : fromUtf8(bytes));
  if (!read.success) return null;
  const { challenge, solution } = read.output;
  const { nonce, data } = challenge.parameters;
  if (data.until < secondsNow(context)) return null;
  const secret = await secretOf(context);
  const judged = await verifySolution({
    challenge,
    solution,
    deriveKey,
    hmacSignatureSecret: secret,
    hmacKeySignatureSecret: secret,
  });
  return judged.verified ? { nonce, until: data.until } : null;
}

/** Uses the proof up in the transaction of the post, and counts the post: a proven one under `name` for each of `keys`, any other under the
 *  small budget of unproven ones, so that these cannot use up the others'. Gives whether it is proven. Throws RATE_LIMITED. */
export async function spendProof(
  trx: Db,
  context: Context,
  proven: Proven | 'unasked' | null,
  limits: readonly (readonly [name: LimitName, key: string])[],
): Promise<boolean> {
  const isProven = proven === 'unasked' || (proven !== null && (await isFirstUse(trx, proven)));
  for (const [name, key] of isProven ? limits : [['unproven', ''] as const]) await countRate(trx, context, name, key);
  return isProven;
}

/** Deletes used challenges that are too old to be used again; gives how many. Index `used_challenge_until`. */
export async function forgetChallenges(context: Context): Promise<number> {
  const done = await context.database.db
    .deleteFrom('used_challenge')
    .where('until', '<', secondsNow(context))
    .executeTakeFirst();
  return Number(done.numDeletedRows);
}

/** Primary key. */
async function isFirstUse(trx: Db, { nonce, until }: Proven): Promise<boolean> {
  const done = await trx
    .insertInto('used_challenge')
    .values({ nonce, until })
    .onConflict((conflict) => conflict.column('nonce').doNothing())
    .executeTakeFirst();
  return done.numInsertedOrUpdatedRows === 1n;
}

/** The secret that all processes share; whichever needs it first makes it. */
async function secretOf(context: Context): Promise<string> {
  const { db } = context.database;
  const known = await readSecret(db);
  if (known !== undefined) return known.secret;
  await db
    .insertInto('server_secret')
    .values({ name: 'challenge', secret: b64u(context.random(32)) })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  return (await readSecret(db))?.secret ?? '';
}

const readSecret = (db: Db) =>
  db.selectFrom('server_secret').select('secret').where('name', '=', 'challenge').executeTakeFirst();
