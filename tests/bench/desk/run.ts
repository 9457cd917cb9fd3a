/** `npm run bench:desk`: a table of what the desk must hold, and as last line one JSON object of every figure. Ratios are taken in turns on one
 *  machine in one run; milliseconds are this machine's. `--only <part>` measures one part. The extension must be built. */
import { ensureChromium } from '../../fixtures/chromium.ts';
import { measureAll } from '../figures.ts';
import { measureKeys, measureQueue } from './queue.ts';
import { measureRates } from './rates.ts';

/** The most that a figure may be. */
const limits: Readonly<Record<string, number>> = {
  queue50kVsEmpty: 1.3,
  keysPerDecision: 1.5,
  ratesGrowthPerDoubling: 2.1,
};

const parts: Readonly<Record<string, () => Promise<object>>> = {
  queue: measureQueue,
  keys: measureKeys,
  rates: measureRates,
};

ensureChromium();
await measureAll(parts, limits);
