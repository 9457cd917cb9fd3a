import { expect, test } from 'vitest';
import { firstInvitation } from '../../server/features/accounts/first-invitation.ts';
import { requireClean } from '../../server/http/body.ts';
import * as accounts from '../../shared/api/accounts.ts';
import * as aggregates from '../../shared/api/aggregates.ts';
import * as audit from '../../shared/api/audit.ts';
import * as challenges from '../../shared/api/challenges.ts';
import * as comments from '../../shared/api/comments.ts';
import * as dossiers from '../../shared/api/dossiers.ts';
import * as draws from '../../shared/api/draws.ts';
import type { Endpoint } from '../../shared/api/endpoint.ts';
import * as flags from '../../shared/api/flags.ts';
import * as journal from '../../shared/api/journal.ts';
import * as mail from '../../shared/api/mail.ts';
import * as mentions from '../../shared/api/mentions.ts';
import * as moderation from '../../shared/api/moderation.ts';
import * as organisation from '../../shared/api/organisation.ts';
import * as photos from '../../shared/api/photos.ts';
import * as plan from '../../shared/api/plan.ts';
import * as privacy from '../../shared/api/privacy.ts';
import * as rates from '../../shared/api/rates.ts';
import { Refusal } from '../../shared/api/refusal.ts';
import * as releases from '../../shared/api/releases.ts';
import * as replyTemplates from '../../shared/api/reply-templates.ts';
import * as reviews from '../../shared/api/reviews.ts';
import * as settings from '../../shared/api/settings.ts';
import * as signIn from '../../shared/api/sign-in.ts';
import * as standIns from '../../shared/api/stand-ins.ts';
import * as tickets from '../../shared/api/tickets.ts';
import * as waiting from '../../shared/api/waiting.ts';
import * as witness from '../../shared/api/witness.ts';
import { can, type Role, roles } from '../../shared/organisation/role.ts';
import { isObject } from '../../shared/proof/shape.ts';
import { openServer } from '../fixtures/app.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { dump, fleeting } from '../fixtures/dump.ts';
import { beginLog, join } from '../fixtures/people.ts';

const isEndpoint = (value: unknown): value is Endpoint =>
  isObject(value) &&
  typeof value.path === 'string' &&
  value.path.startsWith('/api/') &&
  typeof value.method === 'string';

/** Every endpoint that the contract declares. */
const endpoints = [
  accounts,
  aggregates,
  audit,
  challenges,
  comments,
  dossiers,
  draws,
  flags,
  journal,
  mail,
  mentions,
  moderation,
  organisation,
  photos,
  plan,
  privacy,
  rates,
  releases,
  replyTemplates,
  reviews,
  settings,
  signIn,
  standIns,
  tickets,
  waiting,
  witness,
].flatMap((module) => Object.values(module).filter(isEndpoint));

const pathOf = (declared: Endpoint) => declared.path.replace(/\{\w+\}/g, 'x');
const named = (declared: Endpoint) => `${declared.method} ${declared.path}`;
const isSignedIn = ({ access }: Endpoint) => access !== 'public' && access !== 'receipt';

test('a body is at most 32 levels deep, lists counted as objects', () => {
  const nested = (levels: number) => JSON.parse(`${'[{"a":'.repeat(levels / 2)}1${'}]'.repeat(levels / 2)}`);
  expect(requireClean(nested(32))).toBeUndefined();
  expect(() => requireClean([nested(32)])).toThrow(Refusal);
});

