/** A device without a browser, for the demonstration and for tests: real keys, real requests through an injected `send`, the same core as
 *  the extension. It keeps everything in memory. */
import { monotonicFactory } from 'ulid';
import * as v from 'valibot';
import {
  type InvitationRow,
  type LogKeyClaim,
  postActivation,
  postDevice,
  postInvitationLook,
  postToken,
  type Session,
} from '../../shared/api/accounts.ts';
import { getAcks, postAck, postRecord } from '../../shared/api/draws.ts';
import type { Answer, Endpoint } from '../../shared/api/endpoint.ts';
import { GrantRow, LogRoleName } from '../../shared/api/field.ts';
import {
  type Body,
  getHello,
  type Hold,
  type Op,
  type OpResult,
  postPush,
  postSeal,
  proseMembers,
  type Receipt,
} from '../../shared/api/journal.ts';
import { Refusal } from '../../shared/api/refusal.ts';
import { type Bytes, b64u, fromB64u } from '../../shared/base/bytes.ts';
import { diaryItems, itemToSeal, manifestOf } from '../../shared/diary/journal.ts';
import { type Grant, isLogRole, type LogRole } from '../../shared/organisation/role.ts';
import { checkBeforeAck } from '../../shared/proof/before-ack.ts';
import type { Head } from '../../shared/proof/checkpoint.ts';
import { disclosureOf, sealWeek } from '../../shared/proof/make-seal.ts';
import type { RecordKind } from '../../shared/proof/records.ts';
import { itemDigest } from '../../shared/proof/seal.ts';
import { signFirstKey, signPossession, signRecord, type Unsigned } from '../../shared/proof/sign.ts';
import type { Signer } from '../../shared/proof/signature.ts';
import { newKey, type OwnKey, savedKey } from './device-keys.ts';
import { LogCopy, ownAndEarlier } from './log-copy.ts';
import { assertion, type Call, send, type World } from './world.ts';

/** An item as this device keeps it: what was put, and the prose of a withheld one. */
interface Kept {
  head: string;
  body: Body;
  readonly salt: Bytes;
  readonly prose: Readonly<Record<string, unknown>>;
}

const zone = 'Asia/Shanghai';

/** A device as it is kept between two runs of the demonstration: private keys as JWK, nonces and seals; no text. */
const SavedDevice = v.object({
  id: v.string(),
  grants: v.array(GrantRow),
  origin: v.string(),
  key: v.record(v.string(), v.unknown()),
  logKeys: v.array(v.object({ role: LogRoleName, actor: v.string(), key: v.record(v.string(), v.unknown()) })),
  counter: v.number(),
  nonces: v.array(v.tuple([v.string(), v.string()])),
  seals: v.array(v.tuple([v.string(), v.object({ jws: v.string(), rev: v.number() })])),
  acked: v.array(v.object({ size: v.number(), root: v.string() })),
});
export const SavedDevices = v.array(SavedDevice);
export type SavedDevice = v.InferOutput<typeof SavedDevice>;

export class Device {
  readonly world: World;
  readonly log: LogCopy;
  readonly id: string;
  readonly grants: readonly Grant[];
  readonly origin: string;
  private readonly key: OwnKey;
  private readonly logKeys: ReadonlyMap<LogRole, OwnKey & { readonly actor: string }>;
  private session: Session | null = null;
  private readonly items = new Map<string, Kept>();
  private readonly waiting: Op[] = [];
  private readonly nonces = new Map<string, Bytes>();
  private readonly seals = new Map<
    string,
    { readonly jws: string; readonly rev: number; readonly ids: readonly string[] }
  >();
  private readonly acked: Head[] = [];
  private readonly listSeen = new Map<string, number>();
  private counter = 0;
  private readonly ulid = monotonicFactory(() => (this.world.random(1)[0] ?? 0) / 256);

  private constructor(
    world: World,
    made: Pick<Device, 'id' | 'grants' | 'origin'> & { key: OwnKey; logKeys: Device['logKeys'] },
  ) {
    this.world = world;
    this.log = new LogCopy(world);
    this.id = made.id;
    this.grants = made.grants;
    this.origin = made.origin;
    this.key = made.key;
    this.logKeys = made.logKeys;
  }

