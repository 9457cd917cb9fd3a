/** What the rates of the desk cost over 100,000 tickets, and how that grows: the answer of the page with nothing left out, on SQLite. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configFrom } from '../../../server/config.ts';
import { openContext } from '../../../server/context.ts';
import { figures } from '../../../server/features/rates/service.ts';
import { settings } from '../../fixtures/app.ts';
import { demoTicketRows, shanghai, type TicketRows, writeTickets } from '../../rates/ticket-rows.ts';

/** Sizes, each twice the one before. */
const sizes = [25_000, 50_000, 100_000] as const;
const rounds = 5;
const copiesAtOnce = 100;
const perCopy = demoTicketRows().length;

/** `rates100kTicketsMs`: the middle of five answers at 100,000. `ratesGrowthPerDoubling`: the mean growth over two doublings. */
export async function measureRates(): Promise<{ rates100kTicketsMs: number; ratesGrowthPerDoubling: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'sundial-rates-'));
  const config = configFrom(settings, { SUNDIAL_DATA: folder, SUNDIAL_ISSUER: 'https://diary.example' });
  const context = await openContext(config, { now: () => shanghai('2026-11-25T12:00') * 1000 });
  const ask = () => figures(context, { from: '2026-03-01', to: '2026-11-25' });
  const times: number[] = [];
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
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  return {
    rates100kTicketsMs: Math.round(last),
    ratesGrowthPerDoubling: Math.round(Math.sqrt(last / first) * 100) / 100,
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

async function middleOf(ask: () => Promise<unknown>): Promise<number> {
  await ask();
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    await ask();
    times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
}
