// The table of "The quick-entry line", row by row, typed on Thursday 2026-07-16.
import { describe, expect, it } from 'vitest';
import { formatMinute } from '../../shared/time/civil.ts';
import { dayText, july, minute, read, spanOf, spanText } from '../fixtures/quick-entry.ts';

const work = '研究部署社会基层治理网格化管理工作';

describe('a range', () => {
  it('8:30-10:00 研究部署社会基层治理网格化管理工作', () => {
    expect(spanOf(`8:30-10:00 ${work}`)).toBe(july(16, '08:30-10:00'));
    expect(read(`8:30-10:00 ${work}`)[0]).toMatchObject({ text: work, category: 'meeting', place: null, threads: [] });
  });

  it.each([
    '8：30－10：00',
    '８：３０－１０：００',
    '8:30—10:00',
    '8:30——10:00',
    '8:30~10:00',
    '8:30～10:00',
    '8:30至10:00',
    '0830-1000',
    '8.30-10.00',
    '830-1000',
    '8点半到10点',
    '上午8点30分至10点',
    '八点半到十点',
    '８点半～１０点',
    '8點半至10點',
    '8时30分-10时',
    '8:30 - 10:00',
    '8:30→10:00',
    '8 : 30 - 10 : 00',
    '8:30:00-10:00:59',
    '8。30-10。00',
    'from 8:30 to 10:00',
    '从8:30到10:00',
    '8:30am–10am',
    '8:30-10',
    '0830-10:00',
    '8:30-1000',
    '【8:30-10:00】',
    '（8:30-10:00）',
    '1、8:30-10:00',
    '①8:30-10:00',
    '- 8:30-10:00',
    '8:30起至10:00',
    '8:30点到10:00点',
    '上午830-1000',
    '8:30-10:00：',
    '8：30—10：00： ',
    '8:30 to 10:00:',
    '8 点半到 10 点',
    '8 点 30 分 - 10 点',
    '上午 8 点 30 分至 10 点',
  ])('%s is 08:30–10:00', (time) => {
    expect(spanOf(`${time} 例会`)).toBe(july(16, '08:30-10:00'));
    expect(read(`${time} 例会`)[0]?.text).toBe('例会');
  });

  it.each([
    ['十点一刻到十一点三刻', '10:15-11:45'],
    ['下午2点到4点半', '14:00-16:30'],
    ['2pm-4:30pm', '14:00-16:30'],
    ['2-4:30pm', '14:00-16:30'],
    ['2 p.m. to 4:30 p.m.', '14:00-16:30'],
    ['2PM–4:30PM', '14:00-16:30'],
    ['晚上8点-10点', '20:00-22:00'],
    ['中午12点-下午1点', '12:00-13:00'],
    ['中午12:30-1:30', '12:30-13:30'],
    ['下午2-4点', '14:00-16:00'],
    ['下午2-4', '14:00-16:00'],
    ['上午10点半到12点', '10:30-12:00'],
    ['早8点-晚6点', '08:00-18:00'],
    ['8点到晚上10点', '08:00-22:00'],
    ['2点到下午4点', '14:00-16:00'],
    ['十二点四十到下午一点半', '12:40-13:30'],
    ['二十点三十分至二十二点', '20:30-22:00'],
    ['廿一点到廿二点', '21:00-22:00'],
    ['差五分九点到十点', '08:55-10:00'],
    ['8点零五分到9点', '08:05-09:00'],
    ['8点过5分到9点', '08:05-09:00'],
    ['下午230-400', '14:30-16:00'],
    ['下午2.30-4.00', '14:30-16:00'],
    ['上午8：30至下午5：30', '08:30-17:30'],
    ['11-1pm', '11:00-13:00'],
    ['10-2pm', '10:00-14:00'],
    ['10am-noon', '10:00-12:00'],
    ['10pm-midnight', '22:00-24:00'],
    ['8:00-22:00', '08:00-22:00'],
    ['930到11点', '09:30-11:00'],
    ['930-11点', '09:30-11:00'],
    ['930至11时', '09:30-11:00'],
    ['0933到十一点半', '09:33-11:30'],
    ['930到下午2点', '09:30-14:00'],
    ['下午230到4点', '14:30-16:00'],
    ['1945到22点', '19:45-22:00'],
    ['930-11am', '09:30-11:00'],
    ['930 to noon', '09:30-12:00'],
    ['930到3点', '09:30-15:00'],
    ['9.30到11点', '09:30-11:00'],
    ['9.30-11am', '09:30-11:00'],
    ['noon to 1', '12:00-13:00'],
    ['noon-1:30', '12:00-13:30'],
    ['上午：9:00-10:00', '09:00-10:00'],
    ['下午：2:00-4:00', '14:00-16:00'],
  ])('%s is %s', (time, range) => expect(spanOf(`${time} 例会`)).toBe(july(16, range)));

  it.each([
    '人才公寓看房',
    '人大代表座谈',
    '年度总结会',
    '元旦慰问',
    '房地产调度会',
    '户外作业检查',
    '万达广场走访',
    '室外管网检查',
    '号召捐款',
    '米面市场走访',
  ])('0830-1000 %s: what only begins like a unit counts nothing', (text) =>
    expect(read(`0830-1000 ${text}`)).toMatchObject([{ text, start: minute('2026-07-16T08:30') }]),
  );

  it.each(['3号楼漏水', '12345热线调度', '3家企业走访', '2026年工作谋划'])(
    '8:30-10:00%s, without a blank, ends at 10:00',
    (text) => {
      expect(spanOf(`8:30-10:00${text}`)).toBe(july(16, '08:30-10:00'));
      expect(read(`8:30-10:00${text}`)[0]?.text).toBe(text);
    },
  );

  it.each(['与3名干部谈心', '周末值守安排', '路灯检修', '楼道清理', '人大代表座谈', '月度例会', '走访'])(
    '周二 9-11 %s: what only begins like a unit counts nothing',
    (text) => {
      expect(spanOf(`周二 9-11 ${text}`)).toBe(july(14, '09:00-11:00'));
      expect(read(`周二 9-11 ${text}`)[0]?.text).toBe(text);
    },
  );

  it('9:00 3M Australia is with a firm, not three minutes', () =>
    expect(read('9:00 3M Australia')).toMatchObject([{ text: '3M Australia', end: null }]));

  it('a colon and a number behind a time are no seconds', () =>
    expect(read('8:30-10:00：10人座谈')[0]?.text).toBe('10人座谈'));

  it('a colon parts a start from its text', () => {
    expect(spanOf('8：30：会见客商')).toBe('2026-07-16T08:30 -');
    expect(read('8：30：会见客商')[0]?.text).toBe('会见客商');
  });

  it.each(['14:00-现在', '下午2点到现在', '14:00至今', '14:00-now'])('%s ends now, rounded to 5 minutes', (time) =>
    expect(spanOf(`${time} 值守`)).toBe(july(16, '14:00-15:30')),
  );
});

