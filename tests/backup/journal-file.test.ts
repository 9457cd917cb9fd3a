import { expect, test } from 'vitest';
import { journalFile, readJournalFile } from '../../shared/diary/journal-file.ts';

const id = (n: number) => `01k0000000000000000000000${n}`;
const entry = {
  kind: 'entry' as const,
  week: '2026-W47',
  day: '2026-11-20',
  start: '2026-11-20T08:30',
  end: '2026-11-20T10:00',
  text: '研究部署“网格化”管理\n第二行，a"b\\c',
  threads: [{ id: 't1', name: '老旧小区改造' }],
};
const review = { kind: 'review' as const, week: '2026-W47', text: '本周复盘' };
const title = { kind: 'title' as const, week: '2026-W47', text: '有“风”度' };

test('what was written into a file is read back the same', () => {
  const text = journalFile('Asia/Shanghai', [
    { id: id(1), body: entry, prose: null },
    { id: id(2), body: review, prose: null },
    { id: id(3), body: title, prose: null },
  ]);
  expect(readJournalFile(text)).toEqual({
    ok: true,
    value: {
      zone: 'Asia/Shanghai',
      entries: [{ id: id(1), ...entry }],
      reviews: [{ id: id(2), ...review }],
      titles: [{ id: id(3), ...title }],
      left: [],
    },
  });
});

test('a withheld entry keeps its ground, and its text only where it was asked for', () => {
  const { text: _, threads: __, ...cover } = entry;
  const hold = { ground: 'privacy' as const, basis: '第十五条' };
  const body = { ...cover, hold, digest: 'A'.repeat(43) };
  const without = readJournalFile(journalFile('Asia/Shanghai', [{ id: id(1), body, prose: null }]));
  const withText = readJournalFile(journalFile('Asia/Shanghai', [{ id: id(1), body, prose: { text: '谈话' } }]));
  expect(without.ok && without.value.entries[0]).toEqual({ id: id(1), ...body });
  expect(withText.ok && withText.value.entries[0]).toEqual({ id: id(1), ...body, text: '谈话' });
});

test('one bad entry is named and does not lose the others', () => {
  const text = JSON.stringify({
    format: 'sundial-journal',
    version: 1,
    zone: 'Asia/Shanghai',
    entries: [
      { ...entry, id: id(1), start: '8:30' },
      { ...entry, id: id(2) },
    ],
    reviews: [],
    titles: [],
  });
  const read = readJournalFile(`\uFEFF${text}`);
  expect(read).toMatchObject({
    ok: true,
    value: { entries: [{ id: id(2) }], left: [{ list: 'entries', index: 0, field: 'start' }] },
  });
});

test.each([
  ['{', 'NOT_JSON'],
  ['{"entries":[]}', 'OTHER_FORMAT'],
  ['{"format":"sundial-journal","version":2,"zone":"Asia/Shanghai","entries":[],"reviews":[],"titles":[]}', 'NEWER'],
  [
    '{"format":"sundial-journal","version":1,"zone":"Asia/Nowhere","entries":[],"reviews":[],"titles":[]}',
    'OTHER_FORMAT',
  ],
])('%s is no journal: %s', (text, problem) => {
  expect(readJournalFile(text)).toEqual({ ok: false, problem });
});
