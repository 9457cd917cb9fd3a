/** A portrait of two weeks, every number worked out by hand beside it. */
import { describe, expect, it } from 'vitest';
import { categories } from '../../shared/diary/category.ts';
import type { FigureId } from '../../shared/portrait/faces.ts';
import { portraitOf } from '../../shared/portrait/portrait.ts';
import type { PortraitEntry, PortraitInput } from '../../shared/portrait/portrait-input.ts';
import { parseDay } from '../../shared/time/civil.ts';

const seal = (letter: string, index: number, draw: string | null = null) => ({
  seal: letter.repeat(43),
  index,
  rev: 1,
  draw,
});

const entry = (more: Partial<PortraitEntry> & Pick<PortraitEntry, 'day' | 'start' | 'end' | 'sealedIn'>) => ({
  threads: [],
  hasThinking: false,
  hasResult: false,
  ground: null,
  ...more,
});

/** W38 is 14 to 20 September 2026, W39 the week after; W40 carries what was added and put right later. */
const input: PortraitInput = {
  weeks: [
    { week: '2026-W38', seal: seal('a', 7, 'd-2026-w38'), inTime: true, leave: false },
    { week: '2026-W39', seal: seal('b', 9), inTime: false, leave: false },
  ],
  carriers: [{ week: '2026-W40', seal: seal('c', 12) }],
  entries: [
    // 180 minutes together, 120 alone, one hour of both: 240 by union.
    entry({
      day: '2026-09-14',
      start: '2026-09-14T09:00',
      end: '2026-09-14T12:00',
      category: 'meeting',
      sealedIn: '2026-W38',
      threads: [{ id: 't1', name: '充电棚' }],
      hasResult: true,
    }),
    entry({
      day: '2026-09-14',
      start: '2026-09-14T11:00',
      end: '2026-09-14T13:00',
      category: 'planning',
      sealedIn: '2026-W38',
      hasThinking: true,
      threads: [{ id: 't2', name: null }],
    }),
    // An hour, all of it after 22:00.
    entry({
      day: '2026-09-14',
      start: '2026-09-14T22:30',
      end: '2026-09-14T23:30',
      category: 'emergency',
      sealedIn: '2026-W38',
      ground: 'privacy',
    }),
    // Saturday.
    entry({
      day: '2026-09-19',
      start: '2026-09-19T10:00',
      end: '2026-09-19T12:00',
      category: 'fieldVisit',
      sealedIn: '2026-W38',
    }),
    // Put right in W40: does not count any more.
    entry({
      day: '2026-09-23',
      start: '2026-09-23T14:00',
      end: '2026-09-23T15:00',
      category: 'meeting',
      sealedIn: '2026-W39',
      at: { seal: 'b'.repeat(43), item: 0 },
    }),
    entry({
      day: '2026-09-23',
      start: '2026-09-23T14:00',
      end: '2026-09-23T16:00',
      category: 'meeting',
      lateFor: '2026-W39',
      corrects: { seal: 'b'.repeat(43), item: 0 },
      sealedIn: '2026-W40',
      threads: [{ id: 't1', name: '充电棚' }],
    }),
    // Added in W40.
    entry({
      day: '2026-09-22',
      start: '2026-09-22T09:00',
      end: '2026-09-22T10:30',
      category: 'paperwork',
      lateFor: '2026-W39',
      sealedIn: '2026-W40',
    }),
    // W40's own: outside the period.
    entry({ day: '2026-09-28', start: '2026-09-28T09:00', end: '2026-09-28T18:00', sealedIn: '2026-W40' }),
  ],
  reviews: [
    { week: '2026-W38', day: '2026-09-14' },
    { week: '2026-W38', day: '2026-09-15' },
    { week: '2026-W39', day: null },
  ],
  heldOthers: [
    { week: '2026-W38', ground: 'trade-secret' },
    { week: '2026-W40', ground: 'privacy' },
  ],
  // One of the period, one that lies outside.
  released: ['2026-W38', '2026-W40'],
  reading: { table: categories, offset: () => 480 },
  response: {
    diaries: [
      {
        week: '2026-W38',
        draw: 'd-2026-w38',
        unit: 'shibu',
        comments: [
          { kind: 'sympathy', count: 4, answered: 0 },
          { kind: 'question', count: 3, answered: 2 },
          { kind: 'report', count: 2, answered: 2 },
        ],
      },
    ],
    tickets: [
      ticket('2026-0001', 'closedLoop', { repliedAt: 90, answer: { solved: true, rating: 5 }, isAsked: true }),
      ticket('2026-0002', 'inProgress', {}),
      ticket('2026-0003', 'merged', {}),
    ],
  },
  asOf: 200,
};

