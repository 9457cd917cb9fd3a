/** What the server answered, read by the schema of its endpoint. A newer server may name what this version does not know: members are passed over
 *  everywhere, values only by whoever asks for that. */
import * as v from 'valibot';
import type { Answer, Endpoint } from '../../shared/api/endpoint.ts';

/** The server answered, but not as this version can read: most likely it is newer. What was asked of it may have been done. */
export class NotUnderstood extends Error {
  constructor(cause: unknown) {
    super('NOT_UNDERSTOOD', { cause });
    this.name = 'NotUnderstood';
  }
}

/** An answer without the rows that only a later version knows, and how many these are. */
export interface Known<T> {
  readonly answer: T;
  readonly left: number;
}

/** The whole answer. Throws NotUnderstood where one value of it is not known. */
export function readAnswer<E extends Endpoint>(declared: E, body: unknown): Answer<E> {
  if (declared.answer === undefined) return undefined as Answer<E>;
  const read = v.safeParse(declared.answer, body);
  if (!read.success) throw new NotUnderstood(new v.ValiError(read.issues));
  return read.output as Answer<E>;
}

/** The answer without the rows, of whatever list in it, that have a value of a closed list which this version does not know. For what is shown:
 *  what a cursor moves past or a proof counts must be read whole. Throws NotUnderstood where something else is wrong. */
export function readKnown<E extends Endpoint>(declared: E, body: unknown): Known<Answer<E>> {
  const read = v.safeParse(declared.answer ?? v.undefined(), body);
  const later = read.success ? new Map() : laterRows(read.issues);
  const left = [...later.values()].reduce((sum: number, rows: ReadonlySet<number>) => sum + rows.size, 0);
  return { answer: readAnswer(declared, left === 0 ? body : without(later, body)), left };
}

type Rows = ReadonlyMap<unknown, ReadonlySet<number>>;

/** Of each list the rows with such a value: the innermost row in which it stands. */
function laterRows(issues: readonly v.BaseIssue<unknown>[]): Rows {
  const rows = new Map<unknown, Set<number>>();
  for (const { type, path } of issues) {
    const row = path?.findLast((item) => item.type === 'array');
    if (type !== 'picklist' || row === undefined) continue;
    const known = rows.get(row.input) ?? new Set();
    rows.set(row.input, known.add(Number(row.key)));
  }
  return rows;
}

/** A copy: the body itself may be kept for the next time. */
function without(rows: Rows, value: unknown): unknown {
  if (Array.isArray(value))
    return value.filter((_, n) => rows.get(value)?.has(n) !== true).map((item) => without(rows, item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, without(rows, member)]));
}