describe('days', () => {
  it.each([
    ['昨天下午2点-3点', july(15, '14:00-15:00')],
    ['昨晚11点-12点半', july(15, '23:00-00:30')],
    ['昨晚11点-凌晨1点', july(15, '23:00-01:00')],
    ['昨夜十一点到次日一点半', july(15, '23:00-01:30')],
    ['7月14日 9:00-11:30', july(14, '09:00-11:30')],
    ['七月十四日9:00-11:30', july(14, '09:00-11:30')],
    ['7月14日（周二）上午9点-11点半', july(14, '09:00-11:30')],
    ['周二（7月14日）上午9点-11点半', july(14, '09:00-11:30')],
    ['7.14（周二）9:00-11:30', july(14, '09:00-11:30')],
    ['Tuesday, 14 July 9am-11:30am', july(14, '09:00-11:30')],
    ['7-14 9:00-11:30', july(14, '09:00-11:30')],
    ['7.14上午9:00-11:30', july(14, '09:00-11:30')],
    ['（7月14日）9:00-11:30', july(14, '09:00-11:30')],
    ['【周二】9:00-11:30', july(14, '09:00-11:30')],
    ['[7-14] 上午9点-11点半', july(14, '09:00-11:30')],
    ['20260714 9:00-11:30', july(14, '09:00-11:30')],
    ['14/07/2026 9:00-11:30', july(14, '09:00-11:30')],
    ['昨下午2点-3点', july(15, '14:00-15:00')],
    ['今上午9点-11点半', july(16, '09:00-11:30')],
    ['7/14 9:00-11:30', july(14, '09:00-11:30')],
    ['7.14 9:00-11:30', july(14, '09:00-11:30')],
    ['14号9:00-11:30', july(14, '09:00-11:30')],
    ['2026年7月14日 9:00-11:30', july(14, '09:00-11:30')],
    ['2026-07-14 09:00-11:30', july(14, '09:00-11:30')],
    ['2026-07-14T09:00-11:30', july(14, '09:00-11:30')],
    ['周二9:00-11:30', july(14, '09:00-11:30')],
    ['周二 9-11', july(14, '09:00-11:00')],
    ['周二9-11，', july(14, '09:00-11:00')],
    ['周二 9至11', july(14, '09:00-11:00')],
    ['星期二：8-12', july(14, '08:00-12:00')],
    ['昨天 14-16', july(15, '14:00-16:00')],
    ['今天 9-11', july(16, '09:00-11:00')],
    ['7月14日 9-11', july(14, '09:00-11:00')],
    ['14号 10-12', july(14, '10:00-12:00')],
    ['Tue 9-11', july(14, '09:00-11:00')],
    ['Friday 14-16', july(10, '14:00-16:00')],
    ['星期二上午9点-11点半', july(14, '09:00-11:30')],
    ['周四9:00-11:30', july(16, '09:00-11:30')],
    ['周五9:00-11:30', july(10, '09:00-11:30')],
    ['礼拜天9:00-11:30', july(12, '09:00-11:30')],
    ['上周五 9:00-11:30', july(10, '09:00-11:30')],
    ['上周二 9:00-11:30', july(7, '09:00-11:30')],
    ['上上周二 9:00-11:30', '2026-06-30T09:00 2026-06-30T11:30'],
    ['本周五9:00-11:30', july(17, '09:00-11:30')],
    ['前天 9:00-11:30', july(14, '09:00-11:30')],
    ['今晚8点-10点', july(16, '20:00-22:00')],
    ['yesterday 2-3pm', july(15, '14:00-15:00')],
    ['last night 11pm-12:30am', july(15, '23:00-00:30')],
    ['last Friday 9-11am', july(10, '09:00-11:00')],
    ['Tue 9:00-11:30', july(14, '09:00-11:30')],
    ['July 14 9:00-11:30', july(14, '09:00-11:30')],
    ['14 July 2026 9am-11:30am', july(14, '09:00-11:30')],
    ['7月17日 9:00-11:30', july(17, '09:00-11:30')],
    ['12月31日 9:00-11:30', '2025-12-31T09:00 2025-12-31T11:30'],
    ['2月29日 9:00-11:30', '2024-02-29T09:00 2024-02-29T11:30'],
    ['31日9:00-11:30', '2026-05-31T09:00 2026-05-31T11:30'],
    ['7月14日23:30-7月15日0:40', july(14, '23:30-00:40')],
    ['14日23:30至15日0:40', july(14, '23:30-00:40')],
    ['7.14 23:30-7.15 0:40', july(14, '23:30-00:40')],
    ['前天晚上11点半到昨天0点40', july(14, '23:30-00:40')],
    ['2026-07-14 23:30 - 2026-07-15 00:40', july(14, '23:30-00:40')],
  ])('%s', (time, span) => {
    expect(spanOf(`${time} 会商`)).toBe(span);
    expect(read(`${time} 会商`)[0]?.text).toBe('会商');
  });
});

