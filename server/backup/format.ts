/** What lies in a backup. `about.json` comes first and says what the tables need; `manifest.json` comes last and says what must be there. Between
 *  them `config.json`, `sundial.env` where there is one, `keys/…`, and `tables/<name>/<nnnnnn>.jsonl`: a line of column names, then a line for each row. */
import * as v from 'valibot';

export const formatVersion = 1;

export const About = v.object({
  format: v.number(),
  /** Version of the program that made it. */
  sundial: v.string(),
  database: v.picklist(['sqlite', 'postgres']),
  /** Unix seconds. */
  at: v.number(),
  origin: v.string(),
  /** Names of the migrations that the tables have gone through, in order. */
  migrations: v.array(v.string()),
});
export type About = v.InferOutput<typeof About>;

export const Manifest = v.object({
  /** Of every other file: its length, and SHA-256 in hex. */
  files: v.record(v.string(), v.object({ bytes: v.number(), sha256: v.string() })),
  /** Rows of each table. */
  tables: v.record(v.string(), v.number()),
  /** The newest head of the log; null before leaf 0. */
  log: v.nullable(v.object({ size: v.number(), root: v.string() })),
  epoch: v.number(),
});
export type Manifest = v.InferOutput<typeof Manifest>;

export const aboutName = 'about.json';
export const configName = 'config.json';
export const manifestName = 'manifest.json';

/** Path of the `n`th part of a table, from 1. */
export const tablePart = (table: string, n: number): string => `tables/${table}/${String(n).padStart(6, '0')}.jsonl`;

/** The table that a part belongs to, or null. */
export const tableOfPart = (name: string): string | null => /^tables\/(\w+)\/\d+\.jsonl$/.exec(name)?.[1] ?? null;

/** The path below `keys/` of a key file, or null. No `..`: nothing is written outside the folder. */
export const keyOfPart = (name: string): string | null => /^keys\/((?:[\w-]+\/)?[\w-][\w.-]*)$/.exec(name)?.[1] ?? null;
