/** Everything that can be found of an installation, from the disk to the mail server. Changes nothing, and needs no server that runs. */
import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { b64, fromB64 } from '../../shared/base/bytes.ts';
import { type Head, noteVerifies, parseNote, parseVkey } from '../../shared/proof/checkpoint.ts';
import { edgeRoot } from '../../shared/proof/prove.ts';
import { prove } from '../backup/prove.ts';
import { keyHashes, keyPaths, readBackupRecord } from '../backup/record.ts';
import { BackupTrouble } from '../backup/trouble.ts';
import type { Config } from '../config.ts';
import { isDamaged } from '../database/away.ts';
import { isPostgres } from '../database/lock.ts';
import { connect, isPostgresAddress } from '../database/open.ts';
import type { Db } from '../database/port.ts';
import { versionOf } from '../database/version.ts';
import { readVersion, readWidget } from '../embed/built-widget.ts';
import { type JobState, jobStates } from '../jobs/state.ts';
import { allJobs } from '../jobs.ts';
import { logFloor } from '../log/floor.ts';
import { keyFolder } from '../log/key-files.ts';
import { KeyTrouble } from '../log/key-trouble.ts';
import { requireKeys } from '../log/note-lines.ts';
import { newestHead } from '../log/prove.ts';
import { type LogSigner, openLogSigner } from '../log/signer.ts';
import { mailProblem } from '../notices/mail.ts';
import { deliveryCounts } from '../notices/queries.ts';
import { type Code, type Finding, finding } from './finding.ts';
import { allImages, publicImages } from './images.ts';
import {
  judgeBackup,
  judgeCertificate,
  judgeClock,
  judgeDisk,
  judgeFiles,
  judgeImages,
  judgeJobs,
  judgeNotices,
  judgeVersion,
} from './judge.ts';
import { type Answered, askAddress, certificateOf, codeOf, filesLimit, roomAt } from './probe.ts';
import { examineShown, examineWidget, shownHead } from './shown.ts';

/** `whole`: the log and the audit trail are computed anew from their first row, and pictures are read. `now` in Unix seconds. `isKept`: whether
 *  something keeps the clock of this machine right, null where that is not known. */
export async function examine(
  config: Config,
  { whole, now, isKept = null }: { readonly whole: boolean; readonly now: number; readonly isKept?: boolean | null },
): Promise<readonly Finding[]> {
  const isThere = existsSync(config.dataFolder);
  const here = [...(isThere ? [judgeDisk(roomAt(config.dataFolder))] : []), judgeFiles(filesLimit())];
  const answered = await askAddress(config.issuer);
  const isOurs = answered.problem === null && answered.origin === config.origin;
  const outside = isOurs ? { shown: await shownHead(config.issuer) } : null;
  const stored = await examineDatabase(config, outside, whole, now);
  const script = `sundial-${readVersion()}.js`;
  return [
    ...here,
    ...stored.findings,
    ...(await examineAddress(config, answered, now, stored.headAt, isKept)),
    ...(isOurs ? await examineWidget(config.issuer, script, readWidget(script)) : []),
    ...(await examineMail(config)),
  ];
}

interface Stored {
  readonly findings: readonly Finding[];
  /** When the newest head was signed, null before leaf 0. */
  readonly headAt: number | null;
}

/** How every job stands, `now` in Unix seconds; null where there is no database of this version to ask. */
export async function examineJobs(
  { databaseAddress: address }: Config,
  now: number,
): Promise<readonly JobState[] | null> {
  if (!isPostgresAddress(address) && !existsSync(address)) return null;
  const db = await connect(address);
  try {
    return judgeVersion(await versionOf(db)).level === 'ok' ? await jobStates(db, allJobs, now) : null;
  } catch (error) {
    if (codeOf(error) === null) throw error;
    return null;
  } finally {
    await db.destroy();
  }
}

/** What was asked of the public address; null where nobody answered there, or another log. */
type Outside = { readonly shown: Head | null } | null;

