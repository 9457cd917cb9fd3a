/** `data/diaries.json`, `.csv` and `.ics`: what grows with every diary is made a batch at a time while it is given out, and stands nowhere as a
 *  whole. */
import { createHash } from 'node:crypto';
import { searchSegmentSize } from '../../shared/api/public-search.ts';
import { type Bytes, concat, utf8 } from '../../shared/base/bytes.ts';
import type { Context } from '../context.ts';
import { unitsOf } from '../organisation/read.ts';
import { settingOf } from '../organisation/setting.ts';
import { calendarPath, dataCsvPath, dataJsonPath } from '../records/occurrences.ts';
import { publicationCount } from '../records/queries.ts';
import { calendarParts } from './calendar-file.ts';
import { changing, jsonType, type PublicFile, type TreeOptions } from './file.ts';
import { diaryBatches, turn } from './load.ts';
import { csvParts, jsonParts } from './open-data.ts';
import { segmentState } from './search-store.ts';
import { baseOf, categoryNames, languageOf, nameOf } from './setting.ts';

/** A file in pieces. */
export interface DataFile {
  readonly type: string;
  readonly parts: () => AsyncIterable<string>;
}

/** Null for the path of any other file. */
export async function dataFile(context: Context, path: string, options: TreeOptions): Promise<DataFile | null> {
  const { db } = context.database;
  if (path === dataJsonPath) return { type: jsonType, parts: () => jsonParts(diaryBatches(db)) };
  if (path === dataCsvPath) return { type: 'text/csv; charset=utf-8', parts: () => csvParts(diaryBatches(db)) };
  if (path !== calendarPath) return null;
  const { language, page, domain } = languageOf(context);
  const units = await unitsOf(db);
  const base = baseOf(context, options);
  const setting = {
    origin: context.config.origin,
    title: page.feedTitle(context.config.name[language]),
    unitName: (unit: string) => nameOf(units, unit, language),
    categoryName: await categoryNames(context),
    importedMark: page.imported.mark,
    withheld: ({ hold }) => (hold === null ? '' : page.held(domain.ground[hold.ground])),
    pageOf: ({ draw, unit }) => (base === null ? null : `${base}d/${draw}/${unit}.html`),
  } satisfies Parameters<typeof calendarParts>[1];
  return { type: 'text/calendar; charset=utf-8', parts: () => calendarParts(() => diaryBatches(db), setting) };
}

/** The same file whole, for a tree that is written to a disk. */
export async function wholeDataFile(context: Context, [path = '']: readonly string[], options: TreeOptions) {
  const file = await dataFile(context, path, options);
  if (file === null) return null;
  const bytes: Bytes[] = [];
  for await (const part of file.parts()) bytes.push(utf8(part));
  return { type: file.type, body: concat(...bytes), cacheControl: changing, immutable: false } satisfies PublicFile;
}

/** The ETag of these files: a digest of what they are made of. Weak, for a later version may write the same in other bytes (RFC 9110 8.8.1). */
export async function dataEtag(context: Context): Promise<string> {
  const { config, database } = context;
  const said = [config.origin, config.issuer, config.name, config.languages, await unitsOf(database.db)];
  const state = createHash('sha256').update(JSON.stringify(said));
  state.update(JSON.stringify(await settingOf(database.db, config, 'categories')));
  const segments = Math.ceil((await publicationCount(database.db)) / searchSegmentSize);
  for (let segment = 0; segment < segments; segment += 1) {
    state.update((await segmentState(database.db, segment)) ?? '');
    await turn();
  }
  return `W/"${state.digest('base64url').slice(0, 22)}"`;
}
