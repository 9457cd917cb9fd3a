/** A process that serves a published diary to readers behind a trusted proxy on this machine: `flood-server.ts PORT`. Prints a line when it is
 *  ready; ends with SIGTERM. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start } from '../../server/commands/serve.ts';
import { openDatabase } from '../../server/database/open.ts';
import { openReport } from '../../server/report.ts';
import { openDesk } from '../fixtures/desk.ts';

const folder = mkdtempSync(join(tmpdir(), 'sundial-flood-'));
const address = join(folder, 'sundial.sqlite');
const opened = { database: await openDatabase(address), address, folder };
const { context } = await openDesk(opened, {
  trustedProxies: ['127.0.0.1'],
  // The least work: readers of the test solve it on the machine that serves.
  proofOfWork: { hashes: 256 },
  moderation: { reviewFirst: false },
  limits: { commentsOfDiary: { count: 6000, seconds: 60 } },
});
const config = { ...context.config, port: Number(process.argv[2]) };
const running = await start({ ...context, config, now: Date.now, report: openReport('info') });
console.log('ready');
process.once('SIGTERM', async () => {
  await running.close();
  rmSync(folder, { recursive: true });
});
