/** What a seal brings back to a restored server (sync.md i): the log has its leaf, and the devices that wrote its entries may come later, or
 *  never. An entry that is not here is made from what was sealed, under the op id that its manifest names. */
import * as v from 'valibot';
import { Body, schemaMax } from '../../../shared/api/journal.ts';
import { diaryItems, manifestOf } from '../../../shared/diary/journal.ts';
import { canonical } from '../../../shared/proof/canonical.ts';
import { saidBy } from '../../../shared/proof/make-seal.ts';
import { isObject } from '../../../shared/proof/shape.ts';
import { type Context, secondsNow } from '../../context.ts';
import type { Db } from '../../database/port.ts';
import { orRefuse, refused } from '../../records/problem.ts';
import { nextSeq } from '../../records/sequence.ts';
import type { Author } from './author.ts';
import { deleteOps, entriesById, insertOps, type OpRow, opsById, rowsOfWeek, writeEntries } from './queries.ts';
import type { Said, SaidItem } from './said.ts';

/** An item and the entry at the head that it was made from. */
interface NamedItem extends SaidItem {
  readonly id: string;
  readonly head: string;
}

/** The `n` of an op that came back with its seal: no device counts from there. */
export const broughtBack = 0;

/** Items with their entries, each at a head of its own; null where they do not go together. `ids`: in the order of the cover. */
export function namedItems(
  { items }: Said,
  manifest: readonly (readonly [string, string])[],
  ids: readonly string[],
): readonly NamedItem[] | null {
  const heads = new Map(manifest);
  const named = items.flatMap((item, n): NamedItem[] => {
    const id = ids[n] ?? '';
    const head = heads.get(id);
    return head === undefined ? [] : [{ ...item, id, head }];
  });
  const distinct = [new Set(ids).size, new Set(heads.values()).size, heads.size];
  const isWhole = [ids.length, manifest.length, named.length, ...distinct].every((count) => count === items.length);
  return isWhole ? named : null;
}

/** Makes the entries that are not here, and the ops that the manifest names; what stands as it did before the seal is set
 *  to it. `iat`: when it was signed, Unix seconds. Gives the heads at which the week reads as it was sealed, null where it does not: its author changed it after
 *  the seal. The caller holds the lock of the author. Throws RECORD_REFUSED where the manifest names an op that made something else. */
export async function bringBack(
  trx: Db,
  context: Context,
  author: Author,
  {
    week,
    iat,
    sealed,
    holds,
  }: {
    readonly week: string;
    readonly iat: number;
    readonly sealed: readonly NamedItem[];
    readonly holds: readonly { readonly item: number; readonly ground: string; readonly basis: string }[];
  },
): Promise<[string, string][] | null> {
  const { person, unit, device } = author;
  const ids = sealed.map(({ id }) => id);
  const rows = new Map((await entriesById(trx, person, ids)).map((row) => [row.id, row]));
  const known = await knownHeads(trx, person, sealed);
  // What was here before the seal and is not what it names had been replaced when it was made.
  const standing = await opsById(trx, person, ['', ...[...rows.values()].map(({ head }) => head)]);
  const old = new Set(standing.flatMap(({ op, received_at }) => (received_at < iat ? [op] : [])));
  const held = new Map(holds.map(({ item, ground, basis }) => [item, { ground, basis }]));
  for (const [n, item] of sealed.entries()) {
    const row = rows.get(item.id);
    const body = bodyOf(item, week, held.get(n) ?? holdIn(row?.body ?? null));
    const isSet = row === undefined || (item.encoded !== null && row.head !== item.head && old.has(row.head));
    if (body === null || (!isSet && known.has(item.head))) continue;
    // An entry that stands at another head was not numbered by this op: its device takes the row from a pull.
    const seq = isSet ? await nextSeq(trx, person) : null;
    const made = { author: person, id: item.id, schema: schemaMax, body: JSON.stringify(body) };
    if (!known.has(item.head)) {
      const at = secondsNow(context);
      const from = { op: item.head, n: broughtBack, device, parent: null, kind: 'put', hash: null };
      const taken = { status: 'APPLIED', week: null, at: new Date(at * 1000).toISOString(), received_at: at };
      await insertOps(trx, [{ ...made, ...from, ...taken, seq }]);
    }
    if (seq !== null) await writeEntries(trx, [{ ...made, unit, week, head: item.head, seq, del: 0 }]);
  }
  const items = diaryItems(await rowsOfWeek(trx, person, week));
  const byId = new Map(items.map((item) => [item.id, item]));
  const isSame = sealed.every((item, n) => readsAsSealed(item, byId.get(item.id), held.has(n)));
  return isSame && items.length === sealed.length ? manifestOf(items) : null;
}

/** Heads that are here. An op that was refused, because what it was made from had not come yet, took effect before the restore: it makes room. */
async function knownHeads(trx: Db, person: string, sealed: readonly NamedItem[]): Promise<ReadonlySet<string>> {
  const ids = new Map(sealed.map(({ id, head }) => [head, id]));
  const ops = await opsById(trx, person, ['', ...ids.keys()]);
  const refusedOps = ops.filter(({ status }) => status !== 'APPLIED').map(({ op }) => op);
  const isOther = ({ op, id, kind }: OpRow) => id !== ids.get(op) || kind !== 'put';
  if (ops.some(isOther)) orRefuse(refused('ITEMS', 'manifest'));
  if (refusedOps.length > 0) await deleteOps(trx, person, refusedOps);
  return new Set(ops.flatMap(({ op }) => (refusedOps.includes(op) ? [] : [op])));
}

/** Whether an entry stands as it was sealed. `isHeld`: somebody withheld the item since, whose words may be here until they are erased. */
function readsAsSealed(
  { cover, digest, encoded }: SaidItem,
  item: ReturnType<typeof diaryItems>[number] | undefined,
  isHeld: boolean,
): boolean {
  if (item === undefined || canonical(placeOf(cover)) !== canonical(placeOf(item.cover))) return false;
  if (item.prose === null) return item.digest === digest;
  return encoded === null ? isHeld : canonical(saidBy(encoded)) === canonical(item.prose);
}

/** Without the ground: an item may have been withheld since it was sealed. */
const placeOf = ({ hold: _, ...place }: Readonly<Record<string, unknown>>) => place;

/** The entry that an item was made from; null of one whose words stay away for a reason that is not known here. */
function bodyOf({ cover, digest, encoded }: SaidItem, week: string, withheld: unknown): Body | null {
  const prose = encoded === null ? { hold: cover.hold ?? withheld, digest } : saidBy(encoded);
  const body = v.safeParse(Body, { ...placeOf(cover), week, ...(isObject(prose) ? prose : {}) });
  return body.success ? body.output : null;
}

function holdIn(text: string | null): unknown {
  const body: unknown = text === null ? null : JSON.parse(text);
  return isObject(body) ? body.hold : undefined;
}
