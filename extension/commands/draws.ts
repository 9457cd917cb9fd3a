/** Running a draw (verification.md 7): every record is composed here from what the server proposes and the organiser decides, shown, then
 *  signed. The result is computed on this device from the log, never taken from the server. */
import { type DrawRow, type Freeze, postLock, type postRecord } from '../../shared/api/draws.ts';
import type { Answer } from '../../shared/api/endpoint.ts';
import { Refusal } from '../../shared/api/refusal.ts';
import { fail, ok, type Result } from '../../shared/base/result.ts';
import { canonical } from '../../shared/proof/canonical.ts';
import { drandChain } from '../../shared/proof/drand-chains.ts';
import { listAt } from '../../shared/proof/history.ts';
import { proposeDraw, ruleInForce } from '../../shared/proof/propose.ts';
import { type Draw, isDraw, isSourceKind, type List, type Rule, type Source } from '../../shared/proof/records.ts';
import { signRecord } from '../../shared/proof/sign.ts';
import { type Context, here } from '../device/context.ts';
import { call } from '../remote/client.ts';
import { recordsNow } from '../sync/records.ts';
import { isProven } from './drand.ts';
import { organiserSigner, sendRecord, serverSeconds } from './signing.ts';

/** What an organiser decides of a rule; the rest of the record is who signs and when. */
export type RuleInput = Omit<Rule, 'iss' | 'iat'>;

export type RuleProblem =
  | 'ROLL_EMPTY'
  | 'STRATUM_EMPTY'
  | 'SEATS_WRONG'
  | 'SEATS_NONE'
  | 'WINDOW_WRONG'
  | 'ACKS_WRONG'
  | 'CLOSE_WRONG'
  | 'SOURCE_NAME'
  | 'SOURCE_TWICE'
  | 'CHAIN_UNKNOWN';

/** Whether a rule can be followed: the first thing that does not hold. */
export function judgeRule(rule: RuleInput): Result<RuleInput, RuleProblem> {
  const whole = (n: number, least: number, most = Number.MAX_SAFE_INTEGER) =>
    Number.isSafeInteger(n) && n >= least && n <= most;
  if (rule.roll.length === 0) return fail('ROLL_EMPTY');
  if (!rule.strata.every(({ id }) => rule.roll.some(({ stratum }) => stratum === id))) return fail('STRATUM_EMPTY');
  if (!rule.strata.every(({ seats }) => whole(seats, 0))) return fail('SEATS_WRONG');
  if (rule.strata.every(({ seats }) => seats === 0)) return fail('SEATS_NONE');
  if (!whole(rule.window, 0)) return fail('WINDOW_WRONG');
  if (!whole(rule.min_acks, 1, rule.roll.length)) return fail('ACKS_WRONG');
  if (!whole(rule.close, 0, 10_080)) return fail('CLOSE_WRONG');
  const outside = rule.sources.filter(({ kind }) => kind !== 'nonces');
  if (outside.length === 0 || outside.some(({ name }) => name.trim() === '')) return fail('SOURCE_NAME');
  if (new Set(outside.map(({ name }) => name)).size < outside.length) return fail('SOURCE_TWICE');
  if (outside.some(({ kind, name }) => kind === 'drand' && drandChain(name) === undefined))
    return fail('CHAIN_UNKNOWN');
  return ok(rule);
}

/** Signs and logs a rule. It holds from the next freeze on. */
export async function signRule(input: RuleInput, context: Context = here): Promise<Answer<typeof postRecord>> {
  const signer = await organiserSigner(context);
  const iat = await serverSeconds(context);
  return sendRecord(await signRecord('wd-rule+jwt', { ...input, iss: signer.actor, iat }, signer), context);
}

/** What only the organiser knows of a freeze: why units are absent, and of each outside source (by name) its issue and the Unix second
 *  before which it has no value. */
export interface FreezeWish {
  readonly away: ReadonlyMap<string, 'leave' | 'exempt'>;
  readonly issues: ReadonlyMap<string, { readonly issue: string; readonly notBefore: number | null }>;
}

export type FreezeProblem = 'ISSUE_MISSING' | 'NOT_BEFORE_MISSING' | 'NOT_BEFORE_PASSED';

/** The first round of a pinned chain that comes out at an instant (Unix seconds) or after it; empty for a chain that is not pinned. */
export function roundFrom(name: string, instant: number): string {
  const chain = drandChain(name);
  if (chain === undefined || instant < chain.genesis) return '';
  return String(Math.ceil((instant - chain.genesis) / chain.period) + 1);
}

