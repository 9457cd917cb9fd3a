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
import { type Answer, type Endpoint, type Input, type Params, pathOf } from '../../shared/api/endpoint.ts';
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
import { Problem, Refusal } from '../../shared/api/refusal.ts';
import { type Bytes, b64u, fromB64u, fromUtf8 } from '../../shared/base/bytes.ts';
import { diaryItems, manifestOf } from '../../shared/diary/journal.ts';
import { type Grant, isLogRole, type LogRole } from '../../shared/organisation/role.ts';
import { checkBeforeAck } from '../../shared/proof/before-ack.ts';
import { type Head, parseNote } from '../../shared/proof/checkpoint.ts';
import { disclosureOf, type ItemToSeal, sealWeek } from '../../shared/proof/make-seal.ts';
import { isKeyAdd, isNonce, type Payloads, type RecordKind } from '../../shared/proof/records.ts';
import { itemDigest } from '../../shared/proof/seal.ts';
import { signFirstKey, signPossession, signRecord } from '../../shared/proof/sign.ts';
import { makeJws, openJws, type Signer } from '../../shared/proof/signature.ts';
import { decodeEntries, entriesPath } from '../../shared/proof/tiles.ts';
import { newKey, type OwnKey, savedKey } from './device-keys.ts';

/** The network and the clock that a device lives on. */
export interface World {
  readonly send: (request: Request) => Promise<Response>;
  /** Address of the server, without a slash at the end. */
  readonly issuer: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly random: (n: number) => Bytes;
}

/** An item as this device keeps it: what was put, and the prose of a withheld one. */
interface Kept {
  head: string;
  body: Body;
  readonly salt: Bytes;
  readonly prose: Readonly<Record<string, unknown>>;
}

/** What a request may carry. */
interface Call<E extends Endpoint> {
  readonly params?: Params<E>;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: Input<E['body']>;
  readonly headers?: Readonly<Record<string, string>>;
}

const zone = 'Asia/Shanghai';

/** Sends one request of a declared route; gives its answer, or throws the refusal. `authorization` is a whole header value. */
export async function send<E extends Endpoint>(
  world: World,
  endpoint: E,
  call: Call<E> = {},
  authorization?: string,
): Promise<Answer<E>> {
  const headers = new Headers(call.headers);
  if (authorization !== undefined) headers.set('authorization', authorization);
  if (call.body !== undefined) headers.set('content-type', 'application/json');
  if (endpoint.idempotent && !headers.has('idempotency-key')) headers.set('idempotency-key', b64u(world.random(16)));
  const path = pathOf(endpoint, call.params ?? noParams(), call.query);
  const response = await world.send(
    new Request(`${world.issuer}${path}`, {
      method: endpoint.method,
      headers,
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    }),
  );
  if (!response.ok) {
    const problem = v.parse(Problem, await response.json());
    throw new Refusal(problem.code, {
      facts: problem.facts ?? {},
      ...(problem.field === undefined ? {} : { field: problem.field }),
    });
  }
  if (endpoint.answer === undefined) return noAnswer<E>();
  return v.parse(endpoint.answer, await response.json()) as Answer<E>;
}

