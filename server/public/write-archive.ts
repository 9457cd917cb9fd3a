/** `sundial export --archive YEAR DIR`: one year of the public tree as a bag that proves itself. */
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../shared/base/result.ts';
import { civilOf, dayOf, formatDay, zoneOffset } from '../../shared/time/civil.ts';
import { type Context, secondsNow } from '../context.ts';
import { archiveReadme as enReadme } from '../locales/en/archive.ts';
import { archiveReadme as zhReadme } from '../locales/zh/archive.ts';
import { BagWriter } from './bag.ts';
import { licenceIn } from './licence.ts';
import { treeState } from './tree-state.ts';
import { type YearPart, yearFile, yearPart, yearPaths } from './year.ts';

/** NOT_EMPTY: the folder has something in it. YEAR_EMPTY: no draw of that year. BUSY: the log did not stand still for long enough. */
export type ArchiveProblem = { readonly code: 'NOT_EMPTY' | 'YEAR_EMPTY' | 'BUSY' };

export interface WrittenArchive {
  readonly year: string;
  readonly files: number;
  readonly bytes: number;
  readonly diaries: number;
  readonly draws: number;
  /** Leaves of the log in it. */
  readonly leaves: number;
  /** Whether the year was over, by the organisation's calendar: else the archive is to be made again. */
  readonly isOver: boolean;
  /** SHA-256 of `tagmanifest-sha256.txt`, which stands for all of it. */
  readonly sum: string;
}

const mostRounds = 5;

/** Pages of our documentation that go into every archive: how its content is checked without this program, and the wire format whole, for
 *  whoever has to write another one. */
const pages = [
  ['HOW-TO-CHECK.md', 'for-sceptics.md'],
  ['FORMAT.md', 'design/verification.md'],
] as const;

/** Writes the archive into an empty or new folder. When something was logged, published or released meanwhile it begins again: a text that has just been
 *  withheld must not stay in it. */
export async function writeArchive(
  context: Context,
  year: string,
  folder: string,
  progress: (files: number) => void,
): Promise<Result<WrittenArchive, ArchiveProblem>> {
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) return fail({ code: 'NOT_EMPTY' });
  for (let round = 1; round <= mostRounds; round += 1) {
    const before = await treeState(context.database.db);
    const part = await yearPart(context, year);
    if (part === null) return fail({ code: 'YEAR_EMPTY' });
    const bag = new BagWriter(folder);
    for (const [n, path] of yearPaths(part).entries()) {
      const body = await yearFile(context, part, path);
      if (body !== null) await bag.add(path, body);
      progress(n + 1);
    }
    if ((await treeState(context.database.db)).moved === before.moved) {
      const bagged = await bag.close(...(await described(context, part)));
      const { draws, rows, head } = part;
      const count = { diaries: rows.length, draws: draws.length, leaves: head.size };
      return ok({ year, ...bagged, ...count, isOver: todayOf(context).slice(0, 4) > year });
    }
    await rm(join(folder, 'data'), { recursive: true });
  }
  return fail({ code: 'BUSY' });
}

/** `YYYY-MM-DD` in the organisation's zone; empty where the zone is not known. */
function todayOf(context: Context): string {
  const offset = zoneOffset(context.config.zone);
  return offset === null ? '' : formatDay(dayOf(civilOf(secondsNow(context), offset)));
}

async function described(
  context: Context,
  part: YearPart,
): Promise<[Readonly<Record<string, string>>, ReadonlyMap<string, string>]> {
  const { config } = context;
  const { archived } = part;
  const { zh, en } = config.name;
  const info = {
    'Source-Organization': `${zh} / ${en}`,
    'External-Identifier': `${archived.origin}/${archived.year}`,
    'External-Description': `Sundial 日晷 ${archived.year}`,
    'Bagging-Date': todayOf(context),
  };
  const count = { diaries: part.rows.length, draws: part.draws.length };
  const facts = (language: 'zh' | 'en') => {
    const licence = licenceIn(context, language);
    const terms = licence === null ? null : `${licence.name} ${licence.address}`;
    return { ...archived, ...count, name: config.name[language], licence: terms };
  };
  const readme = [zhReadme(facts('zh')), enReadme(facts('en'))];
  const tags = new Map([['README.txt', readme.join('\n\n')]]);
  for (const [name, page] of pages)
    tags.set(name, await readFile(join(import.meta.dirname, '..', '..', 'docs', page), 'utf8'));
  return [info, tags];
}
