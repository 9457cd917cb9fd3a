/** The organisation's figures by quarter. They are made once and kept: a figure that moved with every late seal would tell of the unit that
 *  sealed late, whatever stands behind it. Units of which a dossier is made count as known to whoever reads both. */
import type { AggregateContent, AggregateRow, getAggregate, getAggregates } from '../../../shared/api/aggregates.ts';
import type { Answer } from '../../../shared/api/endpoint.ts';
import { Refusal } from '../../../shared/api/refusal.ts';
import { b64u } from '../../../shared/base/bytes.ts';
import { sha256Text } from '../../../shared/base/digest.ts';
import { type Period, periodAfter, periodAt, periodNamed } from '../../../shared/diary/period.ts';
import { dayNameAt, type Reckoning } from '../../../shared/feedback/deadline.ts';
import type { Grant } from '../../../shared/organisation/role.ts';
import { aggregateOf } from '../../../shared/portrait/aggregate.ts';
import { civilAt, formatDay, instantOf, parseDay } from '../../../shared/time/civil.ts';
import { weekOf, weekStart } from '../../../shared/time/week.ts';
import { type Context, secondsNow } from '../../context.ts';
import { writeAudit } from '../../database/audit.ts';
import { lockFor } from '../../database/lock.ts';
import { reckoningOf } from '../../feedback/reckoning.ts';
import { newestHead } from '../../log/prove.ts';
import { unitsOf } from '../../organisation/read.ts';
import { gatherSealed, publicPart, readingNow, ticketsIn } from './gather.ts';
import {
  aggregateOfQuarter,
  aggregatesMade,
  authorsBetween,
  firstSealedWeek,
  insertAggregate,
  unitsWithDossier,
} from './queries.ts';

/** Days after a quarter until its figures may be made: late entries are in, most tickets answered. */
const settledAfterDays = 28;

/** Quarters that are over, newest first, with what is made of them. */
export async function aggregatesListed(context: Context): Promise<Answer<typeof getAggregates>> {
  const { db } = context.database;
  const by = await reckoningOf(db, context);
  const first = await firstSealedWeek(db);
  if (first === null) return { rows: [] };
  const madeAt = new Map((await aggregatesMade(db)).map(({ quarter, made_at }) => [quarter, made_at]));
  const now = secondsNow(context);
  const running = periodAt('quarter', weekOf(parseDay(dayNameAt(now, by)) ?? 0)).id;
  const rows: AggregateRow[] = [];
  for (let each = periodAt('quarter', first); each.id < running; each = periodAfter(each))
    rows.unshift(rowOf(each, madeAt.get(each.id) ?? null, by));
  return { rows };
}

/** Throws NOT_FOUND before it is made. */
export async function aggregateRead({ database }: Context, quarter: string): Promise<Answer<typeof getAggregate>> {
  const row = await aggregateOfQuarter(database.db, quarter);
  if (row === undefined) throw new Refusal('NOT_FOUND');
  return { madeAt: row.made_at, content: row.content, digest: row.digest };
}

/** Makes a quarter's figures. Throws FIELD_INVALID before four weeks have passed after it, ALREADY_DONE where they are made. */
export async function makeAggregate(context: Context, grant: Grant, quarter: string): Promise<AggregateRow> {
  return context.database.transaction(async (trx) => {
    await lockFor(trx, `aggregate ${quarter}`);
    const now = secondsNow(context);
    const by = await reckoningOf(trx, context);
    const period = periodNamed('quarter', quarter);
    if (period === null || now < openAt(period, by)) throw new Refusal('FIELD_INVALID', { field: 'quarter' });
    if ((await aggregateOfQuarter(trx, quarter)) !== undefined) throw new Refusal('ALREADY_DONE');
    const span = spanOf(period);
    const [first = '', last = ''] = [period.weeks[0], period.weeks.at(-1)];
    const tickets = await ticketsIn(trx, by, span);
    const sealed = [];
    const response = [];
    const published = new Map<string, Awaited<ReturnType<typeof gatherSealed>>['published']>();
    for (const { unit, author } of await authorsBetween(trx, first, last)) {
      const own = await gatherSealed(trx, context, by, unit, author, span);
      sealed.push({ unit, ...own });
      published.set(unit, [...(published.get(unit) ?? []), ...own.published]);
    }
    const units = new Set([...(await unitsOf(trx)).map(({ id }) => id), ...published.keys()]);
    for (const unit of units)
      response.push({ unit, part: await publicPart(trx, unit, tickets, published.get(unit) ?? []) });
    const known = await unitsWithDossier(trx, span.from, span.to);
    const reading = await readingNow(trx, context, by);
    const head = await newestHead(trx);
    const content: AggregateContent = {
      v: 1,
      organisation: context.config.name,
      quarter,
      ...span,
      asOf: now,
      ...aggregateOf({ sealed, response, known, reading, asOf: now }),
      log: head === null ? null : { origin: context.config.origin, size: head.size, root: head.root },
    };
    const text = JSON.stringify(content);
    const digest = b64u(await sha256Text(text));
    await insertAggregate(trx, { quarter, made_by: grant.actor, made_at: now, content: text, digest });
    await writeAudit(trx, {
      at: now,
      actor: grant.actor,
      action: 'aggregate.make',
      subject: quarter,
      facts: { digest },
    });
    return rowOf(period, now, by);
  });
}

/** Monday of the first week to Sunday of the last. */
function spanOf({ weeks }: Period): { readonly from: string; readonly to: string } {
  const day = (week: string | undefined) => weekStart(week ?? '');
  return { from: formatDay(day(weeks[0])), to: formatDay(day(weeks.at(-1)) + 6) };
}

const openAt = (period: Period, by: Reckoning): number =>
  instantOf(civilAt((parseDay(spanOf(period).to) ?? 0) + settledAfterDays + 1, 0), by.offset);

const rowOf = (period: Period, madeAt: number | null, by: Reckoning): AggregateRow => ({
  quarter: period.id,
  ...spanOf(period),
  openAt: openAt(period, by),
  madeAt,
});
