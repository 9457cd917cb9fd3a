/** What the leader's device does for a draw by itself: opens the week's nonce, and acknowledges the locked head after checking the log
 *  (verification.md 7.3, 7.4). Where a check fails it does not sign, and says why. */
import { getAcks, postAck, postRecord, type Awaited as Wanted } from '../../shared/api/draws.ts';
import { Refusal } from '../../shared/api/refusal.ts';
import { grantFor } from '../../shared/organisation/role.ts';
import { admitLeaves } from '../../shared/proof/audit.ts';
import { checkBeforeAck } from '../../shared/proof/before-ack.ts';
import type { Head } from '../../shared/proof/checkpoint.ts';
import type { Failure } from '../../shared/proof/failure.ts';
import type { Keys } from '../../shared/proof/keys.ts';
import { recordsOf } from '../../shared/proof/list.ts';
import { signRecord } from '../../shared/proof/sign.ts';
import type { Context } from '../device/context.ts';
import { logSigner, type Signer } from '../device/key.ts';
import { call, learnOffset } from '../remote/client.ts';
import { changeProgress, profileOf, progressOf, type SundialDatabase } from '../store/database.ts';
import { leavesUnder, seeHead } from './log.ts';

/** Most that the device's clock may differ from the server's for an acknowledgement (design.md 5). */
const clockLimitMs = 10 * 60_000;

/** Looks at the log and gives what is awaited of this device. Only a signing device of a leader does anything. */
export async function giveAcks(context: Context): Promise<void> {
  const { database } = context;
  const { device, grants } = await profileOf(database);
  const signer = await logSigner('leader', context);
  if (device?.state !== 'active' || signer === null || grantFor(grants, 'acks.give') === null) return;
  const head = await seeHead(context);
  await noteProblem(head.ok || head.problem === 'LOG_ABSENT' ? null : head.problem, database);
  if (!head.ok) return;
  const { rows } = await call(getAcks, {}, context);
  let problem: string | null = null;
  for (const wanted of rows) {
    if (wanted.nonce && (await isListed(wanted, head.value, context))) await openNonce(wanted, signer, context);
    if (wanted.head !== null)
      problem = (await acknowledge(wanted, wanted.head, head.value, signer, context)) ?? problem;
  }
  await changeProgress(database, { ackProblem: problem });
}

/** A checkpoint that is none may be anybody's answer, and is told as long as it comes; of all else the alarm stays. */
async function noteProblem(found: Failure | null, database: SundialDatabase): Promise<void> {
  const { logProblem } = await progressOf(database);
  const isPassing = (problem: string | null) => problem === null || problem === unsigned;
  if (found !== logProblem && (isPassing(logProblem) || !isPassing(found)))
    await changeProgress(database, { logProblem: found });
}

const unsigned: Failure = 'CHECKPOINT_INVALID';

/** Whether the log that this device sees has the list of this draw, by the organiser. Before it nobody is told a nonce (verification.md 7.3):
 *  whoever knew it could choose the list by it. */
async function isListed({ draw, week }: Wanted, head: Head, context: Context): Promise<boolean> {
  const { pins } = await profileOf(context.database);
  const leaves = await leavesUnder(head, context);
  if (leaves === null || pins === null) return false;
  const organisers = pins.organiser?.split(' ') ?? null;
  const { records } = await admitLeaves(leaves, { origin: pins.origin, organisers });
  return recordsOf(records, 'wd-list+jwt', draw).some(({ payload }) => payload.week === week);
}

async function openNonce(wanted: Wanted, signer: Signer, context: Context): Promise<void> {
  const kept = await context.database.nonces.get(wanted.week);
  if (kept === undefined) return;
  const iat = Math.floor(context.now() / 1000);
  const payload = { iss: signer.actor, draw: wanted.draw, nonce: kept.nonce, iat };
  const jws = await signRecord('wd-nonce+jwt', payload, signer);
  try {
    await call(postRecord, { body: { jws } }, context);
  } catch (error) {
    // The lock may have come first, or another of my devices was quicker: the draw goes on without (NONCE_NOT_REVEALED).
    if (!(error instanceof Refusal) || !settled.has(error.code)) throw error;
  }
}

const settled: ReadonlySet<string> = new Set(['OUT_OF_ORDER', 'ALREADY_DONE', 'RECORD_REFUSED']);

/** Null when it acknowledged, else why not: a code of the device checks. */
async function acknowledge(
  wanted: Wanted,
  head: Head,
  present: Head,
  signer: Signer,
  context: Context,
): Promise<string | null> {
  const { database } = context;
  if (Math.abs(await learnOffset(context)) > clockLimitMs) return 'CLOCK_WRONG';
  const leaves = present.size < head.size ? null : await leavesUnder(present, context);
  const { pins } = await profileOf(database);
  if (leaves === null || pins === null) return 'HEAD_WRONG';
  const organisers = pins.organiser?.split(' ') ?? null;
  const { keys } = await admitLeaves(leaves, { origin: pins.origin, organisers });
  const own = keys.added.get(signer.kid)?.from ?? -1;
  const heads = await database.heads.toArray();
  const now = Math.floor(context.now() / 1000);
  const ownSeals = await database.seals.where('week').equals(wanted.week).toArray();
  const verdict = await checkBeforeAck({
    origin: pins.origin,
    organisers,
    unit: signer.actor,
    draw: wanted.draw,
    head,
    leaves,
    acked: heads.flatMap(({ size, root, ackedAt }) => (ackedAt === null ? [] : [{ size, root }])),
    kids: [signer.kid, ...kidsUpTo(own, signer.actor, keys)],
    ownSeals: ownSeals.flatMap(({ state, jws }) => (state === 'logged' ? [jws] : [])),
    firstSeen: (index) => Math.min(now, ...heads.filter(({ size }) => size > index).map(({ seenAt }) => seenAt)),
    now,
  });
  if (!verdict.ok) return verdict.problem.code;
  // Enrolled above the head, it is no witness of it (verification.md 3).
  if (own >= head.size) return 'KEY_TOO_NEW';
  // Noted before it is signed: a device signs at most one root for a size.
  const seenAt = heads.find(({ size }) => size === head.size)?.seenAt ?? now;
  await database.heads.put({ size: head.size, root: head.root, seenAt, ackedAt: now });
  const jws = await signRecord('wd-ack+jwt', verdict.value, signer);
  try {
    await call(postAck, { body: { jws } }, context);
    return null;
  } catch (error) {
    if (error instanceof Refusal && settled.has(error.code)) return error.code;
    throw error;
  }
}

/** Keys of the unit that were enrolled up to this leaf: its leader met them at the enrolment of the own one. */
const kidsUpTo = (leaf: number, unit: string, { added }: Keys): readonly string[] =>
  [...added.values()].filter(({ sub, from }) => sub === unit && from <= leaf).map(({ kid }) => kid);
