/** A server that is lost and restored from its backup under the same address, and the devices that find it: the extension's own commands and sync. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { composeSeal, signSeal } from '../../extension/commands/seals.ts';
import { entriesOn } from '../../extension/store/queries.ts';
import { runSync } from '../../extension/sync/run.ts';
import { type Restored, restoreBackup } from '../../server/backup/restore.ts';
import { writeBackup } from '../../server/backup/write-backup.ts';
import { openDatabase } from '../../server/database/open.ts';
import { firstInvitation } from '../../server/features/accounts/first-invitation.ts';
import { writeTree } from '../../server/public/write-tree.ts';
import { openProfile, type ProfileDouble } from '../extension/profile-double.ts';
import { issuer, openServer, settings, type TestServer } from '../fixtures/app.ts';
import { newPostgres, type OpenedDatabase } from '../fixtures/databases.ts';
import { claimLink, enrolLeader } from '../fixtures/enrolled.ts';

export const passphrase = 'five words that nobody knows';
export const week = '2026-W47';
export const day = '2026-11-20';
// Nobody reviews here: what is drawn comes out at once.
const more = { deadlines: { reviewWorkingDays: 0 } };

/** An entry of one hour. */
export const written = (text: string, hour: number) => ({
  day,
  start: `${day}T${String(hour).padStart(2, '0')}:00`,
  end: `${day}T${String(hour + 1).padStart(2, '0')}:00`,
  text,
});

const folders: string[] = [];
export const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'sundial-restored-'));
  folders.push(folder);
  return folder;
};
const ends: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const end of ends) await end();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A house whose server can be lost and restored under the same address. */
export class House {
  server: TestServer;
  readonly opened: OpenedDatabase;
  readonly file = join(newFolder(), 'backup.age');

  constructor(opened: OpenedDatabase, server: TestServer) {
    this.opened = opened;
    this.server = server;
  }

  static async open(opened: OpenedDatabase): Promise<House> {
    writeFileSync(join(opened.folder, 'sundial.config.json'), JSON.stringify({ ...settings, ...more }));
    return new House(opened, await openServer(opened, { more }));
  }

  profile(): Promise<ProfileDouble> {
    return openProfile(async (address, init) => this.server.send(address.slice(issuer.length), init), {
      enrolled: false,
      now: () => this.server.clock.ms,
    });
  }

  async organiser(): Promise<ProfileDouble> {
    const organiser = await this.profile();
    await claimLink((await firstInvitation(this.server.context)).link, organiser.context);
    return organiser;
  }

  /** A leader's device; `signs` false: one more of theirs, which only writes. */
  async leader(organiser: ProfileDouble, unit: string, signs = true): Promise<ProfileDouble> {
    const leader = await this.profile();
    await enrolLeader(leader.context, organiser.context, { unit, signs });
    return leader;
  }

  async backup(): Promise<void> {
    const { config } = this.server.context;
    await writeBackup(this.file, {
      databaseAddress: this.opened.address,
      dataFolder: config.dataFolder,
      origin: config.origin,
      configPath: join(config.dataFolder, 'sundial.config.json'),
      passphrase,
      now: this.server.clock.ms,
      cost: 10,
    });
  }

  /** A copy of the public tree as it is now. */
  async copy(): Promise<string> {
    const folder = newFolder();
    await writeTree(this.server.context, folder, () => undefined);
    return folder;
  }

  /** Restores beside the old server and takes its place. */
  async restore(seen: readonly string[], kind: string): Promise<Restored> {
    const folder = newFolder();
    // As the home of a service's user on a disk of its own looks before anything was put there.
    for (const name of ['.npm', 'lost+found', 'compiled']) mkdirSync(join(folder, name));
    const address = kind === 'SQLite' ? join(folder, 'sundial.sqlite') : await newPostgres('template1');
    const environment = { SUNDIAL_DATA: folder, DATABASE_URL: address, SUNDIAL_ISSUER: issuer };
    const { ms } = this.server.clock;
    const restored = await restoreBackup({ file: this.file, passphrase, environment, seen, now: ms });
    const database = await openDatabase(address);
    ends.push(() => database.close());
    this.server = await openServer({ database, address, folder }, { ms, more });
    return restored;
  }
}

/** Seals the week and lets the device hear of it. */
export async function sealWeek({ context }: ProfileDouble): Promise<void> {
  await signSeal(await composeSeal(week, context), context);
  await runSync(true, context);
}

/** What stands on the day, sorted. */
export const textsOn = async ({ context }: ProfileDouble): Promise<string[]> =>
  (await entriesOn(context.database, day)).map(({ body }) => body.text ?? '').sort();

/** What the server has of the leader: texts by id, ops, seals with their places. */
export async function rowsOf({ context: { database } }: TestServer) {
  const entries = await database.db.selectFrom('entry').select(['id', 'head', 'body']).orderBy('id').execute();
  const seals = await database.db.selectFrom('seal').select(['seal_hash', 'idx', 'rev', 'week']).execute();
  const ops = await database.db.selectFrom('op').select(['op', 'status']).orderBy('op').execute();
  return { entries, seals, ops };
}
