// Numbers that are no times: the whole line stays text, and nothing is an error.
import { describe, expect, it } from 'vitest';
import { read } from '../fixtures/quick-entry.ts';

const table = [
  '3-5号楼现场办公',
  '10000元资金审批',
  '2024年工作总结',
  '第3-5届理事会',
  '12345热线调度',
  '1-6月指标分析',
  '5-8人座谈',
];
const versions = ['3.2.1版本评审', 'v2.10-3.15版本说明', '版本1.20-1.25', '8.30版本号讨论', '2.0版方案'];
const scores = ['比分3:1', '3:1比分', '16比3通过', '1:50地形图审查', '1:500地形图', '5:2工作制', '8:2比例', '1:1谈话'];
const rooms = [
  '201-205室查房',
  '1201-1205会议室布置',
  '601-605房间检查',
  '1至4幢看漏雨',
  '1-3号楼',
  '3-5#楼',
  '8-10层',
  '下午3-5号楼现场',
  '第1到9项走现场',
  '3号楼201-205室',
];
const phones = [
  '0571-88886666回访',
  '电话0571-88886666',
  '0755-2345 6789',
  '400-800-1234热线',
  '110-119联动',
  '138-1234-5678',
  '010-1234-5678',
  '021-64281000',
  '13000000000回访',
];
const amounts = [
  '5万-10万元项目',
  '500-800元补贴',
  '1000-1500元补助',
  '1000-1500 元补助',
  '10%-15%增长',
  '10-15%增长',
  '3.15-3.10米水位',
  '1.5-2.5米',
  '1.2亿元项目',
  '100天清单',
];
const dates = [
  '9月18日会议纪要',
  '9月18日-20日考察',
  '9.18-9.20考察',
  '9.25-9.27 中秋值班',
  '10.01-10.07 国庆',
  '2026-07-14 总结',
  '2021-2025年规划',
  '2021-2025规划',
  '2020-2025 规划',
  '2024-2025学年工作',
  '10-12月计划',
  '3.15晚会',
  '3·15晚会',
  '7.20-7.25周报',
  '昨天调研海澜机电',
  '周一例会制度研究',
  '90后座谈',
  '24/7 duty',
];
const counted = ['三点意见', '三点意见研究', '3点意见汇总', '两点一线巡查', '八点整改意见', '5点位检查', '3时段管理'];
const beforeAnHour = ['119到9点', '100到3点', '933到11点', '201-205点位', '315到8点', '930到11点意见'];
const lengths = [
  '15分钟生活圈调研',
  '30分钟响应机制',
  '24小时值班安排',
  '2小时内办结率分析',
  '7x24小时值班',
  '刚性兑付30分钟',
  '12小时值班表',
  '半小时经济圈座谈',
  '15分钟学习圈',
  '1小时开通专线',
  '2小时看病圈',
  '30分钟改签',
  '2小时办结',
  '90分钟审批改革',
  '一小时调度机制',
  '3 days trip',
  '3M Australia',
];
const deadlines = ['9点前报送材料', '9:00前报送', '9点后修剪'];
const impossible = [
  '8:60-10:00 会',
  '25:00-26:00 会',
  '24:30 会',
  '8:3',
  '9-5 shift',
  '下午调研',
  '8',
  ':',
  '-',
  '到',
  '#',
  '@',
  '～10:00 会',
  '到10:00 会',
];

// 10 July 2026 is a Friday, 14 July a Tuesday; 周二 3-5 may be the afternoon or the small hours.
const besideDays = [
  '周五 7-10 走访',
  '昨天 7-15 走访',
  '周二 3-5 走访',
  '周二 12-2 走访',
  '周二 11-9 走访',
  '周二 8-23 走访',
  '周二 9-11号楼走访',
  '周二 9-11 号楼走访',
  '周二 8-10 人座谈',
  '周二 8-10 层检查',
  '周二 9-11和14-16 走访',
  '周二 8-10标段开工',
  '周二 9-11网格走访',
  '周二 8-9月份指标分析',
  '周二 9-11 9:00-11:30 走访',
  '周二 9-10、14-16 走访',
  '周二 9-11/走访',
  '周六 3-1 战胜邻队',
  '7-14 9-11 走访',
  '9-11 走访',
];

describe('lines without a time', () => {
  it.each([
    ...table,
    ...versions,
    ...scores,
    ...rooms,
    ...phones,
    ...amounts,
    ...dates,
    ...counted,
    ...beforeAnHour,
    ...lengths,
    ...deadlines,
    ...impossible,
    ...besideDays,
  ])('%s is all text', (line) => {
    const readings = read(line);
    expect(readings).toHaveLength(1);
    expect(readings[0]).toMatchObject({ start: null, end: null, text: line, n: 0 });
    expect(readings[0]?.asks).toBeUndefined();
  });

  it('a blank line is no entry', () => {
    expect(read('')).toEqual([]);
    expect(read(' \t　\n')).toEqual([]);
  });

  it('a time in the middle of the text is text', () => {
    expect(read('窗口服务时间8:30-17:30')[0]).toMatchObject({ start: null, text: '窗口服务时间8:30-17:30' });
    expect(read('9:00-10:00 研究窗口时间，8:30-17:30开门')).toHaveLength(1);
  });

  it.each([
    ['0830-1000批阅文件', '批阅文件'],
    ['0830-1000街道例会', '街道例会'],
    ['8.30-10.00区委会议', '区委会议'],
    ['8:30-10分管领导碰头', '分管领导碰头'],
    ['8:30-10组织部座谈', '组织部座谈'],
  ])('%s is a time although the text begins with a counting word', (line, text) => {
    expect(read(line)[0]).toMatchObject({ text });
    expect(read(line)[0]?.end).not.toBeNull();
  });

  it('1900-2030 is an evening, 2021-2025 are years', () => {
    expect(read('1900-2030 会')[0]?.start).not.toBeNull();
    expect(read('2000-2130 会')[0]?.start).not.toBeNull();
    expect(read('2021-2025 会')[0]?.start).toBeNull();
  });
});
