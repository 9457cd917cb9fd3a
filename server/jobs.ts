/** What runs by the clock: every job in one table, which processes share by `server/jobs/`. */
import { type Context, secondsNow } from './context.ts';
import { anchorAudit } from './features/audit/anchors.ts';
import { forgetImages } from './features/journal/blobs.ts';
import { tellAlerts } from './feedback/alerts.ts';
import { eraseContacts } from './feedback/contact.ts';
import { eraseMentions, eraseRefused } from './feedback/erase-reader.ts';
import { forgetChallenges } from './feedback/proof-of-work.ts';
import { forgetWaves } from './feedback/waves.ts';
import { forgetReaders } from './identity/reader.ts';
import { closeUnanswered } from './jobs/close-unanswered.ts';
import { eraseOriginals } from './jobs/erase-originals.ts';
import { forget } from './jobs/forget.ts';
import { forgetOldCopies } from './jobs/forget-copies.ts';
import { forgetDossiers } from './jobs/forget-dossiers.ts';
import type { Job } from './jobs/job.ts';
import { publishReviewed } from './jobs/publish-reviewed.ts';
import { forgetNotices } from './notices/forget.ts';
import { runNotices } from './notices/run.ts';
import { keptSince } from './retention.ts';

const minute = 60;

/** Deadlines, publication, the anchor of the audit trail, and retention. */
export const houseJobs = [
  { name: 'closeUnanswered', everySeconds: minute, run: closeUnanswered },
  { name: 'tellAlerts', everySeconds: minute, run: tellAlerts },
  { name: 'publishReviewed', everySeconds: minute, run: publishReviewed },
  { name: 'anchorAudit', everySeconds: minute, run: async (context) => ((await anchorAudit(context)) ? 1 : 0) },
  { name: 'eraseContacts', everySeconds: minute, run: eraseContacts },
  { name: 'eraseOriginals', everySeconds: minute, run: eraseOriginals },
  { name: 'eraseRefused', everySeconds: minute, run: eraseRefused },
  { name: 'eraseMentions', everySeconds: minute, run: eraseMentions },
  { name: 'forget', everySeconds: minute, run: forget },
  { name: 'forgetChallenges', everySeconds: minute, run: forgetChallenges },
  { name: 'forgetReaders', everySeconds: minute, run: forgetReaders },
  { name: 'forgetNotices', everySeconds: minute, run: forgetNotices },
  { name: 'forgetWaves', everySeconds: minute, run: forgetOldWaves },
  { name: 'forgetDossiers', everySeconds: minute, run: forgetDossiers },
  { name: 'forgetImages', everySeconds: minute, run: forgetImages },
  { name: 'forgetCopies', everySeconds: minute, run: forgetOldCopies },
] as const satisfies readonly Job[];
export type HouseJob = (typeof houseJobs)[number]['name'];

/** E-mails and webhooks: beside the others, for a mail server may take its time. `say` hears of each delivery that is given up. */
export const noticeJobs = (say: (line: string) => void): readonly Job[] => [
  {
    name: 'notices',
    everySeconds: 10,
    run: async (context) => (await runNotices(context, say)).sent,
  },
];

/** Every job of a server, for who asks how they stand (jobs/state.ts). */
export const allJobs: readonly Job[] = [...houseJobs, ...noticeJobs(() => undefined)];

/** Runs every job of the house once by the context's clock, due or not; gives what each did. */
export async function runJobs(context: Context): Promise<Readonly<Record<HouseJob, number>>> {
  const done: [string, number][] = [];
  for (const { name, run } of houseJobs) done.push([name, await run(context)]);
  // One entry for each name of the table.
  return Object.fromEntries(done) as Record<HouseJob, number>;
}

function forgetOldWaves(context: Context): Promise<number> {
  return forgetWaves(context.database.db, keptSince('waves', context.config, secondsNow(context)));
}
