/** The offsets that a VTIMEZONE defines (RFC 5545 3.6.5). */
import { type CivilDay, civilAt, civilOf, dayOf, dayOfDate, instantOf, type ZoneOffset } from '../../time/civil.ts';
import type { Block } from './blocks.ts';
import { readProperty } from './property.ts';
import { type Rule, readRule, startsOf } from './rule.ts';

interface Observance {
  /** Minutes east of UTC before and from its onsets. */
  readonly before: number;
  readonly offset: number;
  readonly start: number;
  readonly until: number;
  readonly rules: readonly Rule[];
  /** Onsets of their own, on the wall. */
  readonly dates: readonly number[];
}

/** The offset at an instant, by the latest onset before it; null where the definition has no part that can be read. */
export function definedOffset(block: Block): ZoneOffset | null {
  const observances = block.parts.flatMap((part) => observanceOf(part) ?? []);
  const [earliest] = observances.toSorted((a, b) => a.start - b.start);
  if (earliest === undefined) return null;
  const years = new Map<number, readonly (readonly [instant: number, offset: number])[]>();
  return (instant) => {
    const day = dayOf(civilOf(instant, () => 0));
    const year = Math.floor(day / 366);
    const onsets = years.get(year) ?? onsetsAround(observances, year * 366);
    years.set(year, onsets);
    return onsets.findLast(([from]) => from <= instant)?.[1] ?? earliest.before;
  };
}

// Onsets of the two years around a day, behind the last one that each part has before them.
function onsetsAround(observances: readonly Observance[], day: CivilDay) {
  return observances
    .flatMap((observance) => {
      const { before, offset, start, rules, dates, until } = observance;
      const walls = [start, ...dates, ...rules.flatMap((rule) => onsetsOf(rule, observance, day))];
      return walls
        .map((wall): readonly [number, number] => [instantOf(wall, () => before), offset])
        .filter(([from]) => from <= until);
    })
    .toSorted(([a], [b]) => a - b);
}

// A rule that has ended still says by its last onset what holds from then on.
function onsetsOf(rule: Rule, { start, until }: Observance, day: CivilDay): readonly number[] {
  const last = Number.isFinite(until) ? Math.min(day, dayOf(civilOf(until, () => 0))) : day;
  return [...startsOf(rule, start, rule.count === null ? last - 400 : dayOf(start), day + 770)];
}

function observanceOf({ kind, lines }: Block): Observance | null {
  if (kind !== 'STANDARD' && kind !== 'DAYLIGHT') return null;
  const properties = lines.flatMap((line) => readProperty(line) ?? []);
  const value = (name: string) => properties.find((property) => property.name === name)?.raw ?? '';
  const before = offsetOf(value('tzoffsetfrom'));
  const offset = offsetOf(value('tzoffsetto'));
  const start = wallOf(value('dtstart'));
  if (before === null || offset === null || start === null) return null;
  const rules = properties.flatMap(({ name, raw }) => (name === 'rrule' ? (readRule(raw) ?? []) : []));
  const dates = properties.flatMap(({ name, raw }) =>
    name === 'rdate' ? raw.split(',').flatMap((each) => wallOf(each) ?? []) : [],
  );
  const until = rules.find((rule) => rule.until !== null)?.until ?? '';
  const end = wallOf(until);
  return { before, offset, start, until: end === null ? Number.POSITIVE_INFINITY : end * 60, rules, dates };
}

function offsetOf(text: string): number | null {
  const found = /^([+-])(\d{2}):?(\d{2})/.exec(text.trim());
  if (found === null) return null;
  const minutes = Number(found[2]) * 60 + Number(found[3]);
  return found[1] === '-' ? -minutes : minutes;
}

function wallOf(text: string): number | null {
  const found = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})/.exec(text.trim());
  if (found === null) return null;
  const day = dayOfDate({ year: Number(found[1]), month: Number(found[2]), day: Number(found[3]) });
  return day === null ? null : civilAt(day, Number(found[4]) * 60 + Number(found[5]));
}
