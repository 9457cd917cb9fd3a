/** How much more four processes on one PostgreSQL behind nginx answer than one: pages of comments, made anew for each reader. */
import { availableParallelism } from 'node:os';
import { nginxPath } from '../../fixtures/nginx.ts';
import { startPostgres, template } from '../../fixtures/postgres.ts';
import { figuresOf, race } from './load.ts';
import { pin, servingCore } from './pinned.ts';
import { openProxy } from './proxy.ts';
import { stored } from './reads.ts';
import { hotPath } from './seed.ts';
import { beside, openStand } from './stand.ts';

/** One for each process, one for the load, and one for nginx, which PostgreSQL shares with whoever leaves it room. */
const least = 6;
const cores = [2, 3, 4, 5];

/** `scale4ProcVs1`; null, after a line that says so, where there are not enough cores. */
export async function measureScale(): Promise<object> {
  const nginx = nginxPath();
  if (availableParallelism() < least || nginx === null) {
    console.error(`scale: four processes are measured against one where there are nginx and ${least} cores`);
    return { scale4ProcVs1: null };
  }
  const postgres = await startPostgres([]);
  const { server, close } = await openStand(stored, `${postgres.url}/${template}`);
  const processes = await Promise.all(cores.map((core) => beside(server, { SUNDIAL_KEEP_ANSWERS: '0' }, core)));
  const addresses = processes.map(({ address }) => address);
  const four = await openProxy(nginx, server, addresses);
  const one = await openProxy(nginx, server, addresses.slice(0, 1));
  for (const { pid } of [four, one]) pin(pid, servingCore);
  const taken = await race({ ...four, path: hotPath }, { ...one, path: hotPath });
  for (const { stop } of [four, one, ...processes]) await stop();
  await close();
  await postgres.stop();
  const { scale4ProcVs1 = null, scale4ProcPerSecond = null } = figuresOf('scale4Proc', taken, '1');
  return { scale4ProcVs1, scale4ProcPerSecond };
}
