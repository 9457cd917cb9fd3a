import { describe, expect, it } from 'vitest';
import { completed, completePlace, completeThread, openMarkAt } from '../../shared/diary/thread.ts';

const threads = [
  { id: 'charging-sheds', name: '电动自行车充电棚整治', aliases: ['充电棚整治', '飞线治理'] },
  { id: 'typhoon-qinghe', name: '台风“青禾”应对', aliases: ['台风青禾', '防台'] },
  { id: 'port', name: 'Harbour Line', aliases: [] },
];
const ids = (typed: string) => completeThread(typed, threads).map(({ id }) => id);

describe('completing # and @', () => {
  it.each([
    ['看漏雨 #台', 'thread', '台'],
    ['看漏雨 #', 'thread', ''],
    ['看漏雨 ＠棉纺', 'place', '棉纺'],
    ['开会@2', 'place', '2'],
    ['#防', 'thread', '防'],
  ])('%s| stands in a mark', (line, kind, typed) =>
    expect(openMarkAt(line, line.length)).toEqual({
      kind,
      typed,
      from: line.length - typed.length - 1,
      to: line.length,
    }),
  );

  it.each(['看漏雨', '看漏雨 #台 ', '看3#', 'a@b', '#台，', ''])('%j| does not', (line) =>
    expect(openMarkAt(line, line.length)).toBeNull(),
  );

  it('only what stands before the caret counts', () =>
    expect(openMarkAt('看 #台风 后', 4)).toMatchObject({ typed: '台', from: 2 }));

  it('by prefix of the name or an alias, then by a part of it', () => {
    expect(ids('台')).toEqual(['typhoon-qinghe']);
    expect(ids('防')).toEqual(['typhoon-qinghe']);
    expect(ids('台风青')).toEqual(['typhoon-qinghe']);
    expect(ids('harbourL')).toEqual(['port']);
    expect(ids('治')).toEqual(['charging-sheds']);
    expect(ids('')).toEqual(['charging-sheds', 'typhoon-qinghe', 'port']);
    expect(ids('无')).toEqual([]);
    expect(completeThread('', threads, 1)).toHaveLength(1);
  });

  it('places once each, the recent first', () =>
    expect(completePlace('棉', ['棉纺新村', '石埠小学', '棉纺新村', '老棉仓库', '棉田'])).toEqual([
      '棉纺新村',
      '棉田',
      '老棉仓库',
    ]));

  it('a chosen name replaces what was typed, one blank behind it', () => {
    const line = '看漏雨 #台后面';
    const mark = openMarkAt(line, 6);
    expect(mark && completed(line, mark, '台风青禾')).toEqual({ line: '看漏雨 #台风青禾 后面', caret: 10 });
  });
});
