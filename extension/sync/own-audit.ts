/** The checks over the whole log that a leader's device makes for its own unit, in the background (verification.md 10); and every draw of
 *  the log run again (steps 6 to 9 of section 9). */
import { fromUtf8 } from '../../shared/base/bytes.ts';
import { grantFor } from '../../shared/organisation/role.ts';
import { type Audit, auditLog } from '../../shared/proof/audit.ts';
// Not loaded when first needed: a service worker cannot `import()`.
import { verifyRound } from '../../shared/proof/drand.ts';
import { type DrawFailure, drawFailures, judgeDraw } from '../../shared/proof/judge-draw.ts';
import type { LogRecord } from '../../shared/proof/keys.ts';
import { parseJson } from '../../shared/proof/signature.ts';
import { isDrawFile } from '../../shared/proof/verify-draw.ts';
import type { Context } from '../device/context.ts';
import { logSigner } from '../device/key.ts';
import { publicBytes } from '../remote/client.ts';
import { changeProgress, profileOf, progressOf } from '../store/database.ts';
import { leavesUnder } from './log.ts';
import { forgetEnded } from './rotation.ts';

/** A log that has grown is looked through again this long after the last time. */
const auditEveryMs = 60 * 60_000;

/** Audits the log under the largest head that this device has seen, and keeps what concerns its unit, a draw or the log as a whole; a signing
 *  key of its own that the log has ended is forgotten. Nothing is done where the log has not grown, or was looked through less than an hour
 *  ago. Full entry bundles come from the browser's cache. */
export async function auditForOwnUnit(context: Context): Promise<void> {
  const { database } = context;
  const { device, grants, pins } = await profileOf(database);
  const signer = await logSigner('leader', context);
  if (device?.state !== 'active' || signer === null || pins === null || grantFor(grants, 'acks.give') === null) return;
  const head = await database.heads.orderBy('size').last();
  const { auditedSize = 0, auditedAt = 0, auditProblems: before = [] } = await progressOf(database);
  const isSoon = Math.abs(context.now() - auditedAt) < auditEveryMs;
  if (head === undefined || head.size <= auditedSize || isSoon) return;
  const leaves = (await leavesUnder(head, context)) ?? [];
  const organisers = pins.organiser === null ? null : pins.organiser.split(' ');
  const audit = await auditLog(leaves, head, { origin: pins.origin, organisers });
  const own = audit.findings.filter(({ unit }) => unit === undefined || unit === signer.actor).map(({ code }) => code);
  const draws = await judgeDraws(audit, auditedSize, context);
  // A draw that did not hold will never hold.
  const known = before.filter((code) => drawFailures.some((failure) => failure === code));
  const auditProblems = [...new Set([...own, ...known, ...draws.failures])];
  // What could not be read to its end is read again with the next run: the log may have grown meanwhile.
  const isRead = !audit.codes.includes('LOG_INCOMPLETE') && draws.isWhole;
  const audited = isRead ? { auditedSize: head.size, auditedAt: context.now() } : {};
  await changeProgress(database, { auditProblems, ...audited });
  // Another device signs now, or none: with an ended key this one would withhold and seal what nobody accepts.
  await forgetEnded(audit.keys, context);
}

/** Judges every draw with a result from index `from` on. Not whole where a draw's acknowledgements, which are not in the log, were not to be
 *  had. */
async function judgeDraws(
  { records, keys }: Audit,
  from: number,
  context: Context,
): Promise<{ readonly failures: readonly DrawFailure[]; readonly isWhole: boolean }> {
  const isNew = ({ typ, index, payload }: LogRecord) =>
    typ === 'wd-draw+jwt' && index >= from && payload.void === undefined;
  const failures: DrawFailure[] = [];
  let isWhole = true;
  for (const record of records.filter(isNew)) {
    const acks = await acksOf(String(record.payload.draw), context);
    if (acks === null) {
      isWhole = false;
      continue;
    }
    const verdict = await judgeDraw(record, { records, keys, acks, bls: verifyRound });
    if (!verdict.ok) failures.push(...drawFailures.filter((failure) => failure === verdict.problem));
  }
  return { failures, isWhole };
}

/** Acknowledgements of a draw's lock, as its public page has them; null where there is no page yet. */
async function acksOf(draw: string, context: Context): Promise<readonly string[] | null> {
  const bytes = await publicBytes(`draw/${encodeURIComponent(draw)}.json`, context);
  const page = bytes && parseJson(fromUtf8(bytes));
  return isDrawFile(page) ? (page.proof.lock?.acks ?? null) : null;
}
