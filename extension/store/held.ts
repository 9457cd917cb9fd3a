/** Which withheld text belongs to what stands in the journal. */
import type { Body } from '../../shared/api/journal.ts';
import type { HeldItem, SundialDatabase } from './database.ts';

/** The withheld text of a body: a line parked here, or the one that the body's digest names. One brought back from a backup may be of a time
 *  before its entry was made public. */
export function heldFor(item: HeldItem | null, body: Body): HeldItem | null {
  if (item === null || item.parked !== null) return item;
  return heldTexts(item).find(({ digest }) => digest === body.digest) ?? null;
}

/** Every withheld text of an entry, the newest first. */
export const heldTexts = ({ earlier, ...newest }: HeldItem): readonly HeldItem[] => [newest, ...(earlier ?? [])];

/** A withheld text with those that its entry had before behind it: the server may refuse the newest, and a freeze may set its entry back. */
export function beforeOthers(item: HeldItem, known: HeldItem | undefined): HeldItem {
  if (known === undefined || known.parked !== null) return item;
  const [newest = item, ...own] = heldTexts(item);
  const others = heldTexts(known).filter(({ digest }) => heldTexts(item).every((each) => each.digest !== digest));
  return { ...newest, earlier: [...own, ...others] };
}

/** Keeps a withheld text, within a transaction over `held`. */
export async function keepHeld({ held }: SundialDatabase, item: HeldItem): Promise<void> {
  await held.put(beforeOthers(item, await held.get(item.id)));
}

/** Own copies of seals name what is withheld now: its disclosure stays here when one of them is sent again (sync.md i). Within a transaction
 *  over `seals`. */
export async function keepDisclosures({ seals }: SundialDatabase, id: string): Promise<void> {
  await seals
    .filter(({ items }) => items.includes(id))
    .modify((copy) => {
      Object.assign(copy, { kept: [...new Set([...copy.kept, copy.items.indexOf(id) + 1])] });
    });
}

/** Forgets one withheld text of an entry, within a transaction over `held`. */
export async function forgetHeldText({ held }: SundialDatabase, { id, digest }: HeldItem): Promise<void> {
  const known = await held.get(id);
  if (known === undefined || known.parked !== null) return;
  const [newest, ...earlier] = heldTexts(known).filter((each) => each.digest !== digest);
  if (newest === undefined) await held.delete(id);
  else await held.put({ ...newest, earlier });
}

/** The members that a withheld text gives back to its entry. */
export const membersOf = ({ rest, prose }: HeldItem): Readonly<Record<string, unknown>> => ({ ...rest, ...prose });
