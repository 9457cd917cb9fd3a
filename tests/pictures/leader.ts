/** The store of a leader of Shibu who has written for fifteen weeks, as the pictures show it on a Friday evening. */
import type { Page } from 'playwright-core';
import type { HeldItem, StoredRow } from '../../extension/store/database.ts';
import type { DemoDiary, DemoSet } from '../../server/demo/demo-set.ts';
import { demoSettings } from '../../server/demo/settings.ts';
import { bodyOf } from '../../server/demo/showings.ts';
import type { Body } from '../../shared/api/journal.ts';
import { profile, putRows } from '../fixtures/filled-store.ts';
import { moved } from './office.ts';

const until = '2026-10-16T17:45';
/** The moment of the pictures. */
export const friday = new Date(`${until}:00+08:00`);

/** The tables of the leader's store: every week before this one is sealed. */
export function leaderTables(set: DemoSet) {
  const diaries = leaderWeeks(set);
  const { name, terms = [], termBase = [], calendar } = demoSettings(set);
  const own = terms.filter(({ unit }) => unit === 'shibu');
  return {
    ...storeOf(diaries),
    weeks: diaries
      .filter(({ week }) => week < '2026-W42')
      .map(({ week }) => ({ week, seal: week, rev: 1, index: 1, open: false, frozen: true })),
    profile: [{ ...profile, organisation: { ...profile.organisation, ...calendar, name, terms: own, termBase } }],
    personal: [{ id: 'focusedTarget', value: 30 }],
    templates: [{ id: 'pictures', line: '17:30-18:00 班子碰头', weekdays: [5], usedAt: friday.getTime() }],
  };
}

/** Leaves an own change of an entry in the tray: another device came first. */
export async function leaveInTray(page: Page, set: DemoSet): Promise<void> {
  const current = storeOf(leaderWeeks(set)).rows.find(({ body }) => body?.text === '检查北门棚消防验收');
  if (current?.body?.kind !== 'entry') throw new Error('the demonstration has no such entry');
  const body = { ...current.body, text: '检查北门棚消防验收，补了两处灭火器' };
  const { id } = current;
  const at = friday.getTime();
  await putRows(page, { tray: [{ key: 1, id, body, reason: 'CONFLICT', field: null, detail: null, current, at }] });
  await page.reload();
}

/** The weeks of a leader of Shibu, with the own diaries where they belong and colleagues' in the weeks between. */
function leaderWeeks(set: DemoSet): DemoDiary[] {
  const own = ['2026-w30-shibu', '2026-w38-shibu', '2026-w42-shibu'].flatMap((id) => set.diaries.get(id) ?? []);
  const others = [...set.diaries.values()].filter(({ unit }) => unit !== 'shibu');
  const weeks = Array.from({ length: 15 }, (_, n) => `2026-W${27 + n}`);
  const free = weeks.filter((week) => own.every((diary) => diary.week !== week));
  return [...own, ...free.flatMap((week, n) => moved(others[n % others.length], week))];
}

/** Rows and withheld texts of the store, as a sync would leave them at that moment. */
function storeOf(diaries: readonly DemoDiary[]): { rows: StoredRow[]; held: HeldItem[] } {
  const held: HeldItem[] = [];
  const items = diaries.flatMap(({ week, items }) => items.map((item) => ({ week, item })));
  const rows = items.flatMap(({ week, item }, n): StoredRow[] => {
    const { lateFor, hold } = item;
    if (lateFor !== undefined || (item.start ?? item.day ?? '') > until) return [];
    const id = `01k${String(n + 1).padStart(23, '0')}`;
    const row = { id, head: id, seq: n + 1, schema: 1, del: false, week, epoch: 1 };
    const body = bodyOf(item, week);
    if (hold === undefined) return [{ ...row, body }];
    const { text, ...cover } = body;
    const digest = 'A'.repeat(43);
    held.push({ id, week, prose: { text }, salt: 'A'.repeat(22), disclosure: '', digest, hold, parked: null });
    return [{ ...row, body: { ...cover, hold, digest } as Body }];
  });
  return { rows, held };
}
