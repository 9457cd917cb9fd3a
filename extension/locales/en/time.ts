/** Days, times and durations in English (look.md 4). A day of a month and a duration do not break: their blanks are U+00A0. */
import { months } from '../../../shared/locales/plain-en.ts';
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
import type { time as zh } from '../zh/time.ts';

const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

const clock = (minute: string): string => {
  const parsed = parseMinute(minute);
  return parsed === null ? minute : formatClock(minuteOfDay(parsed));
};

const date = (day: string): string => {
  const parsed = parseDay(day);
  if (parsed === null) return day;
  const of = dateOfDay(parsed);
  return `${of.day}\u00a0${months[of.month - 1] ?? ''}`;
};

export const time: typeof zh = {
  date,
  day: (day) => {
    const parsed = parseDay(day);
    return parsed === null ? day : `${(days[weekday(parsed) - 1] ?? '').slice(0, 3)}\u00a0${date(day)}`;
  },
  dayShort: (day) => time.day(day).replace(/(?<=\s[A-Z][a-z]{2})[a-z]+$/, ''),
  weekdayLong: (number) => (days[number - 1] ?? '').slice(0, 3),
  weekdayShort: (number) => (days[number - 1] ?? '').slice(0, 2),
  week: (week) => `Week ${Number(week.slice(6))}, ${week.slice(0, 4)}`,
  dates: (from, to) => {
    const first = parseDay(from);
    const last = parseDay(to);
    if (first === null || last === null) return `${from}–${to}`;
    return dateOfDay(first).month === dateOfDay(last).month
      ? `${dateOfDay(first).day}–${date(to)}`
      : `${date(from)} – ${date(to)}`;
  },
  period: (from, to) => {
    const [first, last] = [from.slice(0, 4), to.slice(0, 4)];
    if (from === to) return `${date(from)} ${first}`;
    return `${date(from)}${first === last ? '' : ` ${first}`} – ${date(to)} ${last}`;
  },
  duration: (minutes) => {
    const hours = Math.floor(minutes / 60);
    const rest = minutes % 60;
    if (hours === 0) return `${rest}\u00a0min`;
    return rest === 0 ? `${hours}\u00a0h` : `${hours}\u00a0h\u00a0${rest}\u00a0min`;
  },
  hours: ' h ',
  minutes: ' min',
  short: (minutes) => `${Math.round(minutes / 6) / 10}`,
  clock,
  span: (start, end) => {
    if (start === end) return clock(start);
    const from = parseMinute(start);
    const to = parseMinute(end);
    if (from === null || to === null || dayOf(from) === dayOf(to)) return `${clock(start)}–${clock(end)}`;
    if (to === addDays(dayOf(from), 1) * 1440) return `${clock(start)}–24:00`;
    return `${clock(start)}–${clock(end)}⁺¹`;
  },
  dayAndClock: (minute) => {
    const parsed = parseDay(minute.slice(0, 10));
    return parsed === null
      ? minute
      : `${(days[weekday(parsed) - 1] ?? '').slice(0, 3)}\u00a0${date(minute.slice(0, 10))}, ${clock(minute)}`;
  },
  nextDay: '+1',
  hour: (hour) => `${hour}:00`,
  nextDayHour: (hour) => `${hour}:00 +1`,
  moment: (minute) => `${date(minute.slice(0, 10))} ${clock(minute)}`,
};