describe('midnight', () => {
  it('22:00-24:00 ends at the next midnight', () => expect(spanOf('22:00-24:00 夜查')).toBe(july(16, '22:00-24:00')));

  it.each([
    '23:30-0:40',
    '23:30-次日0:40',
    '23:30-次日凌晨0:40',
    '23:30-0:40（次日）',
    '23:30-0:40 +1',
    '晚上11点半到12点40',
    '23:30–次日 00:40 · 1 小时 10 分 ·',
    '11:30pm-12:40am next day',
  ])('%s ends the next day', (time) => {
    const [reading] = read(`${time} 会议`);
    expect(spanOf(`${time} 会议`)).toBe(july(16, '23:30-00:40'));
    expect(reading).toMatchObject({ text: '会议' });
    expect(reading && dayText(reading)).toBe('2026-07-16');
    expect(reading?.asks).toBeUndefined();
  });

  it('a word that only begins the text is no 次日', () =>
    expect(read('10:00-11:00 次日活动筹备')[0]).toMatchObject({ text: '次日活动筹备' }));

  it.each(['凌晨1点-2点', '1:00-2:00', '今天凌晨1点-2点', '夜里1点-2点', '晚上1点-2点', '1am-2am'])(
    '%s asks for the day, yesterday filled in',
    (time) => {
      const [reading] = read(`${time} 值守`);
      expect(spanOf(`${time} 值守`)).toBe(july(16, '01:00-02:00'));
      expect(reading && dayText(reading)).toBe('2026-07-15');
      expect(reading?.asks).toBe('day');
    },
  );

  it.each(['昨晚1点-2点', '昨晚凌晨1点-2点'])('%s says itself that it belongs to yesterday', (time) => {
    const [reading] = read(`${time} 值守`);
    expect(spanOf(`${time} 值守`)).toBe(july(16, '01:00-02:00'));
    expect(reading && dayText(reading)).toBe('2026-07-15');
    expect(reading?.asks).toBeUndefined();
  });

  it('a day that begins at midnight asks nothing', () => {
    const [reading] = read('1:00-2:00 值守', { dayStart: 0 });
    expect(reading && dayText(reading)).toBe('2026-07-16');
    expect(reading?.asks).toBeUndefined();
  });

  it('05:00 belongs to its own day', () => {
    const [reading] = read('5:00-6:40 看排水');
    expect(reading && dayText(reading)).toBe('2026-07-16');
    expect(reading?.asks).toBeUndefined();
  });
});

