/** SQL over the audit trail. */
import { sql } from 'kysely';
import type { ChainedRow } from '../../../shared/proof/audit-chain.ts';
import type { Db } from '../../database/port.ts';

/** What is looked for; null or undefined: anything. Times are Unix seconds, `to` not included. */
export interface Wanted {
  readonly actors: readonly string[] | null;
  readonly action?: string | undefined;
  readonly subject?: string | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

const columns = ['n', 'at', 'actor', 'action', 'subject', 'facts', 'hash'] as const;

/** Newest first, below the place `after`. Primary keys; indexes `audit_actor`, `audit_action`, `audit_at` where these are asked for. */
export function auditRows(db: Db, wanted: Wanted, after: number | undefined, limit: number): Promise<ChainedRow[]> {
  const { actors, action, subject, from, to } = wanted;
  let rows = db.selectFrom('audit_link').innerJoin('audit', 'audit.id', 'audit_link.audit').select(columns);
  if (after !== undefined) rows = rows.where('n', '<', after);
  if (actors !== null) rows = rows.where('actor', 'in', actors);
  if (action !== undefined) rows = rows.where('action', '=', action);
  if (subject !== undefined) rows = rows.where(beginsWith('subject', subject));
  if (from !== undefined) rows = rows.where('at', '>=', from);
  if (to !== undefined) rows = rows.where('at', '<', to);
  return rows.orderBy('n', 'desc').limit(limit).execute();
}

/** The chain in ascending order from the place `from` on. Primary keys. */
export const chainFrom = (db: Db, from: number, limit: number): Promise<ChainedRow[]> =>
  db
    .selectFrom('audit_link')
    .innerJoin('audit', 'audit.id', 'audit_link.audit')
    .select(columns)
    .where('n', '>=', from)
    .orderBy('n')
    .limit(limit)
    .execute();

/** Rows that stand in the trail without a place in the chain. Unique `audit`. */
export async function unlinkedRows(db: Db): Promise<number> {
  const { rows } = await db
    .selectFrom('audit')
    .leftJoin('audit_link', 'audit_link.audit', 'audit.id')
    .select((eb) => eb.fn.countAll<number>().as('rows'))
    .where('audit_link.n', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(rows);
}

/** The actor of this id, and those whose person bears this in the name. There are as many as people. */
export async function actorsNamed(db: Db, who: string): Promise<string[]> {
  const rows = await db
    .selectFrom('person')
    .leftJoin('actor', 'actor.person', 'person.id')
    .select(['person.id', 'actor.actor'])
    .where(sql<boolean>`lower(person.name) like ${`%${escaped(who.toLowerCase())}%`} escape '!'`)
    .execute();
  return [...new Set([who, ...rows.flatMap(({ id, actor }) => (actor === null ? [id] : [id, actor]))])];
}

/** Names of the people behind actors, or behind person ids where somebody acted without a role. Primary keys. */
export async function namesOf(db: Db, actors: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(actors)];
  if (wanted.length === 0) return new Map();
  const people = await db.selectFrom('person').select(['id', 'name']).where('id', 'in', wanted).execute();
  const rows = await db
    .selectFrom('actor')
    .innerJoin('person', 'person.id', 'actor.person')
    .select(['actor.actor', 'person.name'])
    .where('actor.actor', 'in', wanted)
    .execute();
  return new Map([
    ...people.map(({ id, name }) => [id, name] as const),
    ...rows.map((row) => [row.actor, row.name] as const),
  ]);
}

/** The latest anchor, or null. Primary key. */
export async function newestAnchor(db: Db) {
  const row = await db
    .selectFrom('audit_anchor')
    .select(['day', 'rows', 'hash'])
    .orderBy('day', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

const beginsWith = (column: 'subject', text: string) =>
  sql<boolean>`${sql.ref(column)} like ${`${escaped(text)}%`} escape '!'`;

const escaped = (text: string): string => text.replace(/[!%_]/g, (sign) => `!${sign}`);
