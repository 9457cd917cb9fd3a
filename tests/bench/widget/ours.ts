/** Our own pages on the same footing: a diary with its comments, and a list of diaries. */
import { type Answered, type Asked, openSite, type Site } from '../../widget/site.ts';
import { card, commentsTag, diaryTag, feedTag, indexOf, treeWith, vectors } from '../../widget/vector-tree.ts';
import { comment } from '../../widget/voices.ts';
import type { Said } from './peers.ts';

/** A page with one diary and these comments, which the stand-in hands out `size` at a time at most. `inside`: server HTML in the tag. */
export const openDiary = (said: readonly Said[], size: number, inside = ''): Promise<Site> =>
  openSite({
    tree: treeWith(vectors.base),
    body: diaryTag().replace('></sundial-diary>', `>${inside}</sundial-diary>`),
    api: (asked) => commentPage(asked, said, size),
  });

/** A page with one diary as it stands when its text is painted: the check is under way and no comment has come. */
export const openUnchecked = (): Promise<Site> =>
  openSite({
    tree: treeWith(vectors.base),
    body: diaryTag(),
    api: () => 'hang',
    serve: (path) => path.endsWith('-check.js'),
  });

/** A page that has these comments of a diary and not the diary, as a comment widget is put into an article. */
export const openComments = (said: readonly Said[], size: number): Promise<Site> =>
  openSite({
    tree: treeWith(vectors.base),
    body: commentsTag(),
    api: (asked) => commentPage(asked, said, size),
  });

/** A page with a list of `count` published diaries. */
export function openFeed(count: number): Promise<Site> {
  const pages = Math.ceil(count / 20);
  const rowsOf = (page: number) =>
    Array.from({ length: Math.min(20, count - page * 20) }, (_, n) =>
      card({ draw: `d-20${10 + Math.floor(page / 50)}-w${10 + (page % 40)}`, unit: `u0${(n % 6) + 1}` }),
    );
  const newest = rowsOf(pages - 1).reverse();
  const feedPages = Object.fromEntries(
    Array.from({ length: pages }, (_, page) => [`feed/${page}.json`, { v: 1, page, rows: rowsOf(page) }]),
  );
  const index = indexOf({ feed: { pages, total: count, newest: pages - 1 }, newest });
  return openSite({ tree: { ...treeWith(vectors.base), 'index.json': index, ...feedPages }, body: feedTag() });
}

function commentPage({ method, path }: Asked, said: readonly Said[], size: number): Answered {
  const { pathname, searchParams } = new URL(path, 'http://site');
  if (method !== 'GET' || !pathname.endsWith('/comments'))
    return { status: 404, body: { code: 'NOT_FOUND', status: 404 } };
  const from = Number(searchParams.get('after') ?? 0);
  const limit = Math.min(size, Number(searchParams.get('limit') ?? size));
  const rows = said
    .slice(from, from + limit)
    .map(({ name, text, at }, n) => comment({ id: `c${from + n}`, item: null, nickname: name, text, at }));
  const next = from + limit < said.length ? String(from + limit) : null;
  return { status: 200, body: { rows, next, total: said.length } };
}
