// Zone arithmetic against temporal-polyfill: around every change of every zone from 1970 to 2040, and at random minutes.
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { civilOf, formatMinute, instantOf, parseMinute, zoneOffset } from '../../shared/time/civil.ts';

const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
console.log(`zones.property seed ${seed}`);

const zones = Intl.supportedValuesOf('timeZone');
const from = Temporal.Instant.from('1970-01-01T00:00Z');
const until = Temporal.Instant.from('2040-12-31T00:00Z').epochMilliseconds;

function offsetOf(zone: string) {
  const offset = zoneOffset(zone);
  if (offset === null) throw new Error(`unknown zone ${zone}`);
  return offset;
}

/** Seconds at which a zone's offset changes, by Temporal. */
function changesOf(zone: string): readonly number[] {
  const changes: number[] = [];
  let at = from.toZonedDateTimeISO(zone).getTimeZoneTransition('next');
  while (at !== null && at.epochMilliseconds < until) {
    changes.push(at.epochMilliseconds / 1000);
    at = at.getTimeZoneTransition('next');
  }
  return changes;
}

function differences(zone: string, instants: readonly number[]): readonly string[] {
  const offset = offsetOf(zone);
  return instants.flatMap((instant) => {
    const zoned = Temporal.Instant.fromEpochMilliseconds(instant * 1000).toZonedDateTimeISO(zone);
    const wall = zoned.toPlainDateTime().toString({ smallestUnit: 'minute' });
    const shown = formatMinute(civilOf(instant, offset));
    return shown === wall ? [] : [`${zone} ${instant}: ${shown}, Temporal ${wall}`];
  });
}

function backDifferences(zone: string, walls: readonly string[]): readonly string[] {
  const offset = offsetOf(zone);
  return walls.flatMap((wall) => {
    const civil = parseMinute(wall);
    if (civil === null) return [`not a minute: ${wall}`];
    const ours = instantOf(civil, offset);
    const theirs = Temporal.PlainDateTime.from(wall).toZonedDateTime(zone, { disambiguation: 'compatible' });
    return ours * 1000 === theirs.epochMilliseconds
      ? []
      : [`${zone} ${wall}: ${ours}, Temporal ${theirs.epochMilliseconds / 1000}`];
  });
}

/** Wall minutes around a change: before, at and after it, on both sides of the clock. */
function wallsAround(zone: string, instant: number): readonly string[] {
  const change = Temporal.Instant.fromEpochMilliseconds(instant * 1000)
    .toZonedDateTimeISO(zone)
    .toPlainDateTime();
  const before = Temporal.Instant.fromEpochMilliseconds((instant - 1) * 1000)
    .toZonedDateTimeISO(zone)
    .toPlainDateTime();
  return [change, before]
    .flatMap((wall) => [-31, -1, 0, 1, 29].map((minutes) => wall.add({ minutes })))
    .map((wall) => wall.toString({ smallestUnit: 'minute' }));
}

describe('civil time in a zone', () => {
  it('shows and reads the clock as Temporal does around changes of every zone from 1970 to 2040', () => {
    const pick = fc.sample(fc.nat(), { seed, numRuns: zones.length });
    const wrong = zones.flatMap((zone, index) => {
      const changes = changesOf(zone);
      // Every change is visited in the long run: each run takes a third of them, another third with another seed.
      const visited = changes.filter((_, place) => place % 3 === (pick[index] ?? 0) % 3);
      const instants = visited.flatMap((instant) => [instant - 1, instant, instant + 59]);
      return [
        ...differences(zone, instants),
        ...backDifferences(
          zone,
          visited.flatMap((at) => wallsAround(zone, at)),
        ),
      ];
    });
    expect(wrong).toEqual([]);
  });

  it('agrees with Temporal at any minute of any zone', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: until / 60_000 }), (zone, minute) => {
        const instant = minute * 60;
        expect(differences(zone, [instant])).toEqual([]);
        const wall = formatMinute(minute);
        expect(backDifferences(zone, [wall])).toEqual([]);
      }),
      { seed, numRuns: 1500 },
    );
  });
});
