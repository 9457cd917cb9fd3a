/** What `sundial init` writes: the configuration, and beside it the addresses and secrets. */
import { closeSync, fsyncSync, mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SettingsInput } from '../../shared/organisation/config.ts';
import { environmentFile } from '../config.ts';
import type { Answers } from './questions.ts';

const defaultPort = '8787';

/** The configuration as text. The log is named after the address: `diary.example/log1`. */
export function configText({ name, address, zone, pages }: Answers): string {
  const { host, protocol } = new URL(address);
  const settings: SettingsInput = {
    name,
    origin: `${/^[a-z0-9.-]+(:\d+)?$/.test(host) ? host : 'localhost'}/log1`,
    zone,
    allowedOrigins: [...pages],
    // The server itself speaks HTTP: before an https address stands a proxy, here on the same machine.
    ...(protocol === 'https:' ? { trustedProxies: ['127.0.0.1', '::1'] } : {}),
  };
  return `${JSON.stringify(settings, null, 2)}\n`;
}

/** The environment as `NAME="value"` lines (environment-file.ts); no value has a quotation mark. */
export function environmentText({ address, database }: Answers): string {
  const { protocol, hostname, port } = new URL(address);
  const isHere = /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname);
  const values = {
    SUNDIAL_ISSUER: address,
    HOST: protocol === 'https:' || isHere ? '127.0.0.1' : '0.0.0.0',
    PORT: protocol === 'https:' ? defaultPort : port || '80',
    ...(database === null ? {} : { DATABASE_URL: database }),
  };
  return Object.entries(values)
    .map(([name, value]) => `${name}="${value}"\n`)
    .join('');
}

/** Writes both, the environment (mode 0600) first, so that a configuration that is there is whole. Overwrites nothing: throws the system's
 *  EEXIST, and leaves nothing of its own then. Both are on the disk when it comes back. */
export function writeFiles(configPath: string, config: string, environment: string): void {
  mkdirSync(dirname(configPath), { recursive: true, mode: 0o700 });
  const environmentPath = join(dirname(configPath), environmentFile);
  writeNew(environmentPath, environment);
  try {
    writeNew(configPath, config);
  } catch (error) {
    rmSync(environmentPath);
    throw error;
  }
  syncFolder(dirname(configPath));
}

/** The names of new files are on the disk as well; Windows has no way to ask for it, and needs none. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function writeNew(path: string, text: string): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