  /** Claims an invitation by its code or link: makes the keys, proves possession, signs leaf 0 where it is the first. Keys are made
   *  extractable only for a device that is to be saved. */
  static async claim(world: World, codeOrLink: string, extractable = false): Promise<Device> {
    const code = codeOrLink.slice(codeOrLink.indexOf('#') + 1);
    const invitation = await send(world, postInvitationLook, { body: { code } });
    const device = await newKey(extractable);
    const logKeys = new Map<LogRole, OwnKey & { actor: string }>();
    const claims: LogKeyClaim[] = [];
    const iat = Math.floor(world.now() / 1000);
    let leaf0: string | undefined;
    for (const { role, actor } of invitation.grants) {
      if (!isLogRole(role)) continue;
      const made = await newKey(extractable);
      logKeys.set(role, { ...made.signer, actor });
      claims.push({
        role,
        actor,
        jwk: made.jwk,
        pop: await signPossession(invitation.origin, actor, iat, made.signer),
      });
      if (invitation.first && role === 'organiser') leaf0 = await signFirstKey(actor, made.jwk, iat, made.signer);
    }
    const kid = device.signer.kid;
    const claimed = await send(world, postDevice, {
      body: {
        code,
        publicKey: device.jwk,
        proof: await assertion(world, invitation.issuer, kid, device.signer),
        logKeys: claims,
        ...(leaf0 === undefined ? {} : { leaf0 }),
      },
    });
    return new Device(world, {
      id: claimed.device,
      grants: invitation.grants,
      origin: invitation.origin,
      key: device.signer,
      logKeys,
    });
  }

  /** What must be kept to go on later; only of a device with extractable keys. */
  async save(): Promise<SavedDevice> {
    const exported = async ({ privateKey }: OwnKey) => ({ ...(await crypto.subtle.exportKey('jwk', privateKey)) });
    const logKeys: SavedDevice['logKeys'] = [];
    for (const [role, own] of this.logKeys) logKeys.push({ role, actor: own.actor, key: await exported(own) });
    return {
      id: this.id,
      grants: [...this.grants],
      origin: this.origin,
      key: await exported(this.key),
      logKeys,
      counter: this.counter,
      nonces: [...this.nonces].map(([week, nonce]) => [week, b64u(nonce)]),
      seals: [...this.seals].map(([week, { jws, rev }]) => [week, { jws, rev }]),
      acked: [...this.acked],
    };
  }

  /** The device that was saved. */
  static async restore(world: World, saved: SavedDevice): Promise<Device> {
    const logKeys = new Map<LogRole, OwnKey & { actor: string }>();
    for (const { role, actor, key } of saved.logKeys) logKeys.set(role, { ...(await savedKey(key)), actor });
    const { id, grants, origin } = saved;
    const device = new Device(world, { id, grants, origin, key: await savedKey(saved.key), logKeys });
    device.counter = saved.counter;
    for (const [week, nonce] of saved.nonces) device.nonces.set(week, fromB64u(nonce) ?? new Uint8Array(32));
    for (const [week, seal] of saved.seals) device.seals.set(week, { ...seal, ids: [] });
    device.acked.push(...saved.acked);
    return device;
  }

  /** Sends a request as this device, signing in when needed. */
  async call<E extends Endpoint>(endpoint: E, call: Call<E> = {}): Promise<Answer<E>> {
    return send(this.world, endpoint, call, `Bearer ${await this.token()}`);
  }

  /** A valid access token; a new one when the last is about to expire. */
  async token(): Promise<string> {
    const now = Math.floor(this.world.now() / 1000);
    if (this.session === null || this.session.expiresAt <= now + 5) {
      this.session = await this.signIn().catch((error: unknown) => {
        // It works once: what is sent again after a lost answer was used already.
        if (error instanceof Refusal && error.code === 'ASSERTION_INVALID') return this.signIn();
        throw error;
      });
    }
    return this.session.token;
  }

  private async signIn(): Promise<Answer<typeof postToken>> {
    const signed = await assertion(this.world, this.world.issuer, this.id, this.key);
    return send(this.world, postToken, { body: { assertion: signed } });
  }

  /** The signer of a log role that this device holds. */
  signer(role: LogRole): Signer & { readonly actor: string } {
    const signer = this.logKeys.get(role);
    if (signer === undefined) throw new TypeError(`this device holds no key as ${role}`);
    return signer;
  }

  /** Signs a record and has it logged. */
  async record<K extends RecordKind>(kind: K, role: LogRole, payload: Unsigned<K>): Promise<Answer<typeof postRecord>> {
    const signer = this.signer(role);
    const signed = { ...payload, iss: signer.actor, iat: this.seconds() };
    return this.call(postRecord, { body: { jws: await signRecord(kind, signed, signer) } });
  }

  /** As organiser: enrols the log keys of a claimed invitation and activates its device. `why` and `old` for a key that is not the first
   *  of its actor. */
  async activate(
    row: InvitationRow,
    replaces: { readonly why?: 'lost' | 'rotation' | 'leader'; readonly old?: string } = {},
  ): Promise<void> {
    const organiser = this.signer('organiser');
    if (row.device === null) throw new TypeError('the invitation is not claimed');
    const records: string[] = [];
    for (const { role, actor, jwk, pop } of row.logKeys) {
      const payload = {
        op: 'add' as const,
        sub: actor,
        role,
        jwk,
        pop,
        ...replaces,
        iss: organiser.actor,
        iat: this.seconds(),
      };
      records.push(await signRecord('wd-key+jwt', payload, organiser));
    }
    await this.call(postActivation, { params: { id: row.id }, body: { device: row.device.id, records } });
  }

