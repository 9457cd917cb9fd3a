/** `sitemap.xml`, its pages, and `/robots.txt` (sitemaps.org 0.9, RFC 9309). They name whole addresses, so a tree that is carried away has none. */
import type { ReleaseState } from '../../shared/api/releases.ts';
import { type Bytes, concat, utf8 } from '../../shared/base/bytes.ts';
import type { Context } from '../context.ts';
import type { Db } from '../database/port.ts';
import { pagePath, sitemapPath, sitemapSize } from '../records/occurrences.ts';
import { publicationCount } from '../records/queries.ts';
import { escapeXml } from './html.ts';
import { changedAt } from './load.ts';
import { baseOf } from './setting.ts';

const head = '<?xml version="1.0" encoding="utf-8"?>\n';
const namespace = 'http://www.sitemaps.org/schemas/sitemap/0.9';

/** The list of the pages. */
export async function sitemapIndex(context: Context): Promise<string> {
  const base = baseOf(context, { isStatic: false });
  const pages = Math.ceil((await publicationCount(context.database.db)) / sitemapSize);
  const rows = Array.from(
    { length: pages },
    (_, page) => `<sitemap><loc>${escapeXml(`${base}${sitemapPath(page)}`)}</loc></sitemap>\n`,
  );
  return `${head}<sitemapindex xmlns="${namespace}">\n${rows.join('')}</sitemapindex>\n`;
}

/** The plain pages of a fixed range of diaries; `lastmod` is when a page was last made: a hold or a release makes search engines
 *  look again. Null where the range has none. */
export async function sitemapPage(context: Context, page: number): Promise<Bytes | null> {
  const base = baseOf(context, { isStatic: false });
  const parts: Bytes[] = [];
  const end = (page + 1) * sitemapSize;
  for (let from = page * sitemapSize; from < end; from += batch) {
    const rows = await pagesFrom(context.database.db, from, Math.min(from + batch, end));
    if (rows.length === 0) break;
    parts.push(utf8(rows.map((row) => urlOf(base, row)).join('')));
  }
  return parts.length === 0
    ? null
    : concat(utf8(`${head}<urlset xmlns="${namespace}">\n`), ...parts, utf8('</urlset>\n'));
}

const batch = 500;

interface Page {
  readonly draw: string;
  readonly unit: string;
  readonly published_at: number;
  readonly at: string | null;
  readonly released: number | null;
}

const pagesFrom = (db: Db, from: number, to: number): Promise<Page[]> =>
  db
    .selectFrom('publication')
    // What was brought in proves against no head.
    .leftJoin('log_head', 'log_head.size', 'publication.size')
    .select((eb) => [
      'draw',
      'unit',
      'published_at',
      'log_head.at',
      eb
        .selectFrom('item_release')
        .select((one) => one.fn.max('decided_at').as('at'))
        .whereRef('item_release.seal_hash', '=', 'publication.seal_hash')
        .where('state', '=', 'passed' satisfies ReleaseState)
        .as('released'),
    ])
    .where('position', '>=', from)
    .where('position', '<', to)
    .orderBy('position')
    .execute();

function urlOf(base: string | null, { draw, unit, published_at, at, released }: Page): string {
  const made = new Date(changedAt(published_at, at, Number(released ?? 0)) * 1000).toISOString();
  return `<url><loc>${escapeXml(`${base}${pagePath(draw, unit)}`)}</loc><lastmod>${made}</lastmod></url>\n`;
}

/** Search engines may read what is published, unless it is invented. */
export const robots = ({ config }: Context): string =>
  config.demo
    ? 'User-agent: *\nDisallow: /\n'
    : `User-agent: *\nDisallow: /api/\nSitemap: ${config.issuer}/public/sitemap.xml\n`;
