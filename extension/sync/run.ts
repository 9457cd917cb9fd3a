/** One sync run: hello, push, pull, seals, organisation. Only one at a time over all pages and the worker; it keeps nothing in memory
 *  between two runs, so that it may be killed at any point (sync.md, Loop). */
import { getHello, schemaMax } from '../../shared/api/journal.ts';
import { Refusal } from '../../shared/api/refusal.ts';
import { grantFor } from '../../shared/organisation/role.ts';
import { type Context, here } from '../device/context.ts';
import { NotUnderstood } from '../remote/answer.ts';
import { call, learnOffset, signIn, Unreachable } from '../remote/client.ts';
import { changeProfile, changeProgress, profileOf, progressOf, type SyncState } from '../store/database.ts';
import { refreshOrganisation } from './organisation.ts';
import { beginEpoch, pull, pullRows } from './pull.ts';
import { push } from './push.ts';
import { useEnrolledKeys } from './rotation.ts';
import { fetchSeals, sendSeals } from './seals.ts';

/** First pause after a failure, doubled up to the longest, full jitter. */
export const firstPauseMs = 30_000;
export const longestPauseMs = 30 * 60_000;
/** How far the clock may be off what was learnt of it before it is learnt anew: more than an answer takes. */
const clockSetFromMs = 60_000;

/** Runs once. `soon`: a person waits, so a pause between tries is skipped. Never throws for what the network or the server says; that
 *  becomes the stored state, the next try with its time, and words on the screen. Gives whether the run came to its end. */
export async function runSync(soon: boolean, context: Context = here): Promise<boolean> {
  return (await context.alone('sundial-sync', () => run(soon, context))) ?? false;
}

async function run(soon: boolean, context: Context): Promise<boolean> {
  const { database } = context;
  const { server, device } = await profileOf(database);
  if (server === null || device === null) return false;
  const { nextTryAt } = await progressOf(database);
  if (!soon && isPausing(nextTryAt, context.now())) return false;
  try {
    await syncOnce(context);
    return true;
  } catch (error) {
    await rest(error, context);
    return false;
  }
}

/** A pause that lies further ahead than any pause lasts was noted before the clock of the machine was set back: it is over. */
function isPausing(nextTryAt: number, now: number): boolean {
  return now < nextTryAt && nextTryAt - now <= longestPauseMs;
}

async function syncOnce(context: Context): Promise<void> {
  const { database } = context;
  const known = (await profileOf(database)).device;
  if (known?.state !== 'active') await signIn(context);
  let understood = await organisationKept(context);
  const { grants, device } = await profileOf(database);
  if (device === null || grantFor(grants, 'journal.write') === null) {
    // Organisers and reviewers change their keys as well.
    await useEnrolledKeys(context);
    return done(understood ? 'idle' : 'notUnderstood', context);
  }
  const hello = await call(getHello, {}, context);
  if (hello.schemaMin > schemaMax) throw new Refusal('SCHEMA_TOO_OLD');
  await noticeClockSet(hello.serverTime, context);
  understood = await organisationKept(context, hello.organisation);
  const { epoch } = await progressOf(database);
  if (epoch === null) await changeProgress(database, { epoch: hello.epoch });
  else if (epoch !== hello.epoch) await beginEpoch(hello.epoch, context);
  // What was withheld since is not sent again by a device that has not heard of it.
  if ((await progressOf(database)).restored === true) await pullRows(hello.epoch, context);
  let { tooNew } = await push(hello.epoch, device.id, context);
  // A restored server gets entries back with their seals; what it has not after that is asked about.
  if ((await progressOf(database)).restored !== false) await sendSeals(context);
  await pull(hello.epoch, context);
  await useEnrolledKeys(context);
  await sendSeals(context);
  await fetchSeals(context);
  // What was typed while this ran.
  if ((await database.outbox.count()) > 0 && !tooNew) ({ tooNew } = await push(hello.epoch, device.id, context));
  await done(tooNew ? 'serverOld' : understood ? 'idle' : 'notUnderstood', context);
}

/** Gives whether what the server says of its organisation was understood: where it is newer than this extension, texts are delivered all the same. */
async function organisationKept(context: Context, stated?: string): Promise<boolean> {
  try {
    await refreshOrganisation(context, stated);
    return true;
  } catch (error) {
    if (!(error instanceof NotUnderstood)) throw error;
    console.error(error);
    return false;
  }
}

/** The clock of the machine may have been set while the token still held. `serverTime`: Unix seconds. */
async function noticeClockSet(serverTime: number, context: Context): Promise<void> {
  const { offsetMs } = await progressOf(context.database);
  const isSet = offsetMs !== null && Math.abs(serverTime * 1000 - offsetMs - context.now()) > clockSetFromMs;
  if (isSet) await learnOffset(context);
}

async function done(state: SyncState, context: Context): Promise<void> {
  await changeProgress(context.database, {
    state,
    refusal: null,
    backoffMs: 0,
    nextTryAt: 0,
    batch: 200,
    deliveredAt: context.now(),
  });
}

/** Keeps why it rests and when to try again. */
async function rest(error: unknown, context: Context): Promise<void> {
  const { database } = context;
  if (!(error instanceof Refusal) && !(error instanceof Unreachable)) console.error(error);
  const { backoffMs, epoch } = await progressOf(database);
  const code = error instanceof Refusal ? error.code : null;
  if (code === 'EPOCH_CHANGED' && epoch !== null) {
    // The server was restored while we talked; the next hello tells the new epoch.
    await changeProgress(database, { state: 'waiting', refusal: code, nextTryAt: 0 });
    return;
  }
  if (code === 'DEVICE_REVOKED') await markRevoked(context);
  const pause = Math.min(longestPauseMs, backoffMs === 0 ? firstPauseMs : backoffMs * 2);
  const said = error instanceof Refusal ? Number(error.facts.retryAfter) : Number.NaN;
  const wait = Number.isFinite(said)
    ? Math.min(said * 1000, longestPauseMs)
    : ((context.random(1)[0] ?? 0) / 255) * pause;
  await changeProgress(database, {
    state: stateAfter(error),
    refusal: code ?? (error instanceof Unreachable || error instanceof NotUnderstood ? null : 'INTERNAL'),
    backoffMs: pause,
    nextTryAt: context.now() + wait,
  });
}

function stateAfter(error: unknown): SyncState {
  if (error instanceof Unreachable) return 'unreachable';
  if (error instanceof NotUnderstood) return 'notUnderstood';
  if (!(error instanceof Refusal)) return 'refused';
  switch (error.code) {
    case 'DEVICE_REVOKED':
      return 'revoked';
    case 'DEVICE_PENDING':
      return 'pending';
    case 'SCHEMA_TOO_OLD':
      return 'outdated';
    case 'UNAVAILABLE':
    case 'RATE_LIMITED':
    case 'INTERNAL':
      return 'unreachable';
    default:
      return 'refused';
  }
}

async function markRevoked(context: Context): Promise<void> {
  const { device } = await profileOf(context.database);
  if (device !== null) await changeProfile(context.database, { device: { ...device, state: 'revoked' } });
}
