/** What the columns and the line of a period show: a week by its days, a quarter or year by its weeks; pure. */
import { type Kind, kinds, type Time, timeOf } from '../../../shared/diary/my-time.ts';
import { formatDay, weekday } from '../../../shared/time/civil.ts';
import { daysOf } from '../../../shared/time/week.ts';
import type { Words } from '../../locales/use-words.ts';
import type { PeriodTime } from './use-time.ts';

/** One column. `label` stands on the axis, `name` in the table. */
export interface Column {
  readonly key: string;
  readonly label: string;
  readonly name: string;
  readonly time: Time;
}

/** The columns of a period in order. Late entries of a week stand under their own day. */
export function columnsOf({ period, weeks, entries, reading }: PeriodTime, words: Words): readonly Column[] {
  if (period.kind !== 'week')
    return weeks.map((time) => ({
      key: time.week,
      label: words.myTime.weekShort(Number(time.week.slice(6))),
      name: words.time.week(time.week),
      time,
    }));
  return daysOf(period.weeks[0] ?? '').map((number) => {
    const day = formatDay(number);
    const own = entries.filter((entry) => entry.day === day);
    return {
      key: day,
      label: words.time.weekdayLong(weekday(number)),
      name: words.time.day(day),
      time: timeOf(own, reading),
    };
  });
}

/** The kinds that have time in any of the columns, in the order in which they are drawn. */
export function kindsIn(columns: readonly Column[]): readonly Kind[] {
  return kinds.filter((kind) => columns.some(({ time }) => time.byKind[kind] > 0));
}

/** The word of a kind. */
export function kindWord(kind: Kind, words: Words): string {
  return kind === 'none' ? words.myTime.noKind : words.domain.mode[kind];
}
