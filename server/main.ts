#!/usr/bin/env node
/** `sundial <command>`: reads the command word and the file of variables, nothing else. */
import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { takeVariables } from './environment-file.ts';

const commands = [
  'serve',
  'init',
  'invite',
  'demo',
  'import',
  'export',
  'verify',
  'read',
  'embed',
  'audit',
  'notices',
  'witness',
  'backup',
  'restore',
  'log-key',
  'upgrade',
  'doctor',
] as const;
type Command = (typeof commands)[number];

const isCommand = (word: string | undefined): word is Command => commands.some((command) => command === word);

const load: { readonly [C in Command]: () => Promise<{ run(args: string[]): Promise<number> }> } = {
  serve: () => import('./commands/serve.ts'),
  init: () => import('./commands/init.ts'),
  invite: () => import('./commands/invite.ts'),
  demo: () => import('./commands/demo.ts'),
  import: () => import('./commands/import.ts'),
  export: () => import('./commands/export.ts'),
  verify: () => import('./commands/verify.ts'),
  read: () => import('./commands/read.ts'),
  embed: () => import('./commands/embed.ts'),
  audit: () => import('./commands/audit.ts'),
  notices: () => import('./commands/notices.ts'),
  witness: () => import('./commands/witness.ts'),
  backup: () => import('./commands/backup.ts'),
  restore: () => import('./commands/restore.ts'),
  'log-key': () => import('./commands/log-key.ts'),
  upgrade: () => import('./commands/upgrade.ts'),
  doctor: () => import('./commands/doctor.ts'),
};

const usage = `sundial <command> [--help]

  serve    runs the server
  init     asks five questions, writes the configuration, prints the invitation that begins the log
  invite   prints an invitation: sundial invite --name N --role R [--unit U] | --again --name N
  demo     the demonstration: server, data, portal page, extension
  import   units, terms of office, term base or old diaries from a file, a preview at first: sundial import units FILE.csv [--apply]
  export   writes the public tree, or one year of it for an archive: sundial export [--archive YEAR] DIR
  verify   checks a public tree and its log: sundial verify SOURCE --vkey V --organiser K [--seen FILE]
  read     reads quick-entry lines from standard input: sundial read [--now ISO] [--zone Z] [--json]
  embed    prints what goes into a web page, or checks a live one: sundial embed URL | --check PAGE
  audit    checks that the audit trail is whole: sundial audit [FILE] [--anchors SOURCE]
  notices  shows how mail and webhooks stand, and tries anew what was given up: sundial notices [--json] [--retry]
  witness  watches another's log and signs what it saw: sundial witness URL --vkey V [--name N] [--every SECONDS]
  backup   writes everything into one sealed file, while the server runs: sundial backup FILE | --keep N FOLDER
  restore  proves a backup and puts it in place: sundial restore FILE (--seen SOURCE | --unseen) | --check FILE
  log-key  shows the keys that sign the log, and rotates them: sundial log-key [next|retire|vkey FILE]
  upgrade  brings the database up to this version: sundial upgrade [--without-backup]
  doctor   looks at everything and says what to do: sundial doctor [--whole] [--json]
`;

const [word, ...args] = process.argv.slice(2);
if (!process.features.typescript) {
  process.stderr.write(`Sundial runs on Node 24; this is ${process.version}. Use npm run, which brings its own.\n`);
  process.exitCode = 2;
} else if (word === undefined || word === '--help' || word === '-h') {
  process.stdout.write(usage);
} else if (!isCommand(word)) {
  process.stderr.write(`sundial: no command ${JSON.stringify(word)}\n\n${usage}`);
  process.exitCode = 2;
} else {
  process.exitCode = await begin(word).catch(async (error: unknown) =>
    (await import('./trouble.ts')).tellTrouble(error),
  );
}

async function begin(command: Command): Promise<number> {
  takeVariables(process.env);
  if (command === 'serve') keepCompiled(process.env.SUNDIAL_DATA || 'data');
  return (await load[command]()).run(args);
}

/** A start is mostly compiling: what was compiled is kept in the data folder, where nobody else writes, and a server that was killed is back in
 *  half the time. Before the first start there is no folder yet. */
function keepCompiled(dataFolder: string): void {
  if (existsSync(dataFolder)) enableCompileCache(join(dataFolder, 'compiled'));
}
