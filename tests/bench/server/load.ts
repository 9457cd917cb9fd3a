/** Rounds in which servers are loaded by turns: what each answered in a second of the clock, and in a second of its own processor time, which
 *  another program on the machine does not change. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { loadingCore, ranMs } from './pinned.ts';

export interface Load {
  /** Without a slash at the end. */
  readonly address: string;
  readonly path: string;
  readonly connections: number;
  readonly seconds: number;
  /** File with the JSON of posts, each sent once; then they decide when it ends. */
  readonly posts?: string;
  /** Of a proxy that serves a name with a certificate of its own. */
  readonly named?: { readonly host: string; readonly ca: string };
}

export interface Loaded {
  readonly requests: number;
  /** Without an answer, and with one that is no success. */
  readonly lost: number;
  readonly refused: number;
  readonly seconds: number;
  readonly p99Ms: number;
}

export const connections = 20;
export const rounds = 5;
/** Shorter than ten, so that everything ends within ten minutes. */
export const seconds = 3;

export interface Runner {
  readonly address: string;
  /** Process whose time counts. */
  readonly pid: number;
  readonly path: string;
  /** Prepares what is posted in the next round; gives the file. */
  readonly posts?: () => Promise<string>;
  readonly named?: Load['named'];
}

export interface Round {
  readonly perSecond: number;
  readonly perCpuSecond: number;
  readonly p99Ms: number;
}

/** Loads both by turns. Who comes first changes, so that neither always finds the warmer machine; a short round before is not counted. */
export async function race(ours: Runner, floor: Runner): Promise<{ ours: readonly Round[]; floor: readonly Round[] }> {
  const taken = { ours: [] as Round[], floor: [] as Round[] };
  const runners = { ours, floor };
  for (let n = 0; n <= rounds; n += 1)
    for (const name of n % 2 === 0 ? (['floor', 'ours'] as const) : (['ours', 'floor'] as const)) {
      const round = await loadOnce(runners[name], n === 0 ? 1 : seconds);
      if (n > 0) taken[name].push(round);
    }
  return taken;
}

/** Loads a server once. Throws where a request failed: something else would be measured. */
export async function loadOnce(runner: Runner, forSeconds: number): Promise<Round> {
  const { address, path, pid, named } = runner;
  const posts = await runner.posts?.();
  const before = ranMs(pid);
  const loaded = await generate({
    address,
    path,
    connections,
    seconds: forSeconds,
    ...(posts === undefined ? {} : { posts }),
    ...(named === undefined ? {} : { named }),
  });
  const cpuSeconds = (ranMs(pid) - before) / 1000;
  if (loaded.lost + loaded.refused > 0 || loaded.requests === 0)
    throw new Error(`${address}${path}: of ${loaded.requests} ${loaded.refused} refused, ${loaded.lost} lost`);
  return {
    perSecond: loaded.requests / loaded.seconds,
    perCpuSecond: loaded.requests / cpuSeconds,
    p99Ms: loaded.p99Ms,
  };
}

async function generate(load: Load): Promise<Loaded> {
  const words = ['-c', String(loadingCore), process.execPath, join(import.meta.dirname, 'generate.ts')];
  const child = spawn('taskset', words, { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  child.stdin.end(JSON.stringify(load));
  const answer = await text(child.stdout);
  const [code] = await ended;
  if (code !== 0) throw new Error(`the generator ended with ${code}`);
  return JSON.parse(answer);
}

/** Medians over the rounds: ours against the floor by the clock and by the processor's time, and what ours answered. */
export function figuresOf(name: string, { ours, floor }: Awaited<ReturnType<typeof race>>, against = 'Floor') {
  const ratio = (of: (round: Round) => number): number => {
    const ratios = ours.flatMap((round, n) => {
      const under = floor[n];
      return under === undefined ? [] : [of(round) / of(under)];
    });
    return rounded(median(ratios));
  };
  return {
    [`${name}Vs${against}`]: ratio(({ perSecond }) => perSecond),
    [`${name}Vs${against}Cpu`]: ratio(({ perCpuSecond }) => perCpuSecond),
    [`${name}PerSecond`]: Math.round(median(ours.map(({ perSecond }) => perSecond))),
    [`${name}PerCpuSecond`]: Math.round(median(ours.map(({ perCpuSecond }) => perCpuSecond))),
  };
}

/** The middle value, of an even number the upper of the two. */
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Three decimals. */
export const rounded = (value: number): number => Math.round(value * 1000) / 1000;
