/** A tree with a piece of work over two years, a second one, and closed-loop figures. */
import type { PublicThread, ThreadEntry } from '../../shared/api/public-lists.ts';
import type { PublicRates, Rates } from '../../shared/api/public-rates.ts';
import type { Tree } from './site.ts';
import { draw, indexOf, treeWith, unit, vectors } from './vector-tree.ts';

export const entry = (more: Partial<ThreadEntry> & Pick<ThreadEntry, 'start'>): ThreadEntry => ({
  draw,
  unit,
  item: 2,
  week: '2026-W47',
  day: more.start.slice(0, 10),
  text: '看桥',
  ...more,
});

/** Newest first. */
export const bridge: readonly ThreadEntry[] = [
  entry({
    start: '2026-11-17T14:00',
    end: '2026-11-17T16:40',
    category: 'fieldVisit',
    mode: 'collective',
    text: '走便桥  两个来回\n<b>护栏</b>矮了',
    next: '下周请设计院来',
    place: '河西老桥',
  }),
  entry({ start: '2026-02-03T09:00', end: '2026-02-03T10:00', text: '开工会', result: '3月1日开工', unit: 'u02' }),
  entry({ start: '2025-12-30T22:30', end: '2025-12-31T00:30', text: '验桩', thinking: '年前要快，也要稳' }),
  entry({ start: '2025-03-20T08:00', text: '听检测报告', result: '定为D级，封桥' }),
  entry({ start: '2025-03-05T08:00', text: '群众说桥晃', week: '2025-W10' }),
];

/** The thread as a server writes it when it shows the newest three. */
export const thread = (more: Partial<PublicThread> = {}): PublicThread => ({
  v: 1,
  thread: { id: 'old-bridge', name: '河西老桥加固', aliases: [] },
  theme: null,
  entries: 5,
  units: ['u01', 'u02'],
  from: '2025-03-05',
  to: '2026-11-17',
  years: [
    { year: '2026', entries: 2 },
    { year: '2025', entries: 3 },
  ],
  newest: bridge.slice(0, 3),
  ...more,
});

export const figures = (more: Partial<Rates> = {}): Rates => ({
  tickets: 12,
  referred: 1,
  merged: 2,
  silent: 1,
  responseRate: { part: 11, of: 12 },
  onTimeRate: { part: 4, of: 5 },
  resolutionRate: { part: 7, of: 11 },
  satisfactionRate: { part: 3, of: 4 },
  followUpRate: { part: 11, of: 12 },
  reopenRate: { part: 0, of: 0 },
  closureRate: { part: 8, of: 12 },
  ...more,
});

/** Figures of two quarters; one unit has tickets. `asOf` is 28 November 2026, 14:00 in Shanghai. */
export const rates = (more: Partial<PublicRates> = {}): PublicRates => {
  const quarter = figures({ tickets: 3, responseRate: { part: 2, of: 3 } });
  return {
    v: 1,
    asOf: 1_795_845_600,
    zone: 'Asia/Shanghai',
    whole: { from: '2026-07-30', to: '2026-11-28', rejected: 5, all: figures(), units: [{ unit, ...figures() }] },
    quarters: [
      { from: '2026-10-01', to: '2026-12-31', rejected: 1, all: quarter, units: [{ unit, ...quarter }] },
      { from: '2026-07-01', to: '2026-09-30', rejected: 4, all: figures({ tickets: 9 }), units: [] },
    ],
    ...more,
  };
};

/** Two threads in the index; `files` are put over the tree. */
export const listTree = (files: Tree = {}): Tree =>
  treeWith(vectors.base, {
    'index.json': indexOf({
      threads: [
        { id: 'old-bridge', name: '河西老桥加固', aliases: [] },
        { id: 'night-market', name: '夜市疏导', aliases: [] },
      ],
    }),
    'thread/old-bridge.json': thread(),
    'thread/old-bridge/2025.json': {
      v: 1,
      thread: 'old-bridge',
      year: '2025',
      rows: bridge.slice(2).toReversed(),
    },
    'thread/night-market.json': thread({
      thread: { id: 'night-market', name: '夜市疏导', aliases: [] },
      entries: 0,
      units: [],
      from: null,
      to: null,
      years: [],
      newest: [],
    }),
    'rates.json': rates(),
    ...files,
  });
