/** Units, terms of office and the term base from a table: a preview first, everything in one transaction with `--apply`. What is right is judged
 *  by the functions that judge the desk's tables. */
import { Refusal } from '../../shared/api/refusal.ts';
import type { Encoding } from '../../shared/diary/calendar/decode.ts';
import { tableText } from '../../shared/diary/calendar/table.ts';
import { judgeOffices } from '../../shared/organisation/office-table.ts';
import { takeTerms, termLines } from '../../shared/organisation/term-table.ts';
import { judgeUnits, readUnitTable } from '../../shared/organisation/unit-table.ts';
import { parsed, wordsHere } from '../command-line.ts';
import { readConfig } from '../commands/serve.ts';
import type { Context } from '../context.ts';
import { changeSetting, readSettings } from '../features/organisation/settings.ts';
import { takeOfficeTable, takeUnitTable } from '../features/organisation/unit-table.ts';
import { imports as en } from '../locales/en/import.ts';
import { type ImportWords, imports as zh } from '../locales/zh/import.ts';
import { openContext } from '../open-context.ts';
import { termsOf, unitsOf } from '../organisation/read.ts';
import { fileBytes } from './file-bytes.ts';
import { shown } from './row-problem.ts';

export const tableKinds = ['units', 'terms-of-office', 'terms'] as const;
type TableKind = (typeof tableKinds)[number];

const exit = { good: 0, wrong: 1, usage: 2 } as const;

/** Who the audit names for what is imported on the command line. */
export const operator = 'operator';

/** Runs `import` of a table with the words behind its kind. Gives the exit code. */
export async function importTable(kind: TableKind, args: string[]): Promise<number> {
  const words = wordsHere(zh, en);
  const flag = { type: 'boolean', default: false } as const;
  const found = parsed({ args, allowPositionals: true, options: { apply: flag, json: flag } });
  const [file, ...more] = found?.positionals ?? [];
  if (found === null || file === undefined || more.length > 0) return complain(words.usage, exit.usage);
  const bytes = await fileBytes(file);
  if (bytes === null) return complain(words.unreadable(file), exit.wrong);
  const table = tableText(bytes);
  if (table === null) return complain(words.notText(file), exit.wrong);
  const config = readConfig();
  if (config === null) return exit.usage;
  const context = await openContext(config);
  try {
    const plan = await plans[kind](context, table.text);
    if (typeof plan === 'string') return complain(words.table[plan](words.columns[kind]), exit.wrong);
    const isGood = plan.mistakes.length === 0;
    const isNew = plan.lines.some(({ effect }) => effect !== 'same');
    const applied = isGood && isNew && found.values.apply;
    if (applied) await plan.apply();
    const { encoding } = table;
    if (found.values.json) {
      const { lines, mistakes } = plan;
      process.stdout.write(`${JSON.stringify({ kind, file, encoding, lines, mistakes, applied })}\n`);
    } else process.stdout.write(said({ ...plan, encoding, isApplied: applied }, words));
    return isGood ? exit.good : exit.wrong;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return complain(words.refusedLate(error.code), exit.wrong);
  } finally {
    await context.database.close();
  }
}

/** What a table would do. `lines` of units and terms as the table names them; a table with mistakes is not applied. */
interface Plan {
  readonly lines: readonly {
    readonly line: number;
    readonly effect: 'add' | 'change' | 'same';
    readonly what: string;
  }[];
  readonly mistakes: readonly { readonly line: number; readonly code: keyof ImportWords['mistake'] }[];
  readonly apply: () => Promise<unknown>;
}

type Unusable = keyof ImportWords['table'];

const plans: { readonly [K in TableKind]: (context: Context, text: string) => Promise<Plan | Unusable> } = {
  units: async (context, text) => {
    const { db } = context.database;
    const read = readUnitTable(text);
    if (!read.ok) return read.problem;
    const judged = judgeUnits(read.value, { units: await unitsOf(db), terms: await termsOf(db) });
    return {
      lines: judged.map(({ line, effect, cells, begins }) => ({
        line,
        effect: effect === 'same' && begins !== null ? 'change' : effect,
        what: [cells.id, cells.zh, ...(begins === null ? [] : [begins.post, begins.from])].join(' '),
      })),
      mistakes: judged.flatMap(({ line, problems }) => problems.map(({ code }) => ({ line, code }))),
      apply: () => takeUnitTable(context, operator, { rows: [...read.value] }),
    };
  },
  'terms-of-office': async (context, text) => {
    const { db } = context.database;
    const judged = judgeOffices(text, { units: await unitsOf(db), terms: await termsOf(db) });
    if (!judged.ok) return judged.problem;
    return {
      lines: judged.value.map(({ line, effect, term: { unit, post, from, to } }) => ({
        line,
        effect,
        what: `${unit} ${post} ${from}–${to ?? ''}`,
      })),
      mistakes: judged.value.flatMap(({ line, problems }) => problems.map(({ code }) => ({ line, code }))),
      apply: () => takeOfficeTable(context, operator, text),
    };
  },
  terms: async (context, text) => {
    const { value: known, revision } = (await readSettings(context)).settings.termBase;
    const taken = takeTerms(known, text);
    if (!taken.ok) return taken.problem;
    const before = new Map(known.map((term) => [term.preferred, JSON.stringify(term)]));
    const after = new Map(taken.value.map((term) => [term.preferred, term]));
    const lines = termLines(text);
    return {
      lines: lines.map(({ line, preferred }) => {
        const term = after.get(preferred);
        const old = before.get(preferred);
        const effect = old === undefined ? 'add' : old === JSON.stringify(term) ? 'same' : 'change';
        return { line, effect, what: [preferred, ...(term?.aliases ?? [])].join(' ← ') };
      }),
      mistakes: lines.flatMap(({ line, mistake }) => (mistake === null ? [] : [{ line, code: mistake }])),
      apply: () => changeSetting(context, operator, 'termBase', { revision, value: taken.value }),
    };
  },
};

function said(
  { lines, mistakes, encoding, isApplied }: Plan & { readonly encoding: Encoding; readonly isApplied: boolean },
  words: ImportWords,
): string {
  const wrong = new Set(mistakes.map(({ line }) => line));
  const good = lines.filter(({ line }) => !wrong.has(line));
  const count = (effect: Plan['lines'][number]['effect']) => good.filter((one) => one.effect === effect).length;
  const told = [
    ...(encoding === 'utf-8' ? [] : [words.encoding(encoding)]),
    ...good.map(({ line, effect, what }) => `${words.line(line)}  ${words.effect[effect]}  ${shown(what)}`),
    ...mistakes.map(({ line, code }) => `${words.line(line)}  ${words.mistake[code]}`),
    words.tableCounted(count('add'), count('change'), count('same'), mistakes.length),
    mistakes.length > 0
      ? words.nothingWritten
      : isApplied
        ? words.written
        : count('same') === lines.length
          ? words.nothingToDo
          : words.onlyPreview,
  ];
  return `${told.join('\n')}\n`;
}

function complain(sentence: string, code: number): number {
  process.stderr.write(`${sentence}\n`);
  return code;
}
