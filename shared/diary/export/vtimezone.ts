/** The rules of a zone over a stretch of time as a VTIMEZONE (RFC 5545 3.6.5): one observance to begin with, and one for each change of the
 *  clock in that stretch. */
import { type CivilMinute, civilOf, formatMinute, minutesPerDay, two, zoneOffset } from '../../time/civil.ts';

/** Lines of the component; `from` and `to` are what the wall shows. A zone that the platform does not know counts as UTC. */
export function vtimezone(zone: string, from: CivilMinute, to: CivilMinute): readonly string[] {
  const offsetAt = zoneOffset(zone) ?? (() => 0);
  const minuteOffset = (minute: number) => Math.round(offsetAt(minute * 60));
  const begin = from - 2 * minutesPerDay;
  const changes: string[] = [];
  for (let at = begin; at < to + 2 * minutesPerDay; at += minutesPerDay) {
    const [before, after] = [minuteOffset(at), minuteOffset(at + minutesPerDay)];
    if (before === after) continue;
    const instant = firstWith((minute) => minuteOffset(minute) === after, at, at + minutesPerDay);
    const wall = civilOf(instant * 60, () => before);
    changes.push(...observance(after > before ? 'DAYLIGHT' : 'STANDARD', formatMinute(wall), before, after));
  }
  const first = minuteOffset(begin);
  return [
    'BEGIN:VTIMEZONE',
    `TZID:${zone}`,
    ...observance('STANDARD', '1970-01-01T00:00', first, first),
    ...changes,
    'END:VTIMEZONE',
  ];
}

function observance(kind: 'STANDARD' | 'DAYLIGHT', start: string, before: number, after: number): readonly string[] {
  return [
    `BEGIN:${kind}`,
    `DTSTART:${start.replace(/[-:]/g, '')}00`,
    `TZOFFSETFROM:${offsetText(before)}`,
    `TZOFFSETTO:${offsetText(after)}`,
    `END:${kind}`,
  ];
}

function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`;
}

/** The first minute of a stretch at which a condition that stays true holds; it holds at `high`. */
function firstWith(holds: (minute: number) => boolean, low: number, high: number): number {
  let [from, to] = [low, high];
  while (to - from > 1) {
    const middle = Math.floor((from + to) / 2);
    if (holds(middle)) to = middle;
    else from = middle;
  }
  return to;
}
