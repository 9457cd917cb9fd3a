/** The memory of a server with 100,000 published diaries, after readers have looked at everything that a window shows. */
import { tmpdir } from 'node:os';
import { openDatabase } from '../../../server/database/open.ts';
import type { MadeDiary } from '../../../server/import/diaries.ts';
import { keep } from '../../../server/import/keep.ts';
import { storeSegments } from '../../../server/public/search-store.ts';
import { searchSegmentSize } from '../../../shared/api/public-search.ts';
import { feedPageSize } from '../../../shared/api/published.ts';
import type { SettingsInput } from '../../../shared/organisation/config.ts';
import { formatDay } from '../../../shared/time/civil.ts';
import { daysOf, parseWeek, type Week, weekBefore } from '../../../shared/time/week.ts';
import { deployed } from '../../fixtures/nginx.ts';
import { randomOf } from '../../fixtures/random.ts';
import { openRealServer } from '../../fixtures/real-server.ts';
import { type Served, startServer } from '../../fixtures/served.ts';
import { memoryMB } from './pinned.ts';
import { textOf, unitOf } from './seed.ts';
import { settings } from './stand.ts';

const weeks = 500;
const units = 200;
const entries = 10;
const weeksOfSource = 25;
const newest = '2026-w39';
const sourceOf = (week: number): string => `s${Math.floor(week / weeksOfSource)}`;

/** `rss…`: of a server that is started as docs/deploy/sundial.service starts it; `rssPlain…`: of one without its options of Node. */
export async function measureMemory(): Promise<object> {
  const ids = Array.from({ length: units }, (_, n) => unitOf(n));
  const all: SettingsInput = {
    ...settings,
    units: ids.map((id) => ({ id, kind: 'department', name: { zh: id, en: id } })),
  };
  const server = await openRealServer(all, undefined, tmpdir(), { NODE_OPTIONS: optionsOfService() });
  await server.running().stop();
  await bringIn(server.database, ids);
  await server.revive();
  const served = await readAll(server.running(), ids);
  await server.running().stop();
  const plain = await startServer({ ...server.environment, NODE_OPTIONS: '' });
  const bare = await readAll(plain, ids);
  await plain.stop();
  await server.close();
  return {
    rssMB: served.now,
    rssPeakMB: served.peak,
    rssStartedMB: served.started,
    rssPlainMB: bare.now,
    rssPlainPeakMB: bare.peak,
  };
}

function optionsOfService(): string {
  const [, options] = /^ExecStart=\S+ (--.+) \S+main\.ts serve$/m.exec(deployed('sundial.service', {})) ?? [];
  if (options === undefined) throw new Error('sundial.service starts no server');
  return options;
}

/** Megabytes of a server that has just been started, and after everything was read. */
async function readAll({ address, process: { pid = 0 } }: Served, ids: readonly string[]) {
  const started = memoryMB(pid).now;
  const diaries = weeks * units;
  const read = async (path: string): Promise<void> => {
    const answer = await fetch(`${address}/public/${path}`);
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    await answer.arrayBuffer();
  };
  const pages = diaries / feedPageSize;
  for (const path of [
    'index.json',
    'facet/index.json',
    'feed.atom',
    'feed.json',
    'sitemap/0.xml',
    'fragment/feed.html',
  ])
    await read(path);
  for (let n = 0; n < 200; n += 1) {
    const unit = ids[n % units] ?? '';
    await read(`draw/i-${sourceOf(0)}-${newest}/${unit}.json`);
    await read(`d/i-${sourceOf(0)}-${newest}/${unit}.html`);
    await read(`feed/${Math.floor((n * pages) / 200)}.json`);
    if (n < 20) await read(`unit/${unit}.json`);
    if (n < 20)
      await read(`search/${Math.floor((n * diaries) / searchSegmentSize / 20)}/256/0${(n % 16).toString(16)}.json`);
  }
  const { now, peak } = memoryMB(pid);
  return { now: Math.round(now), peak: Math.round(peak), started: Math.round(started) };
}

/** As `sundial import` keeps them, a source for every 25 weeks: an import is compared with what is there of its source. */
async function bringIn(address: string, ids: readonly string[]): Promise<void> {
  const database = await openDatabase(address);
  const random = randomOf(1);
  let week: Week | null = parseWeek(newest.toUpperCase());
  let made: MadeDiary[] = [];
  for (let n = 0; n < weeks && week !== null; n += 1, week = weekBefore(week)) {
    for (const unit of ids) made.push(diaryOf(sourceOf(n), unit, week, random));
    if ((n + 1) % weeksOfSource > 0) continue;
    const from = { id: sourceOf(n), name: { zh: '旧日志', en: 'Old diaries' }, address: null, licence: null };
    await keep(database, from, made, { actor: 'system', at: 1_795_000_000 });
    made = [];
  }
  await storeSegments(database);
  await database.close();
}

function diaryOf(source: string, unit: string, week: Week, random: () => number): MadeDiary {
  const items = Array.from({ length: entries }, (_, n) => {
    const day = formatDay(daysOf(week)[n % 5] ?? 0);
    return {
      kind: 'entry' as const,
      day,
      start: `${day}T09:00`,
      end: `${day}T10:00`,
      category: 'meeting',
      mode: 'collective' as const,
      item: { text: textOf(n, random), place: '会议室' },
    };
  });
  return { draw: `i-${source}-${week.toLowerCase()}`, unit, week, zone: 'Asia/Shanghai', items };
}
