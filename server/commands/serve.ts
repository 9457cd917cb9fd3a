/** `sundial serve`: runs the server until it is told to stop. */
import { existsSync, readFileSync } from 'node:fs';
import { serve as listen, type ServerType } from '@hono/node-server';
import { createApp } from '../app.ts';
import { type Config, type ConfigProblem, loadConfig } from '../config.ts';
import { type Context, openContext } from '../context.ts';
import { startJobs } from '../jobs/run.ts';
import { houseJobs, noticeJobs } from '../jobs.ts';
import { openReport } from '../report.ts';

/** How often the table of jobs is looked at. */
const jobsEveryMs = 2000;
/** How long a stop waits for answers under way. */
const graceMs = 5000;

export interface Running {
  readonly address: string;
  readonly context: Context;
  /** Takes no more requests, finishes those under way, closes the database. */
  readonly close: () => Promise<void>;
}

/** Starts a server on a context. `handle` answers in the place of the app, for a process that wraps it. */
export async function start(context: Context): Promise<Running> {
  const { host, port } = context.config;
  const { report } = context;
  const app = createApp(context, { answered: (request) => report.info('request', { ...request }) });
  const server = await new Promise<ServerType>((resolve, reject) => {
    const begun = listen({ fetch: app.fetch, hostname: host, port }, () => resolve(begun));
    begun.once('error', reject);
  });
  const jobFailed = (error: unknown, job: string | null): void => report.error('a job failed', error, { job });
  const stopJobs = startJobs(context, houseJobs, { everyMs: jobsEveryMs }, jobFailed);
  const notices = noticeJobs((line) => report.warn(line));
  const stopNotices = startJobs(context, notices, { everyMs: jobsEveryMs }, jobFailed);
  return {
    address: context.config.issuer,
    context,
    close: async () => {
      await stopJobs();
      await stopNotices();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        if ('closeIdleConnections' in server) server.closeIdleConnections();
        setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), graceMs).unref();
      });
      await context.database.close();
    },
  };
}

/** Resolves when the process is asked to stop. */
export const untilStopped = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });

/** The configuration of this process, or null after saying what is wrong with it. */
export function readConfig(): Config | null {
  const config = loadConfig(process.env, (path) => (existsSync(path) ? readFileSync(path, 'utf8') : null));
  if (config.ok) return config.value;
  for (const problem of config.problem) process.stderr.write(`${sentence(problem)}\n`);
  return null;
}

function sentence({ code, at, line, field, reason }: ConfigProblem): string {
  const place = line > 0 ? `${at}:${line}` : at;
  switch (code) {
    case 'FILE_MISSING':
      return `sundial: 没有找到配置 ${place}。请写一个 sundial.config.json，或用 SUNDIAL_CONFIG 指明。 / No configuration: write ${place} or name one in SUNDIAL_CONFIG.`;
    case 'JSON_INVALID':
      return `sundial: ${place} 不是合法的 JSON。请检查这一行。 / Not valid JSON: check this line.`;
    case 'MEMBER_INVALID':
      return `sundial: ${place} 的 ${field} 不合要求（${reason}）。 / ${field} does not fit (${reason}).`;
    case 'ENVIRONMENT_INVALID':
      return `sundial: 环境变量 ${place} 不合要求（${reason}）。 / Environment variable ${place} does not fit (${reason}).`;
  }
}

export async function run(args: string[]): Promise<number> {
  if (args.includes('--help')) {
    process.stdout.write('sundial serve\n  HOST, PORT, DATABASE_URL, SUNDIAL_DATA, SUNDIAL_ISSUER, SUNDIAL_CONFIG\n');
    return 0;
  }
  const config = readConfig();
  if (config === null) return 2;
  const running = await start(await openContext(config, { report: openReport(config.operation.level) }));
  console.log(`sundial: ${running.address}`);
  await untilStopped();
  await running.close();
  return 0;
}
