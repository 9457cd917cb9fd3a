/** A process of its own that loads a server (autocannon): reads a `Load` from standard input, writes a `Loaded` to standard output. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Load, Loaded } from './load.ts';

/** What we use of autocannon 9. */
type Autocannon = (options: object) => Promise<{
  readonly errors: number;
  readonly timeouts: number;
  readonly non2xx: number;
}> & {
  on(event: 'response', heard: (client: unknown, status: number, bytes: number, ms: number) => void): void;
};

const path = join(import.meta.dirname, 'node_modules', 'autocannon', 'autocannon.js');
const { default: autocannon }: { default: Autocannon } = await import(pathToFileURL(path).href);
const load: Load = JSON.parse(readFileSync(0, 'utf8'));
const posts: readonly { readonly body: string; readonly headers: Record<string, string> }[] =
  load.posts === undefined ? [] : JSON.parse(readFileSync(load.posts, 'utf8'));
let sent = 0;
const next = (request: object): object => {
  const post = posts[sent % posts.length];
  sent += 1;
  return { ...request, ...post };
};
const began = performance.now();
const running = autocannon({
  url: `${load.address}${load.path}`,
  connections: load.connections,
  timeout: 60,
  ...(load.named === undefined
    ? {}
    : { headers: { host: load.named.host }, servername: load.named.host, tlsOptions: { ca: load.named.ca } }),
  ...(load.posts === undefined ? { duration: load.seconds } : { amount: posts.length }),
  ...(load.posts === undefined ? {} : { requests: [{ method: 'POST', path: load.path, setupRequest: next }] }),
});
const took: number[] = [];
let ended = began;
running.on('response', (_, __, ___, ms) => {
  took.push(ms);
  ended = performance.now();
});
const { errors, timeouts, non2xx } = await running;
took.sort((a, b) => a - b);
const loaded: Loaded = {
  requests: took.length,
  lost: errors + timeouts,
  refused: non2xx,
  seconds: (ended - began) / 1000,
  p99Ms: took[Math.floor(took.length * 0.99)] ?? Number.NaN,
};
process.stdout.write(JSON.stringify(loaded));
