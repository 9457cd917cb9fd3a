/** A file of the public tree by our server, and the same file by nginx with one worker on the same core, set up as docs/deploy says. */
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { deployed, nginxPath, startNginx } from '../../fixtures/nginx.ts';
import { openRealServer, realWorld, untilSeconds } from '../../fixtures/real-server.ts';
import { freePort, sundial } from '../../fixtures/served.ts';
import { enrolStaff, entryOf, lastWeek, sealItems, showWeek } from '../../fixtures/showing.ts';
import { figuresOf, race } from './load.ts';
import { pin, servingCore } from './pinned.ts';
import { textOf } from './seed.ts';
import { settings } from './stand.ts';

const units = ['u00', 'u01', 'u02'];

export async function measureTree(): Promise<object> {
  const nginx = nginxPath();
  if (nginx === null) return { publicTreeVsNginx: null, publicTreeVsNginxCpu: null };
  const server = await openRealServer(settings);
  const path = await publish(server.issuer, server.invitation);
  const [folder, port] = [join(server.folder, 'srv'), await freePort()];
  mkdirSync(folder);
  const done = await sundial(server.environment, ['export', join(folder, 'public')]);
  if (done.code !== 0) throw new Error(done.output);
  const site = deployed('nginx-static.conf', {
    'listen [::]:80;': '',
    'listen 80;': `listen 127.0.0.1:${port};`,
    '/srv/sundial;': `${folder};`,
  });
  const alone = await startNginx(nginx, join(server.folder, 'nginx'), site, port);
  const ours = { address: server.issuer, pid: server.running().process.pid ?? 0, path };
  const floor = { address: `http://127.0.0.1:${port}`, pid: alone.process.pid ?? 0, path };
  for (const { pid } of [ours, floor]) pin(pid, servingCore);
  const bytes = await sameFile(ours.address + path, floor.address + path);
  const taken = await race(ours, floor);
  await alone.stop();
  await server.close();
  return { publicTreeFileKB: Math.round(bytes / 100) / 10, ...figuresOf('publicTree', taken, 'Nginx') };
}

/** Publishes a week of three units by the real flow; gives the path of a diary's bundle, with its text and its proof. */
async function publish(issuer: string, invitation: string): Promise<string> {
  const world = realWorld(issuer);
  const staff = await enrolStaff(world, invitation, units, ['reviewer']);
  const week = lastWeek(Date.now());
  for (const leader of staff.leaders.values()) {
    const texts = Array.from({ length: 30 }, (_, n) => entryOf(week, n % 5, 8 + (n % 10), textOf(n, Math.random)));
    await sealItems(
      leader,
      week,
      texts.map((body) => [body] as const),
    );
  }
  const soon = (): number => Math.floor(Date.now() / 1000) + 5;
  const { draw, drawn } = await showWeek(staff, week, { seats: 1, soon, until: untilSeconds });
  return `/public/draw/${draw}/${drawn[0]}.json`;
}

/** Throws unless both give the same bytes; gives how many. */
async function sameFile(ours: string, theirs: string): Promise<number> {
  const [one, other] = await Promise.all(
    [ours, theirs].map(async (address) => {
      const answer = await fetch(address);
      if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
      return Buffer.from(await answer.arrayBuffer());
    }),
  );
  const hash = (bytes: Buffer | undefined): string =>
    createHash('sha256')
      .update(bytes ?? '')
      .digest('hex');
  if (hash(one) !== hash(other)) throw new Error('nginx has another file');
  return one?.length ?? 0;
}
