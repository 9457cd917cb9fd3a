/** The passphrase of a backup: from a file that only its user can read, or typed. Never an argument: those are seen by every user of the machine. */
import { readFileSync, statSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { requirePrivate } from '../log/key-files.ts';
import { type Environment, withoutEmpty } from '../operation.ts';
import { BackupTrouble } from './trouble.ts';

const variable = 'SUNDIAL_BACKUP_PASSPHRASE_FILE';
const shortest = 12;

/** What the file of the variable holds, without the line feed at its end; else what is typed after `prompts`, the same each time. Throws
 *  BackupTrouble PASSPHRASE_MISSING, PASSPHRASE_GONE or PASSPHRASE_SHORT, KeyTrouble for a file that others can read. */
export async function readPassphrase(environment: Environment, prompts: readonly string[]): Promise<string> {
  const path = withoutEmpty(environment)[variable];
  if (path !== undefined) {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== false)
      throw new BackupTrouble('PASSPHRASE_GONE', path);
    requirePrivate(path);
    return longEnough(readFileSync(path, 'utf8').replace(/\r?\n$/, ''));
  }
  if (!process.stdin.isTTY) throw new BackupTrouble('PASSPHRASE_MISSING', variable);
  const [first = '', ...again] = await typed(prompts);
  if (again.some((one) => one !== first)) throw new BackupTrouble('PASSPHRASE_DIFFERS', '');
  return longEnough(first);
}

function longEnough(passphrase: string): string {
  if (passphrase.length < shortest) throw new BackupTrouble('PASSPHRASE_SHORT', String(shortest));
  return passphrase;
}

/** Throws BackupTrouble PASSPHRASE_ODD for one that nobody could type from the paper in the safe: with a byte order mark, a line break or bytes of
 *  another encoding in it, as editors and shells leave them, or with blanks at its ends. */
export function requireTypable(passphrase: string): void {
  if (/[\p{Cc}\p{Cf}\uFFFD]/u.test(passphrase) || passphrase !== passphrase.trim())
    throw new BackupTrouble('PASSPHRASE_ODD', variable);
}

/** Lines typed on the terminal, not shown. */
async function typed(prompts: readonly string[]): Promise<string[]> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true });
  const answers: string[] = [];
  try {
    for (const prompt of prompts) {
      process.stderr.write(prompt);
      answers.push(await lines.question(''));
      process.stderr.write('\n');
    }
  } finally {
    lines.close();
  }
  return answers;
}
