/** One script tag of ours on a page: does it run, is it the one that was released, is it new. */
import { integrityOf } from './built-widget.ts';
import { fetchLimited } from './fetch.ts';
import { type Finding, finding } from './finding.ts';
import { isScriptType, type ScriptHere } from './origin-of-widget.ts';
import { addressIn, type Page } from './page.ts';
import { allowsPart, allowsScript } from './policy.ts';
import { type FoundScript, versionIn } from './read-page.ts';

export async function checkScript(
  script: FoundScript,
  page: Page,
  newest: readonly ScriptHere[],
): Promise<readonly Finding[]> {
  const { line } = script;
  const address = addressIn(script.src, page.base);
  if (address === null) return [finding('SCRIPT_NO_ANSWER', line, { address: script.src })];
  const url = new URL(address);
  const isForeign = url.origin !== new URL(page.at).origin;
  const wanted = isForeign ? url.origin : "'self'";
  const tag = { address, integrity: script.integrity, nonce: script.nonce };
  const runs = page.policies.every((policy) => allowsScript(policy, tag, page.at));
  const part = new URL('sundial-part.js', address).href;
  const known = newest.find((one) => new URL(one.address).origin === url.origin) ?? newest[0] ?? null;
  return [
    ...(page.at.startsWith('https:') && url.protocol === 'http:' ? [finding('MIXED_CONTENT', line, { address })] : []),
    ...(runs ? [] : [finding('CSP_SCRIPT', line, { address, wanted })]),
    ...(runs && !page.policies.every((policy) => allowsPart(policy, part, script.nonce, page.at))
      ? [finding('CSP_PARTS', line, { address, wanted })]
      : []),
    ...old(address, line, known),
    ...(await served(script, address, page, isForeign)),
  ];
}

/** A release older than the newest beside the tree. The file without a version is always the newest. */
function old(address: string, line: number, newest: ScriptHere | null): readonly Finding[] {
  const version = versionIn(address);
  if (newest === null || version === null || version === 'newest' || !isOlder(version, newest.version)) return [];
  return [finding('SCRIPT_OLD', line, { address: newest.address, value: version, wanted: newest.version })];
}

/** Semantic Versioning 2.0, without what stands behind a hyphen. */
export function isOlder(one: string, other: string): boolean {
  const numbers = (version: string): number[] => version.split('-', 1)[0]?.split('.').map(Number) ?? [];
  const [a, b] = [numbers(one), numbers(other)];
  const at = a.findIndex((n, place) => n !== b[place]);
  return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0);
}

async function served(
  { integrity, crossorigin, module, line }: FoundScript,
  address: string,
  page: Page,
  isForeign: boolean,
): Promise<readonly Finding[]> {
  const answer = await fetchLimited(address, undefined, new URL(page.at).origin);
  if (!answer.ok) return [finding('SCRIPT_NO_ANSWER', line, { address, value: answer.problem })];
  const { status, headers, body } = answer.value;
  if (status !== 200) return [finding('SCRIPT_NO_ANSWER', line, { address, value: String(status) })];
  const type = headers.get('content-type');
  const allowed = headers.get('access-control-allow-origin');
  const needsCors = isForeign && (module || crossorigin);
  const findings: Finding[] = [];
  if (!isScriptType(type) && (module || headers.get('x-content-type-options') !== null))
    findings.push(finding('SCRIPT_TYPE', line, { address, value: type ?? '' }));
  if (needsCors && allowed !== '*' && allowed !== new URL(page.at).origin)
    findings.push(finding('SCRIPT_CORS', line, { address }));
  const hash = integrityOf(body);
  const given = (integrity ?? '').split(/\s+/).filter((one) => one !== '');
  const isNewest = versionIn(address) === 'newest';
  if (given.length === 0) {
    if (!isNewest) findings.push(finding('INTEGRITY_MISSING', line, { wanted: hash }));
    return findings;
  }
  if (isForeign && !module && !crossorigin) findings.push(finding('CROSSORIGIN_MISSING', line));
  const strong = given.filter((one) => one.startsWith('sha384-'));
  if (strong.length > 0 && !strong.includes(hash))
    findings.push(finding('INTEGRITY_WRONG', line, { value: strong.join(' '), wanted: hash }));
  else if (isNewest) findings.push(finding('INTEGRITY_MOVES', line, { address }));
  return findings;
}
