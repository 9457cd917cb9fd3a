/** A round of drand, proven on this device before it is used: randomness is the hash of the signature, and the pinned chain has signed it
 *  (verification.md 7.5, step 8 of section 9). */
import * as v from 'valibot';
import { Refusal } from '../../shared/api/refusal.ts';
import { fromHex, hex } from '../../shared/base/bytes.ts';
import { sha256 } from '../../shared/base/digest.ts';
import { fail, ok, type Result } from '../../shared/base/result.ts';
import { drandChain } from '../../shared/proof/drand-chains.ts';
import { loadedBls } from '../../shared/proof/load-drand.ts';
import type { Draw, Source } from '../../shared/proof/records.ts';
import { type Context, here } from '../device/context.ts';
import { timeoutMs, Unreachable } from '../remote/client.ts';

/** `ROUND_OTHER`: another round than the list names; `ROUND_HASH`: its randomness is not the hash of its signature; `ROUND_UNSIGNED`: the
 *  pinned chain has not signed it. */
export type RoundProblem = 'ROUND_MISSING' | 'ROUND_UNREADABLE' | 'ROUND_OTHER' | 'ROUND_HASH' | 'ROUND_UNSIGNED';

type Named = Pick<Source, 'name' | 'issue'>;

/** A round as drand's relays answer; other members are not looked at. */
const Round = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    round: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
    signature: v.pipe(v.string(), v.toLowerCase(), v.hexadecimal()),
    randomness: v.optional(v.pipe(v.string(), v.toLowerCase(), v.hexadecimal())),
  }),
);

/** The value of a pasted round, or why it is not that of the source. */
export async function proveRound(source: Named, text: string): Promise<Result<Draw['values'][number], RoundProblem>> {
  if (text.trim() === '') return fail('ROUND_MISSING');
  const parsed = v.safeParse(Round, text);
  if (!parsed.success) return fail('ROUND_UNREADABLE');
  const { round, signature, randomness } = parsed.output;
  const { name, issue = '' } = source;
  if (String(round) !== issue) return fail('ROUND_OTHER');
  const bytes = fromHex(signature);
  if (bytes === null) return fail('ROUND_UNREADABLE');
  const value = hex(await sha256(bytes));
  if (randomness !== undefined && randomness !== value) return fail('ROUND_HASH');
  if ((await loadedBls(name, issue, bytes)) !== true) return fail('ROUND_UNSIGNED');
  return ok({ kind: 'drand', name, issue, value, sig: signature });
}

/** Whether a value of a draw record is what its chain signed; values of other kinds are for people to compare. */
export async function isProven({ kind, name, issue, value, sig = '' }: Draw['values'][number]): Promise<boolean> {
  if (kind !== 'drand') return true;
  const bytes = fromHex(sig);
  return bytes !== null && value === hex(await sha256(bytes)) && (await loadedBls(name, issue, bytes)) === true;
}

/** The text of a round from the relay that the configuration names. Throws `Unreachable`; `NOT_FOUND` where the relay has no such round. */
export async function fetchRound(
  relay: string,
  { name, issue = '' }: Named,
  context: Pick<Context, 'fetch'> = here,
): Promise<string> {
  const chain = drandChain(name);
  if (chain === undefined) throw new Refusal('NOT_FOUND');
  let response: Response;
  try {
    response = await context.fetch(`${relay}/${chain.hash}/public/${issue}`, {
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch (error) {
    throw new Unreachable(error);
  }
  if (!response.ok) throw new Refusal('NOT_FOUND', { facts: { reason: 'ROUND_ABSENT' } });
  return response.text();
}
