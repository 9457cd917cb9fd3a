/** Loaded into a server as it starts (`node --expose-gc --import`): its clock runs `CLOCK_FACTOR` times as fast from `CLOCK_BASE` (milliseconds)
 *  on; SIGUSR2 collects garbage and prints the heap that is left; `LEAK=1` keeps 100 bytes of every request. */
import { subscribe } from 'node:diagnostics_channel';
import { fastClock } from './fast-clock.ts';

Date.now = fastClock(Date.now, Number(process.env.CLOCK_BASE), Number(process.env.CLOCK_FACTOR));

const kept: number[][] = [];
subscribe('http.server.request.start', () => {
  // Twelve numbers of eight bytes.
  if (process.env.LEAK === '1') kept.push(Array.from({ length: 12 }, () => kept.length + 0.5));
});

process.on('SIGUSR2', async () => {
  for (let n = 0; n < 3; n += 1) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  console.log(`heap ${process.memoryUsage().heapUsed}`);
});
