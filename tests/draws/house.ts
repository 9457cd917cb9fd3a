/** A server with five units whose weeks are sealed, and everybody who signs: for tests of draws and of the public tree. Keys, seals and the
 *  log are real; sign-in and journal are put straight into the tables. */

import * as v from 'valibot';
import { tokenHash } from '../../server/http/session.ts';
import { appendLeaf } from '../../server/log/append.ts';
import type { Freeze } from '../../shared/api/draws.ts';
import { Problem } from '../../shared/api/refusal.ts';
import { type Bytes, b64u, hex } from '../../shared/base/bytes.ts';
import { sha256, sha256Text } from '../../shared/base/digest.ts';
import type { SettingsInput } from '../../shared/organisation/config.ts';
import { admitLeaves } from '../../shared/proof/audit.ts';
import { sealWeek } from '../../shared/proof/make-seal.ts';
import { proposeDraw } from '../../shared/proof/propose.ts';
import type { Draw, List, LogRole, RecordKind, Rule } from '../../shared/proof/records.ts';
import { signerOf, signFirstKey, signPossession, signRecord, type Unsigned } from '../../shared/proof/sign.ts';
import { type Jwk, type Signer, thumbprint } from '../../shared/proof/signature.ts';
import { weeksBetween } from '../../shared/time/week.ts';
import { openServer } from '../fixtures/app.ts';
import type { OpenedDatabase } from '../fixtures/databases.ts';
import { diaryOf, picture, putWeek } from './house-week.ts';

export const units = ['u01', 'u02', 'u03', 'u04', 'u05'] as const;

/** Monday 2026-11-23 00:00 in Asia/Shanghai: week 2026-W47 is over. The deadline is at noon. */
export const monday = Date.UTC(2026, 10, 22, 16) / 1000;
export const deadline = monday + 720 * 60;
/** When the numbers come out. */
export const notBefore = monday + 2 * 86_400;

export const values: Draw['values'] = [
  { kind: 'lottery', name: 'ssq', issue: '2026134', value: [2, 5, 12, 8, 10, 30, 14] },
];

export const rule: Omit<Rule, 'iss' | 'iat'> = {
  roll: units.map((unit) => ({ unit, stratum: unit < 'u04' ? 'a' : 'b' })),
  strata: [
    { id: 'a', seats: 2 },
    { id: 'b', seats: 1 },
  ],
  window: 2,
  min_acks: 3,
  close: 720,
  zone: 'Asia/Shanghai',
  sources: [
    { kind: 'nonces', name: 'units' },
    { kind: 'lottery', name: 'ssq' },
  ],
};

const settings: Partial<SettingsInput> = {
  demo: true,
  units: units.map((id) => ({ id, kind: 'department', name: { zh: `${id}局`, en: `Bureau ${id}` } })),
  terms: units.map((unit) => ({ id: `${unit}-1`, unit, post: `${unit}局长`, from: '2026-01-01' })),
  themes: [{ id: 'people', zh: '民生', en: 'People' }],
  threads: [{ id: 'old-bridge', name: '河西老桥加固', theme: 'people' }],
};

export type House = Awaited<ReturnType<typeof openHouse>>;

