/** What a unit of the house writes in a week, and the rows that it leaves: as a journal's pushes and a seal request would put them. */
import type { Context } from '../../server/context.ts';
import type { Db } from '../../server/database/port.ts';
import { appendLeaf } from '../../server/log/append.ts';
import { type Bytes, b64 } from '../../shared/base/bytes.ts';
import type { ItemToSeal, SealedWeek } from '../../shared/proof/make-seal.ts';
import { formatDay } from '../../shared/time/civil.ts';
import { weekStart } from '../../shared/time/week.ts';

/** A PNG of 1 × 1 pixel with `salt` behind its end, so that each unit has one of its own. */
export function picture(salt: string): Bytes {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  return new Uint8Array(Buffer.concat([png, Buffer.from(salt)]));
}

/** What a unit writes in a week: title, three entries (the last one withheld before the seal), a review of a day and one of the week. Every text
 *  names its unit and week, so that tests can look for it. */
export function diaryOf(unit: string, week: string, image: string): Omit<ItemToSeal, 'salt'>[] {
  const day = dayIn(week);
  return [
    { kind: 'title', item: { text: `${unit}${week}的标题` } },
    {
      kind: 'entry',
      day,
      start: `${day}T08:30`,
      end: `${day}T10:00`,
      category: 'meeting',
      mode: 'collective',
      item: { text: `${unit}${week}例会，逐项过工期<b>&` },
    },
    {
      kind: 'entry',
      day,
      start: `${day}T23:30`,
      end: `${nextDay(day)}T00:40`,
      category: 'fieldVisit',
      mode: 'collective',
      item: {
        text: `${unit}${week}看便桥`,
        place: `${unit}${week}渡口`,
        thinking: `${unit}${week}思考`,
        result: `${unit}${week}成果`,
        threads: [{ id: 'old-bridge', name: '河西老桥加固' }],
        images: [{ sha256: image, type: 'image/png', width: 1, height: 1, alt: `${unit}${week}护栏` }],
      },
    },
    {
      kind: 'entry',
      day: nextDay(day),
      start: `${nextDay(day)}T09:00`,
      end: `${nextDay(day)}T11:00`,
      hold: { ground: 'state-secret', basis: '《中华人民共和国政府信息公开条例》第十四条' },
      item: { text: `${unit}${week}涉密文字` },
    },
    { kind: 'review', day, item: { text: `${unit}${week}当日复盘` } },
    { kind: 'review', item: { text: `${unit}${week}一周复盘` } },
  ];
}

const dayIn = (week: string): string => formatDay(weekStart(week));

const nextDay = (day: string): string => new Date(Date.parse(`${day}T00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/** The person who leads a unit of the house. */
export const authorOf = (unit: string): string => `p-${unit}`;

/** A sealed week with its ids and the one image that it shows. */
interface Put {
  readonly unit: string;
  readonly week: string;
  readonly rev: number;
  readonly items: readonly Omit<ItemToSeal, 'salt'>[];
  readonly ids: readonly string[];
  readonly image: string;
  readonly bytes: Bytes;
}

/** Puts a sealed week: leaf, seal, disclosures of what is not withheld, state, entries with their ops, image. Gives the index of the leaf. */
export function putWeek(context: Context, sealed: SealedWeek, put: Put): Promise<number> {
  const { jws, hash, payload, cover, disclosures } = sealed;
  const { unit, week, rev, items, ids, image, bytes } = put;
  const at = Math.floor(context.now() / 1000);
  return context.database.transaction(async (trx) => {
    const { index } = await appendLeaf(trx, context, jws);
    const value: unknown = JSON.parse(Buffer.from(cover, 'base64url').toString('utf8'));
    await trx
      .insertInto('seal')
      .values({
        seal_hash: hash,
        unit,
        author: authorOf(unit),
        week,
        rev,
        idx: index,
        nc: payload.nc,
        iat: payload.iat,
        at,
        cover: JSON.stringify(Array.isArray(value) ? value[2] : null),
        manifest: JSON.stringify(ids.map((id) => [id, `op-${id}-${rev}`])),
        items: JSON.stringify(ids),
      })
      .execute();
    await trx.insertInto('disclosure').values({ seal_hash: hash, item: -1, encoded: cover }).execute();
    for (const [n, encoded] of disclosures.entries())
      if (items[n]?.hold === undefined)
        await trx.insertInto('disclosure').values({ seal_hash: hash, item: n, encoded }).execute();
    const state = { sealed_seal_hash: hash, open: 0, frozen_draw: null };
    await trx
      .insertInto('week_state')
      .values({ unit, week, ...state })
      .onConflict((conflict) => conflict.columns(['unit', 'week']).doUpdateSet(state))
      .execute();
    await trx
      .insertInto('author')
      .values({ author: authorOf(unit), seq: 0 })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    for (const [n, id] of ids.entries()) {
      const { hold, item, ...members } = items[n] ?? { kind: 'entry', item: { text: '' } };
      const body = JSON.stringify(hold === undefined ? { ...members, ...item, week } : { ...members, hold, week });
      await putEntry(trx, { unit, week, id, head: `op-${id}-${rev}`, body, at });
    }
    await trx
      .insertInto('blob')
      .values({ author: authorOf(unit), sha256: image, type: 'image/png', size: bytes.length, bytes: b64(bytes), at })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return index;
  });
}

/** Puts an entry with its op, as a push would. */
export async function putEntry(
  trx: Db,
  entry: {
    readonly unit: string;
    readonly week: string;
    readonly id: string;
    readonly head: string;
    readonly body: string;
    readonly at: number;
  },
): Promise<void> {
  const { unit, week, id, head, body, at } = entry;
  const { seq } = await trx
    .updateTable('author')
    .set((eb) => ({ seq: eb('seq', '+', 1) }))
    .where('author', '=', authorOf(unit))
    .returning('seq')
    .executeTakeFirstOrThrow();
  const row = { head, seq, body, del: 0, week };
  await trx
    .insertInto('entry')
    .values({ author: authorOf(unit), id, unit, schema: 1, ...row })
    .onConflict((conflict) => conflict.columns(['author', 'id']).doUpdateSet(row))
    .execute();
  await trx
    .insertInto('op')
    .values({
      author: authorOf(unit),
      op: head,
      n: seq,
      device: `d-${unit}`,
      id,
      parent: null,
      kind: 'put',
      schema: 1,
      at: '',
      body,
      hash: 'x',
      status: 'APPLIED',
      week,
      seq,
      received_at: at,
    })
    .execute();
}
