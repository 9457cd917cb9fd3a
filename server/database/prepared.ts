/** Queries that are asked so often that building their text each time would cost more than running them. */
import { type CompiledQuery, SelectQueryNode } from 'kysely';
import { directOf } from './direct.ts';
import { isPostgres } from './lock.ts';
import type { Db } from './port.ts';

type Column = string | number | null;
type Given = Readonly<Record<string, Column | readonly Column[]>>;

/** Texts kept of one query: lists of different lengths make different ones. */
const textsKept = 120;

/** A query whose text is made once for each dialect and each shape of what is given: which values are null, and how long lists are. `build` may
 *  ask for these two and must not look into any other value, for there it finds a place that is filled with each run. Gives the rows that it
 *  reads or returns. In the transaction of a group, on SQLite in every one, and where it only reads outside of any it is run without Kysely's
 *  layers; it is on its way when the call returns. */
export function prepared<G extends Given, Row>(
  build: (db: Db, given: G) => { compile(): CompiledQuery<Row> },
): (db: Db, given: G) => Promise<Row[]> {
  const kept = new Map<string, CompiledQuery<Row>>();
  return async (db, given) => {
    const direct = directOf(db);
    const shape = shapeOf(isPostgres(db) ? 'p' : 's', given);
    let query = kept.get(shape);
    if (query === undefined) {
      query = build(db, placesIn(given)).compile();
      if (kept.size >= textsKept) kept.clear();
      kept.set(shape, query);
    }
    const parameters = query.parameters.map((value) => (value instanceof Place ? value.of(given) : value));
    const run = db.isTransaction ? direct?.inTransaction : isReading(query) ? direct?.read : null;
    // What the query says of its rows, the driver cannot know.
    if (typeof run === 'function') return run(query.sql, parameters) as Row[] | Promise<Row[]>;
    return (await db.executeQuery<Row>({ ...query, parameters })).rows;
  };
}

const isReading = ({ query }: CompiledQuery): boolean => SelectQueryNode.is(query);

/** Stands where a value will be. */
class Place {
  readonly #name: string;
  readonly #at: number | null;

  constructor(name: string, at: number | null) {
    this.#name = name;
    this.#at = at;
  }

  of(given: Given): Column | undefined {
    const value = given[this.#name];
    return Array.isArray(value) ? value[this.#at ?? 0] : (value as Column);
  }
}

function shapeOf(dialect: 'p' | 's', given: Given): string {
  let shape: string = dialect;
  for (const name in given) {
    const value = given[name];
    shape += value === null ? '-' : Array.isArray(value) ? value.length : '+';
  }
  return shape;
}

/** For the builder of queries a place is a value of its column: it passes on whatever it is given. */
const placesIn = <G extends Given>(given: G): G =>
  Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      value === null ? null : Array.isArray(value) ? value.map((_, at) => new Place(name, at)) : new Place(name, null),
    ]),
  ) as unknown as G;