/** The list that a freeze signs: the server's proposal with the organiser's reasons and issues. */
export function listOf(
  freeze: Freeze,
  { away, issues }: FreezeWish,
  iss: string,
  iat: number,
): Result<List, { readonly code: FreezeProblem; readonly source: string }> {
  const sources: Source[] = [];
  for (const { kind, name } of freeze.sources) {
    if (!isSourceKind(kind)) throw new Refusal('RECORD_REFUSED', { facts: { kind } });
    if (kind === 'nonces') {
      sources.push({ kind, name });
      continue;
    }
    const { issue = '', notBefore = null } = issues.get(name) ?? {};
    if (issue.trim() === '') return fail({ code: 'ISSUE_MISSING', source: name });
    if (notBefore === null) return fail({ code: 'NOT_BEFORE_MISSING', source: name });
    if (notBefore <= iat) return fail({ code: 'NOT_BEFORE_PASSED', source: name });
    sources.push({ kind, name, issue: issue.trim(), not_before: notBefore });
  }
  const { draw, week, rule, list, rest } = freeze;
  const absent = freeze.absent.map(({ unit }) => ({ unit, why: away.get(unit) ?? ('none' as const) }));
  return ok({ iss, iat, draw, week, rule, list, absent, rest, sources });
}

/** Signs and logs the list of a freeze. */
export async function signFreeze(
  freeze: Freeze,
  wish: FreezeWish,
  context: Context = here,
): Promise<Answer<typeof postRecord>> {
  const signer = await organiserSigner(context);
  const list = listOf(freeze, wish, signer.actor, await serverSeconds(context));
  if (!list.ok)
    throw new Refusal('FIELD_INVALID', { field: list.problem.source, facts: { reason: list.problem.code } });
  return sendRecord(await signRecord('wd-list+jwt', list.value, signer), context);
}

/** Names the head that the devices acknowledge. */
export function lockDraw(draw: string, context: Context = here): Promise<Answer<typeof postLock>> {
  return call(postLock, { params: { draw } }, context);
}

/** Values of a list's outside sources, in its order. */
export type Values = Draw['values'];

/** A result computed and not signed. */
export interface DrawDraft {
  readonly draw: Draw;
  /** The rule under which the list was frozen. */
  readonly rule: Rule;
  readonly list: List;
}

/** Computes the result of a locked draw from the log, with a beacon's round proven on this device first. Refuses `RECORD_REFUSED` with the reason where log, lock or values do not fit. */
export async function computeDraw(row: DrawRow, values: Values, context: Context = here): Promise<DrawDraft> {
  for (const value of values)
    if (!(await isProven(value))) throw new Refusal('RECORD_REFUSED', { facts: { reason: 'RANDOMNESS_INVALID' } });
  const { records } = await recordsNow(context);
  if (row.lock === null) throw new Refusal('OUT_OF_ORDER', { facts: { reason: 'NOT_LOCKED' } });
  const signer = await organiserSigner(context);
  const iat = await serverSeconds(context);
  const { size, root } = row.lock;
  const draw = await proposeDraw(records, row.list, { size, root }, values, { iss: signer.actor, iat });
  if (!draw.ok) throw new Refusal('RECORD_REFUSED', { facts: { reason: draw.problem } });
  const found = listAt(records, row.list);
  const inForce = found === null ? null : ruleInForce(records.filter(({ index }) => index <= found.list.rule));
  if (found === null || inForce === null) throw new Refusal('RECORD_REFUSED', { facts: { reason: 'LIST_ABSENT' } });
  return { draw: draw.value, rule: inForce.rule, list: found.list };
}

/** Signs and logs the draw record that was shown. Computed once more: where the result is another, nothing is signed. */
export async function signDraw(
  row: DrawRow,
  shown: DrawDraft,
  context: Context = here,
): Promise<Answer<typeof postRecord>> {
  const signer = await organiserSigner(context);
  const { draw } = await computeDraw(row, shown.draw.values, context);
  const outcome = ({ lock, nonces, drawn }: Draw) => canonical({ lock, nonces, drawn });
  if (outcome(draw) !== outcome(shown.draw))
    throw new Refusal('RECORD_REFUSED', { facts: { reason: 'RESULT_DIFFERS' } });
  return sendRecord(await signRecord('wd-draw+jwt', draw, signer), context);
}

/** Computes a logged draw again; whether the result in the log is the one that its own list, nonces and values give. */
export async function recomputeDraw(row: DrawRow, context: Context = here): Promise<boolean> {
  const { records } = await recordsNow(context);
  const logged = records.find(({ index }) => index === row.record)?.payload;
  if (!isDraw(logged)) throw new Refusal('NOT_FOUND');
  const { iss, iat, lock, values } = logged;
  const again = await proposeDraw(records, row.list, lock, values, { iss, iat });
  return again.ok && canonical(again.value.drawn) === canonical(logged.drawn);
}

/** Signs and logs why a draw does not count. The list is then frozen anew. */
export async function voidDraw(row: DrawRow, reason: string, context: Context = here): Promise<void> {
  const signer = await organiserSigner(context);
  const iat = await serverSeconds(context);
  const payload = { iss: signer.actor, iat, draw: row.draw, list: row.list, void: reason };
  await sendRecord(await signRecord('wd-draw+jwt', payload, signer), context);
}
