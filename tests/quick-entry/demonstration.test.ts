// Every typed line of the demonstration gives its entry, at whatever hour of the day it is typed.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readLine } from '../../shared/diary/quick-entry.ts';
import { civilAt, formatDay, parseDay } from '../../shared/time/civil.ts';
import { spanText } from '../fixtures/quick-entry.ts';
import { formatReading } from './format-reading.ts';

type Entry = {
  kind: string;
  id: string;
  day: string;
  start: string;
  end: string;
  text: string;
  place?: string;
  threads?: { id: string; name: string }[];
};
type Week = { items: Entry[]; typed: { entry: string; on: string; line: string }[] };

const folder = new URL('../../server/demo/data/', import.meta.url);
const json = (name: string) => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
const { threads }: { threads: { id: string; name: string; aliases: string[] }[] } = json('organisation.json');
const weeks = readdirSync(new URL('weeks/', folder)).map((name) => ({ name, week: json(`weeks/${name}`) as Week }));
const hours = [0, 1, 299, 300, 480, 720, 1070, 1439];

describe('the demonstration', () => {
  it('has 504 typed lines', () => expect(weeks.reduce((sum, { week }) => sum + week.typed.length, 0)).toBe(504));

  it.each(weeks)('$name: each line is its entry', ({ week }) => {
    for (const { entry: id, on, line } of week.typed) {
      const entry = week.items.find((item) => item.id === id);
      const expected = {
        entries: 1,
        span: `${entry?.start} ${entry?.end}`,
        day: entry?.day,
        text: entry?.text,
        place: entry?.place ?? null,
        threads: entry?.threads?.map(({ id: thread, name }) => `${thread} ${name}`) ?? [],
      };
      for (const hour of hours) {
        const context = { now: civilAt(parseDay(on) ?? Number.NaN, hour), threads };
        const readings = readLine(line, context);
        const [reading] = readings;
        if (reading === undefined) throw new Error(`nothing read: ${line}`);
        const read = (of: typeof reading) => ({
          span: spanText(of),
          day: formatDay(of.day),
          text: of.text,
          place: of.place,
          threads: of.threads.map(({ id: thread, name }) => `${thread} ${name}`),
        });
        expect({ entries: readings.length, ...read(reading) }, `${line} at minute ${hour}`).toEqual(expected);
        expect(readLine(formatReading(reading), context).map(read), formatReading(reading)).toEqual([read(reading)]);
      }
    }
  });

  it('only the entry at 04:10 asks for its day', () => {
    const asked = weeks.flatMap(({ week }) =>
      week.typed.flatMap(({ on, line }) =>
        readLine(line, { now: civilAt(parseDay(on) ?? Number.NaN, 720), threads }).filter(
          ({ asks }) => asks !== undefined,
        ),
      ),
    );
    expect(asked.map(({ asks, text }) => [asks, text])).toEqual([['day', '莲湖路下穿强排到底，清淤']]);
  });

  it('suggests the leader’s category in at least seven of ten entries', () => {
    const entries = weeks.flatMap(({ week }) => week.items.filter(({ kind }) => kind === 'entry'));
    const typed = weeks.flatMap(({ week }) => week.typed);
    const right = typed.filter(({ on, line, entry: id }) => {
      const entry: (Entry & { category?: string }) | undefined = entries.find((item) => item.id === id);
      return readLine(line, { now: civilAt(parseDay(on) ?? 0, 720), threads })[0]?.category === entry?.category;
    });
    expect(right.length / typed.length).toBeGreaterThan(0.7);
  });
});
