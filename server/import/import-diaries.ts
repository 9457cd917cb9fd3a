/** `sundial import diaries FILE --mapping MAP.json`: diaries of older records, marked for ever as not sealed; `--remove SOURCE` takes them out. */
import * as v from 'valibot';
import { Refusal } from '../../shared/api/refusal.ts';
import { fromUtf8 } from '../../shared/base/bytes.ts';
import type { Notice, RefusalReason } from '../../shared/diary/calendar/notice.ts';
import { categories } from '../../shared/diary/category.ts';
import { parseJson } from '../../shared/proof/signature.ts';
import { civilOf, dayOf, zoneOffset } from '../../shared/time/civil.ts';
import { parsed, wordsHere } from '../command-line.ts';
import { readConfig } from '../commands/serve.ts';
import { type Context, secondsNow } from '../context.ts';
import { imports as en } from '../locales/en/import.ts';
import { type ImportWords, imports as zh } from '../locales/zh/import.ts';
import { openContext } from '../open-context.ts';
import { unitsOf } from '../organisation/read.ts';
import { settingOf } from '../organisation/setting.ts';
import { storeSegments } from '../public/search-store.ts';
import { type Known, type Made, makeDiaries, unclearColumns } from './diaries.ts';
import { fileBytes } from './file-bytes.ts';
import { type Compared, compare, isRenamed, keep, remove } from './keep.ts';
import { Mapping } from './mapping.ts';
import { shown } from './row-problem.ts';
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
      : await takeOut(context, given.remove, given, words);
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
  if ('code' in mapping)
    return complain(words.mappingUnread(given.mapping, mapping.at, words.mapping[mapping.code]), exit.wrong);
  const bytes = await fileBytes(file);
  if (bytes === null) return complain(words.unreadable(file), exit.wrong);
  const known = await knownBy(context, mapping);
  const read = sourceRows(bytes, mapping, known.offset);
  if (!read.ok) return complain(words.fileProblem[read.problem](file), exit.wrong);
  const { missing, twice } = unclearColumns(read.value, mapping);
  if (missing.length > 0) return complain(words.columnsUnknown(missing.join(words.comma)), exit.wrong);
  if (twice.length > 0) return complain(words.columnsTwice(twice.join(words.comma)), exit.wrong);
  const made = makeDiaries(read.value.rows, mapping, known);
  const unreadable = [
    ...made.unreadable,
    ...read.value.refused.map(({ line, reason }): RefusedItem => ({ line, code: 'ROW_REFUSED', at: reason })),
  ].toSorted((a, b) => a.line - b.line);
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
  const { notices } = read.value;
  const report = { ...made, unreadable, notices, compared, renamed, mayWrite, isNew, applied };
  process.stdout.write(
    given.json ? `${JSON.stringify(jsonOf(report, file, mapping))}\n` : said(report, mapping, words),
  );
  return mayWrite ? exit.good : exit.wrong;
}

async function takeOut(context: Context, source: string, given: Given, words: ImportWords): Promise<number> {
  const there = (await compare(context.database.db, source, [])).absent.length;
  if (there === 0) return complain(words.sourceUnknown(source), exit.wrong);
  const isApplied = given.apply;
  if (isApplied) {
    await remove(context.database, source, { actor: operator, at: secondsNow(context) });
    await storeSegments(context.database);
  }
  if (given.json) process.stdout.write(`${JSON.stringify({ source, diaries: there, applied: isApplied })}\n`);
  else process.stdout.write(`${isApplied ? words.removed(source, there) : words.wouldRemove(source, there)}\n`);
  return exit.good;
}

/** The mapping, or what is wrong with it and in which member. */
function readMapping(
  bytes: Uint8Array,
): Mapping | { readonly at: string; readonly code: keyof ImportWords['mapping'] } {
  const json = parseJson(fromUtf8(bytes)?.replace(/^\uFEFF/, '') ?? '');
  if (json === undefined) return { at: '', code: 'NOT_JSON' };
  const read = v.safeParse(Mapping, json);
  if (read.success) return read.output;
  const [{ path, type, message, expected, received }] = read.issues;
  const at = shown(path?.map(({ key }) => String(key)).join('.') ?? '');
  const named = mappingFaults.find((code) => code === message);
  if (named !== undefined) return { at, code: named };
  if (type !== 'strict_object') return { at, code: 'INVALID' };
  return { at, code: expected === 'never' ? 'UNKNOWN' : received === 'undefined' ? 'MISSING' : 'INVALID' };
}

const mappingFaults = ['SOURCE_ID', 'ZONE_UNKNOWN', 'ONE_OF_COLUMN_COLUMNS_CONSTANT'] as const;

async function knownBy(context: Context, mapping: Mapping): Promise<Known> {
  const {
    config,
    database: { db },
  } = context;
  const own = await settingOf(db, config, 'categories');
  const zone = mapping.zone ?? config.zone;
  const offset = zoneOffset(zone) ?? (() => 0);
  return {
    units: new Set((await unitsOf(db)).map(({ id }) => id)),
    modes: new Map([...categories, ...own].map(({ id, mode }) => [id, mode])),
    zone,
    offset,
    today: dayOf(civilOf(secondsNow(context), offset)),
  };
}

/** What the reader of a calendar refuses. */
interface RefusedItem {
  readonly line: number;
  readonly code: 'ROW_REFUSED';
  readonly at: RefusalReason;
}

interface Report extends Omit<Made, 'unreadable'> {
  readonly unreadable: readonly (Made['unreadable'][number] | RefusedItem)[];
  readonly notices: readonly Notice[];
  readonly compared: Compared;
  readonly renamed: boolean;
  readonly mayWrite: boolean;
  readonly isNew: boolean;
  readonly applied: boolean;
}

const jsonOf = (
  { compared, renamed, unreadable, notices, skipped, repeated, applied }: Report,
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
  notices,
  skipped,
  repeated,
  applied,
});

function said(
  { compared, renamed, unreadable, notices, skipped, repeated, mayWrite, isNew, applied }: Report,
  { format }: Mapping,
  words: ImportWords,
): string {
  const count = (effect: Compared['diaries'][number]['effect']) =>
    compared.diaries.filter((one) => one.effect === effect).length;
  const place = format === 'json' ? words.member : words.line;
  const end = applied
    ? unreadable.length > 0
      ? words.writtenBut(unreadable.length)
      : words.written
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
    ...unreadable.map(({ line, code, at }) => {
      const what = code === 'ROW_REFUSED' ? words.refusal[at] : at;
      return `${place(line)}  ${words.row[code]}${what === '' ? '' : ` (${what})`}`;
    }),
    // Of a series each occurrence says the same.
    ...new Set(
      notices.map(({ code, line, at }) => `${line === null ? '' : `${place(line)}  `}${words.notices[code](at ?? '')}`),
    ),
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
