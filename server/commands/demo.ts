/** `sundial demo`: the demonstration in one go. Fills `./data` once, keeps it afterwards; `--fresh` begins anew. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { postInvitation } from '../../shared/api/accounts.ts';
import { configName } from '../backup/place.ts';
import { parsed, wordsHere } from '../command-line.ts';
import { type Config, configFrom } from '../config.ts';
import { vacant } from '../demo/cast.ts';
import { lastWeek, readDemoSet } from '../demo/demo-set.ts';
import { Device, SavedDevices } from '../demo/device.ts';
import { type Robots, round, sealWeek, weeksEnded } from '../demo/robots.ts';
import { type Clock, demoBegins, seedDemo } from '../demo/seed.ts';
import { demoSettings } from '../demo/settings.ts';
import type { World } from '../demo/world.ts';
import { firstInvitation } from '../features/accounts/first-invitation.ts';
import { usage as en } from '../locales/en/usage.ts';
import { type UsageWords, usage as zh } from '../locales/zh/usage.ts';
import { openContext } from '../open-context.ts';
import { organiserOf } from '../organisation/read.ts';
import { start, untilStopped } from './serve.ts';

const roundEveryMs = 3000;
const root = join(import.meta.dirname, '..', '..');

const Saved = v.object({
  organiser: SavedDevices,
  reviewer: v.optional(SavedDevices, []),
  leaders: v.record(v.string(), SavedDevices),
});
type Saved = v.InferOutput<typeof Saved>;

/** Exit codes: 0 stopped, 2 wrong usage, or a folder that is not the demonstration's. */
export async function run(args: string[]): Promise<number> {
  const words = wordsHere<UsageWords>(zh, en);
  const flag = { type: 'boolean', default: false } as const;
  const given = parsed({ args, options: { fresh: flag, help: { ...flag, short: 'h' } } });
  if (given === null) {
    process.stderr.write(words.demo);
    return 2;
  }
  if (given.values.help) {
    process.stdout.write(words.demo);
    return 0;
  }
  const { DATABASE_URL: _, ...environment } = process.env;
  const config = configFrom(demoSettings(readDemoSet()), environment);
  const kept = existsSync(join(config.dataFolder, savedName));
  if (!kept && existsSync(config.dataFolder) && readdirSync(config.dataFolder).length > 0) {
    process.stderr.write(`sundial: ${words.notDemo(config.dataFolder)}\n`);
    return 2;
  }
  if (given.values.fresh || !kept) await make(config);
  else console.log(`演示数据已在 ${config.dataFolder}，继续使用；重新开始：npm start -- --fresh`);
  return serveDemo(config);
}

const savedName = 'demo-devices.json';

/** Makes the demonstration beside its place and moves it there when it is whole: a stopped run leaves nothing half done. */
async function make(config: Config): Promise<void> {
  const making = `${config.dataFolder}.making`;
  rmSync(making, { recursive: true, force: true });
  mkdirSync(making, { recursive: true, mode: 0o700 });
  const clock: Clock = { ms: demoBegins };
  const at: Config = { ...config, dataFolder: making, databaseAddress: join(making, 'sundial.sqlite') };
  const context = await openContext(at, { now: () => clock.ms });
  const began = performance.now();
  const { link } = await firstInvitation(context);
  const cast = await seedDemo(context, clock, link, progress, weeksToFill());
  const reviewer = cast.officials.get('rev-1');
  const saved: Saved = {
    organiser: [await cast.organiser.save()],
    reviewer: reviewer === undefined ? [] : [await reviewer.save()],
    leaders: {},
  };
  for (const [unit, device] of cast.leaders) saved.leaders[unit] = [await device.save()];
  await context.database.close();
  save(making, saved);
  // The other commands find the demonstration by it.
  writeFileSync(join(making, configName), `${JSON.stringify(demoSettings(readDemoSet()), null, 2)}\n`);
  rmSync(config.dataFolder, { recursive: true, force: true });
  renameSync(making, config.dataFolder);
  console.log(`演示数据已生成，用时${((performance.now() - began) / 1000).toFixed(0)}秒。`);
}

