/** Verifies an archive of one year as `sundial verify DIR` does: the lists of the bag, then everything in it as in any public tree. */
import { join } from 'node:path';
import * as v from 'valibot';
import { parseJson } from '../../shared/proof/signature.ts';
import { checkBag } from './bag.ts';
import { readText } from './read-tree.ts';
import { folderSource } from './source.ts';
import { type TreeCheck, type TreeFailure, type TreeReport, verifyTree } from './verify-tree.ts';
import { ArchivedYear, isOfYear, yearPath } from './year.ts';

export interface ArchiveReport extends TreeReport {
  /** `year` is null where the archive does not say it. */
  readonly archive: { readonly year: string | null; readonly files: number; readonly bytes: number };
}

/** Checks lists, statement and tree of the archive in a folder, and reports every failure with its path in the folder. */
export async function verifyArchive(folder: string, check: Omit<TreeCheck, 'covers'>): Promise<ArchiveReport> {
  const bag = await checkBag(folder);
  const source = folderSource(join(folder, 'data'));
  const stated = v.safeParse(ArchivedYear, parseJson((await readText(source, yearPath)) ?? ''));
  const year = stated.success ? stated.output.year : null;
  const tree = await verifyTree(source, { ...check, covers: (draw) => year === null || isOfYear(year, draw) });
  const failures: TreeFailure[] = [...bag.failures, ...tree.failures.map(inPayload)];
  if (!stated.success || !fits(stated.output, tree))
    failures.push({ code: 'ARCHIVE_MALFORMED', where: `data/${yearPath}` });
  return {
    ...tree,
    failures,
    notices: tree.notices.map(inPayload),
    archive: { year, files: bag.files, bytes: bag.bytes },
  };
}

/** Leaves keep their number, files get the folder of the payload. */
const inPayload = <T extends { readonly where: string }>(found: T): T =>
  /^leaf \d+$/.test(found.where) ? found : { ...found, where: `data/${found.where}` };

/** Whether what the archive says of its keys and its log is what was verified. */
const fits = (stated: ArchivedYear, { keys, leaves, head }: TreeReport): boolean =>
  stated.origin === keys.origin &&
  // An archive made while a key rotates states two.
  stated.vkey.split(' ').some((vkey) => keys.vkey.split(/\s+/).includes(vkey)) &&
  keys.organiser.split(' ').includes(stated.organiser) &&
  (head === null || (stated.size === leaves && stated.root === head.root));
