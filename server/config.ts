/** Environment and `sundial.config.json` become one `Config`, or problems that name file, line and member. */
import { createHash } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import * as v from 'valibot';
import { fail, ok, type Result } from '../shared/base/result.ts';
import { type DeskSettings, type SettingName, Settings, type SettingsInput } from '../shared/organisation/config.ts';
import { type ConfigProblem, ConfigTrouble } from './config-trouble.ts';
import { variablesOf } from './environment-file.ts';
import { hopsOf } from './http/address.ts';
import { lineOf, syntaxErrorLine } from './json-line.ts';
import { type MailServer, mailServerOf, type WebhookTarget, webhookTargetsOf } from './notices/targets.ts';
import { type Environment, type Operation, operationOf, withoutEmpty } from './operation.ts';

/** What a server runs on: the organisation's settings, and addresses from the environment. */
export interface Config extends Omit<Settings, SettingName> {
  /** What the desk may change, as the file has it; what holds now is read by `settingOf` (server/organisation/setting.ts). */
  readonly file: DeskSettings;
  readonly host: string;
  readonly port: number;
  /** `postgres://…`, or the path of the SQLite file. */
  readonly databaseAddress: string;
  /** Folder of the database, the keys and everything else that must be backed up. */
  readonly dataFolder: string;
  /** Whether tables are upgraded when a process starts; undefined: an SQLite file is, PostgreSQL is not. */
  readonly migrate: boolean | undefined;
  /** Address of this server as its users type it, without a slash at the end: `aud` of every sign-in. */
  readonly issuer: string;
  /** The command that signs heads of the log, and the vkeys that it signs with; null where the keys lie in files. */
  readonly logCommand: { readonly command: string; readonly vkeys: string } | null;
  /** The secret that the provider of readers' sign-in knows this server by; null where no one signs in. */
  readonly oidcSecret: string | null;
  /** The token that the gateway for short messages knows this server by; null where none is sent. */
  readonly smsToken: string | null;
  /** The SMTP server by which officials are told; null where none is. */
  readonly mail: MailServer | null;
  /** The webhooks of the file with the secrets of the environment. */
  readonly webhooks: WebhookTarget[];
  /** Whether an address is one of `trustedProxies`. */
  readonly isTrustedHop: (address: string) => boolean;
  readonly operation: Operation;
}

/** Reads the configuration. Variables: `SUNDIAL_CONFIG` (default `sundial.config.json` in the data folder, else in the working folder),
 *  `SUNDIAL_DATA` (`./data`), `DATABASE_URL` (SQLite in the data folder), `HOST` (127.0.0.1), `PORT` (8787), `SUNDIAL_ISSUER`
 *  (`http://HOST:PORT`), those of operation.ts, `SUNDIAL_LOG_SIGNER` and `SUNDIAL_LOG_VKEY` (both or neither), `SUNDIAL_OIDC_CLIENT_SECRET`
 *  or `SUNDIAL_SMS_TOKEN` (where readers sign in), `SUNDIAL_MIGRATE` (1 or 0). What the environment does not say, or leaves empty, is read
 *  from `sundial.env` beside the configuration, which `sundial init` writes. `readText` gives a file's text, null where there is none. */
export function loadConfig(
  environment: Environment,
  readText: (path: string) => string | null,
): Result<Config, readonly ConfigProblem[]> {
  // Editors of Windows put a byte order mark in front, which is no JSON.
  const read = (each: string): string | null => readText(each)?.replace(/^\uFEFF/, '') ?? null;
  const path = configPath(environment, read);
  const text = read(path);
  if (text === null) return fail([{ code: 'FILE_MISSING', at: path, line: 0, field: '', reason: '' }]);
  const at = join(dirname(path), environmentFile);
  const beside = variablesOf(read(at) ?? '');
  if (!beside.ok) return fail([{ code: 'LINE_UNCLEAR', at, line: beside.problem, field: '', reason: 'NAME=value' }]);
  const settings = parseSettings(text, path);
  return settings.ok ? configOf(settings.value, { ...beside.value, ...withoutEmpty(environment) }) : settings;
}

