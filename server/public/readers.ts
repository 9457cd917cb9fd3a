/** The files by which readers find, follow and subscribe: search, facets, threads, units, themes, rates, feeds, fragments (design.md 5). */
import type { Term } from '../../shared/api/organisation.ts';
import { feedPageSize } from '../../shared/api/published.ts';
import { hoursOf } from '../../shared/diary/hours.ts';
import { zoneOffset } from '../../shared/time/civil.ts';
import type { Context } from '../context.ts';
import { termsOf, unitsOf } from '../organisation/read.ts';
import { settingOf } from '../organisation/setting.ts';
import {
  articlePath,
  auditPath,
  besidePath,
  calendarPath,
  carouselSize,
  diaryFragmentPath,
  facetIndexPath,
  fragmentPath,
  jsonFeedPath,
  ratesPath,
  sitemapIndexPath,
  sitemapPath,
  sitemapSize,
  textPath,
  themePath,
  unitPath,
} from '../records/occurrences.ts';
import type { PublicationRow } from '../records/queries.ts';
import { articlePage } from './article.ts';
import type { AtomSetting } from './atom.ts';
import { auditFile } from './audit-file.ts';
import { besideFile } from './beside-file.ts';
import { termOf } from './cards.ts';
import { ownEntries } from './diary-hours.ts';
import { heldCount } from './diary-view.ts';
import { weekName } from './diary-words.ts';
import { drawsFile, drawsPaths } from './draws-file.ts';
import { facetFile, facetIndex, facetPaths } from './facet-file.ts';
import {
  changing,
  htmlType,
  jsonFile,
  jsonType,
  type Maker,
  orNull,
  type PublicFile,
  type TreeOptions,
  textFile,
} from './file.ts';
import { diaryFragment, type FragmentSetting, listFragment } from './fragment.ts';
import { jsonFeed } from './json-feed.ts';
import { licenceIn } from './licence.ts';
import { loadDiaries, newestDiaries, publicationOf, publications } from './load.ts';
import { moderationMakers, moderationPaths } from './moderation-file.ts';
import { ratesFile } from './rates-file.ts';
import { searchFile, searchPaths } from './search-file.ts';
import { baseOf, calendarOf, categoryNames, languageOf, nameOf } from './setting.ts';
import { sitemapIndex, sitemapPage } from './sitemap.ts';
import { textOf } from './text-file.ts';
import { themeFile } from './theme-file.ts';
import { threadFile, threadPaths, threadYear } from './thread-file.ts';
import { unitFile } from './unit-file.ts';

const n = '(0|[1-9]\\d{0,8})';
const id = '([a-z0-9-]{1,32})';
const path = (text: string): RegExp => new RegExp(`^${text}$`);
const xml = 'application/xml; charset=utf-8';

export const readerMakers: readonly (readonly [RegExp, Maker])[] = [
  [
    path(`search/${n}/${n}/([0-9a-f]{2})\\.json`),
    async (context, [segment, shards, shard = '']) => {
      const text = await searchFile(context, Number(segment), Number(shards), shard);
      return text === null ? null : textFile(jsonType, text);
    },
  ],
  [path(`text/${n}\\.json`), async ({ database }, [position]) => orNull(await textOf(database.db, Number(position)))],
  [path('facet/index\\.json'), async (context) => jsonFile(await facetIndex(context))],
  [path(`facet/([a-z]+)/([A-Za-z0-9-]{1,32})/${n}\\.json`), facetFile],
  [path(`draws/${n}\\.json`), async ({ database }, [page]) => orNull(await drawsFile(database.db, Number(page)))],
  [path(`thread/${id}\\.json`), async (context, [thread = '']) => orNull(await threadFile(context, thread))],
  [
    path(`thread/${id}/(\\d{4})\\.json`),
    async ({ database }, [thread = '', year = '']) => orNull(await threadYear(database.db, thread, year)),
  ],
  [path(`unit/${id}\\.json`), async (context, [unit = '']) => orNull(await unitFile(context, unit))],
  [path(`theme/${id}\\.json`), async (context, [theme = '']) => orNull(await themeFile(context, theme))],
  [
    path(`beside/${id}/${id}\\.json`),
    async ({ database }, [draw = '', unit = '']) => orNull(await besideFile(database.db, draw, unit)),
  ],
  [path('rates\\.json'), async (context) => jsonFile(await ratesFile(context))],
  [path('audit\\.json'), async ({ database }) => jsonFile(await auditFile(database.db))],
  ...moderationMakers,
  [path('feed\\.json'), jsonFeedFile],
  [path('fragment/(feed|carousel)\\.html'), listFile],
  [path(`fragment/diary/${id}/${id}\\.html`), diaryFile],
  [path(`article/${id}/${id}\\.html`), articleFile],
  [
    path('sitemap\\.xml'),
    async (context, _, options) => (options.isStatic ? null : textFile(xml, await sitemapIndex(context))),
  ],
  [path(`sitemap/${n}\\.xml`), sitemapFile],
];

