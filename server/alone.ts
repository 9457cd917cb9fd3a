/** Work that one process at a time does. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { awayBy } from './database/away.ts';

/** Takes a file that stands for the work, by the lock of the system that SQLite uses: it ends with its process, however that ends. Gives what
 *  lets it go, null while somebody else has it. The file stays, empty: whoever removed it could remove that of the next. */
export function takeAlone(path: string): (() => void) | null {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const file = new DatabaseSync(path, { timeout: 0 });
  try {
    file.exec('begin exclusive');
    return () => file.close();
  } catch (error) {
    file.close();
    if (awayBy(error) !== 'BUSY') throw error;
    return null;
  }
}
