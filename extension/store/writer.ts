/** Whose texts lie in this browser profile: they are delivered for nobody else, and nobody else sees them. */
import { matchOf } from '../../shared/organisation/same-name.ts';
import { profileOf, type SundialDatabase } from './database.ts';

/** Whether texts of another person than the one of this name lie here. Ids differ from server to server, names do not; what was written
 *  before any enrolment is of whoever enrols. */
export async function keepsTextsOfAnother(database: SundialDatabase, name: string): Promise<boolean> {
  const { writer, person } = await profileOf(database);
  const whose = writer ?? person;
  if (whose === null || matchOf(whose.name) === matchOf(name)) return false;
  const { rows, outbox, held, tray } = database;
  const counts = await Promise.all([rows, outbox, held, tray].map((table) => table.count()));
  return counts.some((count) => count > 0);
}
