/** Sealing a week: compose from what the server has, show the exact text, sign, keep the own copy, send, compare with the log
 *  (verification.md 4, sync.md f and j). */
import { type Body, postReopen } from '../../shared/api/journal.ts';
import { Refusal } from '../../shared/api/refusal.ts';
import { type Bytes, b64u, fromB64u } from '../../shared/base/bytes.ts';
import { type DiaryItem, diaryItems, itemToSeal, manifestOf } from '../../shared/diary/journal.ts';
import { canonical } from '../../shared/proof/canonical.ts';
import { type ItemToSeal, sealWeek } from '../../shared/proof/make-seal.ts';
import { type Context, here } from '../device/context.ts';
import { logSigner } from '../device/key.ts';
import { call } from '../remote/client.ts';
import { type HeldItem, profileOf, progressOf, type SealCopy } from '../store/database.ts';
import { heldFor } from '../store/held.ts';
import { zoneOf } from '../store/organisation-facts.ts';
import { standingOf } from '../store/queries.ts';
import { seeHead, standsInLog } from '../sync/log.ts';
import { runSync } from '../sync/run.ts';
import { sendSeal } from '../sync/seals.ts';
import { isShut } from './judge.ts';
import { enterParked } from './withhold.ts';

/** One item as it will be signed. `prose` of a withheld one is shown on this device alone. */
export interface SealItem {
  readonly id: string;
  readonly cover: Readonly<Record<string, unknown>>;
  readonly prose: Readonly<Record<string, unknown>>;
  readonly held: boolean;
}

/** A week composed and not signed. `exact` is the canonical text of cover and items that the signature will cover. */
export interface SealDraft {
  readonly week: string;
  readonly rev: number;
  readonly items: readonly SealItem[];
  readonly manifest: readonly (readonly [string, string])[];
  readonly exact: string;
  readonly toSeal: readonly ItemToSeal[];
  readonly coverSalt: Bytes;
  readonly zone: string;
}

/** Composes a week after a sync that left nothing to send. Refuses `SEAL_STALE` while something waits, `WEEK_SEALED` in a shut week,
 *  `NOT_FOUND` for an empty week or where the text of a withheld item is on another device, `NOT_ALLOWED` without a signing key. */
export async function composeSeal(week: string, context: Context = here): Promise<SealDraft> {
  const { database } = context;
  if ((await logSigner('leader', context)) === null) throw new Refusal('NOT_ALLOWED', { facts: { reason: 'NO_KEY' } });
  if (isShut(await standingOf(database, week))) throw new Refusal('WEEK_SEALED');
  await enterParked(context);
  await runSync(true, context);
  await refuseWaiting(context);
  const rows = await database.rows.where('week').equals(week).toArray();
  const items = diaryItems(rows);
  if (items.length === 0) throw new Refusal('NOT_FOUND', { facts: { reason: 'EMPTY' } });
  const bodies = new Map(rows.map((row) => [row.id, row.body]));
  const held = new Map((await database.held.toArray()).map((item) => [item.id, item]));
  const sealable = items.map((item) => toSeal(item, bodies.get(item.id) ?? null, held.get(item.id) ?? null, context));
  const { organisation } = await profileOf(database);
  const zone = zoneOf({ organisation });
  return {
    week,
    rev: await nextRev(week, context),
    items: items.map((item, n) => ({
      id: item.id,
      cover: item.cover,
      prose: { ...sealable[n]?.item },
      held: item.hold !== null,
    })),
    manifest: manifestOf(items),
    exact: items
      .map((item, n) => canonical({ ...item.cover, ...(item.hold === null ? sealable[n]?.item : {}) }))
      .join('\n'),
    toSeal: sealable,
    coverSalt: context.random(16),
    zone,
  };
}

/** Signs what was shown, keeps the copy, sends it and compares the receipt with the log. Refuses `SEAL_STALE` where anything changed
 *  since it was composed. Once signed, a broken network loses nothing: the next sync sends the same seal. */
