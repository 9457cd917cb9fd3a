/** Opens a live portal page as a browser does and says what keeps the widget on it from working, or from working well. */
import { fail, ok, type Result } from '../../shared/base/result.ts';
import { checkElement, type KnownTree } from './check-element.ts';
import { checkScript } from './check-script.ts';
import { type FetchProblem, fetchLimited } from './fetch.ts';
import { type Finding, finding } from './finding.ts';
import { findScript, readTreeAt, type ScriptHere } from './origin-of-widget.ts';
import { addressIn, type Page } from './page.ts';
import { allowsConnection, allowsScripts, allowsTrustedTypes, policiesOf } from './policy.ts';
import { type FoundElement, readPage, textOf } from './read-page.ts';

export interface PageReport {
  /** Where the redirects ended. */
  readonly address: string;
  readonly scripts: number;
  readonly elements: readonly string[];
  /** What breaks comes first, then by line. */
  readonly findings: readonly Finding[];
}

/** Why a page could not be looked at: no answer of the network, or a status. */
export type PageProblem = FetchProblem | 'STATUS';

/** Looks at one page. It asks for the page, its scripts and the trees that its elements name, nothing else. */
export async function checkPage(address: string): Promise<Result<PageReport, { code: PageProblem; status: number }>> {
  const answer = await fetchLimited(address);
  if (!answer.ok) return fail({ code: answer.problem, status: 0 });
  const { status, headers, body, address: at } = answer.value;
  if (status !== 200) return fail({ code: 'STATUS', status });
  const found = readPage(textOf(body, headers.get('content-type')));
  const page: Page = {
    at,
    base: addressIn(found.base ?? '', at) ?? at,
    policies: [headers.get('content-security-policy') ?? '', ...found.policies].flatMap(policiesOf),
    isSafe: isSafe(at),
  };
  const trees = await readTrees(found.elements, page);
  const newest = await newestScripts(trees);
  const findings = [
    ...pageFindings(page),
    ...(found.scripts.length === 0 ? [finding('SCRIPT_MISSING', 0)] : []),
    ...twice(found.scripts.map(({ src, line }) => ({ address: addressIn(src, page.base) ?? src, line }))),
    ...(await Promise.all(found.scripts.map((script) => checkScript(script, page, newest)))).flat(),
    ...(found.elements.length === 0 ? [finding('ELEMENT_MISSING', 0)] : []),
    ...found.elements.flatMap((element) => checkElement(element, trees.get(srcOf(element, page)) ?? null, page)),
    ...treeFindings(trees, found.elements, page),
  ];
  const rank = { broken: 0, weak: 1 } as const;
  return ok({
    address: at,
    scripts: found.scripts.length,
    elements: found.elements.map(({ name }) => name),
    findings: findings.sort((a, b) => rank[a.level] - rank[b.level] || a.line - b.line),
  });
}

/** Secure Contexts 3.1: https, and this machine itself. */
function isSafe(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || /^(?:localhost|.+\.localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}

function pageFindings({ policies, isSafe: safe }: Page): Finding[] {
  return [
    ...(safe ? [] : [finding('PAGE_HTTP', 0)]),
    ...(policies.every(allowsScripts) ? [] : [finding('CSP_NO_SCRIPTS', 0)]),
    ...(policies.every((policy) => allowsTrustedTypes(policy, 'sundial'))
      ? []
      : [finding('CSP_TRUSTED_TYPES', 0, { wanted: 'trusted-types sundial' })]),
  ];
}

/** Two tags of one address run once. */
function twice(scripts: readonly { readonly address: string; readonly line: number }[]): Finding[] {
  const [one] = scripts;
  const other = scripts.find(({ address }) => address !== one?.address);
  return other === undefined || one === undefined
    ? []
    : [finding('SCRIPT_TWICE', other.line, { address: other.address, value: one.address })];
}

const srcOf = ({ attributes }: FoundElement, page: Page): string =>
  addressIn(attributes.get('src') ?? '', page.base) ?? '';

/** The trees that the elements name, by the address that stands there; each is asked once. */
async function readTrees(elements: readonly FoundElement[], page: Page): Promise<ReadonlyMap<string, KnownTree>> {
  const named = elements.flatMap((element) =>
    (element.attributes.get('src') ?? '').trim() ? srcOf(element, page) : [],
  );
  const trees = [...new Set(named)].filter((address) => address !== '');
  const { origin } = new URL(page.at);
  return new Map(
    await Promise.all(trees.map(async (address) => [address, await readTreeAt(address, origin)] as const)),
  );
}

function treeFindings(trees: ReadonlyMap<string, KnownTree>, elements: readonly FoundElement[], page: Page): Finding[] {
  return [...trees].flatMap(([address, tree]) => {
    const line = elements.find((element) => srcOf(element, page) === address)?.line ?? 0;
    const url = new URL(address);
    const file = `${url.origin}${url.pathname.replace(/\/*$/, '/')}index.json`;
    const isForeign = url.origin !== new URL(page.at).origin;
    return [
      ...(page.at.startsWith('https:') && url.protocol === 'http:'
        ? [finding('MIXED_CONTENT', line, { address })]
        : []),
      ...(page.policies.every((policy) => allowsConnection(policy, file, page.at))
        ? []
        : [finding('CSP_CONNECT', line, { address, wanted: isForeign ? url.origin : "'self'" })]),
      ...(tree.ok
        ? tree.value.open || !isForeign
          ? []
          : [finding('TREE_CORS', line, { address })]
        : [finding(tree.problem === 'ODD' ? 'TREE_ODD' : 'TREE_NO_ANSWER', line, { address })]),
    ];
  });
}

async function newestScripts(trees: ReadonlyMap<string, KnownTree>): Promise<readonly ScriptHere[]> {
  const known = [...trees.values()].flatMap((tree) => (tree.ok ? [tree.value.tree] : []));
  const scripts = await Promise.all(known.map(findScript));
  return scripts.flatMap((script) => script ?? []);
}
