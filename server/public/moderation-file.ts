/** `moderation.json`, `moderation/<month>.json`, `moderation.html`: what was rejected and taken off, and why, in numbers (shared/api/public-moderation.ts). */
import { sql } from 'kysely';
import type { ModerationMonth, PublicModeration, PublicStub, PublicStubs } from '../../shared/api/public-moderation.ts';
import type { RejectionReason } from '../../shared/feedback/comment.ts';
import {
  civilOf,
  dateOfDay,
  dayOf,
  dayOfDate,
  instantOf,
  two,
  type ZoneOffset,
  zoneOffset,
} from '../../shared/time/civil.ts';
import type { Context } from '../context.ts';
import type { Db } from '../database/port.ts';
import { unitsOf } from '../organisation/read.ts';
import { moderationMonthPath, moderationPagePath, moderationPath } from '../records/occurrences.ts';
import { htmlType, jsonFile, type Maker, orNull, type PublicFile, textFile } from './file.ts';
import { licenceIn } from './licence.ts';
import { moderationPage } from './moderation-page.ts';
import { languageOf, nameOf } from './setting.ts';

/** Stubs that the page lists; the files have all. */
const mostOnPage = 300;

export const moderationMakers: readonly (readonly [RegExp, Maker])[] = [
  [/^moderation\.json$/, async (context) => jsonFile(await moderationFile(context))],
  [/^moderation\/(\d{4}-\d{2})\.json$/, async (context, [month = '']) => orNull(await stubsFile(context, month))],
  [/^moderation\.html$/, (context) => pageFile(context)],
];

export async function moderationPaths(context: Context): Promise<string[]> {
  const { months } = await moderationFile(context);
  return [moderationPath, moderationPagePath, ...months.map(({ month }) => moderationMonthPath(month))];
}

/** Months from the first decision to the last, newest first. */
async function moderationFile(context: Context): Promise<PublicModeration> {
  const { db } = context.database;
  const { zone } = context.config;
  const offset = offsetOf(zone);
  const months: ModerationMonth[] = [];
  const [first, last] = await extent(db);
  if (first !== null && last !== null)
    for (let month = monthOf(last, offset); month >= monthOf(first, offset); month = before(month))
      months.push(await monthCounts(db, month, offset));
  return { v: 1, zone, months: months.filter(isUsed) };
}

const isUsed = ({ published, rejected, removed, withdrawn, appeals }: ModerationMonth): boolean =>
  published + withdrawn + appeals.granted + appeals.refused > 0 ||
  Object.keys(rejected).length + Object.keys(removed).length > 0;

/** Indexes `comment_published_at`, `comment_ended`, `comment_appeal_decided`: the first and the last decision. */
async function extent(db: Db): Promise<readonly [number | null, number | null]> {
  const rows = [
    db
      .selectFrom('comment')
      .select((eb) => [eb.fn.min('published_at').as('first'), eb.fn.max('published_at').as('last')])
      .where('published_at', 'is not', null),
    db
      .selectFrom('comment')
      .select((eb) => [eb.fn.min('ended_at').as('first'), eb.fn.max('ended_at').as('last')])
      .where('ended_at', 'is not', null),
    db
      .selectFrom('comment_appeal')
      .select((eb) => [eb.fn.min('decided_at').as('first'), eb.fn.max('decided_at').as('last')])
      .where('decided_at', 'is not', null),
  ];
  const times: number[] = [];
  for (const row of rows) {
    const found = await row.executeTakeFirst();
    for (const at of [found?.first, found?.last]) if (at !== null && at !== undefined) times.push(Number(at));
  }
  return times.length === 0 ? [null, null] : [Math.min(...times), Math.max(...times)];
}

