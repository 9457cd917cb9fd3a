/** Figures of this process for Prometheus. Labels come from closed sets only: route patterns, methods, codes, names of jobs. */
import { createServer } from 'node:http';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { type Context, secondsNow } from './context.ts';
import type { Db } from './database/port.ts';
import type { Answered } from './http/answered.ts';
import type { Listener } from './http/listen.ts';
import type { Job } from './jobs/job.ts';
import { deliveryCounts } from './notices/queries.ts';

export interface Metrics {
  readonly answered: (request: Answered) => void;
  /** A request that could not be read, by the status of its answer. */
  readonly unread: (status: number) => void;
  /** The same job, whose runs are counted. */
  readonly counted: (job: Job) => Job;
  /** The text of the exposition format; asks the database. */
  readonly text: (listener: Listener) => Promise<string>;
}

const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS']);

export function openMetrics(context: Context): Metrics {
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register });
  const requests = new Histogram({
    name: 'sundial_http_request_seconds',
    help: 'From the head of a request to the end of its answer; status 0: cut before there was one',
    labelNames: ['route', 'method', 'status'],
    buckets: seconds,
    registers,
  });
  const unread = new Counter({
    name: 'sundial_http_unread_total',
    help: 'Requests that were none, were too slow or had too large a head; no route was reached',
    labelNames: ['status'],
    registers,
  });
  const runs = new Counter({
    name: 'sundial_job_runs_total',
    help: 'Runs of jobs in this process',
    labelNames: ['job', 'outcome'],
    registers,
  });
  const gauges = gaugesOf(register);
  return {
    answered: ({ route, method, status, ms }) =>
      requests.observe({ route, method: methods.has(method) ? method : 'other', status }, ms / 1000),
    unread: (status) => unread.inc({ status }),
    counted: (job) => ({
      ...job,
      run: async (given) => {
        try {
          const done = await job.run(given);
          runs.inc({ job: job.name, outcome: 'done' });
          return done;
        } catch (error) {
          runs.inc({ job: job.name, outcome: 'failed' });
          throw error;
        }
      },
    }),
    text: async (listener) => {
      gauges.underway.set(listener.underway());
      gauges.connections.set(await listener.connections());
      gauges.dropped.set(listener.dropped());
      const pool = context.database.pool();
      for (const [state, count] of Object.entries(pool ?? {})) gauges.pool.set({ state }, count);
      gauges.up.set((await measureDatabase(context, gauges)) ? 1 : 0);
      return register.metrics();
    },
  };
}

type Gauges = ReturnType<typeof gaugesOf>;

function gaugesOf(register: Registry) {
  const gauge = (name: string, help: string, ...labelNames: string[]) =>
    new Gauge({ name: `sundial_${name}`, help, labelNames, registers: [register] });
  return {
    underway: gauge('http_requests_underway', 'Requests without a whole answer'),
    connections: gauge('http_connections', 'Open connections'),
    dropped: gauge('http_connections_dropped', 'Connections closed at once since the start, for there were too many'),
    pool: gauge('database_pool', 'Connections to PostgreSQL, and what waits for one', 'state'),
    up: gauge(
      'database_up',
      'Whether the database answered this scrape; what it says below is missing where it did not',
    ),
    outbox: gauge('outbox_waiting', 'Mails and calls of webhooks that are not sent yet', 'channel'),
    outboxAge: gauge('outbox_oldest_seconds', 'Age of the oldest of them', 'channel'),
    moderation: gauge('moderation_waiting', 'What a moderator has not decided', 'kind'),
    overdue: gauge('moderation_overdue', 'Of these, what is past its deadline', 'kind'),
    size: gauge('log_size', 'Leaves of the log'),
    headAge: gauge('log_head_age_seconds', 'Since the newest head was signed'),
    lastOk: gauge('job_last_success_timestamp_seconds', 'When a job last ended well, in any process', 'job'),
    attempts: gauge('job_attempts', 'Runs begun since then', 'job'),
  };
}

/** False where the database is away; then nothing is told in its place. */
async function measureDatabase(context: Context, gauges: Gauges): Promise<boolean> {
  const { outbox, outboxAge, moderation, overdue, size, headAge, lastOk, attempts } = gauges;
  for (const each of [outbox, outboxAge, moderation, overdue, size, headAge, lastOk, attempts]) each.reset();
  const { db } = context.database;
  const now = secondsNow(context);
  try {
    for (const { channel, state, count, oldest } of await deliveryCounts(db)) {
      if (state !== 'waiting') continue;
      outbox.set({ channel }, Number(count));
      outboxAge.set({ channel }, now - Number(oldest));
    }
    for (const [kind, { waiting, late }] of Object.entries(await moderationCounts(db, now))) {
      moderation.set({ kind }, waiting);
      overdue.set({ kind }, late);
    }
    const head = await db
      .selectFrom('log_head')
      .select(['size', 'at'])
      .orderBy('size', 'desc')
      .limit(1)
      .executeTakeFirst();
    size.set(head?.size ?? 0);
    if (head !== undefined) headAge.set(now - Math.floor(Date.parse(head.at) / 1000));
    for (const row of await db.selectFrom('job').select(['name', 'last_ok', 'attempts']).execute()) {
      if (row.last_ok !== null) lastOk.set({ job: row.name }, row.last_ok);
      attempts.set({ job: row.name }, row.attempts);
    }
    return true;
  } catch (error) {
    context.report.error('the database could not be measured', error);
    return false;
  }
}

/** Indexes `comment_waiting`, `comment_appeal_open`. */
async function moderationCounts(db: Db, now: number) {
  const count = async (table: 'comment' | 'comment_appeal') => {
    const { waiting, late } = await db
      .selectFrom(table)
      .select(({ fn, eb }) => [
        fn.countAll().as('waiting'),
        fn.sum(eb.case().when('decide_by', '<', now).then(1).else(0).end()).as('late'),
      ])
      .where('state', '=', 'waiting')
      .executeTakeFirstOrThrow();
    return { waiting: Number(waiting), late: Number(late ?? 0) };
  };
  return { comment: await count('comment'), appeal: await count('comment_appeal') };
}

/** Answers GET /metrics on this machine only. Gives the stop. */
export async function serveMetrics(
  port: number,
  text: () => Promise<string>,
  failed: (error: unknown) => void,
): Promise<() => Promise<void>> {
  const server = createServer({ headersTimeout: 5000, requestTimeout: 5000 }, (incoming, outgoing) => {
    if (incoming.url !== '/metrics' || incoming.method !== 'GET') {
      outgoing.writeHead(404).end();
      return;
    }
    text().then(
      (body) => outgoing.writeHead(200, { 'content-type': Registry.PROMETHEUS_CONTENT_TYPE }).end(body),
      (error: unknown) => {
        failed(error);
        outgoing.writeHead(500).end();
      },
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
}
