/** Starts the floor under a figure: what it has to do is taken from our own server, statement by statement. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Kysely } from 'kysely';
import { createApp } from '../../../server/app.ts';
import { configFrom } from '../../../server/config.ts';
import { openDatabase } from '../../../server/database/open.ts';
import type { Schema } from '../../../server/database/schema.ts';
import { sqliteDialect } from '../../../server/database/sqlite.ts';
import { contextOver } from '../../../server/open-context.ts';
import type { SettingsInput } from '../../../shared/organisation/config.ts';
import { freePort } from '../../fixtures/served.ts';
import { pin, servingCore } from './pinned.ts';

export interface FloorWork {
  /** What our server asks the database for one answer. */
  readonly statements: readonly { readonly sql: string; readonly parameters: readonly (string | number | null)[] }[];
  /** The answer. */
  readonly stored: string;
  /** Of the table of comments. */
  readonly columns: readonly string[];
}

export interface Floor {
  readonly address: string;
  readonly pid: number;
  /** How many statements there are in an answer of ours. */
  readonly statements: number;
  readonly stop: () => Promise<void>;
}

/** Starts the floor on an SQLite file for the answer that our server gives to `path`. */
export async function openFloor(folder: string, file: string, settings: SettingsInput, path: string): Promise<Floor> {
  const work = await workOf(folder, file, settings, path);
  const place = join(folder, 'floor.json');
  writeFileSync(place, JSON.stringify(work));
  const port = await freePort();
  const child = spawn(process.execPath, [join(import.meta.dirname, 'floor-server.ts'), file, String(port), place], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    ended.then(() => Promise.reject(new Error('the floor ended'))),
  ]);
  const pid = child.pid ?? 0;
  pin(pid, servingCore);
  return {
    address: `http://127.0.0.1:${port}`,
    pid,
    statements: work.statements.length,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Asks our app, in this process, once to warm it and once to see what it asks of the database. */
async function workOf(folder: string, file: string, settings: SettingsInput, path: string): Promise<FloorWork> {
  const database = await openDatabase(file);
  const statements: { sql: string; parameters: (string | number | null)[] }[] = [];
  const heard = (sql: string, parameters: readonly unknown[]): void => {
    statements.push({ sql, parameters: parameters.map(columnValue) });
  };
  const db = new Kysely<Schema>({ dialect: sqliteDialect(file, heard) });
  const config = configFrom(settings, { SUNDIAL_DATA: folder, SUNDIAL_KEEP_ANSWERS: '0' });
  const app = createApp(await contextOver(config, { ...database, db }));
  await app.request(path);
  statements.length = 0;
  const answer = await app.request(path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  const asked = [...statements];
  const columns = (await db.introspection.getTables())
    .filter(({ name }) => name === 'comment')
    .flatMap((table) => table.columns.map(({ name }) => name));
  await db.destroy();
  await database.close();
  return { statements: asked, stored: await answer.text(), columns };
}

function columnValue(value: unknown): string | number | null {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value;
  throw new TypeError(`not a column value: ${typeof value}`);
}
