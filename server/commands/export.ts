/** `sundial export DIR`: the public tree as plain files, for a portal or a disk. */
import { parseArgs } from 'node:util';
import { openContext } from '../context.ts';
import { exportWords as en } from '../locales/en/export.ts';
import { exportWords as zh } from '../locales/zh/export.ts';
import { writeTree } from '../public/write-tree.ts';
import { readConfig } from './serve.ts';

/** A line on stderr about every so many files. */
const progressEvery = 500;

/** Runs the command with the words behind `export`. Exit code 0; 2 for wrong usage or configuration. */
export async function run(args: string[]): Promise<number> {
  const words = /^en/i.test(process.env.LC_ALL ?? process.env.LANG ?? '') ? en : zh;
  const given = readArgs(args);
  if (given === null) {
    process.stderr.write(`${words.usage}\n`);
    return 2;
  }
  if (given.help) {
    process.stdout.write(`${words.usage}\n`);
    return 0;
  }
  const config = readConfig();
  if (config === null) return 2;
  const context = await openContext(config);
  try {
    const done = await writeTree(context, given.folder, (files) => {
      if (files % progressEvery === 0) process.stderr.write(`${words.writing(files)}\n`);
    });
    const line = given.json ? JSON.stringify(done) : words.done(done.files, done.written, done.removed, given.folder);
    process.stdout.write(`${line}\n`);
    return 0;
  } finally {
    await context.database.close();
  }
}

function readArgs(args: string[]): { readonly folder: string; readonly json: boolean; readonly help: boolean } | null {
  const flag = { type: 'boolean', default: false } as const;
  try {
    const options = { json: flag, help: { ...flag, short: 'h' } };
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
    const [folder, ...more] = positionals;
    if (!values.help && (folder === undefined || more.length > 0)) return null;
    return { folder: folder ?? '', json: values.json, help: values.help };
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) return null;
    throw error;
  }
}
