/** The document at /api/openapi.json: valid by another's validator, whole, and the same as what is served. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../../server/app.ts';
import { openDatabase } from '../../server/database/open.ts';
import { declarationsOf } from '../../server/http/route.ts';
import type { Endpoint } from '../../shared/api/endpoint.ts';
import { openServer, type TestServer } from '../fixtures/app.ts';

let server: TestServer;
let declared: readonly Endpoint[];
let routes: readonly { readonly method: string; readonly path: string; readonly handler: object }[];

const folder = mkdtempSync(join(tmpdir(), 'sundial-openapi-'));

beforeAll(async () => {
  const address = ':memory:';
  server = await openServer({ database: await openDatabase(address), address, folder });
  const app = createApp(server.context);
  declared = declarationsOf(app);
  routes = app.routes;
});

afterAll(async () => {
  await server.context.database.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Posts without `Idempotency-Key`, and why a second one does no harm. */
const harmlessTwice: Readonly<Record<string, string>> = {
  '/api/v1/token': 'an assertion works once; what comes back is another token',
  '/api/v1/invitations/look': 'changes nothing',
  '/api/v1/invitations': 'a code must not be kept to be told again; an invitation that nobody uses ends by itself',
  '/api/v1/invitations/{id}/activation': 'a claim becomes active once',
  '/api/v1/devices': 'a code works once, and its assertion too',
  '/api/v1/devices/rotation': 'an offer takes the place of the one before',
  '/api/v1/units/table/{id}/undo': 'a table is taken back once',
  '/api/v1/units/table': 'rows have ids of their own',
  '/api/v1/settings/{name}/preview': 'changes nothing',
  '/api/v1/stand-ins': 'who holds a role already is refused it (ALREADY_HELD)',
  '/api/v1/hand-overs': 'what was handed over is no longer there',
  '/api/v1/mail/code': 'a code is judged, and works once',
  '/api/v1/journal/push': 'every op has an id of its own',
  '/api/v1/journal/seals': 'a seal is named by its hash',
  '/api/v1/journal/weeks/{week}/reopen': 'a week is open or not',
  '/api/v1/challenges': 'each is another one, and nothing is kept of it',
  '/api/v1/reader-sessions': 'a code works once',
  '/api/v1/identities/{comment}/openings': 'each opening is to be told in the audit trail',
  '/api/v1/receipt/withdrawal': 'a comment is withdrawn once',
  '/api/v1/receipt/appeal': 'one appeal for each decision',
  '/api/v1/receipt/erasure': 'what is erased is erased',
  '/api/v1/receipt/follow-up': 'one answer for each reply',
  '/api/v1/comments/{id}/reply': 'one reply for each comment',
  '/api/v1/comments/{id}/flags': 'one report for each reader and comment',
  '/api/v1/moderation/{id}/flags-dismissal': 'reports are settled once',
  '/api/v1/mentions/{id}/answer': 'one answer for each mention',
  '/api/v1/moderation/{id}/lease': 'the lease is prolonged',
  '/api/v1/moderation/wave-decision': 'names the version that was seen',
  '/api/v1/moderation/undo': 'names the version that was seen',
  '/api/v1/moderation/{id}/decision': 'names the version that was seen',
  '/api/v1/moderation/{id}/appeal': 'names the version that was seen',
  '/api/v1/tickets': 'one ticket for each comment',
  '/api/v1/tickets/moves': 'names the versions that were seen',
  '/api/v1/tickets/{number}/moves': 'names the version that was seen',
  '/api/v1/tickets/{number}/extension': 'names the version that was seen',
  '/api/v1/tickets/{number}/extension/refusal': 'names the version that was seen',
  '/api/v1/tickets/{number}/clock': 'names the version that was seen',
  '/api/v1/tickets/{number}/notes': 'the newest note in the same words within a minute is that note',
  '/api/v1/tickets/{number}/contact': 'each look is to be told in the audit trail',
  '/api/v1/aggregates': 'the figures of a quarter are made once',
  '/api/v1/dossiers': 'the same term and days within a minute are the same dossier',
  '/api/v1/portrait/dossiers/{id}/notes': 'the newest note in the same words within a minute is that note',
  '/api/v1/portrait/dossiers/{id}/release': 'a dossier is released once',
  '/api/v1/records': 'a record that stands in the log, or no longer fits, is refused',
  '/api/v1/draws/trials': 'each exercise is to be told in the audit trail',
  '/api/v1/draws/{draw}/lock': 'a list is locked once',
  '/api/v1/reviews/{draw}/{unit}/pass': 'a diary passes once',
  '/api/v1/reviews/{draw}/{unit}/release': 'an offer is decided once',
  '/api/v1/diaries/mine/{draw}/{unit}/held/offer': 'the same offer again is that offer',
  '/api/v1/diaries/mine/{draw}/{unit}/held/withdraw': 'what is taken back is taken back',
  '/api/v1/acks': 'one for each draw and unit',
};