/** Name of the file beside the configuration that holds addresses and secrets as `NAME=value` lines. */
export const environmentFile = 'sundial.env';

/** Where the configuration lies: the first of the places above that has a file, else the first, where `sundial init` writes it. */
export function configPath(given: Environment, read: (path: string) => string | null): string {
  const environment = withoutEmpty(given);
  const paths =
    environment.SUNDIAL_CONFIG === undefined
      ? [join(placesOf(environment).dataFolder, 'sundial.config.json'), resolve('sundial.config.json')]
      : [resolve(environment.SUNDIAL_CONFIG)];
  return paths.find((each) => read(each) !== null) ?? paths[0] ?? '';
}

/** Where data lie, whatever the configuration says. Throws ConfigTrouble for a DATABASE_URL that is no address of PostgreSQL and no path: taken for
 *  a path, a slip in it would begin an empty database. */
export function placesOf(given: Environment): Pick<Config, 'dataFolder' | 'databaseAddress'> {
  const environment = withoutEmpty(given);
  const dataFolder = resolve(environment.SUNDIAL_DATA ?? 'data');
  const { DATABASE_URL: databaseAddress = join(dataFolder, 'sundial.sqlite') } = environment;
  const isAddress = /^[a-z][a-z0-9+.-]+:/i.test(databaseAddress);
  if (isAddress && !(/^postgres(ql)?:\/\//.test(databaseAddress) && URL.canParse(databaseAddress)))
    throw new ConfigTrouble({
      ...{ code: 'ENVIRONMENT_INVALID', at: 'DATABASE_URL', line: 0, field: '' },
      reason: 'POSTGRES_ADDRESS_OR_PATH',
    });
  return { dataFolder, databaseAddress };
}

/** The configuration of settings that are made in code (demonstration, tests). Throws `TypeError` for settings that break the schema. */
export function configFrom(settings: SettingsInput, environment: Environment = {}): Config {
  const parsed = v.safeParse(Settings, settings);
  if (!parsed.success) throw new TypeError(parsed.issues.map(fieldAndReason).join('; '));
  const config = configOf(parsed.output, environment);
  if (!config.ok) throw new TypeError(config.problem.map(({ at, reason }) => `${at}: ${reason}`).join('; '));
  return config.value;
}

function configOf(settings: Settings, given: Environment): Result<Config, readonly ConfigProblem[]> {
  const environment = withoutEmpty(given);
  const host = environment.HOST ?? '127.0.0.1';
  const port = Number(environment.PORT ?? '8787');
  const { dataFolder, databaseAddress } = placesOf(environment);
  const issuer = environment.SUNDIAL_ISSUER ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const wrong = (at: string, reason: string) =>
    fail<readonly ConfigProblem[]>([{ code: 'ENVIRONMENT_INVALID', at, line: 0, field: '', reason }]);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) return wrong('PORT', 'INTEGER_0_65535');
  if (!/^https?:\/\/[^\s?#]*[^/\s?#]$/.test(issuer)) return wrong('SUNDIAL_ISSUER', 'ADDRESS_WITHOUT_SLASH');
  const { SUNDIAL_LOG_SIGNER: command = '', SUNDIAL_LOG_VKEY: vkeys = '' } = environment;
  if ((command.trim() === '') !== (vkeys.trim() === ''))
    return wrong(command.trim() === '' ? 'SUNDIAL_LOG_SIGNER' : 'SUNDIAL_LOG_VKEY', 'MISSING');
  const oidcSecret = environment.SUNDIAL_OIDC_CLIENT_SECRET?.trim() ?? '';
  if (settings.identity.mode === 'oidc' && oidcSecret === '') return wrong('SUNDIAL_OIDC_CLIENT_SECRET', 'MISSING');
  const smsToken = environment.SUNDIAL_SMS_TOKEN?.trim() ?? '';
  if (settings.identity.mode === 'phone' && smsToken === '') return wrong('SUNDIAL_SMS_TOKEN', 'MISSING');
  const { SUNDIAL_MIGRATE: migrate = '' } = environment;
  if (!['', '0', '1'].includes(migrate)) return wrong('SUNDIAL_MIGRATE', '0_OR_1');
  const mail = mailServerOf(environment);
  if (!mail.ok) return wrong(mail.problem.at, mail.problem.reason);
  const webhooks = webhookTargetsOf(settings.webhooks, environment);
  if (!webhooks.ok) return wrong(webhooks.problem.at, webhooks.problem.reason);
  const operation = operationOf(environment);
  if (!operation.ok) return wrong(operation.problem.at, operation.problem.reason);
  const { categories, themes, threads, termBase, secrecyWords, moderation, deadlines, calendar, plan, ...fixed } =
    settings;
  return ok({
    ...fixed,
    file: { categories, themes, threads, termBase, secrecyWords, moderation, deadlines, calendar, plan },
    host,
    port,
    dataFolder,
    issuer,
    migrate: migrate === '' ? undefined : migrate === '1',
    logCommand: command.trim() === '' ? null : { command, vkeys },
    oidcSecret: settings.identity.mode === 'oidc' ? oidcSecret : null,
    smsToken: settings.identity.mode === 'phone' ? smsToken : null,
    mail: mail.value,
    webhooks: webhooks.value,
    operation: operation.value,
    isTrustedHop: hopsOf(settings.trustedProxies),
    databaseAddress,
  });
}

function parseSettings(text: string, path: string): Result<Settings, readonly ConfigProblem[]> {
  const json = v.safeParse(v.pipe(v.string(), v.parseJson()), text);
  if (!json.success)
    return fail([{ code: 'JSON_INVALID', at: path, line: syntaxErrorLine(text), field: '', reason: 'JSON' }]);
  const parsed = v.safeParse(Settings, json.output);
  if (parsed.success) {
    const wrong = parsed.output.witnesses.findIndex((vkey) => !hasOwnId(vkey));
    if (wrong < 0) return ok(parsed.output);
    const [line, field] = [lineOf(text, ['witnesses', wrong]), `witnesses[${wrong}]`];
    return fail([{ code: 'MEMBER_INVALID', at: path, line, field, reason: 'WITNESS_VKEY' }]);
  }
  return fail(
    parsed.issues.map((issue) => ({
      code: 'MEMBER_INVALID' as const,
      at: path,
      line: lineOf(text, keysOf(issue)),
      ...fieldAndReasonOf(issue),
    })),
  );
}

/** Whether the key id of a vkey is that of its key (C2SP signed-note), so that a slip in copying shows at once. */
function hasOwnId(vkey: string): boolean {
  // The base64 may have a plus of its own; a name has none.
  const [name, id, ...key] = vkey.split('+');
  const hash = createHash('sha256')
    .update(`${name}\n`)
    .update(Buffer.from(key.join('+'), 'base64'));
  return hash.digest('hex').slice(0, 8) === id;
}

const keysOf = (issue: v.BaseIssue<unknown>): readonly (string | number)[] =>
  (issue.path ?? []).flatMap(({ key }) => (typeof key === 'string' || typeof key === 'number' ? [key] : []));

function fieldAndReasonOf(issue: v.BaseIssue<unknown>): { readonly field: string; readonly reason: string } {
  const field = keysOf(issue)
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`))
    .join('')
    .replace(/^\./, '');
  const isCode = /^[A-Z_]+$/.test(issue.message);
  const reason = isCode ? issue.message : (issue.expected ?? issue.type) === 'never' ? 'UNKNOWN_MEMBER' : issue.message;
  return { field, reason };
}

function fieldAndReason(issue: v.BaseIssue<unknown>): string {
  const { field, reason } = fieldAndReasonOf(issue);
  return `${field}: ${reason}`;
}
