/** Who may still post, or ask for what costs the server work, in this window: a budget of all that is of a kind, of which the last quarter is for
 *  whoever has sent nothing else, and a share for each network address, so that a flood from one or from many leaves room for readers. */
import { createHmac } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { LimitName } from '../../shared/organisation/config.ts';
import type { Context } from '../context.ts';
import type { Db } from '../database/port.ts';
import { type Counted, countRates, limited, refuseUntilNext, waitFor } from '../http/rate.ts';
import { identityKey } from '../identity/key.ts';

/** The budgets, each with the share of one address. */
const shares = {
  comments: 'posts',
  flags: 'posts',
  unproven: 'posts',
  challenges: 'challengesFor',
  signIns: 'signInsFor',
  readerSessions: 'readerSessionsFor',
  messages: 'messagesFor',
} as const satisfies Partial<Record<LimitName, LimitName>>;
type Budget = keyof typeof shares;

/** Limits under which keyed hashes of network addresses are counted. */
export const limitsByAddress: readonly LimitName[] = [
  ...new Set<LimitName>(Object.values(shares)),
  'wrongReceiptsFor',
  'photosFor',
];

/** Part of a budget that is for those alone who have sent nothing else. */
const reserved = 0.25;

/** The key under which an address is counted: a keyed hash, so that the table names nobody. Of IPv6 the network counts (/64), for one
 *  line has as many addresses as it likes. Null where the address is unknown, and on the loopback: that is a proxy which `trustedProxies` does
 *  not name, with all its readers behind it. */
export function addressKey(context: Context, address: string | null): string | null {
  if (address === null || address === '::1' || address.startsWith('127.')) return null;
  const network = isIPv6(address) ? networkOf(address) : address;
  const keys = knownKeys(context);
  const known = keys.get(network);
  if (known !== undefined) return known;
  const made = createHmac('sha256', addressSecret(context)).update(network).digest('base64url').slice(0, 22);
  if (keys.size >= knownAtMost) keys.clear();
  keys.set(network, made);
  return made;
}

/** Seconds to wait where this process knows that the address or the budget has no room, else null: before a body is read, and without a
 *  statement. */
export function budgetWait(context: Context, budget: Budget, sender: string | null): number | null {
  const wait = waitFor(context, budget, '');
  if (wait !== null || sender === null) return wait;
  return waitFor(context, shares[budget], sender) ?? waitFor(context, budget, sender);
}

/** Throws RATE_LIMITED where `budgetWait` knows that there is no room. */
export function requireBudget(context: Context, budget: Budget, sender: string | null): void {
  const wait = budgetWait(context, budget, sender);
  if (wait !== null) throw limited(wait);
}

/** Counts one more against a budget and the share of its sender, and with it what else it counts under; gives the count of the budget. `db` as of
 *  `countRate`. Throws RATE_LIMITED. */
export async function countBudget(
  db: Db,
  context: Context,
  budget: Budget,
  sender: string | null,
  more: readonly Counted[] = [],
): Promise<number> {
  requireBudget(context, budget, sender);
  const own: readonly Counted[] = sender === null ? [] : [[shares[budget], sender]];
  const counts = await countRates(db, context, [...own, [budget, ''], ...more]);
  const [sent = 0, all = 0] = sender === null ? [0, ...counts] : counts;
  const isReserve = all > context.config.limits[budget].count * (1 - reserved);
  if (isReserve && sent > 1) refuseUntilNext(db, context, budget, sender ?? '');
  return all;
}

/** The first four groups of an IPv6 address in its canonical form. */
function networkOf(address: string): string {
  const [head = '', tail] = address.split('::');
  const groups = head.split(':').filter((group) => group !== '');
  const last = tail?.split(':').filter((group) => group !== '') ?? [];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - last.length);
  return [...groups, ...Array<string>(zeros).fill('0'), ...last].slice(0, 4).join(':');
}

const knownAtMost = 10_000;
const keysKnown = new WeakMap<Context['config'], Map<string, string>>();

/** Keys of the newest addresses, in this process alone: of a flood the hash was the dearest part of a refusal. */
function knownKeys({ config }: Context): Map<string, string> {
  const known = keysKnown.get(config) ?? new Map<string, string>();
  keysKnown.set(config, known);
  return known;
}

const secrets = new WeakMap<Context['config'], Uint8Array>();

/** Derived once: a refusal must not read a file. */
function addressSecret(context: Context): Uint8Array {
  const known = secrets.get(context.config);
  if (known !== undefined) return known;
  const { bytes } = identityKey(context, 'address');
  secrets.set(context.config, bytes);
  return bytes;
}
