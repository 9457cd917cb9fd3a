// `sundial read`.
import { describe, expect, it } from 'vitest';
import { judgeReadOptions, readCommand } from '../../server/commands/read.ts';
import { minute } from '../fixtures/quick-entry.ts';

const now = '2026-07-16T15:32';
const json = (input: string) =>
  readCommand(input, { now, json: true })
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('sundial read --json', () => {
  it('prints one object for each reading', () => {
    const line = '8:30-10:00 研究 #防台 @区委；22:00-24:00 夜查';
    expect(json(`${line}\r\n\n凌晨1点-2点 值守\n9:00 晨会\n3-5号楼现场办公`)).toEqual([
      {
        line,
        n: 0,
        day: '2026-07-16',
        start: '2026-07-16T08:30',
        end: '2026-07-16T10:00',
        text: '研究',
        threads: ['防台'],
        place: '区委',
      },
      {
        line,
        n: 1,
        day: '2026-07-16',
        start: '2026-07-16T22:00',
        end: '2026-07-17T00:00',
        text: '夜查',
        threads: [],
        place: null,
      },
      {
        line: '凌晨1点-2点 值守',
        n: 0,
        day: '2026-07-15',
        start: '2026-07-16T01:00',
        end: '2026-07-16T02:00',
        text: '值守',
        threads: [],
        place: null,
        asks: 'day',
      },
      {
        line: '9:00 晨会',
        n: 0,
        day: '2026-07-16',
        start: '2026-07-16T09:00',
        end: null,
        proposedEnd: '2026-07-16T10:00',
        text: '晨会',
        threads: [],
        place: null,
      },
      {
        line: '3-5号楼现场办公',
        n: 0,
        day: '2026-07-16',
        start: null,
        end: null,
        text: '3-5号楼现场办公',
        threads: [],
        place: null,
      },
    ]);
  });

  it('prints nothing for nothing', () => expect(readCommand('\n', { now, json: true })).toBe(''));
});

describe('sundial read', () => {
  it('prints a table', () =>
    expect(readCommand('23:30-0:40 会议 @区委\n9:00 晨会\n凌晨1点-2点 值守', { now })).toBe(
      [
        '2026-07-16  23:30–+1 00:40     1:10  会议 @区委',
        '2026-07-16  09:00–(10:00)            晨会',
        '2026-07-15  +1 01:00–+1 02:00  1:00  值守 ?day',
        '',
      ].join('\n'),
    ));
});

describe('the time against which lines are read', () => {
  it.each([
    [{ now: '2026-07-16T15:32' }, '2026-07-16T15:32'],
    [{ now: '2026-07-16T15:32:59.5' }, '2026-07-16T15:32'],
    [{ now: '2026-07-16' }, '2026-07-16T12:00'],
    [{ now: '2026-07-16T07:32:00Z' }, '2026-07-16T15:32'],
    [{ now: '2026-07-16T07:32:00Z', zone: 'Europe/Berlin' }, '2026-07-16T09:32'],
    [{ now: '2026-07-16T15:32+08:00' }, '2026-07-16T15:32'],
    [{ clockSeconds: Date.UTC(2026, 6, 16, 7, 32, 10) / 1000 }, '2026-07-16T15:32'],
  ])('%j is %s', (options, civil) => expect(judgeReadOptions(options)).toEqual({ ok: true, value: minute(civil) }));

  it.each([
    [{ now: 'gestern' }, { code: 'NOW_INVALID', at: 'gestern' }],
    [{ now: '2026-02-30T10:00' }, { code: 'NOW_INVALID', at: '2026-02-30T10:00' }],
    [
      { now, zone: 'Mars/Olympus' },
      { code: 'ZONE_UNKNOWN', at: 'Mars/Olympus' },
    ],
    [{}, { code: 'NOW_INVALID', at: '' }],
  ])('%j is refused', (options, problem) => expect(judgeReadOptions(options)).toEqual({ ok: false, problem }));
});
