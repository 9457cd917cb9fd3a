/** The OpenAPI 3.1 document out of the declarations that the server validates with. */
import { toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import type { Endpoint } from '../../shared/api/endpoint.ts';
import { Problem, type RefusalCode, refusalStatus } from '../../shared/api/refusal.ts';

/** The document of these endpoints. `issuer` is the server's address. */
export function openApiOf(endpoints: readonly Endpoint[], title: string, issuer: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const declared of endpoints)
    paths[declared.path] = { ...paths[declared.path], [declared.method.toLowerCase()]: operationOf(declared) };
  return {
    openapi: '3.1.0',
    info: { title, version: '1', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: issuer }],
    paths,
    components: {
      schemas: { Problem: schemaOf(Problem, 'output') },
      securitySchemes: {
        device: { type: 'http', scheme: 'bearer' },
        receipt: { type: 'apiKey', in: 'header', name: 'Authorization' },
      },
    },
  };
}

function operationOf(declared: Endpoint): Record<string, unknown> {
  const { access, answer, body, method, path, status } = declared;
  return {
    operationId: operationId(method, path),
    tags: [declared.group],
    summary: declared.summary,
    'x-sundial-access': access,
    security: access === 'public' ? [] : [access === 'receipt' ? { receipt: [] } : { device: [] }],
    parameters: parametersOf(declared),
    ...(body === undefined ? {} : { requestBody: { required: true, content: jsonContent(schemaOf(body, 'input')) } }),
    ...(body === undefined && method === 'PUT' ? { requestBody: imageContent } : {}),
    responses: {
      [status]: {
        description: 'done',
        ...(answer === undefined ? {} : { content: jsonContent(schemaOf(answer, 'output')) }),
      },
      ...refusalsOf(declared),
    },
  };
}

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
  return [...inPath, ...inQuery, ...(declared.idempotent ? [key] : [])];
}

/** What every route may answer beside its own refusals. */
function refusalsOf(declared: Endpoint): Record<string, unknown> {
  const codes = new Set<RefusalCode>([...declared.refusals, 'INTERNAL', 'UNAVAILABLE']);
  if (declared.access !== 'public' && declared.access !== 'receipt')
    for (const code of ['TOKEN_MISSING', 'TOKEN_EXPIRED', 'DEVICE_REVOKED'] as const) codes.add(code);
  if (declared.access !== 'public' && declared.access !== 'receipt' && declared.access !== 'device')
    codes.add('NOT_ALLOWED');
  if (declared.body !== undefined) for (const code of ['MALFORMED', 'TOO_LARGE'] as const) codes.add(code);
  const byStatus = Map.groupBy([...codes].sort(), (code) => refusalStatus[code]);
  return Object.fromEntries(
    [...byStatus].map(([status, named]) => [
      status,
      {
        description: named.join(', '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}

function schemaOf(schema: v.GenericSchema, typeMode: 'input' | 'output') {
  const { $schema: _, ...json } = toJsonSchema(schema, { typeMode, errorMode: 'ignore', target: 'draft-2020-12' });
  return json;
}
