/** Whose texts lie in this browser profile: they are delivered for nobody else, and nobody else sees them. */
import type { Session } from '../../shared/api/accounts.ts';
import { matchOf } from '../../shared/organisation/same-name.ts';
import { profileOf, type SundialDatabase } from './database.ts';

/** Whose texts lie here, or would; null before any enrolment and restore. */
export async function writerOf(database: SundialDatabase): Promise<Session['person'] | null> {
  const { writer, person } = await profileOf(database);
  return writer ?? person;
}

/** Whether texts of another person than the one of this name lie here. Ids differ from server to server, names do not; what was written
 *  before any enrolment is of whoever enrols. */
export async function keepsTextsOfAnother(database: SundialDatabase, name: string): Promise<boolean> {
  const whose = await writerOf(database);
  if (whose === null || matchOf(whose.name) === matchOf(name)) return false;
  const { rows, outbox, held, tray } = database;
  const counts = await Promise.all([rows, outbox, held, tray].map((table) => table.count()));
  return counts.some((count) => count > 0);
}
