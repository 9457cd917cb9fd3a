/** A file that a person named on the command line. */
import { readFile } from 'node:fs/promises';

/** Its bytes; null where it cannot be opened. */
export async function fileBytes(file: string): Promise<Uint8Array | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}
