/** Opens what every act of the server is given: database and keys, the tables brought up to date. */

import type { Bytes } from '../shared/base/bytes.ts';
import { wordsHere } from './command-line.ts';
import type { Config } from './config.ts';
import { type Context, secondsNow } from './context.ts';
import { openDatabase } from './database/open.ts';
import type { Database } from './database/port.ts';
import { upgrade as en } from './locales/en/upgrade.ts';
import { type UpgradeWords, upgrade as zh } from './locales/zh/upgrade.ts';
import { completeNotes, requireKeys } from './log/note-lines.ts';
import { openLogSigner } from './log/signer.ts';
import { seedOrganisation } from './organisation/seed.ts';
import { randomSource } from './random.ts';
import { listAll } from './records/listing.ts';
import { openReport, type Report } from './report.ts';

/** Clock and randomness, given by tests and the demonstration; the report of a process that does not tell of trouble alone. */
export interface Given {
  readonly now?: (() => number) | undefined;
  readonly random?: ((n: number) => Bytes) | undefined;
  readonly report?: Report | undefined;
  /** Whether no server may run beside this process on an embedded database. */
  readonly alone?: boolean | undefined;
}

/** Opens database and keys, brings the tables up to date and takes over units and terms of the configuration. Close `context.database` when
 *  done. */
export const openContext = async (config: Config, given: Given = {}): Promise<Context> =>
  contextOver(config, await openConfigured(config, given), given);

/** The database of a configuration, its tables brought up to date; an upgrade is told on stderr, and to `told`. */
export const openConfigured = (
  config: Pick<Config, 'databaseAddress' | 'migrate'>,
  { alone }: Pick<Given, 'alone'> = {},
  told: () => void = () => undefined,
): Promise<Database> =>
  openDatabase(config.databaseAddress, {
    migrate: config.migrate,
    alone,
    told: (done) => {
      process.stderr.write(`sundial: ${wordsHere<UpgradeWords>(zh, en).done(done)}\n`);
      told();
    },
  });

/** The same over a database that is open already. */
export async function contextOver(config: Config, database: Database, given: Given = {}): Promise<Context> {
  const context: Context = {
    config,
    database,
    now: given.now ?? Date.now,
    random: given.random ?? randomSource(),
    log: await openLogSigner(config.dataFolder, config.origin, config.logCommand),
    report: given.report ?? openReport('warn'),
  };
  const at = secondsNow(context);
  await requireKeys(database.db, context.log, config.origin, at);
  await completeNotes(database.db, context.log, at);
  await seedOrganisation(context);
  await listAll(context);
  return context;
}
