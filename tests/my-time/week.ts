/** An invented week, 2026-W30, small enough to work out by hand; the sums stand in my-time.test.ts. */
import type { HoursEntry } from '../../shared/diary/hours.ts';

/** An entry of a day by its two clocks; an end before its start is on the day after. */
export function entry(day: string, start: string, end: string, category: string, more: Partial<HoursEntry> = {}) {
  const next = new Date(`${day}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  const endDay = end < start ? next.toISOString().slice(0, 10) : day;
  return { day, start: `${day}T${start}`, end: `${endDay}T${end}`, category, ...more };
}

export const monday = [
  entry('2026-07-20', '08:30', '10:00', 'meeting'),
  entry('2026-07-20', '10:00', '10:20', 'paperwork'),
  entry('2026-07-20', '10:20', '11:30', 'planning'),
  entry('2026-07-20', '11:00', '11:00', 'talk'),
  entry('2026-07-20', '13:00', '14:00', 'fieldVisit'),
  entry('2026-07-20', '14:15', '15:00', 'meeting'),
];
export const tuesday = [
  entry('2026-07-21', '06:30', '08:00', 'emergency'),
  entry('2026-07-21', '21:00', '23:30', 'paperwork'),
  entry('2026-07-21', '22:30', '00:30', 'meeting'),
];
export const weekend = [
  entry('2026-07-25', '09:00', '11:00', 'publicService', { mode: 'collective' }),
  entry('2026-07-26', '08:30', '17:30', 'leave'),
];
export const week = [...monday, ...tuesday, ...weekend];
