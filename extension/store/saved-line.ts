/** The line that a surface saved last, noted in the transaction that saved it. A browser killed between that and the dropping of the draft
 *  brings the draft back: this tells that it is an entry already, so that it is not saved twice. */
import type { SundialDatabase } from './database.ts';

const idOf = (surface: string) => `savedLine:${surface}`;

/** Notes it, within the caller's transaction over `personal`. */
export async function noteSavedLine(database: SundialDatabase, surface: string, line: string): Promise<void> {
  await database.personal.put({ id: idOf(surface), value: line });
}

/** The line that was saved and whose draft was not dropped; null where all went its way. It is told once. */
export async function takeSavedLine(database: SundialDatabase, surface: string): Promise<string | null> {
  const id = idOf(surface);
  const noted = await database.personal.get(id);
  if (noted === undefined) return null;
  await database.personal.delete(id);
  return typeof noted.value === 'string' ? noted.value : null;
}
