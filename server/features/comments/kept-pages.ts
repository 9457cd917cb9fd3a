/** Pages of public lists that are kept until their diary's version rises: a read of a busy page is then one row. Nothing here is needed by
 *  another process; each keeps its own, and the version in the database decides. */

import type { getComments } from '../../../shared/api/comments.ts';
import type { Answer } from '../../../shared/api/endpoint.ts';

type Page = Answer<typeof getComments>;

export interface KeptPages {
  readonly keeps: boolean;
  /** The page of a key at a version: as kept, or as `read` gives it. */
  get(key: string, version: number, read: () => Promise<Page>): Promise<Page>;
}

/** Pages kept at once; the one kept longest goes first. */
const most = 500;

/** Keeps pages, or, with `keeps` false, reads each anew. */
export function keptPages(keeps: boolean): KeptPages {
  const pages = new Map<string, { readonly version: number; readonly page: Page }>();
  return {
    keeps,
    get: async (key, version, read) => {
      if (!keeps) return read();
      const known = pages.get(key);
      if (known?.version === version) return known.page;
      const page = await read();
      pages.delete(key);
      pages.set(key, { version, page });
      const [oldest] = pages.keys();
      if (pages.size > most && oldest !== undefined) pages.delete(oldest);
      return page;
    },
  };
}
