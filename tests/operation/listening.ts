/** A desk's server behind a real listener, whose report is kept as text. */
import { Writable } from 'node:stream';
import { type Running, start } from '../../server/commands/serve.ts';
import type { Context } from '../../server/context.ts';
import { type Limits, usualLimits } from '../../server/http/listen.ts';
import { openReport } from '../../server/report.ts';
import { freePort } from '../fixtures/served.ts';

export interface Listening {
  readonly address: string;
  readonly port: number;
  readonly running: Running;
  /** Everything reported so far, as it was written. */
  readonly reported: () => string;
  /** The lines about requests, oldest first. */
  readonly requests: () => Record<string, unknown>[];
}

/** Listens on a free port and reports every level; `running.close()` closes the database too. */
export async function listen(
  context: Context,
  limits: Limits = usualLimits,
  metricsPort: number | null = null,
): Promise<Listening> {
  const parts: string[] = [];
  const sink = new Writable({
    write: (part, _, done) => {
      parts.push(String(part));
      done();
    },
  });
  const port = await freePort();
  const operation = { ...context.config.operation, metricsPort };
  const config = { ...context.config, port, operation };
  const running = await start({ ...context, config, report: openReport('debug', sink) }, limits);
  const reported = () => parts.join('');
  return {
    address: `http://127.0.0.1:${port}`,
    port,
    running,
    reported,
    requests: () =>
      reported()
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line))
        .filter(({ msg }) => msg === 'request'),
  };
}