async function examineDatabase(config: Config, outside: Outside, whole: boolean, now: number): Promise<Stored> {
  const { databaseAddress: address } = config;
  // Opening would make the file.
  if (!isPostgresAddress(address) && !existsSync(address))
    return { findings: [finding('database', 'fail', 'DATABASE_MISSING', address)], headAt: null };
  if (!isPostgresAddress(address) && !isOpen(address, constants.R_OK | constants.W_OK))
    return { findings: [finding('database', 'fail', 'DATABASE_DENIED', address)], headAt: null };
  let db: Db | null = null;
  try {
    db = await connect(address);
    const said = await soundness(db);
    if (said !== null) return { findings: [finding('database', 'fail', 'DATABASE_DAMAGED', said)], headAt: null };
    const sound = finding('database', 'ok', 'DATABASE_OK', isPostgres(db) ? 'PostgreSQL' : 'SQLite');
    const tables = judgeVersion(await versionOf(db));
    if (tables.level !== 'ok') return { findings: [sound, tables], headAt: null };
    return await examineTables(config, db, [sound, tables], outside, whole, now);
  } catch (error) {
    const code = codeOf(error);
    if (code === null || error instanceof BackupTrouble) throw error;
    if (isDamaged(error) && error instanceof Error)
      return { findings: [finding('database', 'fail', 'DATABASE_DAMAGED', error.message)], headAt: null };
    return { findings: [finding('database', 'fail', refusals[code] ?? 'DATABASE_AWAY', code)], headAt: null };
  } finally {
    await db?.destroy();
  }
}

/** What PostgreSQL refuses a connection for, by its codes: the user or the password, or a database that is not there. */
const refusals: Readonly<Record<string, Code>> = {
  28000: 'DATABASE_REFUSED',
  '28P01': 'DATABASE_REFUSED',
  '3D000': 'DATABASE_UNKNOWN',
};

/** Whether this user may open a file so; a disk that takes no writes is another matter. */
function isOpen(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch (error) {
    return codeOf(error) !== 'EACCES';
  }
}

async function examineTables(
  config: Config,
  db: Db,
  before: readonly Finding[],
  outside: Outside,
  whole: boolean,
  now: number,
): Promise<Stored> {
  const { log, keys } = await examineKeys(config, db, now);
  const head = await db.selectFrom('log_head').selectAll().orderBy('size', 'desc').limit(1).executeTakeFirst();
  const findings = [
    ...before,
    keys,
    await examineLog(config, db, log, whole),
    ...(outside === null ? [] : await examineShown(db, outside.shown, now)),
    judgeImages(await (whole ? allImages : publicImages)(db)),
    ...(keys.code === 'KEYS_DENIED'
      ? []
      : [judgeBackup(now, await readBackupRecord(db), keyHashes(config.dataFolder))]),
    judgeJobs(await jobStates(db, allJobs, now)),
    await examineNotices(db, now),
  ];
  return { findings, headAt: head === undefined ? null : Date.parse(head.at) / 1000 };
}

/** Null where the file is sound; else what SQLite says. PostgreSQL looks after its own pages. */
async function soundness(db: Db): Promise<string | null> {
  if (isPostgres(db)) {
    await sql`select 1`.execute(db);
    return null;
  }
  const { rows } = await sql<{ quick_check: string }>`pragma quick_check(1)`.execute(db);
  const said = rows[0]?.quick_check ?? '';
  return said === 'ok' ? null : said;
}

async function examineKeys(
  config: Config,
  db: Db,
  now: number,
): Promise<{ readonly log: LogSigner | null; readonly keys: Finding }> {
  // Opening would make them.
  const isMissing =
    config.logCommand === null && !existsSync(join(keyFolder(config.dataFolder), 'checkpoint-p256.pem'));
  if (isMissing) return { log: null, keys: finding('keys', 'fail', 'KEYS_NONE', keyFolder(config.dataFolder)) };
  const denied = keyPaths(config.dataFolder).find(
    (path) => !isOpen(join(keyFolder(config.dataFolder), path), constants.R_OK),
  );
  if (denied !== undefined)
    return { log: null, keys: finding('keys', 'fail', 'KEYS_DENIED', join(keyFolder(config.dataFolder), denied)) };
  try {
    const log = await openLogSigner(config.dataFolder, config.origin, config.logCommand);
    await requireKeys(db, log, config.origin, now);
    return { log, keys: finding('keys', 'ok', 'KEYS_OK', log.keys.map(({ id }) => id).join(', ')) };
  } catch (error) {
    if (!(error instanceof KeyTrouble)) throw error;
    return { log: null, keys: { ...finding('keys', 'fail', 'KEYS_WRONG'), key: error.problem } };
  }
}

