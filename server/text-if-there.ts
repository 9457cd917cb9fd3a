/** A file that need not be there. */
import { readFileSync } from 'node:fs';

/** Its text; null where there is no file. Throws what the system says of one that cannot be read. */
export function textIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