/** Opens the house on a Friday, 2026-11-20; keys of organiser (leaf 0), units and reviewer are in the log, nothing else. */
export async function openHouse(opened: OpenedDatabase, more: Partial<SettingsInput> = {}) {
  const server = await openServer(opened, { more: { ...settings, ...more } });
  const { context, clock } = server;
  const db = context.database.db;
  const now = (): number => Math.floor(clock.ms / 1000);
  const keys = new Map<
    string,
    Signer & { readonly jwk: Jwk; readonly role: LogRole; readonly privateKey: CryptoKey }
  >();
  const nonces = new Map<string, Bytes>();
  /** Those of the items by unit and week, of what is withheld too: as the unit's own device keeps them. */
  const kept = new Map<string, readonly string[]>();

  const keyOf = (actor: string) => {
    const key = keys.get(actor);
    if (key === undefined) throw new Error(`no key of ${actor}`);
    return key;
  };

  /** A new key of an actor, signed in. The first is leaf 0. */
  async function enrol(actor: string, role: LogRole): Promise<void> {
    const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
    const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey);
    const jwk: Jwk = { crv: 'P-256', kty: 'EC', x, y };
    const key = { ...signerOf(await thumbprint(jwk), pair.privateKey), privateKey: pair.privateKey, jwk, role };
    const pop = await signPossession(context.config.origin, actor, now(), key);
    const jws =
      keys.size === 0
        ? await signFirstKey(actor, jwk, now(), key)
        : await signRecord(
            'wd-key+jwt',
            { op: 'add', sub: actor, role, jwk, pop, iss: 'org', iat: now() },
            keyOf('org'),
          );
    keys.set(actor, key);
    await context.database.transaction(async (trx) => {
      const { index } = await appendLeaf(trx, context, jws);
      await trx
        .insertInto('log_key')
        .values({ kid: key.kid, sub: actor, role, jwk: JSON.stringify(jwk), added_index: index, ended_index: null })
        .execute();
    });
    await signIn(actor, role, role === 'leader' ? actor : null);
  }

  async function signIn(actor: string, role: string, unit: string | null): Promise<void> {
    await db
      .insertInto('person')
      .values({ id: `p-${actor}`, name: actor, match: actor, added_at: 0 })
      .execute();
    await db
      .insertInto('device')
      .values({
        id: `d-${actor}`,
        kid: `device-${actor}`,
        jwk: '{}',
        person: `p-${actor}`,
        invitation: '',
        grants: JSON.stringify([{ role, unit, actor }]),
        state: 'active',
        added_at: 0,
        last_seen: null,
      })
      .execute();
    await db
      .insertInto('access_token')
      .values({ hash: await tokenHash(tokenOf(actor)), device: `d-${actor}`, expires_at: 4_000_000_000 })
      .execute();
  }

  async function ask(as: string, method: string, path: string, body?: unknown) {
    const answer = await server.send(`/api/v1/${path}`, {
      method,
      headers: { authorization: `Bearer ${tokenOf(as)}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const json: unknown = answer.status === 204 ? null : await answer.json();
    if (answer.ok) return { status: answer.status, json, code: null, reason: null };
    const problem = v.parse(Problem, json);
    return { status: answer.status, json, code: problem.code, reason: problem.facts?.reason ?? null };
  }

  /** Signs a record with the key of an actor and posts it. */
  async function log<K extends RecordKind>(actor: string, kind: K, payload: Unsigned<K>, iat = now()) {
    const whole = { ...payload, iss: actor, iat };
    return ask(actor, 'POST', 'records', { jws: await signRecord(kind, whole, keyOf(actor)) });
  }

  /** Seals a week of a unit as the journal would leave it: leaf, seal, disclosures, week, entries with their ops, image. */
  async function seal(unit: string, { week = '2026-W47', rev = 1, change = '' } = {}) {
    const bytes = picture(`${unit}${week}`);
    const image = hex(await sha256(bytes));
    const nonce = nonces.get(`${unit}${week}`) ?? (await sha256Text(`nonce ${unit} ${week}`));
    nonces.set(`${unit}${week}`, nonce);
    const salt = async (name: string) => (await sha256Text(`salt ${unit} ${week} ${rev} ${name}`)).slice(0, 16);
    const items = diaryOf(unit, week, image);
    const first = items[1];
    if (first !== undefined) items[1] = { ...first, item: { text: `${first.item.text}${change}` } };
    const sealed = await sealWeek(
      {
        iss: unit,
        iat: now(),
        week,
        rev,
        zone: 'Asia/Shanghai',
        nonce,
        coverSalt: await salt('cover'),
        items: await Promise.all(items.map(async (item, n) => ({ ...item, salt: await salt(`item ${n}`) }))),
      },
      keyOf(unit),
    );
    if (!sealed.ok) throw new Error(sealed.problem);
    const { jws, hash, disclosures } = sealed.value;
    kept.set(`${unit}${week}`, disclosures);
    const ids = items.map((_, n) => `${unit}-${week.toLowerCase()}-${n}`);
    const index = await putWeek(context, sealed.value, { unit, week, rev, items, ids, image, bytes });
    return { index, hash, jws, image, ids };
  }

  async function leaves(): Promise<string[]> {
    return (await db.selectFrom('log_leaf').select('jws').orderBy('idx').execute()).map((row) => row.jws);
  }

  /** Asks what a freeze would say. */
  const askFreeze = (week = '2026-W47') => ask('org', 'GET', `draws/freeze/${week}`);

  /** The list that the server would accept, to be changed by a test. */
  async function truth(week = '2026-W47'): Promise<Omit<List, 'iss' | 'iat'>> {
    const { json, code, reason } = await askFreeze(week);
    if (code !== null) throw new Error(`${code} ${reason}`);
    const { deadline: _, sources, ...said } = json as Freeze;
    const named = sources.map(({ kind, name }) =>
      kind === 'nonces' ? { kind, name } : { kind, name, issue: issueOf(week), not_before: notBeforeOf(week) },
    );
    return { ...said, sources: named as List['sources'] };
  }

  const freeze = async (week = '2026-W47', change: Partial<List> = {}) =>
    log('org', 'wd-list+jwt', { ...(await truth(week)), ...change });

  const reveal = (unit: string, draw = 'd-2026-w47', week = '2026-W47') =>
    log(unit, 'wd-nonce+jwt', { draw, nonce: b64u(nonces.get(`${unit}${week}`) ?? new Uint8Array(32)) });

  const lock = (draw = 'd-2026-w47') => ask('org', 'POST', `draws/${draw}/lock`);

  async function ack(unit: string, head?: { size: number; root: string }, iat = now(), as = unit) {
    const row = await db
      .selectFrom('draw')
      .selectAll()
      .where('lock_size', 'is not', null)
      .orderBy('list_idx', 'desc')
      .executeTakeFirst();
    const locked = head ?? { size: row?.lock_size ?? 0, root: row?.lock_root ?? '' };
    const jws = await signRecord('wd-ack+jwt', { iss: unit, iat, ...locked }, keyOf(as));
    return ask(as, 'POST', 'acks', { jws });
  }

  /** The draw record that the product proposes. */
  async function proposal(draw = 'd-2026-w47', given = values): Promise<Omit<Draw, 'iss' | 'iat'>> {
    const row = await db.selectFrom('draw').selectAll().where('draw', '=', draw).executeTakeFirstOrThrow();
    const { records } = await admitLeaves(await leaves(), { origin: context.config.origin, organisers: null });
    const head = { size: row.lock_size ?? 0, root: row.lock_root ?? '' };
    const made = await proposeDraw(records, row.list_idx, head, given, { iss: 'org', iat: now() });
    if (!made.ok) throw new Error(made.problem);
    return made.value;
  }

  const draw = async (id = 'd-2026-w47', given = values, change: Partial<Draw> = {}) =>
    log('org', 'wd-draw+jwt', { ...(await proposal(id, given)), ...change });

  /** The reviewer passes every drawn diary, so that the draw is published; gives the last answer, or the first refusal. */
  async function publish(id = 'd-2026-w47') {
    const row = await db.selectFrom('draw').select('record').where('draw', '=', id).executeTakeFirst();
    const record: Partial<Draw> = JSON.parse(row?.record ?? '{}');
    const [first = 'u01', ...others] = (record.drawn ?? []).map(({ unit }) => unit);
    const pass = (unit: string) => ask('rev1', 'POST', `reviews/${id}/${unit}/pass`);
    let answer = await pass(first);
    for (const unit of others) if (answer.code === null) answer = await pass(unit);
    return answer;
  }

  /** From the rule to the publication; gives the drawn units. */
  async function wholeDraw(week = '2026-W47', sealed: readonly string[] = units): Promise<string[]> {
    const id = `d-${week.toLowerCase()}`;
    const given = values.map((value) => ({ ...value, issue: issueOf(week) }));
    for (const unit of sealed) await seal(unit, { week });
    clock.ms = (deadlineOf(week) + 60) * 1000;
    await must(freeze(week));
    for (const unit of sealed) await must(reveal(unit, id, week));
    await must(lock(id));
    for (const unit of units) await must(ack(unit));
    clock.ms = (notBeforeOf(week) + 60) * 1000;
    await must(draw(id, given));
    await must(publish(id));
    const row = await db.selectFrom('draw').select('record').where('draw', '=', id).executeTakeFirstOrThrow();
    return (JSON.parse(row.record ?? '') as Draw).drawn.map(({ unit }) => unit);
  }

  await enrol('org', 'organiser');
  for (const unit of units) await enrol(unit, 'leader');
  await enrol('rev1', 'reviewer');

  return {
    ...server,
    db,
    now,
    at: (seconds: number) => {
      clock.ms = seconds * 1000;
    },
    enrol,
    keyOf,
    ask,
    log,
    seal,
    leaves,
    askFreeze,
    truth,
    freeze,
    reveal,
    lock,
    ack,
    proposal,
    draw,
    publish,
    wholeDraw,
    disclosureOf: (unit: string, week: string, item: number) => kept.get(`${unit}${week}`)?.[item] ?? '',
    setRule: (change: Partial<Rule> = {}) => log('org', 'wd-rule+jwt', { ...rule, ...change }),
    get: (path: string, headers: Record<string, string> = {}) => server.send(`/public/${path}`, { headers }),
    pins: () => ({ vkey: context.log.vkey, organiser: keyOf('org').kid }),
  };
}

/** The answer, or an error with what the server said. */
export async function must(answer: ReturnType<House['ask']>) {
  const given = await answer;
  if (given.code !== null) throw new Error(`${given.code} ${given.reason} ${JSON.stringify(given.json)}`);
  return given;
}

export const tokenOf = (actor: string): string => `token-of-${actor}`.padEnd(32, '0');
const weeksAfter = (week: string): number => weeksBetween('2026-W47', week);
const deadlineOf = (week: string): number => deadline + weeksAfter(week) * 7 * 86_400;
const notBeforeOf = (week: string): number => notBefore + weeksAfter(week) * 7 * 86_400;
const issueOf = (week: string): string => String(2026134 + weeksAfter(week));
