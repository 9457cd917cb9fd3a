/** What every answer must be, whatever was asked. */
import * as v from 'valibot';
import type { Endpoint } from '../../shared/api/endpoint.ts';
import { Problem, refusalStatus } from '../../shared/api/refusal.ts';
import type { Wire } from './requests.ts';

/** The codes that the document at `/api/openapi.json` names for a route, by status. */
const OpenApi = v.object({
  paths: v.record(
    v.string(),
    v.record(v.string(), v.object({ responses: v.record(v.string(), v.object({ description: v.string() })) })),
  ),
});
export type OpenApi = v.InferOutput<typeof OpenApi>;

/** The document of a server. */
export const openApiOf = async (address: string): Promise<OpenApi> =>
  v.parse(OpenApi, await (await fetch(`${address}/api/openapi.json`)).json());

/** What the document says of a status; null where it has none. */
const described = ({ paths }: OpenApi, { method, path }: Endpoint, status: number): string | null =>
  paths[path]?.[method.toLowerCase()]?.responses[status]?.description ?? null;

/** What is wrong with an answer, null where nothing is. */
export async function wrongWith(document: OpenApi, declared: Endpoint, answer: Response): Promise<string | null> {
  const text = await answer.text();
  if (answer.status === 304) return text === '' ? null : 'a 304 with a body';
  if (answer.status < 300) return wrongWithSuccess(document, declared, answer, text);
  if (answer.headers.get('content-type') !== 'application/problem+json')
    return `no problem document: ${text.slice(0, 200)}`;
  const problem = v.safeParse(v.pipe(v.string(), v.parseJson(), Problem), text);
  if (!problem.success) return `no problem document: ${text.slice(0, 200)}`;
  const { code, status } = problem.output;
  if (status !== answer.status || refusalStatus[code] !== status) return `${code} with ${answer.status}`;
  return described(document, declared, status)?.split(', ').includes(code) === true ? null : `${code} is not described`;
}

function wrongWithSuccess(document: OpenApi, declared: Endpoint, answer: Response, text: string): string | null {
  if (described(document, declared, answer.status) === null) return `status ${answer.status} is not described`;
  if (declared.answer === undefined) return text === '' ? null : 'a body where there is none';
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), declared.answer), text);
  if (parsed.success) return null;
  return `not as declared: ${v.getDotPath(parsed.issues[0])} ${parsed.issues[0].message} in ${text.slice(0, 300)}`;
}

/** A request as a line to be sent again. */
export const said = ({ method, path, headers, body }: Wire): string =>
  `${method} ${path.slice(0, 500)} ${JSON.stringify(headers)} ${body === undefined ? '' : Buffer.from(body).toString('utf8').slice(0, 1500)}`;
