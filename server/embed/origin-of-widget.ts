/** A public tree and the script that belongs to it, as they are served now. */
import * as v from 'valibot';
import { PublicIndex } from '../../shared/api/published.ts';
import { fromUtf8 } from '../../shared/base/bytes.ts';
import { fail, ok, type Result } from '../../shared/base/result.ts';
import { integrityOf, readVersion } from './built-widget.ts';
import { fetchLimited } from './fetch.ts';

export interface TreeHere {
  /** With a slash at its end. */
  readonly tree: string;
  readonly index: PublicIndex;
  /** Whether pages of other hosts may read it. */
  readonly open: boolean;
}

export interface ScriptHere {
  readonly address: string;
  readonly integrity: string;
  readonly version: string;
}

export type TreeProblem = 'NO_ANSWER' | 'ODD';

const Index = v.pipe(v.string(), v.parseJson(), PublicIndex);
const EmbedScript = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ version: v.string(), file: v.pipe(v.string(), v.regex(/^sundial-[0-9A-Za-z.-]+\.js$/)) }),
);

/** The tree at exactly this address. `origin`: the page that asks. */
export async function readTreeAt(
  address: string,
  origin: string | null = null,
): Promise<Result<TreeHere, TreeProblem>> {
  const tree = address
    .replace(/[?#].*$/, '')
    .replace(/(?:index\.json)?$/, '')
    .replace(/\/*$/, '/');
  const answer = await fetchLimited(`${tree}index.json`, undefined, origin);
  if (!answer.ok || answer.value.status !== 200) return fail('NO_ANSWER');
  const index = v.safeParse(Index, fromUtf8(answer.value.body) ?? '');
  if (!index.success) return fail('ODD');
  const allowed = answer.value.headers.get('access-control-allow-origin');
  return ok({ tree, index: index.output, open: allowed === '*' || (origin !== null && allowed === origin) });
}

/** The tree at an address, or that of the server there. */
export async function findTree(address: string): Promise<Result<TreeHere, TreeProblem>> {
  const here = await readTreeAt(address);
  if (here.ok) return here;
  const below = await readTreeAt(`${address.replace(/\/*$/, '/')}public/`);
  return below.ok || below.problem === 'ODD' ? below : here;
}

/** The newest released script that stands beside a tree: the server says which it is; beside a tree of plain files it is looked for under the
 *  version of this program. Its hash is that of the bytes that are served. Null where there is none. */
export async function findScript(tree: string): Promise<ScriptHere | null> {
  const said = await fetchLimited(new URL('../embed/script.json', tree).href);
  const parsed =
    said.ok && said.value.status === 200 ? v.safeParse(EmbedScript, fromUtf8(said.value.body) ?? '') : null;
  const { version, file } = parsed?.success
    ? parsed.output
    : { version: readVersion(), file: `sundial-${readVersion()}.js` };
  for (const folder of ['../', './']) {
    const script = await readScript(new URL(`${folder}${file}`, tree).href, version);
    if (script !== null) return script;
  }
  return null;
}

/** A script at an address; null where there is none. */
export async function readScript(address: string, version: string): Promise<ScriptHere | null> {
  const answer = await fetchLimited(address);
  if (!answer.ok || answer.value.status !== 200) return null;
  if (!isScriptType(answer.value.headers.get('content-type'))) return null;
  return { address, integrity: integrityOf(answer.value.body), version };
}

/** Whether a browser runs it as a module (WHATWG MIME Sniffing, JavaScript MIME type). */
export const isScriptType = (type: string | null): boolean =>
  /^\s*(?:text|application)\/(?:x-)?(?:java|ecma)script\s*(?:;|$)/i.test(type ?? '');
