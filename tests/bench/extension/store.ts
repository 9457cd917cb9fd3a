/** A store as bench and browser share it: rows of the demonstration's entries over ten years, written as a sync would leave them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

type Body = Readonly<Record<string, unknown>>;

/** Bodies of every entry of the demonstration. */
export function demoBodies(): readonly Body[] {
  const folder = join(import.meta.dirname, '..', '..', '..', 'server', 'demo', 'data', 'weeks');
  return readdirSync(folder).flatMap((name) => {
    const week: { readonly items: readonly (Body & { readonly kind: string })[] } = JSON.parse(
      readFileSync(join(folder, name), 'utf8'),
    );
    return week.items.filter(({ kind }) => kind === 'entry');
  });
}

/** `count` entries, the last of them on `until`, ten years back. */
export function entriesUntil(until: Date, count: number): readonly Body[] {
  const bodies = demoBodies();
  const last = Math.floor(until.getTime() / dayMs);
  return Array.from({ length: count }, (_, n) => {
    const at = (last - Math.floor(((count - 1 - n) * 3650) / count)) * dayMs;
    const day = new Date(at).toISOString().slice(0, 10);
    const hour = String(6 + (n % 15)).padStart(2, '0');
    const placed = { kind: 'entry', week: weekOf(at), day, start: `${day}T${hour}:00`, end: `${day}T${hour}:50` };
    return { ...bodies[(n * 7919) % bodies.length], ...placed };
  });
}

/** Puts records into tables of the open extension page's store, as they are. */
export async function put(page: Page, tables: Readonly<Record<string, readonly object[]>>): Promise<void> {
  for (const [table, records] of Object.entries(tables))
    for (let from = 0; from < records.length; from += 5000)
      await page.evaluate(
        async ({ table, records }) => {
          const database = await new Promise<IDBDatabase>((resolve, reject) => {
            const request = indexedDB.open('sundial');
            request.onsuccess = () => resolve(request.result);
            request.onerror = () => reject(request.error);
          });
          const transaction = database.transaction(table, 'readwrite', { durability: 'relaxed' });
          for (const record of records) transaction.objectStore(table).put(record);
          await new Promise<void>((resolve, reject) => {
            transaction.oncomplete = () => resolve();
            transaction.onerror = () => reject(transaction.error);
          });
          database.close();
        },
        { table, records: records.slice(from, from + 5000) },
      );
}

/** An id of 26 letters that rises with its number. */
export const numbered = (prefix: string, n: number): string => `01${prefix}${String(n).padStart(23, '0')}`;

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value below which this share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const rounded = (value: number): number => Math.round(value * 100) / 100;

const dayMs = 86_400_000;

function weekOf(at: number): string {
  const thursday = at + (3 - ((new Date(at).getUTCDay() + 6) % 7)) * dayMs;
  const year = new Date(thursday).getUTCFullYear();
  const week = Math.floor((thursday - Date.UTC(year, 0, 1)) / (7 * dayMs)) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}
