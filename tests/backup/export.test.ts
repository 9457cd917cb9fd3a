/** Plain exports over the real store: what stands in them, and what does not. */
import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { type ExportFormat, exportJournal } from '../../extension/commands/export.ts';
import { addEntries, setReview, setTitle } from '../../extension/commands/journal.ts';
import { backup as words } from '../../extension/locales/zh/backup.ts';
import { readJournalFile } from '../../shared/diary/journal-file.ts';
import { openProfile } from '../extension/profile-double.ts';

const hold = { ground: 'privacy' as const, basis: '第十五条' };
const entry = (day: string, text: string) => ({ day, start: `${day}T08:30`, end: `${day}T10:00`, text });
const tableWords = {
  columns: words.columns,
  category: (id: string) => id,
  mode: { collective: '集', focused: '静', oneToOne: '谈', emergency: '急', neutral: '其' },
  held: ({ ground, basis }: { ground: string; basis: string }) => words.heldBecause(ground, basis),
  enumeration: '、',
};

/** Three weeks, the middle one with a withheld line; on a device that does not sign it is parked. */
async function written(signs: boolean) {
  const { context } = await openProfile(async () => Promise.reject(new TypeError('offline')), { signs });
  await addEntries(
    [entry('2026-11-13', '前一周'), entry('2026-11-20', '这一周'), entry('2026-11-27', '后一周')],
    null,
    context,
  );
  await addEntries([entry('2026-11-19', '不能外传')], hold, context);
  await setTitle('2026-W47', '有“风”度', '', context);
  await setReview('2026-W47', null, '复盘', '', context);
  return async (format: ExportFormat, withHeld: boolean) => {
    const { blob, entries } = await exportJournal(
      { format, from: '2026-W47', to: '2026-W47', withHeld },
      tableWords,
      context,
    );
    return { text: await blob.text(), entries };
  };
}

test.each([true, false])(
  'a withheld text is in no export unless it is asked for (signing device: %s)',
  async (signs) => {
    const make = await written(signs);
    for (const format of ['csv', 'ics', 'json'] as const) {
      expect((await make(format, false)).text).not.toContain('不能外传');
      expect((await make(format, true)).text).toContain('不能外传');
      expect((await make(format, false)).text).toContain('第十五条');
    }
  },
);

test('only the weeks asked for are in it, with title and review in Sundial’s own file', async () => {
  const make = await written(true);
  const { text, entries } = await make('json', false);
  const read = readJournalFile(text);
  if (!read.ok) throw new Error(read.problem);
  expect(entries).toBe(2);
  expect(read.value.left).toEqual([]);
  expect(read.value.entries.map(({ day, text: words_, hold: held }) => [day, words_ ?? held?.ground])).toEqual([
    ['2026-11-19', 'privacy'],
    ['2026-11-20', '这一周'],
  ]);
  expect([read.value.titles[0]?.text, read.value.reviews[0]?.text]).toEqual(['有“风”度', '复盘']);
});

test('weeks in the wrong order are refused', async () => {
  const { context } = await openProfile(async () => Promise.reject(new TypeError('offline')));
  const wish = { format: 'csv' as const, from: '2026-W47', to: '2026-W46', withHeld: false };
  const refused = exportJournal(wish, tableWords, context);
  await expect(refused).rejects.toMatchObject({ code: 'FIELD_INVALID' });
});
