#!/usr/bin/env node
/** `sundial <command>`: reads the command word and the file of variables, nothing else. */
import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { takeVariables } from './environment-file.ts';
import type { UsageWords } from './locales/zh/usage.ts';

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

const [word, ...args] = process.argv.slice(2);
if (!process.features.typescript) {
  process.stderr.write(
    `日晷要用 Node 24，这里是 ${process.version}。请用 npm run，它自带。 / Sundial runs on Node 24; this is ${process.version}. Use npm run, which brings its own.\n`,
  );
  process.exitCode = 2;
} else if (word === undefined || word === '--help' || word === '-h') {
  process.stdout.write((await usageHere()).commands);
} else if (!isCommand(word)) {
  const { unknown, commands } = await usageHere();
  process.stderr.write(`${unknown(word)}\n\n${commands}`);
  process.exitCode = 2;
} else {
  process.exitCode = await begin(word).catch(async (error: unknown) =>
    (await import('./trouble.ts')).tellTrouble(error),
  );
}

/** Loaded where it is shown: a command begins without it. */
async function usageHere(): Promise<UsageWords> {
  const [{ wordsHere }, zh, en] = await Promise.all([
    import('./command-line.ts'),
    import('./locales/zh/usage.ts'),
    import('./locales/en/usage.ts'),
  ]);
  return wordsHere(zh.usage, en.usage);
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
