/** Proof of work before a reader's post (altcha 2): challenges are signed here, and judged here when they come back solved. A challenge
 *  lives ten minutes by this server's clock and works once. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/sha';
import * as v from 'valibot';
import { Challenge, challengeLivesSeconds, Proof, proofHeader } from '../../shared/api/challenges.ts';
import { b64u, textFromB64u } from '../../shared/base/bytes.ts';
import { type Context, secondsNow } from '../context.ts';
import type { Db } from '../database/port.ts';
import { prepared } from '../database/prepared.ts';
import type { Counted } from '../http/rate.ts';
import type { Caller } from '../http/route.ts';
import { addressKey, budgetWait, countBudget, requireBudget } from './budget.ts';

/** Rounds of a key: a counter costs so many hashes. */
const cost = 64;
/** Posts in a minute up to which the work stays what the organisation has set; it doubles each time their number does. */
const minute = 60;
const quiet = 30;
/** Three seconds on a telephone: 490,000 hashes a second on the machine it was measured on, a CPU slowed 4 times. */
const mostHashes = 360_448;
const mostDoublings = 12;

/** A solved challenge that is genuine and still alive. */
interface Proven {
  readonly nonce: string;
  readonly until: number;
}

/** What a post proves, null where nothing (it then waits for review), and the key of the address it came from, null where that is unknown. */
export interface Brought {
  readonly proven: Proven | 'unasked' | null;
  readonly sender: string | null;
}

/** A signed challenge, harder while many post or ask for one. The counter lies in the upper half of its range, so that work is never short by
 *  luck. Throws RATE_LIMITED. */
export async function newChallenge(context: Context, { address }: Pick<Caller, 'address'>): Promise<Challenge | null> {
  const { hashes } = context.config.proofOfWork;
  if (hashes === 0) return null;
  const issued = await countBudget(context.database.db, context, 'challenges', addressKey(context, address));
  const load = Math.max(issued, await recentlyUsed(context));
  const counters = Math.max(2, Math.floor(hashesUnder(load, hashes) / cost));
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

/** Hashes of a challenge while `load` posts a minute come: never fewer than `hashes`, and more than `mostHashes` only where the organisation set it. */
export function hashesUnder(load: number, hashes: number): number {
  const doublings = Math.min(mostDoublings, Math.max(0, Math.floor(Math.log2(Math.max(1, load) / quiet))));
  return Math.max(hashes, Math.min(mostHashes, hashes * 2 ** doublings));
}

/** Challenges of the last minute that came back with a post: they may have been asked for at other servers, or before the window began. Index
 *  `used_challenge_until`. */
async function recentlyUsed({ database: { db }, now }: Context): Promise<number> {
  const since = secondsNow({ now }) + challengeLivesSeconds - minute;
  const row = await db
    .selectFrom('used_challenge')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('until', '>', since)
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

/** How long a post has to wait whose budget is known to be full, before its body is read: a flood then costs next to nothing. */
export const gateOf =
  (context: Context, budget: 'comments' | 'flags') =>
  ({ header, address }: Caller): number | null => {
    const isAsked = context.config.proofOfWork.hashes > 0;
    const isBare = isAsked && header(proofHeader) === undefined;
    return budgetWait(context, isBare ? 'unproven' : budget, addressKey(context, address));
  };

/** What a post brings along. Throws RATE_LIMITED where its budget is known to be full. */
export async function broughtBy(
  context: Context,
  { header, address }: Caller,
  budget: 'comments' | 'flags',
): Promise<Brought> {
  const proven = await provenBy(context, header);
  const sender = addressKey(context, address);
  requireBudget(context, proven === null ? 'unproven' : budget, sender);
  return { proven, sender };
}

/** What the header of a post proves: null where it is missing, forged, wrong or too old. */
async function provenBy(
  context: Context,
  header: (name: string) => string | undefined,
): Promise<Proven | 'unasked' | null> {
  if (context.config.proofOfWork.hashes === 0) return 'unasked';
  const text = textFromB64u(header(proofHeader) ?? '');
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), Proof), text);
  if (!read.success) return null;
  const { nonce, data } = read.output.challenge.parameters;
  if (data.until < secondsNow(context)) return null;
  return isGenuine(read.output, await secretOf(context)) ? { nonce, until: data.until } : null;
}

/** Whether a challenge was signed here and its solution is the key that was signed with it. As altcha-lib's `verifySolution`, but at once:
 *  that goes to another thread four times, and the post would miss the transaction that its neighbours share. */
function isGenuine({ challenge: { parameters, signature }, solution }: Proof, secret: string): boolean {
  const sorted = Object.fromEntries(Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1)));
  return (
    isSignedBy(secret, JSON.stringify(sorted), signature) &&
    isSignedBy(secret, Buffer.from(solution.derivedKey, 'hex'), parameters.keySignature)
  );
}

const isSignedBy = (secret: string, text: string | Buffer, signature: string): boolean =>
  timingSafeEqual(createHmac('sha256', secret).update(text).digest(), Buffer.from(signature, 'hex'));

/** Uses the proof up in the transaction of the post; gives whether it is proven. Primary key. */
export async function spendProof(trx: Db, { proven }: Brought): Promise<boolean> {
  if (proven === 'unasked' || proven === null) return proven !== null;
  return (await useQuery(trx, { nonce: proven.nonce, until: proven.until })).length === 1;
}

/** Counts the post in its transaction: a proven one under its own budget and `diary`, `<draw>/<unit>`, any other under the small one of unproven
 *  ones, so that these cannot use up the others'. Throws RATE_LIMITED. */
export async function countProven(
  trx: Db,
  context: Context,
  { sender }: Brought,
  isProven: boolean,
  budget: 'comments' | 'flags',
  diary: string | null,
): Promise<void> {
  const more: readonly Counted[] = isProven && diary !== null ? [['commentsOfDiary', diary]] : [];
  await countBudget(trx, context, isProven ? budget : 'unproven', sender, more);
}

/** Deletes used challenges that are too old to be used again; gives how many. Index `used_challenge_until`. */
export async function forgetChallenges(context: Context): Promise<number> {
  const done = await context.database.db
    .deleteFrom('used_challenge')
    .where('until', '<', secondsNow(context))
    .executeTakeFirst();
  return Number(done.numDeletedRows);
}

const useQuery = prepared((db, used: { readonly nonce: string; readonly until: number }) =>
  db
    .insertInto('used_challenge')
    .values(used)
    .onConflict((conflict) => conflict.column('nonce').doNothing())
    .returning('nonce'),
);

/** The secret that all processes share; whichever needs it first makes it. It never changes, so that each reads it once. */
function secretOf({ database, random }: Context): Promise<string> {
  const known = secrets.get(database.db);
  if (known !== undefined) return known;
  const read = findSecret(database.db, random);
  secrets.set(database.db, read);
  // A database that was away is asked again; who waits hears of it.
  read.catch(() => secrets.delete(database.db));
  return read;
}

const secrets = new WeakMap<Db, Promise<string>>();

async function findSecret(db: Db, random: Context['random']): Promise<string> {
  const known = await readSecret(db);
  if (known !== undefined) return known.secret;
  await db
    .insertInto('server_secret')
    .values({ name: 'challenge', secret: b64u(random(32)) })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  return (await readSecret(db))?.secret ?? '';
}

const readSecret = (db: Db) =>
  db.selectFrom('server_secret').select('secret').where('name', '=', 'challenge').executeTakeFirst();
