#!/usr/bin/env node
/** `sundial <command>`: reads the command word, nothing else. */

const commands = ['serve', 'init', 'invite', 'demo', 'import', 'export', 'verify', 'read'] as const;
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
};

const usage = `sundial <command> [--help]

  serve    runs the server
  init     prints the one invitation that begins the log
  invite   prints an invitation: sundial invite --name N --role R [--unit U]
  demo     the demonstration: server, data, portal page, extension
  import   reads a calendar and lists what it would offer: sundial import --dry-run FILE.ics [--weeks W,W]
  export   writes the public tree, or one year of it for an archive: sundial export [--archive YEAR] DIR
  verify   checks a public tree and its log: sundial verify SOURCE --vkey V --organiser K [--seen FILE]
  read     reads quick-entry lines from standard input: sundial read [--now ISO] [--zone Z] [--json]
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
  process.exitCode = await (await load[word]()).run(args);
}

export {};
