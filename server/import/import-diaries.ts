/** `sundial import diaries FILE --mapping MAP.json`: diaries of older records, marked for ever as not sealed; `--remove SOURCE` takes them out. */
import * as v from 'valibot';
import { Refusal } from '../../shared/api/refusal.ts';
import { fromUtf8 } from '../../shared/base/bytes.ts';
import { categories } from '../../shared/diary/category.ts';
import { parseJson } from '../../shared/proof/signature.ts';
import { zoneOffset } from '../../shared/time/civil.ts';
import { parsed, wordsHere } from '../command-line.ts';
import { readConfig } from '../commands/serve.ts';
import { type Context, secondsNow } from '../context.ts';
import { imports as en } from '../locales/en/import.ts';
import { type ImportWords, imports as zh } from '../locales/zh/import.ts';
import { openContext } from '../open-context.ts';
import { unitsOf } from '../organisation/read.ts';
import { settingOf } from '../organisation/setting.ts';
import { storeSegments } from '../public/search-store.ts';
import { type Known, type Made, makeDiaries, missingColumns } from './diaries.ts';
import { fileBytes } from './file-bytes.ts';
import { type Compared, compare, isRenamed, keep, remove } from './keep.ts';
import { Mapping } from './mapping.ts';
import { sourceRows } from './source-rows.ts';
import { operator } from './tables.ts';

const exit = { good: 0, wrong: 1, usage: 2 } as const;

/** Runs `import diaries` with the words behind it. Gives the exit code. */
export async function importDiaries(args: string[]): Promise<number> {
  const words = wordsHere(zh, en);
  const given = readArgs(args);
  if (given === null) return complain(words.usage, exit.usage);
  const config = readConfig();
  if (config === null) return exit.usage;
  const context = await openContext(config);
  try {
    return given.remove === undefined
      ? await bringIn(context, given.file, given, words)
      : await takeOut(context, given.remove, given.apply, words);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return complain(words.refusedLate(error.code), exit.wrong);
  } finally {
    await context.database.close();
  }
}

interface Given {
  readonly file: string;
  readonly mapping: string;
  readonly remove: string | undefined;
  readonly apply: boolean;
  readonly leaveUnreadable: boolean;
  readonly json: boolean;
}

async function bringIn(context: Context, file: string, given: Given, words: ImportWords): Promise<number> {
  const described = await fileBytes(given.mapping);
  if (described === null) return complain(words.unreadable(given.mapping), exit.wrong);
  const mapping = readMapping(described);
  if (typeof mapping === 'string') return complain(words.mappingUnread(given.mapping, mapping), exit.wrong);
  const bytes = await fileBytes(file);
  if (bytes === null) return complain(words.unreadable(file), exit.wrong);
  const known = await knownBy(context, mapping);
  const read = sourceRows(bytes, mapping, known.offset);
  if (!read.ok) return complain(words.fileProblem[read.problem](file), exit.wrong);
  const missing = missingColumns(read.value.rows, mapping);
  if (missing.length > 0) return complain(words.columnsUnknown(missing.join(words.comma)), exit.wrong);
  const made = makeDiaries(read.value.rows, mapping, known);
  const unreadable = [
    ...made.unreadable,
    ...read.value.refused.map((line) => ({ line, code: 'ROW_REFUSED', at: '' }) as const),
  ];
  const { db } = context.database;
  const compared = await compare(db, mapping.source.id, made.diaries);
  const renamed = await isRenamed(db, mapping.source);
  const isNew = renamed || compared.diaries.some(({ effect }) => effect !== 'same');
  const mayWrite = unreadable.length === 0 || given.leaveUnreadable;
  const applied = given.apply && mayWrite && isNew;
  if (applied) {
    const all = made.diaries.length;
    const deed = { actor: operator, at: secondsNow(context) };
    await keep(context.database, mapping.source, made.diaries, deed, (done) => {
      process.stderr.write(`${words.broughtIn(done, all)}\n`);
    });
    await storeSegments(context.database);
  }
  const report = { ...made, unreadable, compared, renamed, mayWrite, isNew, applied };
  process.stdout.write(given.json ? `${JSON.stringify(jsonOf(report, file, mapping))}\n` : said(report, words));
  return mayWrite ? exit.good : exit.wrong;
}

