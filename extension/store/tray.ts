/** The tray: texts that were refused wait there until their author decides (sync.md b). */
import type { HeldItem, SundialDatabase, TrayItem } from './database.ts';
import { heldFor } from './held.ts';

/** A text as it comes into the tray. */
type Refused = Omit<TrayItem, 'key' | 'held'>;

/** Puts a text into the tray, within a transaction over `tray` and `held`. The prose of a withheld one goes with it (`prose`, or else as it
 *  is kept here): the entry may be deleted, or withheld with other words, before its author decides. */
export async function addToTray(
  database: SundialDatabase,
  refused: Refused,
  prose: HeldItem | null = null,
): Promise<void> {
  const held = prose ?? (await heldOf(database, refused));
  await database.tray.add({ ...refused, ...(held === null ? {} : { held: bare(held) }) });
}

/** The prose of a withheld text in the tray; null of any other. One of before the tray kept it is looked up. */
export async function heldInTray(database: SundialDatabase, item: TrayItem): Promise<HeldItem | null> {
  return item.held ?? (await heldOf(database, item));
}

async function heldOf(database: SundialDatabase, { id, body }: Refused): Promise<HeldItem | null> {
  if (body?.hold === undefined) return null;
  return heldFor((await database.held.get(id)) ?? null, body);
}

/** Without the texts that its entry had before. */
const bare = ({ earlier: _, ...held }: HeldItem): HeldItem => held;
