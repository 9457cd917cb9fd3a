/** What a command cannot begin with, as a sentence. */
import { userInfo } from 'node:os';
import { wordsHere } from './command-line.ts';
import { ConfigTrouble, configSentence } from './config-trouble.ts';
import { awayBy, isDamaged } from './database/away.ts';
import { DatabaseTrouble } from './database/trouble.ts';
import { logKey as enKey } from './locales/en/log-key.ts';
import { upgrade as enUpgrade } from './locales/en/upgrade.ts';
import { type LogKeyWords, logKey as zhKey } from './locales/zh/log-key.ts';
import { type UpgradeWords, upgrade as zhUpgrade } from './locales/zh/upgrade.ts';
import { KeyTrouble } from './log/key-trouble.ts';
import { withoutValues } from './report.ts';

/** Says a trouble with variables, keys, tables, files, the address or the database itself on stderr and gives exit code 2; any other error passes. */
export function tellTrouble(error: unknown): number {
  process.stderr.write(`sundial: ${sentence(error)}\n`);
  return 2;
}

function sentence(error: unknown): string {
  const words = wordsHere<UpgradeWords>(zhUpgrade, enUpgrade);
  if (error instanceof ConfigTrouble) return configSentence(error.problem);
  if (error instanceof DatabaseTrouble) return words.trouble(error.problem);
  if (error instanceof KeyTrouble) {
    const { code, at, more = '' } = error.problem;
    return wordsHere<LogKeyWords>(zhKey, enKey).trouble[code](at, more);
  }
  const { code, syscall, path, address, port } = systemSaid(error);
  if (syscall === 'listen') return words.unlistened(`${address}:${port}`, code);
  if (code === 'EACCES' && path !== undefined) return words.denied(path, userInfo().username);
  if (['ENOENT', 'ENOTDIR', 'EISDIR', 'EEXIST'].includes(code) && error instanceof Error)
    return words.misplaced(path ?? error.message, code);
  const away = awayBy(error);
  if (away === null && !isDamaged(error)) throw error;
  const said = error instanceof Error ? withoutValues(error.message) : '';
  return words.unopened[away ?? 'DAMAGED'](said);
}

interface SystemSaid {
  readonly code: string;
  readonly syscall?: string;
  readonly path?: string;
  readonly address?: string;
  readonly port?: number;
}

/** What Node adds to an error of the system. */
function systemSaid(error: unknown): SystemSaid {
  return error instanceof Error && 'code' in error && 'syscall' in error ? (error as Error & SystemSaid) : { code: '' };
}
