/** Measures what a finding is judged from: the disk, the network, the system's limits. */
import { execFile } from 'node:child_process';
import { readFileSync, statfsSync } from 'node:fs';
import { connect as connectTls } from 'node:tls';
import * as v from 'valibot';

const patienceMs = 10_000;

/** Room for an ordinary user where a path lies. */
export function roomAt(path: string): { readonly free: number; readonly total: number } {
  const { bavail, blocks, bsize } = statfsSync(path);
  return { free: bavail * bsize, total: blocks * bsize };
}

/** Files that this process may have open; null on systems without `/proc`. */
export function filesLimit(): number | null {
  try {
    return (
      Number(/^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1] ?? Number.NaN) || null
    );
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/** Whether the kernel's clock is synchronised with others; null where systemd does not say. */
export function clockKept(): Promise<boolean | null> {
  const words = ['show', '--property=NTPSynchronized', '--value'];
  return new Promise((resolve) => {
    execFile('timedatectl', words, { timeout: patienceMs }, (error, told) => {
      const said = { yes: true, no: false }[told.trim()];
      resolve(error === null ? (said ?? null) : null);
    });
  });
}

/** What stands at the public address: the origin of the log that it shows and the clock of whoever answered; or why nobody did. */
export type Answered =
  | { readonly origin: string | null; readonly at: number | null; readonly problem: null }
  | { readonly problem: string };

/** What is read of a public index. */
const Index = v.pipe(v.string(), v.parseJson(), v.object({ pins: v.object({ origin: v.string() }) }));

export async function askAddress(issuer: string): Promise<Answered> {
  try {
    const answer = await fetch(`${issuer}/public/index.json`, { signal: AbortSignal.timeout(patienceMs) });
    const date = Date.parse(answer.headers.get('date') ?? '');
    if (!answer.ok) {
      await answer.body?.cancel();
      return { problem: `HTTP_${answer.status}` };
    }
    const text = await answer.text();
    const read = v.safeParse(Index, text);
    const origin = read.success ? read.output.pins.origin : null;
    return { origin, at: Number.isNaN(date) ? null : date / 1000, problem: null };
  } catch (error) {
    if (error instanceof DOMException) return { problem: 'TIMEOUT' };
    // How fetch says that there was no connection, with the system's code within.
    if (error instanceof TypeError) return { problem: codeOf(error.cause) ?? 'NO_ANSWER' };
    throw error;
  }
}

/** The certificate that a server shows, whether a browser would take it or not. `ends` in Unix seconds; null where no connection came about. */
export function certificateOf(
  address: URL,
): Promise<{ readonly ends: number; readonly refused: string | null } | null> {
  return new Promise((resolve) => {
    const host = address.hostname.replace(/^\[|\]$/g, '');
    const socket = connectTls(
      {
        host,
        port: Number(address.port || 443),
        ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
        // What a browser would refuse is looked at, not trusted: nothing is sent.
        rejectUnauthorized: false,
        timeout: patienceMs,
      },
      () => {
        const { valid_to: until } = socket.getPeerCertificate();
        const refused = socket.authorized ? null : String(socket.authorizationError);
        socket.destroy();
        resolve({ ends: Date.parse(until) / 1000, refused });
      },
    );
    const give = () => {
      socket.destroy();
      resolve(null);
    };
    socket.once('error', give);
    socket.once('timeout', give);
  });
}

export function codeOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  return 'code' in error && error.code !== '' ? String(error.code) : error.name;
}