/** The same indexes. */
async function monthCounts(db: Db, month: string, offset: ZoneOffset): Promise<ModerationMonth> {
  const [from, to] = spanOf(month, offset);
  const published = await db
    .selectFrom('comment')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('published_at', '>=', from)
    .where('published_at', '<', to)
    .executeTakeFirstOrThrow();
  const ended = await db
    .selectFrom('comment')
    .select((eb) => [
      'state',
      'reason',
      sql<number>`case when published_at is null then 0 else 1 end`.as('shown'),
      eb.fn.countAll<number>().as('count'),
    ])
    .where('ended_at', '>=', from)
    .where('ended_at', '<', to)
    .groupBy(['state', 'reason', 'shown'])
    .execute();
  const appeals = await db
    .selectFrom('comment_appeal')
    .select((eb) => ['state', eb.fn.countAll<number>().as('count')])
    .where('decided_at', '>=', from)
    .where('decided_at', '<', to)
    .groupBy('state')
    .execute();
  const byReason = (state: 'rejected' | 'removed') => {
    const counts: Partial<Record<RejectionReason, number>> = {};
    for (const row of ended)
      if (row.state === state && row.reason !== null)
        counts[row.reason] = (counts[row.reason] ?? 0) + Number(row.count);
    return counts;
  };
  const decided = (state: string): number => Number(appeals.find((row) => row.state === state)?.count ?? 0);
  return {
    month,
    published: Number(published.count),
    rejected: byReason('rejected'),
    removed: byReason('removed'),
    withdrawn: ended
      .filter(({ state, shown }) => state === 'withdrawn' && Number(shown) === 1)
      .reduce((sum, { count }) => sum + Number(count), 0),
    appeals: { granted: decided('granted'), refused: decided('refused') },
  };
}

async function stubsFile(context: Context, month: string): Promise<PublicStubs | null> {
  const offset = offsetOf(context.config.zone);
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) return null;
  const [first, last] = await extent(context.database.db);
  if (first === null || last === null || month < monthOf(first, offset) || month > monthOf(last, offset)) return null;
  const [from, to] = spanOf(month, offset);
  const rows = await stubs(context.database.db)
    .where('ended_at', '>=', from)
    .where('ended_at', '<', to)
    .orderBy('ended_at')
    .orderBy('id')
    .execute();
  return { v: 1, month, rows: rows.flatMap(stubOf) };
}

/** Index `comment_ended`. */
const stubs = (db: Db) =>
  db
    .selectFrom('comment')
    .select(['id', 'draw', 'unit', 'item', 'state', 'reason', 'ended_at'])
    .where('ended_at', 'is not', null)
    .where('published_at', 'is not', null)
    .where('state', 'in', ['removed', 'withdrawn']);

type StubRow = Awaited<ReturnType<ReturnType<typeof stubs>['execute']>>[number];

function stubOf({ id, draw, unit, item, state, reason, ended_at }: StubRow): PublicStub[] {
  if (ended_at === null || (state !== 'removed' && state !== 'withdrawn')) return [];
  return [{ id, draw, unit, item, state, reason, at: ended_at }];
}

async function pageFile(context: Context): Promise<PublicFile> {
  const { db } = context.database;
  const { language, page, domain } = languageOf(context);
  const units = await unitsOf(db);
  const rows = await stubs(db).orderBy('ended_at', 'desc').orderBy('id', 'desc').limit(mostOnPage).execute();
  const setting = {
    organisation: context.config.name[language],
    demo: context.config.demo,
    offset: offsetOf(context.config.zone),
    licence: licenceIn(context, language),
    unitName: (unit: string) => nameOf(units, unit, language),
  };
  const body = moderationPage((await moderationFile(context)).months, rows.flatMap(stubOf), setting, page, domain);
  return textFile(htmlType, body);
}

const offsetOf = (zone: string): ZoneOffset => zoneOffset(zone) ?? (() => 0);

function monthOf(at: number, offset: ZoneOffset): string {
  const { year, month } = dateOfDay(dayOf(civilOf(at, offset)));
  return `${String(year).padStart(4, '0')}-${two(month)}`;
}

/** The month before. */
function before(month: string): string {
  const [year = 0, of = 1] = month.split('-').map(Number);
  return of === 1 ? `${String(year - 1).padStart(4, '0')}-12` : `${month.slice(0, 4)}-${two(of - 1)}`;
}

/** The instants at which a month begins and ends. */
function spanOf(month: string, offset: ZoneOffset): readonly [number, number] {
  const [year = 0, of = 1] = month.split('-').map(Number);
  const begin = (y: number, m: number) => instantOf((dayOfDate({ year: y, month: m, day: 1 }) ?? 0) * 1440, offset);
  return [begin(year, of), of === 12 ? begin(year + 1, 1) : begin(year, of + 1)];
}