/** The set ends before today: its people go on sealing, so that the showing plan has no weeks in which everybody failed to. */
const weeksToFill = () => weeksEnded(Date.now(), lastWeek(readDemoSet()));

function progress(done: number, of: number): void {
  if (!process.stderr.isTTY && done !== of && done % 200 !== 0) return;
  process.stderr.write(
    `${process.stderr.isTTY ? '\r' : ''}演示数据 ${done}/${of}${process.stderr.isTTY && done < of ? '' : '\n'}`,
  );
}

function save(folder: string, saved: Saved): void {
  writeFileSync(join(folder, savedName), JSON.stringify(saved), { mode: 0o600 });
}

async function serveDemo(config: Config): Promise<number> {
  const running = await start(await openContext(config, { alone: true }));
  const { context, address } = running;
  const world: World = { send: fetch, issuer: address, now: Date.now, random: context.random };
  const robots = await restoreRobots(config, world);
  for (const week of weeksToFill()) await sealWeek(robots.leaders, week);
  await keepRobots(config, robots);
  const invite = async (name: string, role: 'leader' | 'organiser', unit: string | null) =>
    (await robots.organiser.call(postInvitation, { body: { name, grants: [{ role, unit }] } })).link;
  const vkey = context.log.vkey;
  const organiser = await organiserOf(context.database.db);
  console.log(`
日晷 Sundial ${address}

  门户页 portal page     ${address}/
  扩展 extension         ${join(root, 'dist', 'extension', 'chrome-mv3')}
                         浏览器打开 chrome://extensions，打开“开发者模式”，“加载已解压的扩展程序”，选这个文件夹。
                         Open chrome://extensions, switch on developer mode, "Load unpacked", choose this folder.
  邀请 leader            ${await invite('鹤洲街道党工委书记', 'leader', vacant)}
  邀请 organiser         ${await invite('组织部', 'organiser', null)}
                         在扩展里粘贴链接。演示中其余人员由程序代为操作：核对指纹、封存、作证。
                         Paste a link into the extension. The other people of the demonstration act by themselves.
  核验 verify            npm run -s sundial -- verify ${address}/public/ --vkey ${vkey} --organiser ${organiser}
`);
  const rounds = repeat(() => round(robots));
  await untilStopped();
  await rounds.stop();
  await keepRobots(config, robots);
  await running.close();
  return 0;
}

async function restoreRobots(config: Config, world: World): Promise<Robots> {
  const saved = v.parse(Saved, JSON.parse(readFileSync(join(config.dataFolder, savedName), 'utf8')));
  const [organiser] = saved.organiser;
  if (organiser === undefined) throw new TypeError(`${savedName} names no organiser`);
  const leaders: Robots['leaders'][number][] = [];
  for (const { id, kind } of config.units) {
    const [device] = saved.leaders[id] ?? [];
    if (device !== undefined) leaders.push({ unit: id, kind, device: await Device.restore(world, device) });
  }
  const [reviewer] = saved.reviewer;
  return {
    organiser: await Device.restore(world, organiser),
    reviewer: reviewer === undefined ? null : await Device.restore(world, reviewer),
    leaders,
    names: new Set(readDemoSet().organisation.roles.map(({ post }) => post)),
  };
}

async function keepRobots(config: Config, robots: Robots): Promise<void> {
  const saved: Saved = {
    organiser: [await robots.organiser.save()],
    reviewer: robots.reviewer === null ? [] : [await robots.reviewer.save()],
    leaders: {},
  };
  for (const { unit, device } of robots.leaders) saved.leaders[unit] = [await device.save()];
  save(config.dataFolder, saved);
}

/** Acts again and again with a pause, until stopped; what fails is reported and tried again. */
function repeat(act: () => Promise<void>): { stop(): Promise<void> } {
  let stopped = false;
  let wake: () => void = () => {};
  const running = (async () => {
    while (!stopped) {
      await act().catch((error: unknown) => console.error(error));
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, roundEveryMs).unref();
      });
    }
  })();
  return {
    stop: async () => {
      stopped = true;
      wake();
      await running;
    },
  };
}
