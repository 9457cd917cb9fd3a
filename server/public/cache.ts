/** Files of the tree as they were made last, kept while nothing that a reader could see has changed. */
import type { Context } from '../context.ts';
import type { Db } from '../database/port.ts';
import { prepared } from '../database/prepared.ts';
import { etagOf } from '../http/caching.ts';
import { together } from '../http/standing.ts';
import type { PublicFile } from './file.ts';
import { publicFile } from './tree.ts';

/** A file with its strong ETag. */
export interface CachedFile extends PublicFile {
  readonly etag: string;
  /** Whether it would be given out again: nothing has changed, and it was made a moment ago. */
  readonly isFresh: () => Promise<boolean>;
}

type Found = CachedFile | 'gone' | null;

/** Longest that a file is kept without being made anew, for changes that leave no audit row; by the process's own clock. */
const keptMs = 2000;
const mostBytes = 16 * 1024 * 1024;

/** A reader of the live tree. Everything is dropped at once when the log or the audit trail has grown, so a withheld text does not outlive its
 *  hold in memory. */
export function treeCache(context: Context): (path: string, from: number | null) => Promise<Found> {
  // In the order in which they were made.
  const kept = new Map<string, Kept>();
  let stamp = '';
  let bytes = 0;
  const drop = (key: string): void => {
    bytes -= kept.get(key)?.bytes ?? 0;
    kept.delete(key);
  };
  const ask = together(() => stampOf(context));
  return async (path, from) => {
    const present = await ask();
    const now = performance.now();
    for (const [oldest, { at }] of kept)
      if (present !== stamp || bytes > mostBytes || now - at >= keptMs) drop(oldest);
      else break;
    stamp = present;
    const key = `${from ?? ''} ${path}`;
    const known = kept.get(key);
    if (known !== undefined) return known.found;
    const isFresh = async () => (await ask()) === present && performance.now() - now < keptMs;
    const one: Kept = {
      at: now,
      bytes: 0,
      found: make(context, path, from).then((made) => {
        if (made === null || made === 'gone') {
          if (kept.get(key) === one) drop(key);
          return made;
        }
        if (kept.get(key) === one) {
          one.bytes = made.body.length;
          bytes += one.bytes;
        }
        return { ...made, isFresh };
      }),
    };
    kept.set(key, one);
    one.found.catch(() => {
      if (kept.get(key) === one) drop(key);
    });
    return one.found;
  };
}

interface Kept {
  readonly found: Promise<Found>;
  readonly at: number;
  /** 0 until it is made. */
  bytes: number;
}

async function make(context: Context, path: string, from: number | null) {
  const file = await publicFile(context, path, { isStatic: false, from });
  if (file === null || file === 'gone') return file;
  return { ...file, etag: etagOf(file.body) };
}

/** Every act that changes what readers see writes an audit row or a leaf. Primary keys. */
async function stampOf(context: Context): Promise<string> {
  const [row] = await stampQuery(context.database.db, {});
  return `${row?.size ?? 0}/${row?.audit ?? 0}`;
}

const stampQuery = prepared((db: Db) =>
  db.selectNoFrom((eb) => [
    eb
      .selectFrom('log_head')
      .select((one) => one.fn.max('size').as('size'))
      .as('size'),
    eb
      .selectFrom('audit')
      .select((one) => one.fn.max('id').as('id'))
      .as('audit'),
  ]),
);
