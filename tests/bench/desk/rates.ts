/** What the rates of the desk cost over 100,000 tickets, and how that grows: the answer of the page with nothing left out, on SQLite. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configFrom } from '../../../server/config.ts';
import { figures } from '../../../server/features/rates/service.ts';
import { openContext } from '../../../server/open-context.ts';
import { settings } from '../../fixtures/app.ts';
import { demoTicketRows, shanghai, type TicketRows, writeTickets } from '../../rates/ticket-rows.ts';
import { median, rounded } from '../extension/store.ts';

/** Sizes, each twice the one before. */
const sizes = [25_000, 50_000, 100_000] as const;
const rounds = 5;
const copiesAtOnce = 100;
const perCopy = demoTicketRows().length;

/** `rates100kTicketsMs`: the middle of five answers at 100,000, by the clock; `rates100kProcessorMs`: the processor's time of it.
 *  `ratesGrowthPerDoubling`: the mean growth of the processor's time over two doublings; the sizes cannot be taken in turns, and what else
 *  runs on the machine would stand in it by the clock. */
export async function measureRates(): Promise<object> {
  const folder = mkdtempSync(join(tmpdir(), 'sundial-rates-'));
  const config = configFrom(settings, { SUNDIAL_DATA: folder, SUNDIAL_ISSUER: 'https://diary.example' });
  const context = await openContext(config, { now: () => shanghai('2026-11-25T12:00') * 1000 });
  const ask = () => figures(context, { from: '2026-03-01', to: '2026-11-25' });
  const times: Time[] = [];
  let copies = 0;
  try {
    for (const size of sizes) {
      while (copies * perCopy < size) {
        const next = Math.min(copies + copiesAtOnce, Math.ceil(size / perCopy));
        const rows = Array.from({ length: next - copies }, (_, n) => copyOf(copies + n)).flat();
        await context.database.transaction((trx) => writeTickets(trx, rows));
        copies = next;
      }
      times.push(await middleOf(ask));
    }
  } finally {
    await context.database.close();
    rmSync(folder, { recursive: true, force: true });
  }
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined) throw new RangeError('nothing was measured');
  return {
    rates100kTicketsMs: Math.round(last.clockMs),
    rates100kProcessorMs: Math.round(last.processorMs),
    ratesGrowthPerDoubling: rounded(Math.sqrt(last.processorMs / first.processorMs)),
  };
}

/** The n-th copy of the demonstration's tickets, each twenty minutes before the one before: over the months, as tickets come. */
const copyOf = (n: number): readonly TicketRows[] => demoTicketRows(n).map((rows) => earlier(rows, n * 1200));

function earlier({ ticket, events, followUps }: TicketRows, seconds: number): TicketRows {
  const shifted = (row: TicketRows['ticket']): TicketRows['ticket'] =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, isInstant(value) ? value - seconds : value]));
  return { ticket: shifted(ticket), events: events.map(shifted), followUps: followUps.map(shifted) };
}

const isInstant = (value: string | number | null): value is number => typeof value === 'number' && value > 1e9;

interface Time {
  readonly clockMs: number;
  readonly processorMs: number;
}

async function middleOf(ask: () => Promise<unknown>): Promise<Time> {
  await ask();
  const times: Time[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const [began, used] = [performance.now(), process.cpuUsage()];
    await ask();
    const { user, system } = process.cpuUsage(used);
    times.push({ clockMs: performance.now() - began, processorMs: (user + system) / 1000 });
  }
  return {
    clockMs: median(times.map(({ clockMs }) => clockMs)),
    processorMs: median(times.map(({ processorMs }) => processorMs)),
  };
}
