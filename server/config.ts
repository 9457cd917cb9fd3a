/** Environment and `sundial.config.json` become one `Config`, or problems that name file, line and member. */
import { join, resolve } from 'node:path';
import * as v from 'valibot';
import { fail, ok, type Result } from '../shared/base/result.ts';
import { Settings, type SettingsInput } from '../shared/organisation/config.ts';
import { lineOf, syntaxErrorLine } from './json-line.ts';

/** What a server runs on: the organisation's settings, and addresses from the environment. */
export interface Config extends Settings {
  readonly host: string;
  readonly port: number;
  /** `postgres://…`, or the path of the SQLite file. */
  readonly databaseAddress: string;
  /** Folder of the database, the keys and everything else that must be backed up. */
  readonly dataFolder: string;
  /** Address of this server as its users type it, without a slash at the end: `aud` of every sign-in. */
  readonly issuer: string;
}

export interface ConfigProblem {
  readonly code: 'FILE_MISSING' | 'JSON_INVALID' | 'MEMBER_INVALID' | 'ENVIRONMENT_INVALID';
  /** Path of the file, or name of the variable. */
  readonly at: string;
  /** 1-based; 0 where there is none. */
  readonly line: number;
  /** Member as `units[2].id`; empty where there is none. */
  readonly field: string;
  /** What is wrong with it: a code of the schema, or what was expected. */
  readonly reason: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the configuration. Variables: `SUNDIAL_CONFIG` (default `sundial.config.json` in the data folder, else in the working folder),
 *  `SUNDIAL_DATA` (`./data`), `DATABASE_URL` (SQLite in the data folder), `HOST` (127.0.0.1), `PORT` (8787), `SUNDIAL_ISSUER`
 *  (`http://HOST:PORT`). `read` gives a file's text, null where there is none. */
export function loadConfig(
  environment: Environment,
  read: (path: string) => string | null,
): Result<Config, readonly ConfigProblem[]> {
  const dataFolder = resolve(environment.SUNDIAL_DATA ?? 'data');
  const paths =
    environment.SUNDIAL_CONFIG === undefined
      ? [join(dataFolder, 'sundial.config.json'), resolve('sundial.config.json')]
      : [resolve(environment.SUNDIAL_CONFIG)];
  const path = paths.find((each) => read(each) !== null) ?? paths.at(-1) ?? '';
  const text = read(path);
  if (text === null) return fail([{ code: 'FILE_MISSING', at: path, line: 0, field: '', reason: '' }]);
  const settings = parseSettings(text, path);
  return settings.ok ? configOf(settings.value, environment) : settings;
}

/** The configuration of settings that are made in code (demonstration, tests). Throws `TypeError` for settings that break the schema. */
export function configFrom(settings: SettingsInput, environment: Environment = {}): Config {
  const parsed = v.safeParse(Settings, settings);
  if (!parsed.success) throw new TypeError(parsed.issues.map(fieldAndReason).join('; '));
  const config = configOf(parsed.output, environment);
  if (!config.ok) throw new TypeError(config.problem.map(({ at, reason }) => `${at}: ${reason}`).join('; '));
  return config.value;
}

function configOf(settings: Settings, environment: Environment): Result<Config, readonly ConfigProblem[]> {
  const host = environment.HOST ?? '127.0.0.1';
  const port = Number(environment.PORT ?? '8787');
  const dataFolder = resolve(environment.SUNDIAL_DATA ?? 'data');
  const issuer = environment.SUNDIAL_ISSUER ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const wrong = (at: string, reason: string) =>
    fail<readonly ConfigProblem[]>([{ code: 'ENVIRONMENT_INVALID', at, line: 0, field: '', reason }]);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) return wrong('PORT', 'INTEGER_0_65535');
  if (!/^https?:\/\/[^\s?#]*[^/\s?#]$/.test(issuer)) return wrong('SUNDIAL_ISSUER', 'ADDRESS_WITHOUT_SLASH');
  return ok({
    ...settings,
    host,
    port,
    dataFolder,
    issuer,
    databaseAddress: environment.DATABASE_URL ?? join(dataFolder, 'sundial.sqlite'),
  });
}

function parseSettings(text: string, path: string): Result<Settings, readonly ConfigProblem[]> {
  const json = v.safeParse(v.pipe(v.string(), v.parseJson()), text);
  if (!json.success)
    return fail([{ code: 'JSON_INVALID', at: path, line: syntaxErrorLine(text), field: '', reason: 'JSON' }]);
  const parsed = v.safeParse(Settings, json.output);
  if (parsed.success) return ok(parsed.output);
  return fail(
    parsed.issues.map((issue) => ({
      code: 'MEMBER_INVALID' as const,
      at: path,
      line: lineOf(text, keysOf(issue)),
      ...fieldAndReasonOf(issue),
    })),
  );
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
