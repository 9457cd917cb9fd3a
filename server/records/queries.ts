/** SQL over rules, draws, nonces, acknowledgements and holds that records, draws and the public tree share. */
import type { Insertable, Selectable, Updateable } from 'kysely';
import type { DrawStage } from '../../shared/api/draws.ts';
import { type LogRecord, readRecord } from '../../shared/proof/keys.ts';
import { isDraw, isList, isRule, type List, type Rule } from '../../shared/proof/records.ts';
import type { Db } from '../database/port.ts';
import type { AckTable, DrawTable, HoldTable, NonceTable, PublicationTable } from '../database/tables/draws.ts';
import type { CountingSeal, EarlierDraw } from './freeze.ts';

export type DrawRow = Selectable<DrawTable>;
export type HoldRow = Selectable<HoldTable>;
export type AckRow = Selectable<AckTable>;
export type PublicationRow = Selectable<PublicationTable>;

/** Stages in which a draw still runs. */
export const openStages: readonly DrawStage[] = ['frozen', 'locked'];

/** The rule in force: the last one. Primary key. */
export async function ruleInForce(db: Db): Promise<{ readonly index: number; readonly payload: Rule } | null> {
  const row = await db.selectFrom('rule').selectAll().orderBy('idx', 'desc').limit(1).executeTakeFirst();
  return row === undefined ? null : { index: row.idx, payload: ruleOf(row.payload) };
}

/** The rule of a freeze: that of the week's first list where there is one, so that nobody changes it after a void; else the one in force. */
export async function ruleOfWeek(
  db: Db,
  week: string,
): Promise<{ readonly index: number; readonly payload: Rule } | null> {
  const first = await db
    .selectFrom('draw')
    .select('rule_idx')
    .where('week', '=', week)
    .orderBy('list_idx')
    .limit(1)
    .executeTakeFirst();
  if (first === undefined) return ruleInForce(db);
  return { index: first.rule_idx, payload: await ruleAt(db, first.rule_idx) };
}

/** Primary key; throws for an index without a rule. */
export async function ruleAt(db: Db, index: number): Promise<Rule> {
  const row = await db.selectFrom('rule').select('payload').where('idx', '=', index).executeTakeFirstOrThrow();
  return ruleOf(row.payload);
}

/** Primary key. */
export const drawById = (db: Db, draw: string): Promise<DrawRow | undefined> =>
  db.selectFrom('draw').selectAll().where('draw', '=', draw).executeTakeFirst();

/** Every draw, oldest list first. Unique `list_idx`. */
export const allDraws = (db: Db): Promise<DrawRow[]> => db.selectFrom('draw').selectAll().orderBy('list_idx').execute();

/** The latest draws, newest list first. Unique `list_idx`. */
export const latestDraws = (db: Db, most: number): Promise<DrawRow[]> =>
  db.selectFrom('draw').selectAll().orderBy('list_idx', 'desc').limit(most).execute();

/** What a freeze needs to know of the draws before it. */
export const earlierDraws = async (db: Db): Promise<EarlierDraw[]> =>
  (await allDraws(db)).map((row) => ({
    draw: row.draw,
    week: row.week,
    listIndex: row.list_idx,
    isOpen: openStages.some((stage) => stage === row.stage),
    isVoid: row.stage === 'void',
    drawn: row.stage === 'void' || row.record === null ? null : drawnUnits(row),
  }));

/** The list as it was signed. */
export function listOf(row: Pick<DrawRow, 'draw' | 'list'>): List {
  const payload: unknown = JSON.parse(row.list);
  if (!isList(payload)) throw new TypeError(`the list of ${row.draw} is damaged`);
  return payload;
}

/** The units of a draw record in the order in which they were drawn; none before the record and of a void draw. */
export function drawnOf(row: Pick<DrawRow, 'record'>): readonly { readonly stratum: string; readonly unit: string }[] {
  const payload: unknown = row.record === null ? null : JSON.parse(row.record);
  return isDraw(payload) ? payload.drawn : [];
}

const drawnUnits = (row: DrawRow): string[] => drawnOf(row).map(({ unit }) => unit);

/** Units whose leader declared a week as leave. Primary key. */
export async function unitsOnLeave(db: Db, week: string): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom('week_leave').select('unit').where('week', '=', week).execute();
  return new Set(rows.map(({ unit }) => unit));
}

/** The counting seal of each unit in a week, of a week with a list those before its first list. Index `seal_week`. */
export async function countingSeals(db: Db, week: string): Promise<CountingSeal[]> {
  const first = await db
    .selectFrom('draw')
    .select((eb) => eb.fn.min('list_idx').as('idx'))
    .where('week', '=', week)
    .executeTakeFirst();
  const limit = first?.idx ?? Number.MAX_SAFE_INTEGER;
  const rows = await db
    .selectFrom('seal')
    .select(['unit', 'idx', 'seal_hash'])
    .where('week', '=', week)
    .where('idx', '<', Number(limit))
    .orderBy('idx')
    .execute();
  return [...new Map(rows.map((row) => [row.unit, { unit: row.unit, index: row.idx, seal: row.seal_hash }])).values()];
}

