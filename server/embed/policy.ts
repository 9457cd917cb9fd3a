/** What a Content Security Policy lets the widget do. CSP Level 3: 6.7.2 (matching of URLs), 8.4 (external hashes); Trusted Types 4. */

/** Directive names in lower case to their tokens. */
export type Policy = ReadonlyMap<string, readonly string[]>;

export interface ScriptTag {
  readonly address: string;
  readonly integrity: string | null;
  readonly nonce: string | null;
}

/** The policies of a header's value or a meta element's; a browser enforces each of them. */
export const policiesOf = (text: string): Policy[] => text.split(',').flatMap((one) => policyOf(one) ?? []);

function policyOf(text: string): Policy | null {
  const policy = new Map<string, readonly string[]>();
  for (const part of text.split(';')) {
    const [name, ...tokens] = part.trim().split(/\s+/);
    // The first of two counts.
    if (name !== undefined && name !== '' && !policy.has(name.toLowerCase())) policy.set(name.toLowerCase(), tokens);
  }
  return policy.size === 0 ? null : policy;
}

const first = (policy: Policy, ...names: readonly string[]): readonly string[] | null => {
  for (const name of names) {
    const tokens = policy.get(name);
    if (tokens !== undefined) return tokens;
  }
  return null;
};

/** Whether a script tag of the page runs. */
export function allowsScript(policy: Policy, tag: ScriptTag, page: string): boolean {
  const tokens = first(policy, 'script-src-elem', 'script-src', 'default-src');
  if (tokens === null) return true;
  if (hasNonce(tokens, tag.nonce)) return true;
  const hashes = (tag.integrity ?? '').split(/\s+/).filter((hash) => hash !== '');
  if (hashes.length > 0 && hashes.every((hash) => tokens.includes(`'${hash}'`))) return true;
  return !hasWord(tokens, "'strict-dynamic'") && tokens.some((token) => matches(token, tag.address, page));
}

/** Whether the widget may load a part of itself from beside its file, by a script element that it makes with the nonce of its own. */
export function allowsPart(policy: Policy, address: string, nonce: string | null, page: string): boolean {
  const tokens = first(policy, 'script-src-elem', 'script-src', 'default-src');
  return (
    tokens === null ||
    hasNonce(tokens, nonce) ||
    hasWord(tokens, "'strict-dynamic'") ||
    tokens.some((token) => matches(token, address, page))
  );
}

/** Whether the widget may fetch an address. */
export function allowsConnection(policy: Policy, address: string, page: string): boolean {
  const tokens = first(policy, 'connect-src', 'default-src');
  return tokens === null || tokens.some((token) => matches(token, address, page));
}

/** Whether the widget may make its Trusted Types policy, without which it does not start. */
export function allowsTrustedTypes(policy: Policy, name: string): boolean {
  const names = policy.get('trusted-types');
  return names === undefined || names.includes(name) || names.includes('*');
}

/** Whether scripts run at all. */
export function allowsScripts(policy: Policy): boolean {
  const sandbox = policy.get('sandbox');
  return sandbox === undefined || hasWord(sandbox, 'allow-scripts');
}

const hasNonce = (tokens: readonly string[], nonce: string | null): boolean =>
  nonce !== null && nonce !== '' && tokens.includes(`'nonce-${nonce}'`);

const hasWord = (tokens: readonly string[], word: string): boolean =>
  tokens.some((token) => token.toLowerCase() === word);

const defaultPort: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };
const portOf = ({ port, protocol }: URL): string => (port === '' ? (defaultPort[protocol] ?? '') : port);

/** Whether a source expression covers an address. */
function matches(token: string, address: string, page: string): boolean {
  const url = new URL(address);
  const self = new URL(page);
  const word = token.toLowerCase();
  if (word === '*') return url.protocol === 'http:' || url.protocol === 'https:';
  if (word === "'self'")
    return (
      url.hostname === self.hostname &&
      coversScheme(self.protocol, url.protocol) &&
      (portOf(url) === portOf(self) || isUpgrade(portOf(self), url))
    );
  if (word.startsWith("'")) return false;
  const scheme = /^([a-z][a-z0-9+.-]*:)$/.exec(word)?.[1];
  if (scheme !== undefined) return coversScheme(scheme, url.protocol);
  const found = /^(?:([a-z][a-z0-9+.-]*:)\/\/)?(\*|(?:\*\.)?[^\s:/*]+|\[[0-9a-f:]+\])(?::(\*|\d+))?(\/.*)?$/i.exec(
    token,
  );
  if (found === null) return false;
  const [, given, host = '', port, path] = found;
  return (
    coversScheme(given?.toLowerCase() ?? self.protocol, url.protocol) &&
    coversHost(host.toLowerCase(), url.hostname) &&
    coversPort(port, url) &&
    coversPath(path, url.pathname)
  );
}

const coversScheme = (wanted: string, found: string): boolean =>
  wanted === found || (wanted === 'http:' && found === 'https:');

const coversHost = (wanted: string, found: string): boolean =>
  wanted === '*' || (wanted.startsWith('*.') ? found.endsWith(wanted.slice(1)) : wanted === found);

const isUpgrade = (port: string, url: URL): boolean =>
  port === '80' && url.protocol === 'https:' && portOf(url) === '443';

const coversPort = (wanted: string | undefined, url: URL): boolean =>
  wanted === '*' ||
  (wanted === undefined ? portOf(url) === defaultPort[url.protocol] : wanted === portOf(url) || isUpgrade(wanted, url));

const coversPath = (wanted: string | undefined, found: string): boolean =>
  wanted === undefined || (wanted.endsWith('/') ? found.startsWith(wanted) : found === wanted);
