/** `sundial import WHAT FILE`: units, terms of office, the term base and old diaries from files; a calendar is only read. */
import { wordsHere } from '../command-line.ts';
import { readCalendar } from '../import/calendar.ts';
import { importDiaries } from '../import/import-diaries.ts';
import { importTable, tableKinds } from '../import/tables.ts';
import { imports as en } from '../locales/en/import.ts';
import { imports as zh } from '../locales/zh/import.ts';

/** Runs the command with the words behind `import`. Exit codes: 0 done, 1 something is wrong in the file, 2 wrong usage. */
export async function run(args: string[]): Promise<number> {
  const words = wordsHere(zh, en);
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(`${words.usage}\n`);
    return 0;
  }
  if (args[0] === 'diaries') return importDiaries(args.slice(1));
  const kind = tableKinds.find((one) => one === args[0]);
  return kind === undefined ? readCalendar(args) : importTable(kind, args.slice(1));
}
