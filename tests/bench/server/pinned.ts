/** Programs on a core of their own, and the time of the processor that they took. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** Where what is measured runs, and where its load comes from. */
export const servingCore = 0;
export const loadingCore = Math.min(1, availableParallelism() - 1);

/** Puts a process, its threads and its children on one core. What it starts later is there too. */
export function pin(pid: number, core: number): void {
  for (const each of familyOf(pid)) {
    const done = spawnSync('taskset', ['-a', '-c', '-p', String(core), String(each)], { encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`taskset: ${done.stderr}`);
  }
}

/** Milliseconds that a process, its threads and its children have run. */
export function ranMs(pid: number): number {
  const ns = familyOf(pid).flatMap((each) =>
    readdirSync(`/proc/${each}/task`).map((thread) =>
      Number(readFileSync(`/proc/${each}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
    ),
  );
  return ns.reduce((sum, one) => sum + one, 0) / 1e6;
}

/** Megabytes that a process has in memory now, and the most that it had. */
export function memoryMB(pid: number): { readonly now: number; readonly peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const of = (name: string): number => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1024;
  return { now: of('VmRSS'), peak: of('VmHWM') };
}

function familyOf(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  return [pid, ...children.flatMap(familyOf)];
}

/** Ends with this process, however it ends, what it has started. */
export function endTogether(): void {
  process.once('exit', () => {
    for (const each of familyOf(process.pid).slice(1)) process.kill(each, 'SIGKILL');
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
}
