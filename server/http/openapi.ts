/** The OpenAPI 3.1 document out of the declarations that the server validates with. */
import { toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import { proofHeader } from '../../shared/api/challenges.ts';
import type { Endpoint } from '../../shared/api/endpoint.ts';
import { Problem, type RefusalCode, refusalStatus } from '../../shared/api/refusal.ts';
import { isJudgedWhole } from './body.ts';
import { cacheControlOf } from './caching.ts';

/** The document of these endpoints. `issuer` is the server's address. */
export function openApiOf(endpoints: readonly Endpoint[], title: string, issuer: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const declared of endpoints)
    paths[declared.path] = { ...paths[declared.path], [declared.method.toLowerCase()]: operationOf(declared) };
  return {
    openapi: '3.1.0',
    info: {
      title,
      version: '1',
      summary: 'Diaries of officials: what readers read and write, what officials do.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: issuer }],
    tags: [...new Set(endpoints.map(({ group }) => group))].map((name) => ({ name })),
    paths,
    components: {
      schemas: { Problem: schemaOf(Problem, 'output') },
      securitySchemes: {
        device: { type: 'http', scheme: 'bearer', description: 'An access token of POST /api/v1/token.' },
        receipt: { type: 'apiKey', in: 'header', name: 'Authorization', description: '`Receipt <number>.<code>`' },
        reader: { type: 'apiKey', in: 'header', name: 'Authorization', description: '`Reader <token>`, of sign-in.' },
      },
    },
  };
}

function operationOf(declared: Endpoint): Record<string, unknown> {
  const { access, answer, body, method, path, status, statusAgain } = declared;
  const success = (description: string) => ({
    description,
    headers: headersOf(declared),
    ...(answer === undefined ? {} : { content: jsonContent(schemaOf(answer, 'output')) }),
  });
  return {
    operationId: operationId(method, path),
    tags: [declared.group],
    summary: declared.summary,
    'x-sundial-access': access,
    security: securityOf(declared),
    parameters: parametersOf(declared),
    ...(body === undefined ? {} : { requestBody: { required: true, content: jsonContent(schemaOf(body, 'input')) } }),
    ...(body === undefined && method === 'PUT' ? { requestBody: imageContent } : {}),
    responses: {
      [status]: success('done'),
      ...(statusAgain === null ? {} : { [statusAgain]: success('had been done before') }),
      ...(hasTag(declared) ? { 304: { description: 'as `If-None-Match` has it' } } : {}),
      ...refusalsOf(declared),
    },
  };
}

/** Whether the answer has an ETag. */
const hasTag = ({ method, access, answer }: Endpoint): boolean =>
  method === 'GET' && access !== 'receipt' && answer !== undefined;

/** Where an organisation has its readers sign in, a post says who; elsewhere nobody does. */
function securityOf({ access, refusals }: Endpoint): unknown[] {
  if (access === 'public') return refusals.includes('SIGN_IN_NEEDED') ? [{}, { reader: [] }] : [];
  return [access === 'receipt' ? { receipt: [] } : { device: [] }];
}

const text = { type: 'string' };
const headersOf = (declared: Endpoint): Record<string, unknown> => ({
  'Cache-Control': { schema: { ...text, const: cacheControlOf(declared) } },
  ...(hasTag(declared) ? { ETag: { schema: text } } : {}),
});

const jsonContent = (schema: unknown) => ({ 'application/json': { schema } });
const bytes = { schema: {} };
const imageContent = { required: true, content: { 'image/jpeg': bytes, 'image/png': bytes, 'image/webp': bytes } };

const operationId = (method: string, path: string): string =>
  [method.toLowerCase(), ...path.replace('/api/v1/', '').split(/[/{}-]+/)].filter((part) => part !== '').join('_');

function parametersOf(declared: Endpoint): unknown[] {
  const inPath = [...declared.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const query = declared.query === undefined ? {} : schemaOf(declared.query, 'input');
  const required: readonly unknown[] = Array.isArray(query.required) ? query.required : [];
  const inQuery = Object.entries(query.properties ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
  const key = {
    name: 'Idempotency-Key',
    in: 'header',
    required: true,
    schema: { type: 'string', pattern: '^[\\w-]{22,64}$' },
  };
  const proof = {
    name: proofHeader,
    in: 'header',
    required: false,
    description: 'A solved challenge: base64url of its JSON. Without one the post waits for review.',
    schema: text,
  };
  const known = { name: 'If-None-Match', in: 'header', required: false, schema: text };
  return [
    ...inPath,
    ...inQuery,
    ...(declared.idempotent ? [key] : []),
    ...(declared.proof ? [proof] : []),
    ...(hasTag(declared) ? [known] : []),
  ];
}

/** What a route may answer: its own refusals, and those of what is judged before it (route.ts). */
function refusalsOf(declared: Endpoint): Record<string, unknown> {
  const { access, body, idempotent, method, path, query, refusals } = declared;
  const isSignedIn = access !== 'public' && access !== 'receipt';
  const before: readonly (readonly [boolean, readonly RefusalCode[]])[] = [
    [true, ['ENCODING_REFUSED', 'INTERNAL', 'UNAVAILABLE']],
    [access === 'receipt', ['RECEIPT_INVALID', 'RATE_LIMITED']],
    [isSignedIn, ['TOKEN_MISSING', 'TOKEN_EXPIRED', 'DEVICE_REVOKED']],
    [isSignedIn && access !== 'device', [refusals.includes('NOT_AUTHOR') ? 'NOT_AUTHOR' : 'NOT_ALLOWED']],
    [method !== 'GET', ['MALFORMED', refusals.includes('BATCH_TOO_BIG') ? 'BATCH_TOO_BIG' : 'TOO_LARGE']],
    [query !== undefined, ['MALFORMED', 'FIELD_INVALID']],
    [body !== undefined && !isJudgedWhole(declared), ['FIELD_INVALID']],
    [idempotent, ['FIELD_INVALID', 'IDEMPOTENCY_REUSED']],
    [path.includes('{'), ['NOT_FOUND']],
  ];
  const codes = new Set([...refusals, ...before.flatMap(([applies, each]) => (applies ? each : []))]);
  const byStatus = Map.groupBy([...codes].sort(), (code) => refusalStatus[code]);
  return Object.fromEntries(
    [...byStatus].map(([status, named]) => [
      status,
      {
        description: named.join(', '),
        ...(status === 429 || status === 503 ? { headers: { 'Retry-After': { schema: { type: 'integer' } } } } : {}),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}

function schemaOf(schema: v.GenericSchema, typeMode: 'input' | 'output') {
  const { $schema: _, ...json } = toJsonSchema(schema, { typeMode, errorMode: 'ignore', target: 'draft-2020-12' });
  return json;
}