export async function signSeal(draft: SealDraft, context: Context = here): Promise<SealCopy> {
  const { database } = context;
  const signer = await logSigner('leader', context);
  if (signer === null) throw new Refusal('NOT_ALLOWED', { facts: { reason: 'NO_KEY' } });
  await refuseWaiting(context);
  await refuseChanged(draft, context);
  const nonce = await nonceOf(draft.week, context);
  const offsetMs = (await progressOf(database)).offsetMs ?? 0;
  const iat = Math.floor((context.now() + offsetMs) / 1000);
  const { week, rev, zone, coverSalt, toSeal: items } = draft;
  const sealed = await sealWeek({ iss: signer.actor, iat, week, rev, zone, nonce, coverSalt, items }, signer);
  if (!sealed.ok) throw new Refusal('RECORD_REFUSED', { facts: { failure: sealed.problem } });
  const { hash, jws, cover, disclosures } = sealed.value;
  const copy: SealCopy = {
    seal: hash,
    week,
    rev,
    iat,
    jws,
    disclosures: [cover, ...disclosures],
    kept: draft.items.flatMap(({ held }, n) => (held ? [n + 1] : [])),
    manifest: draft.manifest,
    items: draft.items.map(({ id }) => id),
    state: 'signed',
    refusal: null,
    receipt: null,
    confirmed: null,
  };
  await database.transaction('rw', [database.seals, database.outbox, database.rows], async () => {
    await refuseChanged(draft, context);
    await database.seals.put(copy);
  });
  await sendSeal(copy, context);
  await confirmSeal(hash, context);
  return (await database.seals.get(hash)) ?? copy;
}

/** Looks for an own seal in the log, by the public tree alone, and keeps the outcome. */
export async function confirmSeal(seal: string, context: Context = here): Promise<boolean | null> {
  const { database } = context;
  const copy = await database.seals.get(seal);
  if (copy === undefined || copy.receipt === null) return null;
  const head = await seeHead(context);
  if (!head.ok && head.problem === 'LOG_ABSENT') return null;
  const confirmed = head.ok && (await standsInLog(copy.jws, copy.receipt.index, head.value, context));
  await database.seals.update(seal, { confirmed });
  return confirmed;
}

/** Reopens a sealed week until its list is frozen; the last seal goes on counting until a new one is in the log. */
export async function reopenWeek(week: string, context: Context = here): Promise<void> {
  const { database } = context;
  await call(postReopen, { params: { week } }, context);
  await database.weeks.update(week, { open: true });
  context.poke(true);
}

async function refuseWaiting(context: Context): Promise<void> {
  const { database } = context;
  const waiting = await database.outbox.count();
  const { state } = await progressOf(database);
  if (waiting > 0 || state !== 'idle') throw new Refusal('SEAL_STALE', { facts: { waiting, state } });
}

/** Refuses `SEAL_STALE` where the week is another than was shown, or something waits: it may be withheld since. */
async function refuseChanged({ week, manifest }: SealDraft, { database }: Context): Promise<void> {
  const waiting = await database.outbox.count();
  const rows = await database.rows.where('week').equals(week).toArray();
  if (waiting > 0 || canonical(manifestOf(diaryItems(rows))) !== canonical(manifest))
    throw new Refusal('SEAL_STALE', { facts: { waiting } });
}

async function nextRev(week: string, context: Context): Promise<number> {
  const { database } = context;
  const known = (await database.weeks.get(week))?.rev ?? 0;
  const own = (await database.seals.where('week').equals(week).toArray()).filter(({ state }) => state !== 'refused');
  return Math.max(known, ...own.map(({ rev }) => rev)) + 1;
}

/** The week's nonce: made once, the same for all revisions, kept until its draw asks for it. */
async function nonceOf(week: string, context: Context): Promise<Bytes> {
  const { database } = context;
  const fresh = b64u(context.random(32));
  const nonce = await database.transaction('rw', database.nonces, async () => {
    const known = await database.nonces.get(week);
    if (known !== undefined) return known.nonce;
    await database.nonces.put({ week, nonce: fresh });
    return fresh;
  });
  const bytes = fromB64u(nonce);
  if (bytes === null) throw new Error('the stored nonce is no base64url');
  return bytes;
}

function toSeal(item: DiaryItem, body: Body | null, held: HeldItem | null, context: Context): ItemToSeal {
  if (body === null) throw new Error('a composed item has a body');
  if (item.hold === null) return itemToSeal(body, context.random(16));
  const text = heldFor(held, body);
  const salt = text === null || text.digest !== item.digest ? null : fromB64u(text.salt);
  if (text === null || salt === null) throw new Refusal('NOT_FOUND', { facts: { reason: 'HELD_ELSEWHERE' } });
  return itemToSeal(body, salt, text.prose);
}