  /** Writes a new item; with a hold its prose never leaves this object. Gives its id. Nothing is sent before `push`. */
  async put(body: Body, hold?: Hold): Promise<string> {
    const id = this.nextId();
    const salt = this.world.random(16);
    const prose: Record<string, unknown> = {};
    for (const name of proseMembers) if (body[name] !== undefined) prose[name] = body[name];
    const cover = Object.fromEntries(Object.entries(body).filter(([name]) => prose[name] === undefined));
    const digest = await itemDigest(disclosureOf(salt, 'item', prose));
    const sent = hold === undefined ? body : ({ ...cover, hold, digest } as Body);
    const op = this.queue(id, null, sent);
    this.items.set(id, { head: op, body: sent, salt, prose });
    return id;
  }

  /** Puts an op into the queue as it would be sent; gives its op id. */
  queue(id: string, parent: string | null, body: Body | null): string {
    const op = this.nextId();
    this.counter += 1;
    const at = new Date(this.world.now()).toISOString();
    this.waiting.push({ op, n: this.counter, id, parent, kind: body === null ? 'del' : 'put', schema: 1, at, body });
    return op;
  }

  /** Sends everything that waits, in batches of 200; gives the results in order. */
  async push(): Promise<readonly OpResult[]> {
    const results: OpResult[] = [];
    if (this.waiting.length === 0) return results;
    const { epoch } = await this.call(getHello);
    while (this.waiting.length > 0) {
      const ops = this.waiting.slice(0, 200);
      const answer = await this.call(postPush, { body: { epoch, device: this.id, ops } });
      results.push(...answer.results);
      this.waiting.splice(0, ops.length);
    }
    return results;
  }

  /** Seals a week of what this device wrote; gives the receipt. */
  async seal(week: string): Promise<Receipt> {
    await this.push();
    const signer = this.signer('leader');
    const rows = [...this.items]
      .filter(([, kept]) => kept.body.week === week)
      .map(([id, kept]) => ({ id, head: kept.head, seq: 0, schema: 1, del: false, week, body: kept.body }));
    const items = diaryItems(rows);
    const toSeal = items.map((item) => {
      const kept = this.items.get(item.id);
      if (kept === undefined) throw new TypeError('an item of the week is not here');
      return itemToSeal(kept.body, kept.salt, kept.prose);
    });
    const nonce = this.nonces.get(week) ?? this.world.random(32);
    this.nonces.set(week, nonce);
    const rev = (this.seals.get(week)?.rev ?? 0) + 1;
    const coverSalt = this.world.random(16);
    const iat = this.seconds();
    const sealed = await sealWeek({ iss: signer.actor, iat, week, rev, zone, nonce, coverSalt, items: toSeal }, signer);
    if (!sealed.ok) throw new Refusal('RECORD_REFUSED', { facts: { failure: sealed.problem } });
    const { jws, cover, disclosures } = sealed.value;
    const shown = disclosures.filter((_, n) => items[n]?.hold === null);
    const { receipt } = await this.call(postSeal, {
      body: { week, jws, disclosures: [cover, ...shown], manifest: manifestOf(items) },
    });
    this.seals.set(week, { jws, rev, ids: items.map(({ id }) => id) });
    return receipt;
  }

  /** Whether this device has sealed a week. */
  hasSealed(week: string): boolean {
    return this.seals.has(week);
  }

  /** Ids of the items of a sealed week in the order of its cover. */
  sealedItems(week: string): readonly string[] {
    return this.seals.get(week)?.ids ?? [];
  }

  /** What the background of an extension does: opens nonces and acknowledges heads that it has checked itself. Gives the draws that it
   *  acknowledged. */
  async witness(): Promise<readonly string[]> {
    const signer = this.signer('leader');
    const { rows } = await this.call(getAcks);
    const done: string[] = [];
    for (const { draw, week, nonce, head } of rows) {
      if (!this.listSeen.has(week)) this.listSeen.set(week, this.seconds());
      const kept = this.nonces.get(week);
      if (nonce && kept !== undefined) await this.record('wd-nonce+jwt', 'leader', { draw, nonce: b64u(kept) });
      if (head === null) continue;
      const seal = this.seals.get(week);
      const leaves = await this.log.leaves();
      const verdict = await checkBeforeAck({
        origin: this.origin,
        organisers: null,
        unit: signer.actor,
        draw,
        head,
        leaves,
        acked: this.acked,
        kids: ownAndEarlier(leaves, signer),
        ownSeals: seal === undefined ? [] : [seal.jws],
        firstSeen: () => this.listSeen.get(week) ?? 0,
        now: this.seconds(),
      });
      if (!verdict.ok) throw new Refusal('NOT_ALLOWED', { facts: { problem: verdict.problem } });
      this.acked.push(head);
      await this.call(postAck, { body: { jws: await signRecord('wd-ack+jwt', verdict.value, signer) } });
      done.push(draw);
    }
    return done;
  }

  private seconds(): number {
    return Math.floor(this.world.now() / 1000);
  }

  private nextId(): string {
    return this.ulid(this.world.now()).toLowerCase();
  }
}