const noParams = <E extends Endpoint>(): Params<E> => ({}) as Params<E>;
const noAnswer = <E extends Endpoint>(): Answer<E> => undefined as Answer<E>;

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
  private leaves: string[] = [];
  private counter = 0;
  private readonly ulid = monotonicFactory(() => (this.world.random(1)[0] ?? 0) / 256);

  private constructor(
    world: World,
    made: Pick<Device, 'id' | 'grants' | 'origin'> & { key: OwnKey; logKeys: Device['logKeys'] },
  ) {
    this.world = world;
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
  async record<K extends RecordKind>(
    kind: K,
    role: LogRole,
    payload: Omit<Payloads[K], 'iss' | 'iat'>,
  ): Promise<Answer<typeof postRecord>> {
    const signer = this.signer(role);
    const signed = { ...payload, iss: signer.actor, iat: this.seconds() } as unknown as Payloads[K];
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
    const toSeal = items.map((item): ItemToSeal => {
      const kept = this.items.get(item.id);
      if (kept === undefined) throw new TypeError('an item of the week is not here');
      return { ...item.cover, salt: kept.salt, item: kept.prose } as unknown as ItemToSeal;
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
      if (!this.listSeen.has(draw)) this.listSeen.set(draw, this.seconds());
      const kept = this.nonces.get(week);
      if (nonce && kept !== undefined) await this.record('wd-nonce+jwt', 'leader', { draw, nonce: b64u(kept) });
      if (head === null) continue;
      const seal = this.seals.get(week);
      const leaves = await this.download();
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
        listSeenAt: this.listSeen.get(draw) ?? 0,
        now: this.seconds(),
      });
      if (!verdict.ok) throw new Refusal('NOT_ALLOWED', { facts: { problem: verdict.problem } });
      this.acked.push(head);
      await this.call(postAck, { body: { jws: await signRecord('wd-ack+jwt', verdict.value, signer) } });
      done.push(draw);
    }
    return done;
  }

  /** Nonces that candidates of a draw have logged, by unit in order. */
  async loggedNonces(draw: string): Promise<ReadonlyMap<string, string>> {
    const found: [string, string][] = [];
    for (const leaf of await this.download()) {
      const opened = openJws(leaf);
      if (opened?.typ !== 'wd-nonce+jwt' || !isNonce(opened.payload) || opened.payload.draw !== draw) continue;
      found.push([opened.payload.iss, opened.payload.nonce]);
    }
    return new Map(found.sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** All leaves of the log, from the public tree; full bundles are fetched once. */
  private async download(): Promise<readonly string[]> {
    const note = parseNote((await this.publicText('checkpoint')) ?? '');
    if (note === null) throw new TypeError('the checkpoint is no note');
    const whole = this.leaves.length - (this.leaves.length % 256);
    this.leaves = this.leaves.slice(0, whole);
    for (let n = whole / 256; n * 256 < note.size; n += 1) {
      const response = await this.publicFile(entriesPath(n, Math.min(256, note.size - n * 256)));
      const entries = decodeEntries(new Uint8Array(await response.arrayBuffer())) ?? [];
      this.leaves.push(...entries.map((entry) => fromUtf8(entry) ?? ''));
    }
    return this.leaves;
  }

  private async publicText(path: string): Promise<string> {
    return (await this.publicFile(path)).text();
  }

  private async publicFile(path: string): Promise<Response> {
    const response = await this.world.send(new Request(`${this.world.issuer}/public/${path}`));
    if (!response.ok) throw new TypeError(`${path}: ${response.status}`);
    return response;
  }

  private seconds(): number {
    return Math.floor(this.world.now() / 1000);
  }

  private nextId(): string {
    return this.ulid(this.world.now()).toLowerCase();
  }
}

/** Keys of the unit that this device takes for right: its own, and those enrolled before it, which its leader met at enrolment. */
function ownAndEarlier(leaves: readonly string[], signer: { readonly kid: string; readonly actor: string }): string[] {
  const earlier: string[] = [];
  for (const leaf of leaves) {
    const opened = openJws(leaf);
    if (opened?.typ !== 'wd-key+jwt' || !isKeyAdd(opened.payload) || opened.payload.sub !== signer.actor) continue;
    const { old } = opened.payload;
    if (old !== undefined) earlier.push(old);
  }
  return [signer.kid, ...earlier];
}

/** A client assertion of RFC 7523 by a device key; `subject` is the device's id, or its kid before it has one. */
export async function assertion(world: World, audience: string, subject: string, key: Signer): Promise<string> {
  const iat = Math.floor(world.now() / 1000);
  const payload = { iss: subject, sub: subject, aud: audience, iat, exp: iat + 60, jti: b64u(world.random(16)) };
  return makeJws('client-authentication+jwt', payload, key);
}
