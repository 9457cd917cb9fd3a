/** The built widget that this server hands out, and what a page must know of it. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** A file of the built widget; null before it was built. */
export function readWidget(name: string): Buffer | null {
  const path = join(root, 'dist', 'widget', name);
  return existsSync(path) ? readFileSync(path) : null;
}

/** Version of this package. */
export function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) return String(manifest.version);
  throw new TypeError('package.json has no version');
}

/** Value of an `integrity` attribute (Subresource Integrity). */
export const integrityOf = (script: Uint8Array): string =>
  `sha384-${createHash('sha384').update(script).digest('base64')}`;