/** Nonces of a draw by unit. Primary key. */
export const noncesOf = (db: Db, draw: string): Promise<Selectable<NonceTable>[]> =>
  db.selectFrom('nonce').selectAll().where('draw', '=', draw).orderBy('unit').execute();

/** Acknowledgements of draws, by unit. Primary key. */
export const acksOf = async (db: Db, draws: readonly string[]): Promise<AckRow[]> =>
  draws.length === 0
    ? []
    : db.selectFrom('ack').selectAll().where('draw', 'in', draws).orderBy('draw').orderBy('unit').execute();

/** Holds of seals, in the order of the log. Primary key. */
export const holdsOf = async (db: Db, seals: readonly string[]): Promise<HoldRow[]> =>
  seals.length === 0 ? [] : db.selectFrom('hold').selectAll().where('seal_hash', 'in', seals).orderBy('idx').execute();

/** Who sealed it. Primary key. */
export async function authorOfSeal(db: Db, seal: string): Promise<string | undefined> {
  const row = await db.selectFrom('seal').select('author').where('seal_hash', '=', seal).executeTakeFirst();
  return row?.author;
}

/** How many diaries are published. Primary key. */
export async function publicationCount(db: Db): Promise<number> {
  const row = await db
    .selectFrom('publication')
    .select((eb) => eb.fn.max('position').as('last'))
    .executeTakeFirst();
  return row?.last === null || row?.last === undefined ? 0 : Number(row.last) + 1;
}

/** Leaves as records, by index. Primary key. Throws where a leaf is missing. */
export async function recordsAt(db: Db, indices: Iterable<number>): Promise<LogRecord[]> {
  const wanted = [...new Set(indices)].sort((a, b) => a - b);
  if (wanted.length === 0) return [];
  const rows = await db
    .selectFrom('log_leaf')
    .select(['idx', 'jws'])
    .where('idx', 'in', wanted)
    .orderBy('idx')
    .execute();
  return rows.map((row) => {
    const record = readRecord(row.idx, row.jws);
    if (record === null) throw new TypeError(`leaf ${row.idx} is damaged`);
    return record;
  });
}

/** Leaves that decide one draw: rule, listed seals, list, nonces, the draw record where there is one, and of a re-run the lists and void
 *  records of the attempts before. */
export async function recordsOfDraw(db: Db, row: DrawRow): Promise<LogRecord[]> {
  const nonces = await noncesOf(db, row.draw);
  const earlier = await db
    .selectFrom('draw')
    .select(['list_idx', 'record_idx'])
    .where('week', '=', row.week)
    .where('list_idx', '<', row.list_idx)
    .execute();
  return recordsAt(db, [
    row.rule_idx,
    row.list_idx,
    ...listOf(row).list.map(({ i }) => i),
    ...nonces.map(({ idx }) => idx),
    ...(row.record_idx === null ? [] : [row.record_idx]),
    ...earlier.flatMap(({ list_idx, record_idx }) => (record_idx === null ? [list_idx] : [list_idx, record_idx])),
  ]);
}

/** Names of the people behind actors; who is not there has none. Primary keys. */
export async function namesOf(db: Db, actors: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (actors.length === 0) return new Map();
  const rows = await db
    .selectFrom('actor')
    .innerJoin('person', 'person.id', 'actor.person')
    .select(['actor.actor', 'person.name'])
    .where('actor.actor', 'in', [...new Set(actors)])
    .execute();
  return new Map(rows.map(({ actor, name }) => [actor, name]));
}

export const insertRule = (db: Db, idx: number, rule: Rule): Promise<unknown> =>
  db
    .insertInto('rule')
    .values({ idx, payload: JSON.stringify(rule), iat: rule.iat })
    .execute();

export const insertDraw = (db: Db, row: Insertable<DrawTable>): Promise<unknown> =>
  db.insertInto('draw').values(row).execute();

export const updateDraw = (db: Db, draw: string, values: Updateable<DrawTable>): Promise<unknown> =>
  db.updateTable('draw').set(values).where('draw', '=', draw).execute();

export const insertNonce = (db: Db, row: Insertable<NonceTable>): Promise<unknown> =>
  db.insertInto('nonce').values(row).execute();

export const insertAck = (db: Db, row: Insertable<AckTable>): Promise<unknown> =>
  db.insertInto('ack').values(row).execute();

export const insertHold = (db: Db, row: Insertable<HoldTable>): Promise<unknown> =>
  db
    .insertInto('hold')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute();

function ruleOf(text: string): Rule {
  const payload: unknown = JSON.parse(text);
  if (!isRule(payload)) throw new TypeError('a rule is damaged');
  return payload;
}