/** Every path of these files as they are now. */
export async function readerPaths(
  context: Context,
  rows: readonly PublicationRow[],
  draws: number,
  options: TreeOptions,
): Promise<string[]> {
  const units = await unitsOf(context.database.db);
  const themes = await settingOf(context.database.db, context.config, 'themes');
  const pages = Math.ceil(rows.length / sitemapSize);
  return [
    facetIndexPath,
    ratesPath,
    ...(await moderationPaths(context)),
    auditPath,
    jsonFeedPath,
    calendarPath,
    fragmentPath('feed'),
    fragmentPath('carousel'),
    ...(options.isStatic ? [] : [sitemapIndexPath, ...Array.from({ length: pages }, (_, page) => sitemapPath(page))]),
    ...units.map(({ id: unit }) => unitPath(unit)),
    ...themes.map(({ id: theme }) => themePath(theme)),
    ...(await threadPaths(context)),
    ...(await facetPaths(context)),
    ...drawsPaths(draws),
    ...rows.flatMap(({ draw, unit, position }) => [
      besidePath(draw, unit),
      diaryFragmentPath(draw, unit),
      articlePath(draw, unit),
      textPath(position),
    ]),
    ...searchPaths(rows.length),
  ];
}

/** What a feed needs beside its diaries. `since`: when the first was published, Unix seconds. */
export async function feedSetting(context: Context, options: TreeOptions): Promise<AtomSetting> {
  const { db } = context.database;
  const [oldest] = await publications(db, 0, 1);
  const { language, page } = languageOf(context);
  const units = await unitsOf(db);
  return {
    origin: context.config.origin,
    since: oldest?.published_at ?? 0,
    organisation: context.config.name[language],
    base: baseOf(context, options),
    licence: licenceIn(context, language),
    unitName: (unit) => nameOf(units, unit, language),
    summary: (diary) => {
      const own = ownEntries(diary);
      const minutes = hoursOf(own, zoneOffset(diary.zone) ?? undefined).unionMinutes;
      const entries = diary.items.filter(({ kind }) => kind === 'entry').length;
      const mark = diary.imported === null ? '' : `${page.imported.mark}${page.colon}`;
      return `${mark}${weekName(diary.week, page)} ${page.feedSummary(page.duration(minutes), diary.imported === null ? own.length : entries, heldCount(diary))}`;
    },
  };
}

async function jsonFeedFile(context: Context, _: readonly string[], options: TreeOptions): Promise<PublicFile> {
  const setting = await feedSetting(context, options);
  const feed = jsonFeed(await newestDiaries(context.database.db, feedPageSize), setting, languageOf(context).page);
  return textFile('application/feed+json; charset=utf-8', JSON.stringify(feed));
}

async function listFile(context: Context, [name]: readonly string[], options: TreeOptions): Promise<PublicFile> {
  const isShort = name === 'carousel';
  const diaries = await newestDiaries(context.database.db, isShort ? carouselSize : feedPageSize);
  return textFile(htmlType, listFragment(diaries, await fragmentSetting(context, options), isShort));
}

async function diaryFile(context: Context, [draw = '', unit = '']: readonly string[], options: TreeOptions) {
  const { db } = context.database;
  const row = await publicationOf(db, draw, unit);
  const [diary] = row === undefined ? [] : await loadDiaries(db, [row]);
  return diary === undefined ? null : textFile(htmlType, diaryFragment(diary, await fragmentSetting(context, options)));
}

async function articleFile(context: Context, [draw = '', unit = '']: readonly string[], options: TreeOptions) {
  const { db } = context.database;
  const row = await publicationOf(db, draw, unit);
  const [diary] = row === undefined ? [] : await loadDiaries(db, [row]);
  if (diary === undefined) return null;
  const { language } = languageOf(context);
  const setting = {
    ...(await fragmentSetting(context, options)),
    organisation: context.config.name[language],
    post: termOf<Term>(await termsOf(db), unit, diary.week)?.post ?? null,
  };
  return textFile(htmlType, articlePage(diary, setting));
}

async function fragmentSetting(context: Context, options: TreeOptions): Promise<FragmentSetting> {
  const { language, page, domain } = languageOf(context);
  const units = await unitsOf(context.database.db);
  const categoryName = await categoryNames(context);
  return {
    page,
    domain,
    unitName: (unit) => nameOf(units, unit, language),
    categoryName,
    calendar: await calendarOf(context),
    demo: context.config.demo,
    base: baseOf(context, options),
  };
}

async function sitemapFile(context: Context, [page]: readonly string[], options: TreeOptions) {
  const body = options.isStatic ? null : await sitemapPage(context, Number(page));
  return body === null ? null : { type: xml, body, cacheControl: changing, immutable: false };
}