async function takeOut(context: Context, source: string, isApplied: boolean, words: ImportWords): Promise<number> {
  const there = (await compare(context.database.db, source, [])).absent.length;
  if (there === 0) return complain(words.sourceUnknown(source), exit.wrong);
  if (isApplied) {
    await remove(context.database, source, { actor: operator, at: secondsNow(context) });
    await storeSegments(context.database);
  }
  process.stdout.write(`${isApplied ? words.removed(source, there) : words.wouldRemove(source, there)}\n`);
  return exit.good;
}

/** The mapping, or what is wrong with it: a member and the reason. */
function readMapping(bytes: Uint8Array): Mapping | string {
  const read = v.safeParse(Mapping, parseJson(fromUtf8(bytes)?.replace(/^\uFEFF/, '') ?? ''));
  if (read.success) return read.output;
  const [issue] = read.issues;
  return `${issue.path?.map(({ key }) => String(key)).join('.') ?? ''} ${issue.message}`.trim();
}

async function knownBy({ config, database: { db } }: Context, mapping: Mapping): Promise<Known> {
  const own = await settingOf(db, config, 'categories');
  const zone = mapping.zone ?? config.zone;
  return {
    units: new Set((await unitsOf(db)).map(({ id }) => id)),
    modes: new Map([...categories, ...own].map(({ id, mode }) => [id, mode])),
    zone,
    offset: zoneOffset(zone) ?? (() => 0),
  };
}

interface Report extends Made {
  readonly compared: Compared;
  readonly renamed: boolean;
  readonly mayWrite: boolean;
  readonly isNew: boolean;
  readonly applied: boolean;
}

const jsonOf = (
  { compared, renamed, unreadable, skipped, repeated, applied }: Report,
  file: string,
  { source }: Mapping,
) => ({
  file,
  source: source.id,
  diaries: compared.diaries.map(({ draw, unit, week, items, effect }) => ({
    draw,
    unit,
    week,
    entries: items.length,
    effect,
  })),
  absent: compared.absent.length,
  renamed,
  unreadable,
  skipped,
  repeated,
  applied,
});

function said(
  { compared, renamed, unreadable, skipped, repeated, mayWrite, isNew, applied }: Report,
  words: ImportWords,
): string {
  const count = (effect: Compared['diaries'][number]['effect']) =>
    compared.diaries.filter((one) => one.effect === effect).length;
  const end = applied
    ? words.written
    : !mayWrite
      ? words.unreadableFirst
      : isNew
        ? words.onlyPreview
        : compared.absent.length > 0
          ? words.absent(compared.absent.length)
          : words.nothingToDo;
  const lines = [
    ...compared.diaries.map(
      ({ unit, week, items, effect }) => `${words.effect[effect]}  ${week}  ${unit}  ${words.entries(items.length)}`,
    ),
    ...compared.absent.map(({ draw, unit }) => `${words.effect.absent}  ${weekIn(draw)}  ${unit}`),
    ...unreadable.map(({ line, code, at }) => `${words.line(line)}  ${words.row[code]}${at === '' ? '' : ` (${at})`}`),
    words.diariesCounted(count('add'), count('change'), count('same'), unreadable.length),
    ...(renamed ? [words.sourceRenamed] : []),
    ...(repeated + skipped > 0 ? [words.rowsCounted(repeated, skipped)] : []),
    ...(compared.absent.length > 0 && isNew ? [words.absent(compared.absent.length)] : []),
    end,
  ];
  return `${lines.join('\n')}\n`;
}

/** `i-<source>-<week>` ends with a week. */
const weekIn = (draw: string): string => draw.slice(-8).toUpperCase();

/** The arguments, or null where they make no command. */
function readArgs(args: string[]): Given | null {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const options = { mapping: text, remove: text, apply: flag, 'leave-unreadable': flag, json: flag };
  const found = parsed({ args, allowPositionals: true, options });
  if (found === null) return null;
  const { mapping, remove: source, apply, json } = found.values;
  const [file, ...more] = found.positionals;
  const isWhole =
    source === undefined ? file !== undefined && mapping !== undefined : file === undefined && mapping === undefined;
  if (!isWhole || more.length > 0) return null;
  const leaveUnreadable = found.values['leave-unreadable'];
  return { file: file ?? '', mapping: mapping ?? '', remove: source, apply, leaveUnreadable, json };
}

function complain(sentence: string, code: number): number {
  process.stderr.write(`${sentence}\n`);
  return code;
}
