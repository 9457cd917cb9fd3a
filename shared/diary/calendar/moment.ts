/** Dates and times as calendars write them (RFC 5545 3.3.4, 3.3.5), on the wall of their zone. */
import { type CivilDay, type CivilMinute, civilAt, civilOf, dayOf, dayOfDate, instantOf } from '../../time/civil.ts';
import type { Property } from './property.ts';
import type { Zone, Zones } from './zone.ts';

/** A date, or a minute on the wall of its zone. */
export type Moment =
  | { readonly kind: 'date'; readonly day: CivilDay }
  | { readonly kind: 'time'; readonly wall: CivilMinute; readonly zone: Zone };

/** One value of a property; null where it cannot be. Seconds are dropped; 24:00 is midnight of the next day. A time that names no zone is on
 *  the wall of `floating`. */
export function readMoment(
  value: string,
  property: Pick<Property, 'zone'>,
  zones: Zones,
  floating: Zone = zones.user,
): Moment | null {
  const found = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?(Z)?)?$/.exec(value.trim());
  if (found === null) return null;
  const day = dayOfDate({ year: Number(found[1]), month: Number(found[2]), day: Number(found[3]) });
  if (day === null) return null;
  if (found[4] === undefined) return { kind: 'date', day };
  const [hour, minute, second] = [Number(found[4]), Number(found[5]), Number(found[6] ?? 0)];
  if (hour > 24 || minute > 59 || second > 60 || (hour === 24 && minute + second > 0)) return null;
  const zone = found[7] === 'Z' ? zones.utc : property.zone === null ? floating : zones.named(property.zone);
  return { kind: 'time', wall: civilAt(day, hour * 60 + minute), zone };
}

/** Seconds since 1970-01-01T00:00Z; a date begins at midnight of the given zone. */
export function instantOfMoment(moment: Moment, zone: Zone): number {
  return moment.kind === 'time'
    ? instantOf(moment.wall, moment.zone.offset)
    : instantOf(civilAt(moment.day, 0), zone.offset);
}

/** The day on which a moment lies on the wall of a zone; of a date, that date. */
export function dayIn(moment: Moment, zone: Zone): CivilDay {
  return moment.kind === 'date' ? moment.day : dayOf(civilOf(instantOfMoment(moment, zone), zone.offset));
}

/** A DURATION (RFC 5545 3.3.6) as days on the calendar and seconds on the clock, both signed; null where it cannot be. Parts in another
 *  order, as some write them, are read too. */
export function readDuration(value: string): { readonly days: number; readonly seconds: number } | null {
  const found = /^([+-]?)P((?:T|\d+[WDHMS])+)$/i.exec(value.trim());
  if (found === null) return null;
  const sign = found[1] === '-' ? -1 : 1;
  let days = 0;
  let seconds = 0;
  for (const [, number, unit] of (found[2] ?? '').toUpperCase().matchAll(/(\d+)([WDHMS])/g)) {
    const count = Number(number);
    if (unit === 'W') days += count * 7;
    else if (unit === 'D') days += count;
    else seconds += count * (unit === 'H' ? 3600 : unit === 'M' ? 60 : 1);
  }
  return { days: sign * days, seconds: sign * seconds };
}
