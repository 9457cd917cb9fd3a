// #脉络, @地点 and the text that is stored.
import { describe, expect, it } from 'vitest';
import { read } from '../fixtures/quick-entry.ts';

const threads = [
  { id: 'typhoon-qinghe', name: '台风“青禾”应对', aliases: ['台风青禾', '防台'] },
  { id: 'port-one-order', name: '一单到港', aliases: ['湖港快线', 'Harbour Line'] },
];
const only = (line: string) => {
  const [reading] = read(line, { threads });
  return { text: reading?.text, threads: reading?.threads.map(({ id, name }) => id ?? name), place: reading?.place };
};

describe('marks', () => {
  it.each([
    ['9:00-10:00 看漏雨 #台风青禾 @棉纺新村', { text: '看漏雨', threads: ['typhoon-qinghe'], place: '棉纺新村' }],
    ['9:00-10:00 看漏雨 @棉纺新村 #防台', { text: '看漏雨', threads: ['typhoon-qinghe'], place: '棉纺新村' }],
    [
      '9:00-10:00 看漏雨 ＃台风“青禾”应对　＠棉纺新村',
      { text: '看漏雨', threads: ['typhoon-qinghe'], place: '棉纺新村' },
    ],
    ['9:00-10:00 看漏雨 #台风青禾。', { text: '看漏雨。', threads: ['typhoon-qinghe'], place: null }],
    ['9:00-10:00 联调 #harbour line', { text: '联调', threads: ['port-one-order'], place: null }],
    ['9:00-10:00 联调 #“一单到港”', { text: '联调', threads: ['port-one-order'], place: null }],
    ['9:00-10:00 联调 #一单到港#', { text: '联调', threads: ['port-one-order'], place: null }],
    ['9:00-10:00 联调 #一单到港 #湖港快线', { text: '联调', threads: ['port-one-order'], place: null }],
    ['9:00-10:00 联调 #新的事', { text: '联调', threads: ['新的事'], place: null }],
    ['9:00-10:00 开会@201会议室', { text: '开会', threads: [], place: '201会议室' }],
    ['9:00-10:00 visit @“City Hall”', { text: 'visit', threads: [], place: 'City Hall' }],
    ['看漏雨 #防台 @棉纺新村', { text: '看漏雨', threads: ['typhoon-qinghe'], place: '棉纺新村' }],
  ])('%s', (line, expected) => expect(only(line)).toEqual(expected));

  it('a mark inside the text stays as it was typed', () =>
    expect(only('9:00-10:00 到 @棉纺新村 看 #防台 漏雨点')).toEqual({
      text: '到 @棉纺新村 看 #防台 漏雨点',
      threads: ['typhoon-qinghe'],
      place: '棉纺新村',
    }));

  it('signs inside words are no marks', () =>
    expect(only('9:00-10:00 看3#楼、#1机组，联系a@b.cn，C# 课')).toEqual({
      text: '看3#楼、#1机组，联系a@b.cn，C# 课',
      threads: [],
      place: null,
    }));

  it('the text keeps its width, quotes and inner blanks', () =>
    expect(only('９：００－１０：００　“一单到港”  ２期 ｛试｝')).toEqual({
      text: '“一单到港”  ２期 ｛试｝',
      threads: [],
      place: null,
    }));
});