/** Contact by 50, reply by 100. */
function ticket(
  number: string,
  state: 'closedLoop' | 'inProgress' | 'merged',
  more: Partial<NonNullable<PortraitInput['response']>['tickets'][number]>,
) {
  return {
    number,
    state,
    contactDue: 50,
    contactedAt: 40,
    due: 100,
    repliedAt: null,
    reopened: 0,
    isAsked: false,
    answer: null,
    followedUp: null,
    ...more,
  };
}

const portrait = portraitOf(input);
const figures = portrait.faces.flatMap((face) => face.figures);
const figure = (id: FigureId) => figures.find((each) => each.id === id);
/** Weeks, diaries and tickets behind a figure. */
const behind = (id: FigureId) =>
  figure(id)?.sources.map((place) => {
    const source = portrait.sources[place];
    return source?.kind === 'ticket' ? source.number : source?.kind === 'diary' ? source.draw : source?.week;
  });

describe('a portrait', () => {
  it('counts hours by union, over full weeks, late entries in their week, corrected ones replaced', () => {
    // W38: 240 + 60 + 120 = 420; W39: 120 + 90 = 210.
    expect(figure('averageWeek')).toMatchObject({
      value: { minutes: 315 },
      facts: { weeks: 2, leaveWeeks: 0, blankWeeks: 0, minutes: 630, entries: 6 },
    });
    expect(figure('late')).toMatchObject({ value: { minutes: 60 }, facts: { nights: 1 } });
    expect(figure('daysOff')).toMatchObject({ value: { minutes: 120 }, facts: { weekend: 120, holiday: 0 } });
    // Together 180 + 120 + 120, alone 120 + 90.
    expect(figure('modes')?.value).toEqual({
      kind: 'parts',
      parts: [
        { code: 'collective', count: 420 },
        { code: 'focused', count: 210 },
        { code: 'emergency', count: 60 },
      ],
    });
    expect(figure('focusedShare')?.value).toMatchObject({ part: 210, of: 630, unit: 'minutes' });
  });

  it('names every source, the diary that carries a late entry among them', () => {
    expect(portrait.sources.slice(0, 3)).toMatchObject([
      { kind: 'seal', week: '2026-W38', index: 7, draw: 'd-2026-w38' },
      { kind: 'seal', week: '2026-W39', index: 9, draw: null },
      { kind: 'seal', week: '2026-W40', index: 12 },
    ]);
    expect(behind('averageWeek')).toEqual(['2026-W38', '2026-W40']);
    expect(behind('reviewedWeeks')).toEqual(['2026-W39']);
    expect(behind('comments')).toEqual(['d-2026-w38']);
    expect(behind('tickets')).toEqual(['2026-0001', '2026-0002', '2026-0003']);
    expect(behind('onTimeRate')).toEqual(['2026-0001', '2026-0002']);
    for (const { sources } of figures) for (const place of sources) expect(portrait.sources[place]).toBeDefined();
  });

  it('names the threads that may be named and counts the others', () => {
    expect(figures.filter(({ id }) => id === 'thread')).toMatchObject([
      { name: '充电棚', value: { count: 2 }, facts: { weeks: 2, results: 1 } },
    ]);
    expect(figure('otherThreads')).toMatchObject({ value: { count: 1 }, facts: { entries: 1 } });
    expect(figure('results')).toMatchObject({ value: { count: 1 }, facts: { held: 1 } });
  });

  it('counts reviews of working days out of the working days, and others beside', () => {
    // W38 and W39 of 2026 with Saturday 19 September made up and Friday 25 September off: ten working days.
    const calendar = {
      holidays: new Set([parseDay('2026-09-25') ?? 0]),
      makeUpWorkdays: new Set([parseDay('2026-09-19') ?? 0]),
    };
    const days = ['14', '15', '16', '17', '18', '19', '20', '21', '22', '23', '24', '25', '26', '27'];
    const reviews = days.map((day, n) => ({ week: n < 7 ? '2026-W38' : '2026-W39', day: `2026-09-${day}` }));
    const every = portraitOf({ ...input, reviews, reading: { ...input.reading, calendar } });
    const reviewed = every.faces.flatMap((face) => face.figures).find(({ id }) => id === 'reviewedDays');
    expect(reviewed).toMatchObject({ value: { part: 10, of: 10 }, facts: { weeks: 2, daysOff: 4 } });
  });

  it('counts reviews, thinking, what was added and put right', () => {
    expect(figure('reviewedDays')?.value).toMatchObject({ part: 2, of: 10 });
    expect(figure('reviewedWeeks')?.value).toMatchObject({ part: 1, of: 2 });
    expect(figure('thinking')?.value).toMatchObject({ count: 1 });
    expect(figure('amendments')?.value).toMatchObject({
      parts: [
        { code: 'correction', count: 1 },
        { code: 'lateEntry', count: 1 },
      ],
    });
  });

  it('counts comments, tickets and rates as they are public', () => {
    expect(figure('comments')?.value).toMatchObject({
      parts: [
        { code: 'sympathy', count: 4 },
        { code: 'question', count: 3 },
        { code: 'report', count: 2 },
      ],
    });
    // Sympathy asks for no answer.
    expect(figure('answered')?.value).toMatchObject({ part: 4, of: 5 });
    expect(figure('tickets')?.value).toMatchObject({
      parts: [
        { code: 'closedLoop', count: 1 },
        { code: 'open', count: 1 },
        { code: 'merged', count: 1 },
      ],
    });
    expect(figure('onTimeRate')).toMatchObject({ value: { part: 1, of: 2 }, facts: { merged: 1, referred: 0 } });
    expect(figure('resolutionRate')?.value).toMatchObject({ part: 1, of: 1 });
  });

  it('counts what was sealed, published and withheld', () => {
    expect(figure('sealedWeeks')).toMatchObject({ value: { part: 2, of: 2 }, facts: { leaveWeeks: 0, inTime: 1 } });
    expect(figure('published')?.value).toMatchObject({ count: 1 });
    // The entry and the title of W38; what W40 withholds lies outside.
    expect(figure('withheld')).toMatchObject({
      value: {
        parts: [
          { code: 'trade-secret', count: 1 },
          { code: 'privacy', count: 1 },
        ],
      },
      facts: { items: 2, released: 1 },
    });
  });

  it('leaves out what is not known without a connection, and a week of leave that was not sealed', () => {
    const alone = portraitOf({
      ...input,
      response: null,
      weeks: [...input.weeks.slice(0, 1), { week: '2026-W39', seal: null, inTime: null, leave: true }],
    });
    expect(alone.faces.map(({ face }) => face)).toEqual(['effort', 'allocation', 'threads', 'review', 'openness']);
    const sealed = alone.faces.flatMap((face) => face.figures).find(({ id }) => id === 'sealedWeeks');
    expect(sealed).toMatchObject({ value: { part: 1, of: 1 }, facts: { leaveWeeks: 1 } });
    expect(alone.sources[1]).toEqual({ kind: 'own', week: '2026-W39' });
  });
});