eachDatabase((_, open) => {
  test('every declared endpoint is served and described, and nothing else under /api/', async () => {
    const server = await openServer(await open());
    const answer = await server.send('/api/openapi.json');
    const document = await answer.json();
    expect(document.openapi).toBe('3.1.0');
    const described = Object.entries<Record<string, unknown>>(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(described.sort()).toEqual(endpoints.map(named).sort());
    const push = document.paths['/api/v1/journal/push'].post;
    expect(push.requestBody.content['application/json'].schema).toMatchObject({
      type: 'object',
      required: ['epoch', 'device', 'ops'],
    });
    expect(Object.keys(push.responses)).toEqual(
      expect.arrayContaining(['200', '400', '401', '403', '409', '413', '422']),
    );
    expect(JSON.stringify(document)).not.toContain('$schema');
  });

  test('without a token every signed-in endpoint answers 401, and a receipt does not serve there', async () => {
    const server = await openServer(await open());
    await beginLog(server);
    const before = await dump(server.context.database);
    for (const declared of endpoints.filter(isSignedIn)) {
      const asked = async (authorization?: string) => {
        const answer = await server.send(pathOf(declared), {
          method: declared.method,
          headers: authorization === undefined ? {} : { authorization },
        });
        return [answer.status, answer.headers.get('content-type'), (await answer.json()).code];
      };
      const [json, path] = ['application/problem+json', named(declared)];
      expect([path, ...(await asked())]).toEqual([path, 401, json, 'TOKEN_MISSING']);
      expect([path, ...(await asked('Receipt 123456789.ABCD'))]).toEqual([path, 401, json, 'TOKEN_MISSING']);
      expect([path, ...(await asked(`Bearer ${'A'.repeat(32)}`))]).toEqual([path, 401, json, 'TOKEN_EXPIRED']);
    }
    for (const declared of endpoints.filter(({ access }) => access === 'receipt')) {
      const answer = await server.send(pathOf(declared), { method: declared.method });
      expect([named(declared), answer.status, (await answer.json()).code]).toEqual([
        named(declared),
        401,
        'RECEIPT_INVALID',
      ]);
    }
    expect(await dump(server.context.database)).toBe(before);
  });

  test('a role that may not is refused before its request is read, and changes nothing', async () => {
    const server = await openServer(await open());
    const organiser = await beginLog(server);
    const tokens = new Map<Role, string>([['organiser', await organiser.token()]]);
    for (const role of roles.filter((each) => each !== 'organiser')) {
      const device = await join(server, organiser, role, role === 'leader' || role === 'handler' ? 'u01' : null);
      tokens.set(role, await device.token());
    }
    const before = await dump(server.context.database, fleeting);
    let asked = 0;
    for (const declared of endpoints)
      for (const [role, token] of tokens) {
        const { access } = declared;
        if (access === 'public' || access === 'receipt' || access === 'device' || can(role, access)) continue;
        const answer = await server.send(pathOf(declared), {
          method: declared.method,
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          ...(declared.method === 'GET' ? {} : { body: '{}' }),
        });
        const code = declared.refusals.includes('NOT_AUTHOR') ? 'NOT_AUTHOR' : 'NOT_ALLOWED';
        expect([named(declared), role, answer.status, (await answer.json()).code]).toEqual([
          named(declared),
          role,
          403,
          code,
        ]);
        asked += 1;
      }
    expect(asked).toBeGreaterThan(50);
    expect(await dump(server.context.database, fleeting)).toBe(before);
  });

  test('a malformed or oversized body gets its status and code from every endpoint, and changes nothing', async () => {
    const server = await openServer(await open());
    const organiser = await beginLog(server);
    const tokens = new Map<Role, string>([['organiser', await organiser.token()]]);
    for (const role of roles.filter((each) => each !== 'organiser')) {
      const device = await join(server, organiser, role, role === 'leader' || role === 'handler' ? 'u01' : null);
      tokens.set(role, await device.token());
    }
    const tokenFor = ({ access }: Endpoint) =>
      access === 'public' || access === 'receipt' || access === 'device'
        ? tokens.get('organiser')
        : tokens.get(roles.find((role) => can(role, access)) ?? 'organiser');
    const before = await dump(server.context.database, fleeting);
    const deep = `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`;
    for (const declared of endpoints.filter(({ body, access }) => body !== undefined && access !== 'receipt')) {
      const asked = async (body: BodyInit, type = 'application/json') => {
        const answer = await server.send(pathOf(declared), {
          method: declared.method,
          headers: {
            authorization: `Bearer ${tokenFor(declared)}`,
            'content-type': type,
            'idempotency-key': 'k'.repeat(22),
          },
          body,
        });
        return [answer.status, (await answer.json()).code];
      };
      const path = named(declared);
      const isWhole = declared.refusals.includes('MALFORMED') && !declared.refusals.includes('FIELD_INVALID');
      const wrong = [400, isWhole ? 'MALFORMED' : 'FIELD_INVALID'];
      const malformed = [400, 'MALFORMED'];
      expect([path, ...(await asked(''))]).toEqual([path, ...malformed]);
      expect([path, ...(await asked('{"a":'))]).toEqual([path, ...malformed]);
      expect([path, ...(await asked(Uint8Array.of(0x22, 0xff, 0x22)))]).toEqual([path, ...malformed]);
      expect([path, ...(await asked('{}', 'text/plain'))]).toEqual([path, ...malformed]);
      expect([path, ...(await asked('{}', 'application/x-www-form-urlencoded'))]).toEqual([path, ...malformed]);
      for (const body of ['null', '[]', '{}', '"text"', '{"surplus":1}'])
        expect([path, body, ...(await asked(body))]).toEqual([path, body, ...wrong]);
      expect([path, ...(await asked(deep))]).toEqual([path, ...(declared === journal.postPush ? wrong : malformed)]);
      const large = new Uint8Array(
        Math.max(declared.maxBytes, declared === journal.postPush ? journal.maxSealBytes : 0) + 1,
      ).fill(0x20);
      const tooLarge = [413, declared.refusals.includes('BATCH_TOO_BIG') ? 'BATCH_TOO_BIG' : 'TOO_LARGE'];
      expect([path, ...(await asked(large))]).toEqual([path, ...tooLarge]);
    }
    expect(await dump(server.context.database, fleeting)).toBe(before);
    expect(server.reported).toEqual([]);
  });

  test('what cannot be a text of the database is refused, wherever it stands', async () => {
    const server = await openServer(await open());
    const organiser = await beginLog(server);
    const headers = { authorization: `Bearer ${await organiser.token()}`, 'content-type': 'application/json' };
    for (const id of ['%00', 'a%00b', '%ff', '%F0%9F%98%80', 'a b', 'x'.repeat(200), '..%2f..', '%'])
      expect((await server.send(`/api/v1/devices/${id}`, { method: 'DELETE', headers })).status).toBe(404);
    for (const query of ['state=%00', 'after=%00', 'state=nonsense'])
      expect((await server.send(`/api/v1/tickets?${query}`, { headers })).status).toBe(400);
    const units = async (zh: string) =>
      (
        await server.send('/api/v1/units/u09', {
          method: 'PUT',
          headers,
          body: `{"kind":"department","name":{"zh":${zh},"en":"x"}}`,
        })
      ).status;
    expect(await units('"\\u0000"')).toBe(400);
    expect(await units('"\\ud800"')).toBe(400);
    expect(await units('"好"')).toBe(204);
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const logged = async (text: string) => {
      const parts = [{ alg: 'ES256', typ: 'wd-void+jwt', kid: 'A'.repeat(43) }, { void: text }].map(part);
      const body = JSON.stringify({ jws: `${parts.join('.')}.${'A'.repeat(86)}` });
      const answer = await server.send('/api/v1/records', { method: 'POST', headers, body });
      return [answer.status, (await answer.json()).facts.reason];
    };
    expect(await logged('a\0')).toEqual([400, 'CONTROL_CHARACTER']);
    // Six letters that only look like it.
    expect(await logged('\\u0000')).toEqual([422, expect.any(String)]);
    const assertion = `${part({ alg: 'ES256', typ: 'client-authentication+jwt', kid: 'A'.repeat(43) })}.${part({ sub: 'a\0' })}.${'A'.repeat(86)}`;
    const signIn = await server.send('/api/v1/token', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ assertion }),
    });
    expect([signIn.status, (await signIn.json()).code]).toEqual([400, 'FIELD_INVALID']);
    expect(server.reported).toEqual([]);
  });

  test('a file of the log has one address, and a number that no column holds has none', async () => {
    const server = await openServer(await open());
    await beginLog(server);
    const status = async (path: string) => [path, (await server.send(`/public/tile/${path}`)).status];
    for (const path of ['entries/000.p/1', '0/000.p/1']) expect(await status(path)).toEqual([path, 200]);
    for (const path of ['entries/x000/000.p/1', '0/x000/x000/000.p/1', '00/000.p/1', '0/000.p/01'])
      expect(await status(path)).toEqual([path, 404]);
    for (const digits of [1, 2, 4, 8, 300].map((count) => 'x999/'.repeat(count)))
      for (const path of [`entries/${digits}999`, `0/${digits}999`, `9/${digits}999.p/1`])
        expect(await status(path)).toEqual([path, 404]);
    expect(server.reported).toEqual([]);
  });

  test('a read that has not changed costs no body, and a page of another origin may ask', async () => {
    const server = await openServer(await open());
    const organiser = await beginLog(server);
    const authorization = `Bearer ${await organiser.token()}`;
    const first = await server.send('/api/v1/organisation', { headers: { authorization } });
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]{22}"$/);
    const again = await server.send('/api/v1/organisation', {
      headers: { authorization, 'if-none-match': `"x", W/${etag}` },
    });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect(first.headers.get('cache-control')).toBe('no-store');
    expect(first.headers.get('access-control-allow-origin')).toBe('*');
    expect(first.headers.has('access-control-allow-credentials')).toBe(false);
    const asked = await server.send('/api/v1/comments', {
      method: 'OPTIONS',
      headers: { origin: 'https://portal.example', 'access-control-request-method': 'POST' },
    });
    expect([asked.status, asked.headers.get('access-control-allow-headers')]).toEqual([
      204,
      'authorization, content-type, idempotency-key, if-none-match, sundial-proof',
    ]);
    const unknown = await server.send('/api/v1/nothing');
    expect([unknown.status, (await unknown.json()).code, unknown.headers.get('access-control-allow-origin')]).toEqual([
      404,
      'NOT_FOUND',
      '*',
    ]);
    expect((await server.send('/healthz')).status).toBe(200);
    const page = await server.send('/enrol');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await page.text()).toContain('试验区');
  });

  test('who asks too often is told when to come back, and then may', async () => {
    const server = await openServer(await open(), { more: { limits: { invitation: { count: 3, seconds: 60 } } } });
    const { code } = await firstInvitation(server.context);
    const look = () =>
      server.send('/api/v1/invitations/look', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ code }),
      });
    const statuses = [];
    for (let n = 0; n < 4; n += 1) statuses.push((await look()).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    const later = Number((await look()).headers.get('retry-after'));
    expect(later).toBeGreaterThan(0);
    expect(later).toBeLessThanOrEqual(60);
    server.clock.ms += later * 1000;
    expect((await look()).status).toBe(200);
  });
});
