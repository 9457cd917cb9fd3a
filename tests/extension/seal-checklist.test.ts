// The check list before the seal, on a week worked out by hand.
import { expect, test } from 'vitest';
import { checkList } from '../../extension/screens/week/check-list.ts';
import type { Written } from '../../extension/store/queries.ts';
import type { Body, EntryBody } from '../../shared/api/journal.ts';
import { wordBook } from '../../shared/diary/wording.ts';

const week = '2026-W30';
const book = wordBook({
  termBase: [{ id: 't', preferred: '工作例会', aliases: ['例会'], definition: '' }],
  secrecyWords: ['案情'],
  terms: [],
});
const hold = { ground: 'privacy' as const, basis: '《政府信息公开条例》第十五条' };

function written(id: string, body: Body, held: string | null = null): Written {
  const kept = { id, week, salt: '', disclosure: '', digest: '', hold, parked: null };
  return { id, body, head: id, delivered: true, held: held === null ? null : { ...kept, prose: { text: held } } };
}
function entry(id: string, span: string, more: Partial<EntryBody> = {}, held: string | null = null): Written {
  const [day = '', start = '', end = ''] = span.split(' ');
  const body = {
    kind: 'entry' as const,
    week,
    day,
    start: `${day}T${start}`,
    end: `${day}T${end}`,
    category: 'meeting',
  };
  return written(id, held === null ? { ...body, text: '研究', ...more } : { ...body, hold, ...more }, held);
}
const check = (items: readonly Written[], drafts: readonly (readonly [string, string])[] = []) =>
  checkList(week, items, new Map(drafts), book);

test('a week with nothing to say has an empty list', () => {
  expect(check([entry('a', '2026-07-20 08:30 10:00'), entry('b', '2026-07-20 10:00 11:00')])).toEqual({
    entries: 2,
    uncategorised: [],
    secrecy: [],
    aliases: [],
    names: [],
    overlaps: [],
    blanks: [],
    drafts: [],
    held: [],
    late: [],
  });
});

test('blanks of 30 minutes and more between entries of a day are listed, shorter ones and nights are not', () => {
  const { blanks } = check([
    entry('c', '2026-07-21 09:00 10:00'),
    entry('b', '2026-07-20 12:30 13:00'),
    entry('a', '2026-07-20 08:30 12:00'),
    entry('d', '2026-07-21 10:29 11:00'),
  ]);
  expect(blanks).toEqual([{ start: '2026-07-20T12:00', minutes: 30, at: { kind: 'day', day: '2026-07-20' } }]);
});

test('entries without a category are listed; a withheld one may be without', () => {
  const { uncategorised } = check([
    entry('a', '2026-07-20 08:30 10:00', { category: undefined }),
    entry('b', '2026-07-20 10:00 11:00', { category: undefined }, '不公开'),
  ]);
  expect(uncategorised).toEqual([{ kind: 'entry', id: 'a', field: null }]);
});

test('aliases and names lead to the field they stand in, in the order of the diary, title first', () => {
  const { aliases, names } = check([
    written('r', { kind: 'review', week, text: '例会太长' }),
    written('d', { kind: 'review', week, day: '2026-07-20', text: '例会先发纸条' }),
    entry('a', '2026-07-20 08:30 10:00', { text: '局例会', thinking: '与王建国谈话后想到' }),
    written('t', { kind: 'title', week, text: '例会与案头' }),
  ]);
  expect(aliases.map(({ at }) => at)).toEqual([
    { kind: 'field', surface: 'title:2026-W30' },
    { kind: 'entry', id: 'a', field: 'text' },
    { kind: 'field', surface: 'review:2026-W30:2026-07-20' },
    { kind: 'field', surface: 'review:2026-W30:' },
  ]);
  expect(aliases[0]).toMatchObject({ original: '例会', instead: '工作例会' });
  expect(names).toEqual([{ original: '王建国', instead: '王某某', at: { kind: 'entry', id: 'a', field: 'thinking' } }]);
});

test('secrecy words are found in what is withheld too, wording is not', () => {
  const { secrecy, aliases } = check([entry('a', '2026-07-20 08:30 10:00', {}, '例会研判案情')]);
  expect(secrecy).toEqual([{ word: '案情', at: { kind: 'entry', id: 'a', field: 'text' } }]);
  expect(aliases).toEqual([]);
});

test('two entries at one time are one overlap; touching ones, and one split to withhold a part, are none', () => {
  const { overlaps } = check([
    entry('a', '2026-07-24 14:00 18:00'),
    entry('b', '2026-07-24 15:00 16:00'),
    entry('c', '2026-07-24 18:00 19:00'),
    entry('d', '2026-07-24 18:00 19:00', {}, '另一半'),
  ]);
  expect(overlaps).toEqual([{ start: '2026-07-24T15:00', at: { kind: 'entry', id: 'b', field: null } }]);
});

test('drafts of this week are listed, those of other weeks and empty ones are not', () => {
  const { drafts } = check(
    [entry('a', '2026-07-20 08:30 10:00')],
    [
      ['entry:a:result', '定了'],
      ['entry:z:text', '别的周'],
      ['review:2026-W30:2026-07-21', '想到'],
      ['review:2026-W29:', '上周'],
      ['title:2026-W30', ' '],
      ['desk:2026-07-26', '9:00-10:00 写到一半'],
      ['desk:2026-07-27', '下周'],
      ['sidepanel', '正在写'],
    ],
  );
  expect(drafts).toEqual([
    { kind: 'entry', id: 'a', field: 'result' },
    { kind: 'field', surface: 'review:2026-W30:2026-07-21' },
    { kind: 'day', day: '2026-07-26' },
  ]);
});

test('holds say ground and basis; late entries and corrections say for which week, and make no blanks here', () => {
  const { held, late, blanks, overlaps } = check([
    entry('a', '2026-07-20 08:30 10:00', {}, '不公开'),
    entry('b', '2026-07-16 08:30 10:00', { lateFor: '2026-W29' }),
    entry('c', '2026-07-16 14:00 15:00', { lateFor: '2026-W29', corrects: { item: 2, seal: 'x' } }),
  ]);
  expect(held).toEqual([{ hold, start: '2026-07-20T08:30', at: { kind: 'entry', id: 'a', field: null } }]);
  expect(late.map(({ forWeek, corrects }) => [forWeek, corrects])).toEqual([
    ['2026-W29', false],
    ['2026-W29', true],
  ]);
  expect([blanks, overlaps]).toEqual([[], []]);
});