/** The log as it is, and whether it is as long as the world has seen it: a restored one that is not signs nothing. */
async function examineLog(config: Config, db: Db, log: LogSigner | null, whole: boolean): Promise<Finding> {
  const found = await examineHead(config, db, log, whole);
  const [floor, size] = [await logFloor(db), (await newestHead(db))?.size ?? 0];
  return found.level === 'ok' && floor !== null && size < floor.size
    ? finding('log', 'fail', 'LOG_BEHIND', size, floor.size)
    : found;
}

/** The newest head: its root from the edge, its signature by a key that is here; with `whole` everything below it. */
async function examineHead({ origin }: Config, db: Db, log: LogSigner | null, whole: boolean): Promise<Finding> {
  const head = await db.selectFrom('log_head').selectAll().orderBy('size', 'desc').limit(1).executeTakeFirst();
  if (head === undefined) return finding('log', 'ok', 'LOG_NONE');
  const edge = head.edge.split(' ').flatMap((hash) => fromB64(hash) ?? []);
  const { count } = await db
    .selectFrom('log_leaf')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  const note = parseNote(head.note);
  const vkeys = (await Promise.all((log?.keys ?? []).map(({ vkey }) => parseVkey(vkey)))).flatMap((key) => key ?? []);
  const isRight =
    Number(count) === head.size &&
    b64(await edgeRoot(edge)) === head.root &&
    note !== null &&
    note.root === head.root &&
    (log === null || (await noteVerifies(note, vkeys)));
  if (!isRight) return finding('log', 'fail', 'LOG_WRONG', String(head.size));
  if (!whole || log === null) return finding('log', 'ok', 'LOG_OK', head.size);
  try {
    const { auditRows, seals } = await prove(db, { log: { size: head.size, root: head.root } }, log, origin);
    return finding('log', 'ok', 'LOG_WHOLE', head.size, seals, auditRows);
  } catch (error) {
    if (error instanceof BackupTrouble) return finding('log', 'fail', 'LOG_WRONG', error.message);
    throw error;
  }
}

async function examineNotices(db: Db, now: number): Promise<Finding> {
  const counts = await deliveryCounts(db);
  const sum = (wanted: string) =>
    counts.filter(({ state }) => state === wanted).reduce((so, { count }) => so + Number(count), 0);
  const waits = counts.filter(({ state }) => state === 'waiting').map(({ oldest }) => Number(oldest));
  return judgeNotices(now, sum('waiting'), waits.length === 0 ? null : Math.min(...waits), sum('givenUp'));
}

async function examineAddress(
  { issuer, origin }: Config,
  answered: Answered,
  now: number,
  headAt: number | null,
  isKept: boolean | null,
): Promise<readonly Finding[]> {
  const address = new URL(issuer);
  const certificate = address.protocol === 'https:' ? await certificateOf(address) : null;
  const clock = judgeClock(
    now,
    answered.problem === null && answered.at !== null ? Math.round(now - answered.at) : null,
    headAt,
    isKept,
  );
  const at =
    answered.problem !== null
      ? finding('address', 'fail', 'ADDRESS_AWAY', issuer, answered.problem)
      : answered.origin === origin
        ? finding('address', 'ok', 'ADDRESS_OK', issuer)
        : finding('address', 'fail', 'ADDRESS_OTHER', issuer, answered.origin ?? '-');
  const shown =
    certificate !== null
      ? [judgeCertificate(now, certificate.ends, certificate.refused)]
      : address.protocol === 'http:' && !isHere(address)
        ? [finding('certificate', 'fail', 'CERTIFICATE_NONE')]
        : [];
  return [clock, at, ...shown];
}

const isHere = ({ hostname }: URL): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(hostname);

async function examineMail({ mail }: Config): Promise<readonly Finding[]> {
  if (mail === null) return [finding('mail', 'ok', 'MAIL_OFF')];
  const problem = await mailProblem(mail);
  return [problem === null ? finding('mail', 'ok', 'MAIL_OK') : finding('mail', 'fail', 'MAIL_AWAY', problem)];
}
