/** Days, times and durations in English (look.md 4). */
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
  return `${of.day} ${months[of.month - 1] ?? ''}`;
};

export const time: typeof zh = {
  date,
  day: (day) => {
    const parsed = parseDay(day);
    return parsed === null ? day : `${(days[weekday(parsed) - 1] ?? '').slice(0, 3)} ${date(day)}`;
  },
  dayShort: (day) => time.day(day).replace(/(?<= [A-Z][a-z]{2})[a-z]+$/, ''),
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
  duration: (minutes) => {
    const hours = Math.floor(minutes / 60);
    const rest = minutes % 60;
    if (hours === 0) return `${rest} min`;
    return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
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
      : `${(days[weekday(parsed) - 1] ?? '').slice(0, 3)} ${date(minute.slice(0, 10))}, ${clock(minute)}`;
  },
  nextDay: '+1',
  hour: (hour) => `${hour}:00`,
  nextDayHour: (hour) => `${hour}:00 +1`,
  moment: (minute) => `${date(minute.slice(0, 10))} ${clock(minute)}`,
};