describe('an end that is not after the start', () => {
  it('is the next day up to 12 hours', () => {
    expect(spanOf('20:00-8:00 值班')).toBe(july(16, '20:00-08:00'));
    expect(read('20:00-8:00 值班')[0]?.asks).toBeUndefined();
  });

  it.each(['19:00-8:00', '10:00-9:00', '9:00-9:00', '下午2点到上午9点'])('%s asks for the length', (time) =>
    expect(read(`${time} 值班`)[0]?.asks).toBe('length'),
  );

  it('上午9点到3点 asks, with the afternoon filled in', () => {
    expect(spanOf('上午9点到3点 会')).toBe(july(16, '09:00-15:00'));
    expect(read('上午9点到3点 会')[0]?.asks).toBe('length');
  });

  it.each([
    ['上午9:00-3:00', '09:00-15:00'],
    ['9:00-3:00', '09:00-15:00'],
    ['12:00-1:00', '12:00-13:00'],
    ['12点到1点', '12:00-13:00'],
  ])('%s asks, with the afternoon filled in', (time, range) => {
    expect(spanOf(`${time} 会`)).toBe(july(16, range));
    expect(read(`${time} 会`)[0]?.asks).toBe('length');
  });

  it.each([
    ['18:00-8:00', '18:00-08:00'],
    ['18点到8点', '18:00-08:00'],
    ['09:00-03:00', '09:00-03:00'],
  ])('%s of the 24-hour clock asks, with the next day filled in', (time, range) => {
    expect(spanOf(`${time} 值班`)).toBe(july(16, range));
    expect(read(`${time} 值班`)[0]?.asks).toBe('length');
  });

  it('next day, said, is not asked', () => expect(read('8:00-次日2:00 调度')[0]?.asks).toBeUndefined());

  it.each([
    // Until now, which is 15:30: 19 h 30 min, 12 h 5 min and 12 h.
    ['昨天20:00-现在', 15, '20:00', 'length'],
    ['昨晚3:25-现在', 16, '03:25', undefined],
    ['昨天15:30-现在', 15, '15:30', 'length'],
  ] as const)(
    '%s asks for the length where it goes over a night and is longer than 12 hours',
    (time, day, start, asks) => {
      expect(spanOf(`${time} 值守`)).toBe(`2026-07-${day}T${start} 2026-07-16T15:30`);
      expect(read(`${time} 值守`)[0]?.asks).toBe(asks);
    },
  );

  it('an end on a day that is said asks where it makes more than a day', () => {
    expect(read('7月14日8:00-7月15日8:00 值守')[0]?.asks).toBeUndefined();
    expect(read('7月14日8:00-7月15日8:01 值守')[0]?.asks).toBe('length');
    expect(read('7月14日8:00-7月16日7:00 值守')[0]?.asks).toBe('length');
  });
});

