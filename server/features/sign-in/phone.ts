/** A reader is known by a mobile number: a code of six digits is sent to it and typed back within five minutes (closed-loop.md "Identity"). */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { Refusal } from '../../../shared/api/refusal.ts';
import { utf8 } from '../../../shared/base/bytes.ts';
import type { Phone } from '../../../shared/organisation/config.ts';
import { type Context, secondsNow } from '../../context.ts';
import { addressKey, countBudget } from '../../feedback/budget.ts';
import { identityKey } from '../../identity/key.ts';
import { openIdentity, sealIdentity } from '../../identity/seal.ts';
import { signIn as en } from '../../locales/en/sign-in.ts';
import { signIn as zh } from '../../locales/zh/sign-in.ts';
import { phoneNumberOf } from './phone-number.ts';
import * as rows from './queries.ts';
import {
  type Asked,
  type HandOver,
  handOver,
  hashOf,
  keep,
  mayBegin,
  randomDigits,
  rowOfSignIn,
  takenOf,
} from './service.ts';
import { type SmsGateway, SmsTrouble } from './sms.ts';

/** How long a code that was sent works, in seconds, and how often it may be typed. */
const codeSeconds = 300;
const mostTries = 5;

/** What is shown next: the form for the number, with what was wrong; the form for the code; or the page that hands over. Null: the sign-in is
 *  unknown, over or too old. */
export type Step = NumberStep | CodeStep | { readonly kind: 'done'; readonly handOver: HandOver };

interface FormStep {
  readonly state: string;
  readonly lang: 'zh' | 'en';
}
export interface NumberStep extends FormStep {
  readonly kind: 'number';
  readonly typed: string;
  /** `wrong`: no number that can be written to; `busy`: too many messages; `away`: the gateway did not take it. */
  readonly trouble: 'wrong' | 'busy' | 'away' | null;
}
export interface CodeStep extends FormStep {
  readonly kind: 'code';
  /** Last four digits of the number, so that the reader sees where the message went. */
  readonly ending: string;
  readonly trouble: 'wrong' | null;
}

/** Begins a sign-in. Throws ORIGIN_REFUSED, RATE_LIMITED, SIGN_IN_INVALID for a challenge used before. */
export async function beginPhone(context: Context, asked: Asked, address: string | null): Promise<Step> {
  const state = await mayBegin(context, asked, address);
  await keep(context, state, asked);
  return { kind: 'number', state, lang: asked.lang, typed: '', trouble: null };
}

/** The form for the number again. */
export async function askAgain(context: Context, state: string): Promise<Step | null> {
  const row = await rows.waitingOf(context.database.db, await hashOf(state), secondsNow(context));
  return row === undefined ? null : { kind: 'number', state, lang: row.lang, typed: '', trouble: null };
}

/** Sends a code to a number, again where one was sent before. */
export async function sendCode(
  context: Context,
  phone: Phone,
  gateway: SmsGateway,
  { state, typed, address }: { readonly state: string; readonly typed: string; readonly address: string | null },
): Promise<Step | null> {
  const { db } = context.database;
  const now = secondsNow(context);
  const stateHash = await hashOf(state);
  const row = await rows.waitingOf(db, stateHash, now);
  if (row === undefined) return null;
  const { lang, origin } = row;
  const stay = (trouble: NumberStep['trouble']): Step => ({ kind: 'number', state, lang, typed, trouble });
  const to = phoneNumberOf(typed, phone.countries);
  if (to === null) return stay('wrong');
  if (!(await mayWriteTo(context, to, address))) return stay('busy');
  const code = randomDigits(context, 6);
  const words = lang === 'en' ? en : zh;
  const text = words.message(context.config.name[lang], code, origin);
  // Kept first: a message that arrives although the gateway's answer was lost still works.
  const isKept = await rows.noteSent(db, stateHash, now, {
    code_hash: await hashOf(`${state} ${code}`),
    identity: sealIdentity(context, rowOfSignIn(stateHash), { issuer: 'phone', subject: to, claims: {} }),
    expires_at: now + codeSeconds,
  });
  if (!isKept) return null;
  try {
    await gateway.send({ to, code, text });
  } catch (error) {
    if (!(error instanceof SmsTrouble)) throw error;
    context.report.warn('the gateway for short messages failed', { trouble: error.code });
    return stay('away');
  }
  return { kind: 'code', state, lang, ending: endingOf(to), trouble: null };
}

/** Counts a message against the budgets of the address it is asked from, of the number and of all. */
async function mayWriteTo(context: Context, to: string, address: string | null): Promise<boolean> {
  const { db } = context.database;
  try {
    await countBudget(db, context, 'messages', addressKey(context, address), [['messagesTo', keyOf(context, to)]]);
    return true;
  } catch (error) {
    if (error instanceof Refusal && error.code === 'RATE_LIMITED') return false;
    throw error;
  }
}

/** Judges a typed code. */
export async function judgeCode(context: Context, state: string, typed: string): Promise<Step | null> {
  const { db } = context.database;
  const stateHash = await hashOf(state);
  const row = await rows.waitingOf(db, stateHash, secondsNow(context));
  if (row === undefined || row.code_hash === null || row.identity === null) return null;
  const identity = openIdentity(context, rowOfSignIn(stateHash), row.identity);
  if (identity === null || !(await rows.countTry(db, stateHash, mostTries))) return null;
  const given = await hashOf(`${state} ${typed.normalize('NFKC').replace(/\s/g, '')}`);
  if (!timingSafeEqual(utf8(given), utf8(row.code_hash)))
    return { kind: 'code', state, lang: row.lang, ending: endingOf(identity.subject), trouble: 'wrong' };
  return { kind: 'done', handOver: await handOver(context, takenOf(row), identity) };
}

/** Under which messages to a number are counted: the table names nobody. */
const keyOf = (context: Context, to: string): string =>
  createHmac('sha256', identityKey(context, 'phone').bytes).update(to).digest('base64url').slice(0, 22);

const endingOf = (to: string): string => to.slice(-4);
