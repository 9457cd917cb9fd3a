/** Where a public tree is read from: an address or a folder. Paths are those of design.md 5, without a slash in front. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bytes } from '../../shared/base/bytes.ts';

export interface TreeSource {
  /** Bytes of a file; null where the tree has none (404, 410, no such file). Throws when the source cannot be read at all. */
  read(path: string): Promise<Bytes | null>;
  /** How many draws are looked at side by side: few, unless files are read at once, as each answer has its time. */
  readonly drawsAtOnce?: number;
}

const timeoutMs = 30_000;

/** An address gave an answer that is neither a file nor its absence: 403, 429, 503. */
export class AnswerTrouble extends Error {}

/** A tree behind an address; `base` with or without the slash at its end. Any answer but 2xx, 404 and 410 throws `AnswerTrouble`. */
export function addressSource(base: string, get: typeof fetch = fetch): TreeSource {
  const root = base.endsWith('/') ? base : `${base}/`;
  return {
    read: async (path) => {
      const answer = await get(new URL(path, root), { signal: AbortSignal.timeout(timeoutMs) });
      if (answer.status === 404 || answer.status === 410) return null;
      if (!answer.ok) throw new AnswerTrouble(`${answer.status} ${path}`);
      return new Uint8Array(await answer.arrayBuffer());
    },
  };
}

/** A tree in a folder, as `sundial export` writes it. */
export function folderSource(folder: string): TreeSource {
  return {
    drawsAtOnce: 64,
    read: async (path) => {
      if (path.split('/').some((part) => part === '..')) return null;
      try {
        // Of many small files the slow part is waiting for each.
        const { buffer, byteOffset, length } = readFileSync(join(folder, path));
        return new Uint8Array(buffer, byteOffset, length);
      } catch (error) {
        if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
          return null;
        throw error;
      }
    },
  };
}

/** Whether a source is meant as an address, not as a folder. */
export const isAddress = (text: string): boolean => /^https?:\/\//.test(text);

/** An address when the text begins with http:// or https://, else a folder. */
export const sourceOf = (text: string): TreeSource => (isAddress(text) ? addressSource(text) : folderSource(text));
