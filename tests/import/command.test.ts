/** `sundial import --dry-run`: what it prints, and what it refuses. */
import { afterEach, expect, test, vi } from 'vitest';
import { run } from '../../server/commands/import.ts';
import { readWeeks } from '../../server/import/calendar.ts';

const file = (name: string) => new URL(`../fixtures/ics/${name}.ics`, import.meta.url).pathname;

async function command(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const into = (name: 'out' | 'err') => (chunk: unknown) => {
    said[name] += String(chunk);
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(into('out'));
  vi.spyOn(process.stderr, 'write').mockImplementation(into('err'));
  const code = await run([...args]);
  vi.restoreAllMocks();
  return { code, ...said };
}
afterEach(() => {
  vi.restoreAllMocks();
});

test('with --json it prints one object, with civil minutes and instants', async () => {
  const { code, out } = await command(
    '--dry-run',
    '--json',
    file('03-windows-display-name-tzid-no-vtimezone'),
    '--weeks',
    '2015-W28',
  );
  expect(code).toBe(0);
  expect(out.trim().split('\n')).toHaveLength(1);
  const printed: unknown = JSON.parse(out);
  expect(printed).toMatchObject({ encoding: 'utf-8', zone: 'Asia/Shanghai', weeks: ['2015-W28'], refused: [] });
  expect(printed).toHaveProperty('entries.length', 5);
  expect(printed).toHaveProperty('entries.0', {
    start: '2015-07-07T00:00',
    end: '2015-07-07T04:00',
    startUtc: '2015-07-06T16:00Z',
    endUtc: '2015-07-06T20:00Z',
    day: '2015-07-06',
    text: 'Treasure Hunting',
    place: null,
    detail: null,
    uid: '0000001',
    recurrenceId: '2015-07-06T16:00Z',
    allDay: false,
    notices: [],
  });
});

test('a whole day is printed by its dates, the last one excluded', async () => {
  const { out } = await command('--dry-run', '--json', file('01-utf8-char-split-by-fold'), '--weeks', '2020-W36');
  expect(JSON.parse(out)).toHaveProperty('entries.0.start', '2020-09-02');
  expect(JSON.parse(out)).toHaveProperty('entries.0.end', '2020-09-03');
  expect(JSON.parse(out)).toHaveProperty('entries.0.startUtc', null);
});

test('times are those of the zone that was asked for', async () => {
  const { out } = await command(
    '--dry-run',
    '--json',
    file('12-vendor-line-without-value'),
    '--weeks',
    '2019-W26',
    '--zone',
    'Europe/Zurich',
  );
  expect(JSON.parse(out)).toHaveProperty('entries.0.start', '2019-06-24T08:30');
});

test('an empty calendar is read; a missing file and what is no calendar are unreadable', async () => {
  expect((await command('--dry-run', file('02-bom-empty-calendar'), '--weeks', '2020-W36')).code).toBe(0);
  expect((await command('--dry-run', '/nowhere.ics')).code).toBe(1);
  expect((await command('--dry-run', new URL('../fixtures/ics/README.md', import.meta.url).pathname)).code).toBe(1);
});

test('without --dry-run, without a file, with weeks or a zone that are none, it is used wrongly', async () => {
  const ics = file('02-bom-empty-calendar');
  expect((await command(ics)).code).toBe(2);
  expect((await command('--dry-run')).code).toBe(2);
  expect((await command('--dry-run', ics, '--weeks', '2015-28')).code).toBe(2);
  expect((await command('--dry-run', ics, '--zone', 'Asia/Atlantis')).code).toBe(2);
  expect((await command('--dry-run', ics, '--other')).code).toBe(2);
  expect((await command('--help')).code).toBe(0);
});

test('weeks are listed one by one or as a range, over the end of a year', () => {
  expect(readWeeks('2015-W28,2015-W29')).toEqual(['2015-W28', '2015-W29']);
  expect(readWeeks('2015-W52..2016-W01,2015-W10')).toEqual(['2015-W10', '2015-W52', '2015-W53', '2016-W01']);
  expect(readWeeks('2015-W29..2015-W28')).toBeNull();
  expect(readWeeks('2016-W53')).toBeNull();
  expect(readWeeks('1900-W01..2026-W01')).toBeNull();
});
