/** Who is there: before sealing, drawing, withholding after the draw and enrolling the extension asks for its person, by the machine's own
 *  check or by a PIN (design.md 5). A confirmation counts for five minutes in all pages, and ends with the browser. */
import * as v from 'valibot';
import { type Bytes, b64u, equalParts, fromB64u, utf8 } from '../../shared/base/bytes.ts';
import { type Context, here } from '../device/context.ts';
import { confirmsCredential, makeCredential } from '../device/platform-check.ts';

const record = 'personCheck';
/** OWASP Password Storage Cheat Sheet: PBKDF2-HMAC-SHA-256 with 600,000 iterations. */
const iterations = 600_000;
const triesAllowed = 5;
/** Pause after five wrong PINs, doubled by each further one. */
const pauseMs = 15 * 60_000;
export const shortestPin = 6;

const PersonCheck = v.variant('kind', [
  v.object({
    kind: v.literal('platform'),
    id: v.string(),
    publicKey: v.string(),
    algorithm: v.optional(v.number()),
  }),
  v.object({
    kind: v.literal('pin'),
    salt: v.string(),
    hash: v.string(),
    iterations: v.number(),
    wrong: v.number(),
    /** Milliseconds since 1970; no try before. */
    lockedUntil: v.number(),
  }),
]);
export type PersonCheck = v.InferOutput<typeof PersonCheck>;

/** What came of a PIN. `left`: tries before the pause. */
export type PinAnswer =
  | { readonly right: true }
  | { readonly right: false; readonly left: number; readonly lockedUntil: number };

/** How this device asks for its person; null before it was set up. */
export async function personCheckOf(context: Context = here): Promise<PersonCheck | null> {
  const kept = await context.database.personal.get(record);
  return kept === undefined ? null : v.parse(PersonCheck, kept.value);
}

/** Sets up the machine's own check. False where the person broke off. */
export async function setUpPlatform(name: string, context: Context = here): Promise<boolean> {
  const credential = await makeCredential(name, context.random);
  if (credential === null) return false;
  await keep({ kind: 'platform', ...credential }, context);
  return true;
}

/** Whether a PIN is too easy: too short, one sign repeated, or a run like 123456. */
export function isWeakPin(pin: string): boolean {
  const signs = [...pin].map((sign) => sign.codePointAt(0) ?? 0);
  if (signs.length < shortestPin) return true;
  const steps = new Set(signs.slice(1).map((sign, at) => sign - (signs[at] ?? 0)));
  return steps.size === 1 && [...steps].every((step) => Math.abs(step) <= 1);
}

/** Sets up a PIN. */
export async function setUpPin(pin: string, context: Context = here): Promise<void> {
  const salt = context.random(16);
  const hash = await pinHash(pin, salt, iterations);
  await keep({ kind: 'pin', salt: b64u(salt), hash: b64u(hash), iterations, wrong: 0, lockedUntil: 0 }, context);
}

/** Asks the machine. */
export async function confirmByPlatform(context: Context = here): Promise<boolean> {
  const check = await personCheckOf(context);
  return check?.kind === 'platform' && (await confirmsCredential(check, context.random));
}

/** Tries a PIN. The try is counted before the PIN is looked at, so that closing the page gives none back, and windows that try at once have
 *  five tries in all. */
export async function confirmByPin(pin: string, context: Context = here): Promise<PinAnswer> {
  const { check, counted } = await countTry(context);
  if (!counted) return { right: false, left: 0, lockedUntil: check?.lockedUntil ?? 0 };
  const hash = await pinHash(pin, fromB64u(check.salt) ?? new Uint8Array(), check.iterations);
  if (!equalParts(hash, fromB64u(check.hash) ?? new Uint8Array(1)))
    return { right: false, left: Math.max(0, triesAllowed - check.wrong), lockedUntil: check.lockedUntil };
  await keep({ ...check, wrong: 0, lockedUntil: 0 }, context);
  return { right: true };
}

type PinCheck = Extract<PersonCheck, { kind: 'pin' }>;
type Try =
  | { readonly check: PinCheck; readonly counted: true }
  | { readonly check: PinCheck | null; readonly counted: false };

/** Counts one more try, as though it were wrong, and gives what is kept then; during a pause, and without a PIN, none is. */
function countTry(context: Context): Promise<Try> {
  const { database, now } = context;
  return database.transaction('rw', database.personal, async (): Promise<Try> => {
    const check = await personCheckOf(context);
    if (check?.kind !== 'pin') return { check: null, counted: false };
    if (now() < check.lockedUntil) return { check, counted: false };
    const wrong = check.wrong + 1;
    const over = wrong - triesAllowed;
    const lockedUntil = over < 0 ? 0 : now() + pauseMs * 2 ** Math.min(over, 8);
    const tried = { ...check, wrong, lockedUntil };
    await keep(tried, context);
    return { check: tried, counted: true };
  });
}

async function keep(check: PersonCheck, context: Context): Promise<void> {
  await context.database.personal.put({ id: record, value: check });
}

async function pinHash(pin: string, salt: Bytes, rounds: number): Promise<Bytes> {
  const key = await crypto.subtle.importKey('raw', utf8(pin.normalize('NFKC')), 'PBKDF2', false, ['deriveBits']);
  const bits = await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds }, key, 256);
  return new Uint8Array(bits);
}
