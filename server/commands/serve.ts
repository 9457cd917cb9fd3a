/** `sundial serve`: runs the server until it is told to stop. */
import { flushCompileCache } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { createApp } from '../app.ts';
import { clockGuard } from '../clock.ts';
import { parsed, wordsHere } from '../command-line.ts';
import { type Config, loadConfig } from '../config.ts';
import { configSentence } from '../config-trouble.ts';
import type { Context } from '../context.ts';
import type { Answered } from '../http/answered.ts';
import { type Limits, listen, type Unread, usualLimits } from '../http/listen.ts';
import { standingAnswers } from '../http/standing.ts';
import type { Job } from '../jobs/job.ts';
import { startJobs } from '../jobs/run.ts';
import { houseJobs, noticeJobs } from '../jobs.ts';
import { usage as en } from '../locales/en/usage.ts';
import { usage as zh } from '../locales/zh/usage.ts';
import { openContext } from '../open-context.ts';
import { openReport } from '../report.ts';
import { textIfThere } from '../text-if-there.ts';

/** How often the table of jobs is looked at. */
const jobsEveryMs = 2000;

export interface Running {
  readonly address: string;
  readonly context: Context;
  /** Says that it is not ready any more, goes on answering for `drainMs`, finishes requests and jobs under way, closes the database. */
  readonly close: (drainMs?: number) => Promise<void>;
}

/** Starts a server on a context. */
export async function start(context: Context, limits: Limits = usualLimits): Promise<Running> {
  const { report, config } = context;
  const mayRun = clockGuard(context);
  // At once: what is wrong with the clock is told with the start.
  await mayRun();
  const { metricsPort } = config.operation;
  // What tells figures takes its memory only where they are asked for.
  const figures = metricsPort === null ? null : await import('../metrics.ts');
  const metrics = figures?.openMetrics(context) ?? null;
  let isStopping = false;
  const answered = (request: Answered): void => {
    report.info('request', { ...request });
    metrics?.answered(request);
  };
  const app = createApp(context, { answered, isStopping: () => isStopping });
  const unread: Unread = (status, code) => {
    report.info('a request could not be read', { status, code });
    metrics?.unread(status);
  };
  const listener = await listen(app, config, limits, unread, standingAnswers(app, context, answered));
  const stopMetrics =
    figures === null || metrics === null || metricsPort === null
      ? null
      : await figures.serveMetrics(
          metricsPort,
          () => metrics.text(listener),
          (error) => report.error('the figures could not be told', error),
        );
  const begin = (jobs: readonly Job[]): (() => Promise<void>) =>
    startJobs(
      context,
      metrics === null ? jobs : jobs.map(metrics.counted),
      { everyMs: jobsEveryMs, mayRun },
      (error, job) => report.error('a job failed', error, { job }),
    );
  const stopJobs = begin(houseJobs);
  const stopNotices = begin(noticeJobs((line) => report.warn(line)));
  return {
    address: config.issuer,
    context,
    close: async (drainMs = 0) => {
      isStopping = true;
      report.info('stopping', { underway: listener.underway(), drainMs });
      const jobs = Promise.all([stopJobs(), stopNotices()]);
      listener.lastCall();
      if (drainMs > 0) await sleep(drainMs);
      const cut = await listener.close();
      if (cut > 0) report.warn('requests were cut off by the stop', { cut });
      await jobs;
      await stopMetrics?.();
      await context.database.close();
      report.info('stopped');
    },
  };
}

/** Resolves when the process is asked to stop; asked again, it ends at once and with 1. */
export const untilStopped = (): Promise<void> =>
  new Promise((resolve) => {
    let isAsked = false;
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.on(signal, () => {
        if (isAsked) process.exit(1);
        isAsked = true;
        resolve();
      });
  });

/** The configuration of this process, or null after saying what is wrong with it. */
export function readConfig(): Config | null {
  const config = loadConfig(process.env, textIfThere);
  if (config.ok) return config.value;
  for (const problem of config.problem) process.stderr.write(`sundial: ${configSentence(problem)}\n`);
  return null;
}

export async function run(args: string[]): Promise<number> {
  const words = wordsHere(zh, en);
  const given = parsed({ args, options: { help: { type: 'boolean', short: 'h' } } });
  if (given === null) {
    process.stderr.write(words.serve);
    return 2;
  }
  if (given.values.help === true) {
    process.stdout.write(words.serve);
    return 0;
  }
  const config = readConfig();
  if (config === null) return 2;
  // Before the start, which a signal may meet half way: it is finished, then stopped.
  const stopped = untilStopped();
  const running = await start(await openContext(config, { report: openReport(config.operation.level), alone: true }));
  console.log(`sundial: ${running.address}`);
  // Now, for a server that is killed has no time for it.
  flushCompileCache();
  await stopped;
  await running.close(config.operation.drainSeconds * 1000);
  return 0;
}
