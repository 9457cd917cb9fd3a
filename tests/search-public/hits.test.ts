import { expect, it } from 'vitest';
import { hitIn } from '../../shared/search/hits.ts';

const entry = (item: number, text: string, more = {}) => ({
  item,
  kind: 'entry',
  day: '2026-09-14',
  start: '2026-09-14T08:10',
  end: '2026-09-14T09:00',
  text,
  ...more,
});
const diary = (...items: readonly ReturnType<typeof entry>[]) => ({
  v: 1 as const,
  position: 0,
  draw: 'd-2026-w38',
  unit: 'u01',
  week: '2026-W38',
  publishedAt: 1,
  items: [{ item: 0, kind: 'title', text: '棚子亮了' }, ...items],
});

it('a diary with only one of two words is no hit; with both in different entries it is', () => {
  const said = diary(entry(1, '看充电棚地基'), entry(2, '街道周例会'));
  expect(hitIn(said, ['充电棚', '听证'], [])).toBeNull();
  const hit = hitIn(said, ['充电棚', '例会'], []);
  expect(hit?.places.map(({ item, start, snippet }) => [item, start, snippet.text])).toEqual([
    [1, '2026-09-14T08:10', '看充电棚地基'],
    [2, '2026-09-14T08:10', '街道周例会'],
  ]);
});

it('the name of the unit counts as said, and gives no place', () => {
  expect(hitIn(diary(entry(1, '例会')), ['石埠'], ['石埠街道', 'Shibu'])?.places).toEqual([]);
});

it('at most three places are shown, those with most words, in the order of the diary; the others are counted', () => {
  const said = diary(entry(1, '棚'), entry(2, '棚'), entry(3, '棚和里'), entry(4, '棚'), entry(5, '棚和里'));
  const hit = hitIn(said, ['棚', '里'], []);
  expect(hit?.places.map(({ item }) => item)).toEqual([1, 3, 5]);
  expect(hit?.more).toBe(2);
});

it('a word in the title is marked there; one in the name of a thread or in the place says so', () => {
  const said = diary(entry(1, '看地基', { place: '棉纺新村', threads: [{ id: 't', name: '充电棚整治' }] }));
  expect(hitIn(said, ['棚子'], [])?.title?.marks).toEqual([[0, 2]]);
  expect(hitIn(said, ['充电棚'], [])?.places[0]).toMatchObject({ of: 'thread', snippet: { text: '充电棚整治' } });
  expect(hitIn(said, ['棉纺'], [])?.places[0]).toMatchObject({ of: 'place', snippet: { text: '棉纺新村' } });
});
