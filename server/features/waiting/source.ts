/** What a place that things may wait at is: a kind, the action that its things call for, and how they are found. */
import type { SelectQueryBuilder } from 'kysely';
import { type WaitingKind, type WaitingRow, waitingCounted } from '../../../shared/api/waiting.ts';
import type { Action, Grant } from '../../../shared/organisation/role.ts';
import type { Context } from '../../context.ts';
import type { Db } from '../../database/port.ts';
import type { Schema } from '../../database/schema.ts';
import type { Session } from '../../http/session.ts';

/** Asked only of who may do `needs`. */
export interface Source {
  readonly kind: WaitingKind;
  readonly needs: Action;
  readonly read: (asked: Asked) => Promise<Found>;
}

export interface Asked {
  readonly context: Context;
  readonly person: Session['person'];
  /** Those of the caller's grants that allow the action; at least one. */
  readonly grants: readonly Grant[];
  /** Unix seconds. */
  readonly now: number;
}

/** The most urgent rows, in any order, at most `waitingShown`, and how many there are, up to `waitingCounted`. */
export interface Found {
  readonly total: number;
  readonly rows: readonly WaitingRow[];
}

/** Where every row is shown. */
export const all = (rows: readonly WaitingRow[]): Found => ({ total: rows.length, rows });

/** How many rows a query has, up to `waitingCounted`. */
export async function counted<Tables extends keyof Schema>(
  db: Db,
  some: SelectQueryBuilder<Schema, Tables, object>,
): Promise<number> {
  const row = await db
    .selectFrom(some.limit(waitingCounted).as('some'))
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return Number(row.total);
}

/** The beginning of a text, as it stands; at most this many code points, and what is cut says so. */
export function beginning(text: string): string {
  const points = [...text];
  return points.length <= longest ? text : `${points.slice(0, longest).join('')}…`;
}

const longest = 80;
