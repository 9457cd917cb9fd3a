/** `npm run bench:extension`: a table of what the extension must hold, and as last line one JSON object of every figure. Ratios are taken
 *  side by side on one machine in one run; milliseconds are this machine's. `--only <part>` measures one part. */
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium } from '../../fixtures/chromium.ts';
import { measureAll } from '../figures.ts';
import { measurePopup } from './popup.ts';
import { measureSaved } from './saved.ts';
import { measureSearch } from './search.ts';
import { measureSync } from './sync.ts';
import { measureTyping } from './typing.ts';

/** The most that a figure may be. */
const limits: Readonly<Record<string, number>> = {
  entrySavedVsRawPut: 3,
  entrySavedMs: 16,
  popupReady100kVsEmpty: 1.2,
  searchGrowth: 3,
  syncPer10kVsFloor: 2,
  weekTypingKeysVsForm: 0.6,
  seconds: 300,
};

const root = join(import.meta.dirname, '..', '..', '..');

const parts: Readonly<Record<string, () => Promise<object>>> = {
  zip: async () => ({ zipKB: zipKB() }),
  typing: measureTyping,
  saved: measureSaved,
  popup: measurePopup,
  search: measureSearch,
  sync: measureSync,
};

/** Builds the extension into dist/ and packs it; gives the size of what a store or a server would hand out. */
function zipKB(): number {
  const done = spawnSync('npx', ['wxt', 'zip', '--level', 'warn'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (done.status !== 0) throw new Error('wxt zip failed');
  const folder = join(root, 'dist', 'extension');
  const packed = readdirSync(folder).filter((name) => name.endsWith('-chrome.zip'));
  return Math.round(Math.max(...packed.map((name) => statSync(join(folder, name)).size)) / 1024);
}

ensureChromium();
await measureAll(parts, limits);