describe('a start with a length', () => {
  it.each([
    '14:00 起 1.5小时',
    '14:00 一个半小时',
    '14:00 90分钟',
    '2pm for 90m',
    '14:00起，1小时30分',
    '14:00（90分钟）',
    '下午两点起1个半小时',
    '14:00 1½小时',
    '2pm for 1h30',
    '2pm for 1hr30',
    '2pm for 1hr30',
    '14:00 九十分钟',
  ])('%s is 14:00–15:30', (time) => {
    expect(spanOf(`${time} 培训`)).toBe(july(16, '14:00-15:30'));
    expect(read(`${time} 培训`)[0]?.text).toBe('培训');
  });

  it.each([
    ['9点30分钟碰头会', '09:00-09:30', '碰头会'],
    ['9点半小时碰头', '09:00-09:30', '碰头'],
    ['9:00 三刻钟的碰头会', '09:00-09:45', '碰头会'],
  ])('%s', (line, range, text) => {
    expect(spanOf(line)).toBe(july(16, range));
    expect(read(line)[0]?.text).toBe(text);
  });
});

describe('a length that ends now', () => {
  it.each([
    ['刚才开了40分钟的碰头会', '14:50-15:30', '开了碰头会'],
    ['40m standup', '14:50-15:30', 'standup'],
    ['刚刚和张局谈了半小时', '15:00-15:30', '和张局谈了'],
    ['just had a 40m standup', '14:50-15:30', 'had a standup'],
    ['just had a call for 40 minutes', '14:50-15:30', 'had a call'],
    ['刚才和客商谈了大约40分钟', '14:50-15:30', '和客商谈了'],
    ['1.5h review', '14:00-15:30', 'review'],
    ['半小时 电话会', '15:00-15:30', '电话会'],
    ['2小时改材料', '13:30-15:30', '改材料'],
    ['两小时开会', '13:30-15:30', '开会'],
    ['１．５小时修改讲话稿', '14:00-15:30', '修改讲话稿'],
    ['40分钟碰头会', '14:50-15:30', '碰头会'],
    ['半小时打电话', '15:00-15:30', '打电话'],
    ['90分钟赴渔港检查', '14:00-15:30', '赴渔港检查'],
  ])('%s', (line, range, text) => {
    expect(spanOf(line)).toBe(july(16, range));
    expect(read(line)[0]?.text).toBe(text);
  });

  it.each([
    ['15:32', '15:30'],
    ['15:33', '15:35'],
    ['15:30', '15:30'],
    ['15:58', '16:00'],
  ])('typed at %s it ends at %s', (now, end) =>
    expect(spanOf('40m standup', { now: minute(`2026-07-16T${now}`) })).toContain(`T${end}`),
  );
});

