/** Work that one process at a time does. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { awayBy } from './database/away.ts';

/** Takes a file that stands for the work, by the lock of the system that SQLite uses: it ends with its process, however that ends. Gives what
 *  lets it go, null where somebody else has it and still does after `patienceMs`. The file stays, empty: whoever removed it could remove that of
 *  the next. */
export function takeAlone(path: string, patienceMs = 0): (() => void) | null {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const file = new DatabaseSync(path, { timeout: patienceMs });
  try {
    file.exec('begin exclusive');
    return () => file.close();
  } catch (error) {
    file.close();
    if (awayBy(error) !== 'BUSY') throw error;
    return null;
  }
}