/** Routes that no declaration stands for, and why. */
const undeclared: readonly (readonly [pattern: RegExp, why: string])[] = [
  [/^(ALL) /, 'what goes before every route: headers, requests of other origins'],
  [/^GET \/api\/openapi\.json$/, 'the document itself'],
  [/^GET \/(healthz|readyz|metrics)$/, 'for the operator: docs/for-operators.md'],
  [/^GET \/public\/\*$/, 'plain files: the public tree, docs/open-data.md'],
  [/^GET \/($|draw$|desk$|enrol$|privacy$|robots\.txt$|sitemap)/, 'pages for people'],
  [/^GET \/(mark\.svg|portal\.css|:name\{sundial)/, 'files of the pages and the widget'],
  [/^GET \/embed($|\/)/, 'the page on which a webmaster sets the widget up'],
  [/^(GET|POST) \/sign-in/, 'pages of the sign-in, which a browser walks through'],
];

const document = async () => (await server.send('/api/openapi.json')).json();

test('the document is valid OpenAPI 3.1', async () => {
  const validator = new Validator();
  const judged = await validator.validate(await document());
  expect(judged.errors ?? []).toEqual([]);
  expect([judged.valid, validator.version]).toEqual([true, '3.1']);
});

test('every operation has an id and an error of its own kind; every read an ETag, every kept answer its time', async () => {
  const { paths } = await document();
  const ids: string[] = [];
  for (const each of declared) {
    const operation = paths[each.path][each.method.toLowerCase()];
    const name = `${each.method} ${each.path}`;
    ids.push(operation.operationId);
    expect([name, operation.summary.length > 5]).toEqual([name, true]);
    const refused = Object.entries<Record<string, object>>(operation.responses).filter(([status]) => status >= '400');
    expect([name, refused.length > 1]).toEqual([name, true]);
    for (const [, answer] of refused)
      expect([name, Object.keys(answer.content ?? {})]).toEqual([name, ['application/problem+json']]);
    const isRead = each.method === 'GET' && each.access !== 'receipt';
    expect([name, '304' in operation.responses]).toEqual([name, isRead]);
    const kept = operation.responses[each.status].headers['Cache-Control'].schema.const;
    if (each.method !== 'GET' || each.access !== 'public') expect([name, kept]).toEqual([name, 'no-store']);
    else expect(`${name}: ${kept}`).toMatch(/no-store|no-cache|public/);
  }
  expect(new Set(ids).size).toBe(ids.length);
});

test('whatever is served is described, or stands in the list of what is not', () => {
  const bare = routes
    .filter(({ handler }) => !('declared' in handler))
    .map(({ method, path }) => `${method} ${path}`)
    .filter((name) => !undeclared.some(([pattern]) => pattern.test(name)));
  expect(bare).toEqual([]);
});

test('every POST takes an Idempotency-Key or has a reason why twice is as good as once', () => {
  const posts = declared.filter(({ method }) => method === 'POST');
  const without = posts.filter(({ idempotent }) => !idempotent).map(({ path }) => path);
  expect(without.sort()).toEqual(Object.keys(harmlessTwice).sort());
  expect(posts.length - without.length).toBeGreaterThan(1);
});

test('every list that grows comes in pages of one kind', async () => {
  const { paths } = await document();
  /** Lists without pages, and what bounds them. */
  const bounded: Readonly<Record<string, string>> = {
    '/api/v1/devices': 'devices of one person',
    '/api/v1/term-base/usage': 'terms of the term base',
    '/api/v1/settings/{name}/versions': 'the last 20',
    '/api/v1/plan': 'units and the weeks of the plan',
    '/api/v1/stand-ins': 'the last 200, and who has a device',
    '/api/v1/journal/pull': 'pages by sequence number (sync.md)',
    '/api/v1/journal/seals': 'asked for from the last one on',
    '/api/v1/aggregates': 'one for each quarter',
    '/api/v1/reply-templates': 'a desk of templates',
    '/api/v1/reviews': 'what waits',
    '/api/v1/diaries/mine/{draw}/{unit}/held': 'items of one diary',
    '/api/v1/acks': 'what waits',
  };
  for (const { method, path } of declared.filter((each) => each.method === 'GET')) {
    const operation = paths[path][method.toLowerCase()];
    const { properties } = operation.responses[200].content['application/json'].schema;
    if (properties?.rows === undefined || path in bounded) continue;
    expect([path, properties.next?.anyOf ?? properties.next]).toEqual([path, expect.anything()]);
    expect([path, operation.parameters.map(({ name }: { name: string }) => name)]).toEqual([
      path,
      expect.arrayContaining(['after']),
    ]);
  }
});

/** Kinds of valibot's schemas that refuse a member or an item which they do not name. */
const shut: ReadonlySet<unknown> = new Set(['strict_object', 'strict_tuple']);

/** Answers that are not read where they have more than is known, and why. */
const readWhole: Readonly<Record<string, string>> = {
  'GET /api/v1/invitations': 'keys are compared and signed as they came',
  'GET /api/v1/settings': 'what is changed is sent back whole: a member that was passed over would be lost',
  'GET /api/v1/assessment': 'what is changed is sent back whole',
  'PUT /api/v1/assessment': 'what is changed is sent back whole',
  'POST /api/v1/challenges': 'solved as it came, by the widget that the same server gives',
};

function shutWithin(schema: unknown, seen = new Set<unknown>()): boolean {
  if (typeof schema !== 'object' || schema === null || seen.has(schema)) return false;
  seen.add(schema);
  return ('type' in schema && shut.has(schema.type)) || Object.values(schema).some((each) => shutWithin(each, seen));
}

test('a later version may add members to every answer: an older reader passes them over', () => {
  const refusing = declared.filter(({ answer }) => shutWithin(answer)).map(({ method, path }) => `${method} ${path}`);
  expect(refusing.sort()).toEqual(Object.keys(readWhole).sort());
});
