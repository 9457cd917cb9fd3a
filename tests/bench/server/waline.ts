/** Ours beside @waline/vercel, each with 10,000 comments on one PostgreSQL: reading a page of 25, and taking a comment in. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';
import { type RunningPostgres, startPostgres, template } from '../../fixtures/postgres.ts';
import { randomOf } from '../../fixtures/random.ts';
import { freePort } from '../../fixtures/served.ts';
import { figuresOf, race } from './load.ts';
import { pin, servingCore } from './pinned.ts';
import { writePosts } from './posts.ts';
import { stored } from './reads.ts';
import { hotPath, textOf } from './seed.ts';
import { openStand, type Process } from './stand.ts';

/** In a round: of ours, and of the other, which takes in a few dozen a second. */
const [posted, postedThere] = [500, 40];
const pages = 10;
const home = join(import.meta.dirname, 'waline');

/** Figures are null where its packages cannot be had; why stands on standard error. */
export async function measureBesideWaline(): Promise<object> {
  if (!existsSync(join(home, 'node_modules'))) {
    const words = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
    const done = spawnSync('npm', words, { cwd: home, encoding: 'utf8' });
    if (done.status !== 0) {
      console.error(`Waline could not be installed:\n${done.stderr}`);
      return { readsVsWaline: null, writesVsWaline: null };
    }
  }
  const postgres = await startPostgres([]);
  const stand = await openStand(stored, `${postgres.url}/${template}`);
  const waline = await openWaline(postgres);
  const { ours, server } = stand;
  const reads = await race({ ...ours, path: hotPath }, { ...waline, path: firstPage });
  const writes = await race(
    { ...ours, path: '/api/v1/comments', posts: () => writePosts(ours.address, server.folder, posted) },
    { ...waline, path: '/api/comment', posts: async () => writeTheirs(server.folder) },
  );
  await waline.stop();
  await stand.close();
  await postgres.stop();
  return { ...figuresOf('reads', reads, 'Waline'), ...figuresOf('writes', writes, 'Waline') };
}

const pageOf = (n: number): string => `/diary/${n % pages}`;
const firstPage = `/api/comment?path=${pageOf(0)}&pageSize=25&page=1`;

/** Waline with its tables (github.com/walinejs/waline, assets/waline.pgsql) and as many comments as ours, without its limits by address and the
 *  check for spam elsewhere. With each request it asks a service for ways to sign in; ours here answers at once that there is none. */
async function openWaline(postgres: RunningPostgres): Promise<Process> {
  await fillTables(postgres);
  const { port: postgresPort } = new URL(postgres.url);
  const signIn = createServer((_, response) => response.end('{"services":[]}')).listen(0, '127.0.0.1');
  await once(signIn, 'listening');
  const at = signIn.address();
  if (at === null || typeof at === 'string') throw new Error('no port');
  const port = await freePort();
  const child = spawn(process.execPath, [join(import.meta.dirname, 'waline-server.ts')], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      PG_DB: 'waline',
      PG_USER: 'postgres',
      PG_PASSWORD: 'postgres',
      PG_HOST: '127.0.0.1',
      PG_PORT: postgresPort,
      JWT_TOKEN: 'bench',
      IPQPS: '0',
      AKISMET_KEY: 'false',
      OAUTH_URL: `http://127.0.0.1:${at.port}`,
    },
  });
  const ended = once(child, 'exit');
  const ready = new Promise<void>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => line === 'ready' && resolve());
  });
  await Promise.race([ready, ended.then(() => Promise.reject(new Error('Waline ended')))]);
  const pid = child.pid ?? 0;
  pin(pid, servingCore);
  const address = `http://127.0.0.1:${port}`;
  // Much of it is loaded when it is first asked.
  await (await fetch(address + firstPage)).text();
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
    signIn.close();
  };
  return { address, pid, stop };
}

async function fillTables({ url }: RunningPostgres): Promise<void> {
  const first = new Client(`${url}/postgres`);
  await first.connect();
  await first.query('create database waline');
  await first.end();
  const client = new Client(`${url}/waline`);
  await client.connect();
  const times = 'createdAt timestamp(0) default current_timestamp, updatedAt timestamp(0) default current_timestamp';
  const short = (names: string): string =>
    names
      .split(' ')
      .map((name) => `${name} varchar(255)`)
      .join(', ');
  await client.query(`
    create table wl_comment (id serial primary key, user_id int, comment text, insertedAt timestamp(0), ip varchar(100) default '',
      ${short('link mail nick url')}, pid int, rid int, sticky numeric, status varchar(50) not null default '', "like" int, ua text, ${times});
    create table wl_counter (id serial primary key, time int,
      ${Array.from({ length: 9 }, (_, n) => `reaction${n} int`).join(', ')}, url varchar(255) not null default '', ${times});
    create table wl_users (id serial primary key, type varchar(50) not null default '', "2fa" varchar(32),
      ${short('display_name email password label url avatar github twitter facebook google weibo qq')}, ${times});
  `);
  const random = randomOf(1);
  const texts = Array.from({ length: stored }, (_, n) => textOf(n, random));
  await client.query(
    `insert into wl_comment (comment, nick, link, mail, status, ua, ip, url, insertedAt)
     select text, '居民' || n, '', '', 'approved', 'Mozilla/5.0', '198.51.100.1', '/diary/' || (n % ${pages}), now()
     from unnest($1::text[]) with ordinality as given (text, n)`,
    [texts],
  );
  await client.end();
}

let made = stored;

function writeTheirs(folder: string): string {
  const random = randomOf(made);
  const posts = Array.from({ length: postedThere }, () => {
    made += 1;
    const body = {
      comment: textOf(made, random),
      nick: `居民${made}`,
      mail: '',
      link: '',
      url: pageOf(made),
      ua: 'Mozilla/5.0',
    };
    return { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  });
  const path = join(folder, 'theirs.json');
  writeFileSync(path, JSON.stringify(posts));
  return path;
}
