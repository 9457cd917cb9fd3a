/** `npm run bench:server`: a table of what the server must hold beside its floor, and as last line one JSON object of every figure. A ratio by
 *  the clock holds on a quiet machine; `…Cpu` is the same by the processor's time of the two servers, whatever else runs.
 *  `--only <part>` measures one part. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Bound, measureAll } from '../figures.ts';
import { measureFour } from './four.ts';
import { measureGrowth } from './growth.ts';
import { measureMemory } from './memory.ts';
import { endTogether } from './pinned.ts';
import { measureReads } from './reads.ts';
import { measureScale } from './scale.ts';
import { measureTree } from './tree.ts';
import { measureBesideWaline } from './waline.ts';
import { measureWrites } from './writes.ts';

const bounds: Readonly<Record<string, Bound>> = {
  commentsReadVsFloor: { least: 0.5 },
  commentsReadVsFloorCpu: { least: 0.5 },
  commentsReadColdVsFloor: { least: 0.6 },
  commentsReadColdVsFloorCpu: { least: 0.6 },
  commentWriteVsFloor: { least: 0.4 },
  commentWriteVsFloorCpu: { least: 0.4 },
  publicTreeVsNginx: { least: 0.2 },
  publicTreeVsNginxCpu: { least: 0.2 },
  p99ReadVsFloor: 3,
  p99ReadMs: 20,
  rssMB: 200,
  growthReads10kTo1M: 1.2,
  readsVsWaline: { least: 20 },
  writesVsWaline: { least: 5 },
  fourLost: 0,
  fourDoubled: 0,
  fourGaps: 0,
  fourDifferent: 0,
};

if (!existsSync(join(import.meta.dirname, 'node_modules'))) {
  const words = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  const done = spawnSync('npm', words, { cwd: import.meta.dirname, stdio: 'inherit' });
  if (done.status !== 0) throw new Error('the load generator could not be installed');
}

endTogether();
await measureAll(
  {
    reads: measureReads,
    writes: measureWrites,
    tree: measureTree,
    growth: measureGrowth,
    memory: measureMemory,
    four: measureFour,
    scale: measureScale,
    waline: measureBesideWaline,
  },
  bounds,
);
