/** `sundial init`: where there is no configuration yet, asks five questions and writes one; then prints the one invitation that begins the
 *  log. */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Refusal } from '../../shared/api/refusal.ts';
import { parsed, wordsHere } from '../command-line.ts';
import { environmentFile, loadConfig } from '../config.ts';
import { firstInvitation } from '../features/accounts/first-invitation.ts';
import { answersOf } from '../init/answers.ts';
import { openAsker } from '../init/ask.ts';
import { configText, environmentText, writeFiles } from '../init/files.ts';
import type { Question } from '../init/questions.ts';
import { whyUnreachable } from '../init/reach.ts';
import { init as en } from '../locales/en/init.ts';
import { type InitWords, init as zh } from '../locales/zh/init.ts';
import { openContext } from '../open-context.ts';
import { type Environment, withoutEmpty } from '../operation.ts';
import { textIfThere } from '../text-if-there.ts';
import { readConfig } from './serve.ts';

const text = { type: 'string' } as const;
const options = {
  name: text,
  address: text,
  zone: text,
  database: text,
  pages: text,
  yes: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Given = Partial<Record<Question, string>> & { readonly yes?: boolean | undefined };

/** Exit codes: 0 printed, 1 the log has begun already, 2 wrong usage, configuration or answer. */
export async function run(args: string[]): Promise<number> {
  const words = wordsHere<InitWords>(zh, en);
  const given = parsed({ args, options });
  if (given === null) return complain(words.usage.trimEnd());
  if (given.values.help === true) {
    process.stdout.write(words.usage);
    return 0;
  }
  const found = loadConfig(process.env, textIfThere);
  const isMissing = !found.ok && found.problem[0]?.code === 'FILE_MISSING';
  if (!isMissing && Object.keys(given.values).length > 0) return complain(words.exists(configPath()));
  if (isMissing && !(await setUp(given.values, words))) return 2;
  return invite(words, isMissing);
}

/** Asks and writes; false after saying why nothing was written. */
async function setUp({ yes, ...given }: Given, words: InitWords): Promise<boolean> {
  const path = configPath();
  const beside = join(dirname(path), environmentFile);
  if (existsSync(beside)) {
    complain(words.taken(beside));
    return false;
  }
  const asker = yes === true ? null : openAsker(process.stdin, process.stderr);
  const answers = await answersOf({
    given,
    defaults: defaultsFrom(withoutEmpty(process.env), words),
    asker,
    whyUnreachable,
    say: complain,
    words,
  });
  asker?.close();
  if (answers === null) return false;
  const files = new Map([
    [path, configText(answers)],
    [beside, environmentText(answers)],
  ]);
  // Read as the server will read it, before anything lies on the disk.
  const tried = loadConfig({ SUNDIAL_CONFIG: path }, (each) => files.get(each) ?? null);
  if (!tried.ok) throw new TypeError(tried.problem.map(({ field, reason }) => `${field}: ${reason}`).join('; '));
  writeFiles(path, configText(answers), environmentText(answers));
  process.stderr.write(`${words.written(path, beside)}\n`);
  return true;
}

/** What is taken where nothing is typed: what the environment says already, else a server to try things out. */
function defaultsFrom(environment: Environment, words: InitWords): Record<Question, string> {
  return {
    name: words.defaultName,
    address: environment.SUNDIAL_ISSUER ?? `http://127.0.0.1:${environment.PORT ?? 8787}`,
    zone: 'Asia/Shanghai',
    database: environment.DATABASE_URL ?? '',
    pages: '',
  };
}

/** Prints the invitation; after a set-up what to do next as well. */
async function invite(words: InitWords, isNew: boolean): Promise<number> {
  const config = readConfig();
  if (config === null) return 2;
  const context = await openContext(config);
  try {
    const { link, expiresAt } = await firstInvitation(context);
    process.stdout.write(`${link}\n`);
    process.stderr.write(`${words.invitation(new Date(expiresAt * 1000).toISOString())}\n`);
    if (isNew) process.stderr.write(`${words.next(whereabouts(withoutEmpty(process.env)))}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'ALREADY_DONE') throw error;
    process.stderr.write(`${words.begun}\n`);
    return 1;
  } finally {
    await context.database.close();
  }
}

/** Where a configuration is written that is not there yet. */
function configPath(): string {
  const { SUNDIAL_CONFIG, SUNDIAL_DATA = 'data' } = withoutEmpty(process.env);
  return resolve(SUNDIAL_CONFIG ?? join(SUNDIAL_DATA, 'sundial.config.json'));
}

/** The variables without which the next command would look elsewhere. */
const whereabouts = ({ SUNDIAL_CONFIG, SUNDIAL_DATA }: Environment): string =>
  Object.entries({ SUNDIAL_CONFIG, SUNDIAL_DATA })
    .map(([name, value]) => (value === undefined ? '' : `${name}='${value}' `))
    .join('');

function complain(line: string): number {
  process.stderr.write(`${line}\n`);
  return 2;
}
