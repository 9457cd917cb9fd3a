/** Four processes on one PostgreSQL behind the nginx of docs/deploy: what was acknowledged is there, once; there is one log without a gap; and
 *  every process shows the same. */
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { openDatabase } from '../../../server/database/open.ts';
import type { Device } from '../../../server/demo/device.ts';
import { weekBefore } from '../../../shared/time/week.ts';
import { nginxPath } from '../../fixtures/nginx.ts';
import { startPostgres, template } from '../../fixtures/postgres.ts';
import { openRealServer, realWorld } from '../../fixtures/real-server.ts';
import { enrolStaff, entryOf, lastWeek, sealItems } from '../../fixtures/showing.ts';
import { writePosts } from './posts.ts';
import { openProxy, type Send } from './proxy.ts';
import { draw, hotPath, seedComments, unitOf } from './seed.ts';
import { beside, settings } from './stand.ts';

const processes = 4;
const posted = 400;
const posters = 20;
/** Every so many posts are sent a second time. */
const againEvery = 5;
/** Leaders who seal meanwhile, and the weeks that each seals. */
const leaders = [0, 1, 2, 3].map(unitOf);
const weeks = 8;

const Post = v.object({ body: v.string(), headers: v.record(v.string(), v.string()) });
const Answer = v.object({ number: v.string() });

/** `four…`: how many of each there were. What was lost, doubled, missing between leaves and heads, or different at one process is 0. */
export async function measureFour(): Promise<object> {
  const nginx = nginxPath();
  if (nginx === null) return { fourLost: null };
  const postgres = await startPostgres([]);
  const database = `${postgres.url}/${template}`;
  const server = await openRealServer(settings, database);
  // Devices enrol at the first process and come through nginx once it stands.
  const way = { send: (asked: Request) => fetch(asked) };
  const staff = await enrolStaff(
    realWorld(server.issuer, (asked) => way.send(asked)),
    server.invitation,
    leaders,
  );
  await seedComments(database, 1000);
  const others = await Promise.all(Array.from({ length: processes - 1 }, () => beside(server)));
  const all = [server.issuer, ...others.map(({ address }) => address)];
  const proxy = await openProxy(nginx, server, all);
  const path = await writePosts(server.issuer, server.folder, posted);
  const posts = v.parse(v.array(Post), JSON.parse(readFileSync(path, 'utf8')));
  way.send = async (asked) => {
    const { pathname, search } = new URL(asked.url);
    return proxy.send(asked.method, pathname + search, Object.fromEntries(asked.headers), await asked.text());
  };
  const writing = postAll(proxy.send, posts);
  await Promise.all([writing, ...[...staff.leaders].map(([unit, leader]) => sealWeeks(leader, unit))]);
  const { numbers, twice } = await writing;
  const kept = await standingOf(database);
  const shown = async (of: string) =>
    new Set(await Promise.all(all.map(async (one) => (await fetch(one + of)).text())));
  const figures = {
    fourAcknowledged: numbers.size,
    fourSeals: leaders.length * weeks,
    fourLeaves: kept.leaves,
    fourLost: [...numbers].filter((number) => !kept.numbers.has(number)).length,
    fourDoubled: twice + kept.numbers.size - numbers.size,
    fourGaps: kept.gaps,
    fourDifferent: (await shown('/public/checkpoint')).size + (await shown(hotPath)).size - 2,
  };
  await proxy.stop();
  for (const { stop } of others) await stop();
  await server.close();
  await postgres.stop();
  return figures;
}

/** Posts all, some of them twice. Gives the receipts' numbers, and how often the second had another. Throws where one is refused. */
async function postAll(send: Send, posts: readonly v.InferOutput<typeof Post>[]) {
  const numbers = new Set<string>();
  let twice = 0;
  const waiting = [...posts.entries()];
  const post = async ({ headers, body }: v.InferOutput<typeof Post>): Promise<string> => {
    const answer = await send('POST', '/api/v1/comments', headers, body);
    if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
    return v.parse(Answer, await answer.json()).number;
  };
  const work = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const [n, own] = next;
      const number = await post(own);
      numbers.add(number);
      if (n % againEvery === 0 && (await post(own)) !== number) twice += 1;
    }
  };
  await Promise.all(Array.from({ length: posters }, work));
  return { numbers, twice };
}

async function sealWeeks(leader: Device, unit: string): Promise<void> {
  let week = lastWeek(Date.now());
  for (let n = 0; n < weeks; n += 1, week = weekBefore(week))
    await sealItems(leader, week, [[entryOf(week, 1, 9, `${unit} ${week}`)]]);
}

async function standingOf(address: string) {
  const database = await openDatabase(address);
  const { db } = database;
  const rows = await db
    .selectFrom('comment')
    .select('number')
    .where('draw', '=', draw)
    .where('state', '=', 'waiting')
    .execute();
  const leaves = await db.selectFrom('log_leaf').select('idx').orderBy('idx').execute();
  const heads = await db.selectFrom('log_head').select('size').orderBy('size').execute();
  await database.close();
  return {
    numbers: new Set(rows.map(({ number }) => number)),
    leaves: leaves.length,
    gaps: leaves.filter(({ idx }, n) => idx !== n).length + heads.filter(({ size }, n) => size !== n + 1).length,
  };
}
