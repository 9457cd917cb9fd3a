/** The table of open data: a row for whatever was signed, also where it is withheld, corrected, late or shown again, and every cell of its own. */
import { expect, test } from 'vitest';
import type { DiaryView, ViewItem, ViewProse } from '../../server/public/diary-view.ts';
import { openRows } from '../../server/public/open-data.ts';

const prose = (text: string): ViewProse => ({
  text,
  place: null,
  detail: null,
  thinking: null,
  result: null,
  next: null,
  threads: [],
  images: [],
});
const item = (index: number, more: Partial<ViewItem>): ViewItem => ({
  index,
  kind: 'entry',
  day: '2026-11-16',
  start: '2026-11-16T09:00',
  end: '2026-11-16T10:30',
  category: 'meeting',
  mode: 'collective',
  lateFor: null,
  corrects: null,
  prose: prose(`第${index}条`),
  hold: null,
  released: null,
  ...more,
});
const ground = { ground: 'privacy', basis: '《条例》第十五条' } as const;
const items = [
  item(0, {}),
  item(1, { prose: null, hold: { ...ground, by: 'seal', at: null, afterDraw: false } }),
  item(2, { prose: null, hold: { ...ground, by: 'reviewer', at: 1_795_000_000, afterDraw: true } }),
  item(3, { corrects: { seal: 'S'.repeat(43), item: 7 } }),
  item(4, { lateFor: '2026-W46', day: '2026-11-13', start: '2026-11-13T23:30', end: '2026-11-14T01:00' }),
  item(5, { released: { ...ground, why: '已办结', at: 1_796_000_000 } }),
  item(6, { end: '2026-11-16T09:00' }),
];
const diary: DiaryView = {
  draw: 'd-2026-w47',
  unit: 'lianpu',
  week: '2026-W47',
  zone: 'Asia/Shanghai',
  items,
  seal: 'Q'.repeat(43),
  publishedAt: 1_794_900_000,
  changedAt: 1_796_000_000,
  position: 3,
  sealed: { index: 5, rev: 1, sealedAt: 1_794_700_000, latestAck: null, acks: 0, drawnAt: 1_794_800_000 },
  imported: null,
};

test('every item has its row, and no cell says "as above"', () => {
  const rows = openRows([diary, { ...diary, draw: 'd-2026-w48', week: '2026-W48' }]);
  expect(rows.map(({ id }) => id)).toEqual(
    ['d-2026-w47', 'd-2026-w48'].flatMap((draw) => items.map((_, n) => `${draw}/lianpu/${n}`)),
  );
  for (const row of rows.slice(0, items.length))
    expect(row).toMatchObject({
      draw: 'd-2026-w47',
      unit: 'lianpu',
      week: '2026-W47',
      kind: 'entry',
      category: 'meeting',
      mode: 'collective',
      seal: 'Q'.repeat(43),
      sealedAt: 1_794_700_000,
      publishedAt: 1_794_900_000,
      imported: null,
    });
});

test('what is withheld has its span, ground, provision, who and when; what is shown again why', () => {
  const rows = openRows([diary]);
  const held = { text: null, heldGround: 'privacy', heldBasis: '《条例》第十五条', start: '2026-11-16T09:00' };
  const span = { day: '2026-11-16', end: '2026-11-16T10:30' };
  expect(rows[1]).toMatchObject({ ...held, ...span, heldBy: 'seal', heldAt: null, heldAfterDraw: false });
  expect(rows[2]).toMatchObject({ ...held, ...span, heldBy: 'reviewer', heldAt: 1_795_000_000, heldAfterDraw: true });
  expect(rows[5]).toMatchObject({
    text: '第5条',
    heldGround: null,
    releasedGround: 'privacy',
    releasedWhy: '已办结',
    releasedAt: 1_796_000_000,
  });
});

test('a correction points to what it corrects, a late entry to its week; both have their times', () => {
  const rows = openRows([diary]);
  expect(rows[3]).toMatchObject({ text: '第3条', corrects: `${'S'.repeat(43)}/7`, lateFor: null });
  expect(rows[4]).toMatchObject({
    text: '第4条',
    lateFor: '2026-W46',
    day: '2026-11-13',
    start: '2026-11-13T23:30',
    end: '2026-11-14T01:00',
  });
  expect(rows[6]).toMatchObject({ start: '2026-11-16T09:00', end: '2026-11-16T09:00' });
});