describe('a start alone', () => {
  it('9:00 晨会 has no end, and the usual length is proposed', () => {
    const [reading] = read('9:00 晨会');
    expect(reading && spanText(reading)).toBe('2026-07-16T09:00 -');
    expect(reading?.proposedEnd && formatMinute(reading.proposedEnd)).toBe('2026-07-16T10:00');
    expect(reading?.text).toBe('晨会');
  });

  it('the next entry and the usual length bound the proposal', () => {
    const proposed = (context: object) => formatMinute(read('9:00 晨会', context)[0]?.proposedEnd ?? 0);
    expect(proposed({ nextStart: minute('2026-07-16T09:30') })).toBe('2026-07-16T09:30');
    expect(proposed({ nextStart: minute('2026-07-16T14:00') })).toBe('2026-07-16T10:00');
    expect(proposed({ nextStart: minute('2026-07-16T08:00'), usualMinutes: 45 })).toBe('2026-07-16T09:45');
  });

  it.each([
    ['9点晨会', '09:00', '晨会'],
    ['上午九点开会', '09:00', '开会'],
    ['9点半碰头', '09:30', '碰头'],
    ['8:00起草报告', '08:00', '起草报告'],
    ['14:00起 培训', '14:00', '培训'],
    ['14:00开始培训', '14:00', '开始培训'],
    ['9:00到棉纺新村调研', '09:00', '到棉纺新村调研'],
    ['9点到3号楼调研', '09:00', '到3号楼调研'],
    ['9:00-3号楼检查', '09:00', '3号楼检查'],
    ['8:30-10人参会', '08:30', '10人参会'],
    ['9点前往棉纺新村', '09:00', '前往棉纺新村'],
    ['14:00分片通知', '14:00', '分片通知'],
    ['8:30分管领导碰头', '08:30', '分管领导碰头'],
    ['8点30分管领导碰头', '08:30', '分管领导碰头'],
    ['9点30分会见客商', '09:30', '会见客商'],
    ['9点30分会议', '09:30', '会议'],
    ['9点30分会场布置', '09:30', '分会场布置'],
    ['9点30分批阅文件', '09:30', '批阅文件'],
    ['9点30分批转移', '09:30', '分批转移'],
    ['9点30分组织学习', '09:30', '组织学习'],
    ['9点30分组讨论', '09:30', '分组讨论'],
    ['9点30分工作例会', '09:30', '工作例会'],
    ['9点30分工抓落实', '09:30', '分工抓落实'],
    ['9点30分行业座谈', '09:30', '行业座谈'],
    ['9点30分布置任务', '09:30', '布置任务'],
    ['9点30分校园检查', '09:30', '校园检查'],
    ['9点30分局长办公会', '09:30', '局长办公会'],
    ['9点30分管委会例会', '09:30', '管委会例会'],
    ['9点30分解决停水', '09:30', '解决停水'],
    ['9点30分析形势', '09:30', '分析形势'],
    ['9:30分会见客商', '09:30', '会见客商'],
    ['9点半导体企业走访', '09:00', '半导体企业走访'],
    ['9点起开会', '09:00', '开会'],
    ['9点起召开例会', '09:00', '召开例会'],
    ['9点起草报告', '09:00', '起草报告'],
    ['8:30 to-do list', '08:30', 'to-do list'],
    ['2pm review', '14:00', 'review'],
  ])('%s', (line, start, text) => {
    expect(spanOf(line)).toBe(`2026-07-16T${start} -`);
    expect(read(line)[0]?.text).toBe(text);
  });
});
