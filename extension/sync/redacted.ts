/** An entry that another device withheld: what lies here of its words goes too (sync.md k). What its author typed here and has not sent stays:
 *  drafts, and what waits in outbox and tray. */
import type { Body, Row } from '../../shared/api/journal.ts';
import { imagesIn } from '../../shared/diary/journal-file.ts';
import type { SundialDatabase } from '../store/database.ts';
import { forgetGathered } from '../store/gathered-threads.ts';
import { keepDisclosures } from '../store/held.ts';
import { blankLog } from '../store/ops.ts';
import { linksOf, textNames } from '../store/written.ts';

/** The tables that it touches. */
export const redactedTables = (database: SundialDatabase) => {
  const { rows, outbox, log, tray, held, seals, steps, drafts, images, personal, threadNames } = database;
  return [rows, outbox, log, tray, held, seals, steps, drafts, images, personal, threadNames];
};

/** Takes the words of a redacted row out of what stands beside it. `before`: its body as it stood here. The device that withheld or sealed it
 *  keeps them. Within a transaction over these tables, after the row was written. */
export async function forgetWords(row: Row, before: Body | null, database: SundialDatabase): Promise<void> {
  const { log, tray, drafts, threadNames } = database;
  const { id } = row;
  const logged = await log.where('id').equals(id).toArray();
  await blankLog(database, id);
  await keepDisclosures(database, id);
  if (await keepsWords(id, database)) return;
  const bodies = [before, ...logged.map(({ body }) => body)].filter((body) => body !== null);
  await tray.where('id').equals(id).modify({ current: row });
  const texts = new Set(bodies.flatMap(textsIn));
  // Another than its author saw stands there now.
  await drafts.filter(({ seen }) => seen !== undefined && texts.has(seen)).modify({ seen: '' });
  await threadNames
    .filter(({ moved }) => moved.some((each) => each.id === id))
    .modify((said) => {
      Object.assign(said, { moved: said.moved.filter((each) => each.id !== id) });
    });
  if (bodies.some((body) => linksOf({ body, held: null }).length > 0)) await forgetGathered(database);
  for (const { sha256 } of bodies.flatMap(imagesIn))
    if (!(await isNamed(sha256, database))) await database.images.delete(sha256);
}

/** Whether the words of an entry are kept here: withheld, or in the own copy of a seal. */
async function keepsWords(id: string, { held, seals }: SundialDatabase): Promise<boolean> {
  return (
    (await held.get(id)) !== undefined || (await seals.filter(({ items }) => items.includes(id)).first()) !== undefined
  );
}

const textsIn = (body: Body): readonly string[] =>
  textNames.flatMap((name) => {
    const text = body[name];
    return typeof text === 'string' && text !== '' ? [text] : [];
  });

/** Whether anything else here names an image. */
async function isNamed(sha256: string, database: SundialDatabase): Promise<boolean> {
  const { rows, outbox, log, tray, steps, held, personal } = database;
  for (const table of [rows, outbox, log, tray, steps, held, personal]) {
    const naming = await table.filter((each) => JSON.stringify(each).includes(sha256)).first();
    if (naming !== undefined) return true;
  }
  return false;
}
