/** Days, times and durations in Chinese (look.md 4). */
import {
  addDays,
  dateOfDay,
  dayOf,
  formatClock,
  minuteOfDay,
  parseDay,
  parseMinute,
  weekday,
} from '../../../shared/time/civil.ts';

const names = ['一', '二', '三', '四', '五', '六', '日'] as const;

/** `08:30` of a civil minute text. */
const clock = (minute: string): string => {
  const parsed = parseMinute(minute);
  return parsed === null ? minute : formatClock(minuteOfDay(parsed));
};

export const time = {
  /** `9月14日`. */
  date: (day: string): string => {
    const parsed = parseDay(day);
    if (parsed === null) return day;
    const { month, day: ofMonth } = dateOfDay(parsed);
    return `${month}月${ofMonth}日`;
  },
  /** `7月21日 周二`. */
  day: (day: string): string => {
    const parsed = parseDay(day);
    if (parsed === null) return day;
    const { month, day: ofMonth } = dateOfDay(parsed);
    return `${month}月${ofMonth}日 周${names[weekday(parsed) - 1] ?? ''}`;
  },
  /** Where little room is: in English `Wed 23 Sep`. */
  dayShort: (day: string): string => time.day(day),
  weekdayLong: (number: number): string => `周${names[number - 1] ?? ''}`,
  weekdayShort: (number: number): string => names[number - 1] ?? '',
  /** `2026年第30周`. */
  week: (week: string): string => `${week.slice(0, 4)}年第${Number(week.slice(6))}周`,
  /** `7月20日—26日`, both months where they differ. */
  dates: (from: string, to: string): string => {
    const first = parseDay(from);
    const last = parseDay(to);
    if (first === null || last === null) return `${from}—${to}`;
    const a = dateOfDay(first);
    const b = dateOfDay(last);
    return `${a.month}月${a.day}日—${a.month === b.month ? '' : `${b.month}月`}${b.day}日`;
  },
  /** `2026年7月20日—9月26日`, both years where they differ; one day alone. */
  period: (from: string, to: string): string => {
    const [first, last] = [from.slice(0, 4), to.slice(0, 4)];
    if (from === to) return `${first}年${time.date(from)}`;
    return `${first}年${time.date(from)}—${first === last ? '' : `${last}年`}${time.date(to)}`;
  },
  /** `1小时30分`. */
  duration: (minutes: number): string => {
    const hours = Math.floor(minutes / 60);
    const rest = minutes % 60;
    if (hours === 0) return `${rest}分`;
    return rest === 0 ? `${hours}小时` : `${hours}小时${rest}分`;
  },
  hours: '小时',
  minutes: '分',
  /** `7.5时`: under the week's columns alone. */
  short: (minutes: number): string => `${Math.round(minutes / 6) / 10}`,
  clock,
  /** `22:00–次日00:30`; the next midnight of the start's day as 24:00. */
  span: (start: string, end: string): string => {
    if (start === end) return clock(start);
    const from = parseMinute(start);
    const to = parseMinute(end);
    if (from === null || to === null || dayOf(from) === dayOf(to)) return `${clock(start)}–${clock(end)}`;
    if (to === addDays(dayOf(from), 1) * 1440) return `${clock(start)}–24:00`;
    return `${clock(start)}–次日${clock(end)}`;
  },
  /** `周日 21:00` within a week's reach of its week; the date stands with it. */
  dayAndClock: (minute: string): string => {
    const parsed = parseDay(minute.slice(0, 10));
    if (parsed === null) return minute;
    const { month, day } = dateOfDay(parsed);
    return `${month}月${day}日周${names[weekday(parsed) - 1] ?? ''} ${clock(minute)}`;
  },
  nextDay: '次日',
  hour: (hour: number) => `${hour}时`,
  nextDayHour: (hour: number) => `次日${hour}时`,
  /** `10月20日 08:40` of a civil minute. */
  moment: (minute: string): string => {
    const parsed = parseDay(minute.slice(0, 10));
    if (parsed === null) return minute;
    const { month, day } = dateOfDay(parsed);
    return `${month}月${day}日 ${clock(minute)}`;
  },
};
