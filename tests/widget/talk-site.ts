/** A diary's page over a stand-in for the dynamic part that lists comments as the server does: pages by key, filters, counts by entry. */
import type { PublicComment } from '../../shared/api/comments.ts';
import { openSite, problem, type Site, type SiteOptions } from './site.ts';
import { diaryTag, treeWith, vectors } from './vector-tree.ts';

export interface TalkOptions extends Partial<SiteOptions> {
  /** What is listed; read anew for each request. */
  readonly comments: () => readonly PublicComment[];
  /** Rows of a page, if not those asked for. */
  readonly pageSize?: number;
  /** Everything but the lists. */
  readonly answer?: SiteOptions['api'];
}

/** Opens the site; the caller stops it. */
export const openTalk = ({ comments, answer, pageSize, ...options }: TalkOptions): Promise<Site> =>
  openSite({
    tree: treeWith(vectors.base),
    body: diaryTag(),
    ...options,
    api: (asked) => {
      const { pathname, searchParams } = new URL(asked.path, 'http://site');
      if (asked.method === 'GET' && pathname === '/api/v1/comments')
        return { status: 200, body: pageOf(comments(), searchParams, pageSize) };
      return answer?.(asked) ?? { status: 404, body: problem('NOT_FOUND', 404) };
    },
  });

function pageOf(all: readonly PublicComment[], query: URLSearchParams, pageSize = 25) {
  const [only, parent, item, after] = ['only', 'parent', 'item', 'after'].map((name) => query.get(name));
  const limit = Number(query.get('limit') ?? pageSize);
  const answers: readonly PublicComment[] = all.find(({ id }) => id === parent)?.replies ?? [];
  const listed: readonly PublicComment[] = parent
    ? answers
    : all.filter((row) => (item ? row.item === Number(item) : true));
  const chosen = only ? listed.filter((row) => row.id === only || row.replies?.some(({ id }) => id === only)) : listed;
  const from = after ? chosen.findIndex((row) => `${row.at}.${row.id}` === after) + 1 : 0;
  const rows = chosen.slice(from, from + limit);
  const last = rows.at(-1);
  const byItem: Record<string, number> = {};
  for (const row of all) if (row.item !== null) byItem[row.item] = (byItem[row.item] ?? 0) + 1 + (row.replyTotal ?? 0);
  return {
    rows: rows.map(({ replies, ...row }) => (replies ? { ...row, replies: replies.slice(0, 10) } : row)),
    next: from + limit < chosen.length && last ? `${last.at}.${last.id}` : null,
    total: all.reduce((sum, { replyTotal = 0 }) => sum + 1 + replyTotal, 0),
    ...(only || parent || item || after ? {} : { byItem }),
  };
}
