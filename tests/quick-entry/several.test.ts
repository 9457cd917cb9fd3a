// Several entries in one line, and pasted blocks.
import { describe, expect, it } from 'vitest';
import { readText } from '../../shared/diary/quick-entry.ts';
import { formatDay, formatMinute } from '../../shared/time/civil.ts';
import { july, minute, read, spanText } from '../fixtures/quick-entry.ts';

const shown = (line: string) => read(line).map((reading) => [reading.n, spanText(reading), reading.text]);
const three = [
  [0, july(16, '08:30-10:00'), '研究部署社会基层治理网格化管理工作'],
  [1, july(16, '10:00-11:00'), '签批文件'],
  [2, july(16, '11:15-12:30'), '会见客商'],
];

describe('several entries in one line', () => {
  it.each([
    ['semicolons', '8:30-10:00 研究部署社会基层治理网格化管理工作；10:00-11:00 签批文件；11:15-12:30 会见客商'],
    ['half-width', '8:30-10:00 研究部署社会基层治理网格化管理工作;10:00-11:00 签批文件; 11:15-12:30 会见客商'],
    ['commas', '8:30-10:00 研究部署社会基层治理网格化管理工作，10:00-11:00 签批文件，11:15-12:30 会见客商'],
    ['as printed', '8:30—10:00，研究部署社会基层治理网格化管理工作；10:00—11:00，签批文件；11:15—12:30，会见客商'],
    [
      'full stops',
      '8：30-10：00，研究部署社会基层治理网格化管理工作。10：00-11：00，签批文件。11：15-12：30，会见客商',
    ],
    ['numbered', '1、8:30-10:00 研究部署社会基层治理网格化管理工作；2、10:00-11:00 签批文件；3、11:15-12:30 会见客商'],
    ['lines', '8:30-10:00 研究部署社会基层治理网格化管理工作\r\n10:00-11:00 签批文件\n\n11:15-12:30 会见客商\n'],
  ])('%s', (_name, line) => expect(shown(line)).toEqual(three));

  it('8:30-10:00;10:00-11:00 are two without a text', () =>
    expect(shown('8:30-10:00;10:00-11:00')).toEqual([
      [0, july(16, '08:30-10:00'), ''],
      [1, july(16, '10:00-11:00'), ''],
    ]));

  it.each([
    ['8:30-10:00、14:00-16:00 接访', '08:30-10:00 14:00-16:00', '接访'],
    ['8:30-10:00，14:00-16:00 接访', '08:30-10:00 14:00-16:00', '接访'],
    ['8:30-10:00和14:00-16:00接访', '08:30-10:00 14:00-16:00', '接访'],
    ['8：30—10：00、14：00—16：00，接访', '08:30-10:00 14:00-16:00', '接访'],
    ['0830-1000、1400-1600 接访', '08:30-10:00 14:00-16:00', '接访'],
    ['上午8点半到10点、下午2点到4点接访', '08:30-10:00 14:00-16:00', '接访'],
    ['上午8:30-10:00、2:00-4:00 接访', '08:30-10:00 14:00-16:00', '接访'],
    ['9:00-10:00, 11:00-12:00 and 14:00-15:30 reception', '09:00-10:00 11:00-12:00 14:00-15:30', 'reception'],
    ['9-10am, 2-3pm reception', '09:00-10:00 14:00-15:00', 'reception'],
    ['8:30-10:00、10:30-12:00、14:00-16:00 接访、阅信', '08:30-10:00 10:30-12:00 14:00-16:00', '接访、阅信'],
  ])('two times before the same words are two entries of them: %s', (line, ranges, words) =>
    expect(shown(line)).toEqual(ranges.split(' ').map((range, n) => [n, july(16, range), words])),
  );

  it('times before the same words share its threads and place, and other entries keep their own words', () => {
    const readings = read('8:00-8:30 晨会；8:30-10:00、14:00-16:00 接访 #信访 @大厅；16:00-17:00、17:00-18:00 阅信');
    expect(readings.map(({ text }) => text)).toEqual(['晨会', '接访', '接访', '阅信', '阅信']);
    expect(readings.map(({ place }) => place)).toEqual([null, '大厅', '大厅', null, null]);
    expect(readings.map(({ threads }) => threads.map(({ name }) => name))).toEqual([[], ['信访'], ['信访'], [], []]);
    expect(readings.map(({ category }) => category)[1]).toBe(readings[2]?.category);
  });

  it('7月14日 8:30-10:00、14:00-16:00 and 周一9:00-10:00、周二9:00-10:00 are of the days that they name', () => {
    expect(shown('7月14日 8:30-10:00、14:00-16:00 接访')).toEqual([
      [0, july(14, '08:30-10:00'), '接访'],
      [1, july(14, '14:00-16:00'), '接访'],
    ]);
    expect(shown('周一9:00-10:00、周二9:00-10:00 走访')).toEqual([
      [0, july(13, '09:00-10:00'), '走访'],
      [1, july(14, '09:00-10:00'), '走访'],
    ]);
  });

  it.each([
    ['8:30-10:00、3-5号楼走访', '3-5号楼走访'],
    ['8:30-10:00、2021-2025年规划讨论', '2021-2025年规划讨论'],
    ['8:30-10:00、1400-1600元两档补贴审批', '1400-1600元两档补贴审批'],
    ['8:30-10:00 接访、14:00-16:00', '接访、14:00-16:00'],
    ['8:30-10:00、10:00报送材料', '10:00报送材料'],
  ])('what is no second range before the words stays text: %s', (line, text) =>
    expect(shown(line)).toEqual([[0, july(16, '08:30-10:00'), text]]),
  );

  it('the day named first holds for the whole line', () => {
    const line = '7月14日：8:30-10:00，研究；10:00-11:00，签批；周三 9:00-10:00，会见';
    expect(shown(line).map(([, span]) => span)).toEqual([
      july(14, '08:30-10:00'),
      july(14, '10:00-11:00'),
      july(15, '09:00-10:00'),
    ]);
  });

  it('what follows midnight goes on with the same night', () => {
    const readings = read('22:00-24:00 夜查；0:00-1:00 复盘');
    expect(readings.map(spanText)).toEqual([july(16, '22:00-24:00'), july(17, '00:00-01:00')]);
    expect(readings.map(({ day }) => formatDay(day))).toEqual(['2026-07-16', '2026-07-16']);
  });

  it.each([
    ['上午8:30-10:00 甲；下午2:00-3:00 乙；3:00-5:00 丙；晚上7:00-9:00 丁', '8:30 14:00 15:00 19:00'],
    ['上午8点半到10点甲，10点到11点半乙，下午2点到4点丙，4点到5点半丁', '8:30 10:00 14:00 16:00'],
    ['8:30-10:00 甲；10:30-12:00 乙；2:00-4:00 丙；4:00-5:30 丁', '8:30 10:30 14:00 16:00'],
    ['8:30-10:00 甲\n10:30-12:00 乙\n2:00-4:00 丙\n4:00-5:30 丁', '8:30 10:30 14:00 16:00'],
    ['9点 甲；下午3点 乙；4点 丙；晚上7点 丁', '9:00 15:00 16:00 19:00'],
    ['上午：8:30-10:00 甲；下午：2:00-4:00 乙；4:00-5:00 丙；晚上8:00-10:00 丁', '8:30 14:00 16:00 20:00'],
    ['晚上6:30-8:00 甲；8:00-9:00 乙；9:00-11:00 丙；11:00-1:00 丁', '18:30 20:00 21:00 23:00'],
  ])('an afternoon goes on: %s', (line, starts) => {
    const readings = read(line);
    const clock = (start: number | null) =>
      formatMinute(start ?? 0)
        .slice(11)
        .replace(/^0/, '');
    expect(readings.map(({ start }) => clock(start)).join(' ')).toBe(starts);
    expect(readings.map(({ day, asks, text }) => `${formatDay(day)} ${asks ?? ''}${text}`)).toEqual(
      ['甲', '乙', '丙', '丁'].map((text) => `2026-07-16 ${text}`),
    );
  });

  it.each([
    ['14:00-15:00 甲；9:00-10:00 乙', '09:00'],
    ['8:30-10:00 甲；03:00-04:00 乙', '03:00'],
    ['8:30-10:00 甲；凌晨3:00-4:00 乙', '03:00'],
    ['下午2:00-3:00 甲；上午9:00-10:00 乙', '09:00'],
    ['20:00-22:00 甲；5:00-6:00 乙', '05:00'],
  ])('but not %s', (line, start) =>
    expect(read(line).map((reading) => formatMinute(reading.start ?? 0).slice(11))[1]).toBe(start),
  );

  it('starts alone end where the next begins', () => {
    const ends = read('8:30 会；9:00 调研；10:00 座谈').map(({ proposedEnd }) => (proposedEnd ?? 0) % 1440);
    expect(ends).toEqual([540, 600, 660]);
  });

  it.each([
    '18:00-次日2:00 全程调度，21时40分台风登陆，22时50分封闭，调4台泵车',
    '18:00-20:00 调度；21时40分登陆；22时50分封闭',
    '9:00-10:00 研究防汛；部署3.15-3.20米预降',
    '9:00-10:00 算预降，3:15公布',
  ])('%s is one', (line) => expect(read(line)).toHaveLength(1));

  it('spans point into the whole of what was typed', () => {
    const line = '8:30-10:00 研究 @区委；10:00-11:00 签批 #一单到港';
    const spans = read(line).flatMap(({ spans: own }) => own.map(({ from, to, kind }) => [kind, line.slice(from, to)]));
    expect(spans).toEqual([
      ['time', '8:30-10:00 '],
      ['place', '@区委'],
      ['time', '10:00-11:00 '],
      ['thread', '#一单到港'],
    ]);
  });
});

describe('a pasted block', () => {
  it('a line that only names a day holds for those below it', () => {
    const block = '7月14日 周二\n8:30-10:00 研究\n下午 接访\n\n【7月15日】\n9:00-10:00 签批\n16日 9:00-10:00 会见\n';
    const lines = readText(block, { now: minute('2026-07-16T15:32') });
    expect(
      lines.map(({ number, heading, readings }) => [
        number,
        heading === null ? null : formatDay(heading),
        ...readings.map((reading) => `${formatDay(reading.day)} ${spanText(reading)} ${reading.text}`),
      ]),
    ).toEqual([
      [1, '2026-07-14'],
      [2, null, `2026-07-14 ${july(14, '08:30-10:00')} 研究`],
      [3, null, '2026-07-14 - - 下午 接访'],
      [5, '2026-07-15'],
      [6, null, `2026-07-15 ${july(15, '09:00-10:00')} 签批`],
      [7, null, `2026-07-16 ${july(16, '09:00-10:00')} 会见`],
    ]);
  });

  it('a line that only names a part of the day holds for those below it', () => {
    const block =
      '7月14日\n上午\n8:30-10:00 甲\n下午：\n2:00-4:00 乙\n5点 丙\n晚上7:00-8:00 丁\n周三下午\n1:00-2:00 戊';
    const lines = readText(block, { now: minute('2026-07-16T15:32') });
    expect(lines.flatMap(({ readings }) => readings.map((r) => `${spanText(r)} ${r.text}`))).toEqual([
      `${july(14, '08:30-10:00')} 甲`,
      `${july(14, '14:00-16:00')} 乙`,
      '2026-07-14T17:00 - 丙',
      `${july(14, '19:00-20:00')} 丁`,
      `${july(15, '13:00-14:00')} 戊`,
    ]);
  });

  it('what follows midnight on the next line goes on with the same night', () => {
    const lines = readText('7月14日\n22:00-24:00 夜查\n0:00-1:00 复盘', { now: minute('2026-07-16T15:32') });
    const readings = lines.flatMap((line) => line.readings);
    expect(readings.map(spanText)).toEqual([july(14, '22:00-24:00'), july(15, '00:00-01:00')]);
    expect(readings.map(({ day, asks }) => [formatDay(day), asks])).toEqual([
      ['2026-07-14', undefined],
      ['2026-07-14', undefined],
    ]);
  });

  it('a line that is a time alone has its text on the next one', () => {
    const block = '7月14日\n9:00-10:00\n改材料 @区委\n\n2. 10点到11点：\r\n会见 #一单到港\n11:00\n晨会\n下午 接访';
    const lines = readText(block, { now: minute('2026-07-16T15:32') });
    expect(lines.map(({ number, readings }) => [number, ...readings.map((r) => `${spanText(r)} ${r.text}`)])).toEqual([
      [1],
      [2, `${july(14, '09:00-10:00')} 改材料`],
      [5, `${july(14, '10:00-11:00')} 会见`],
      [7, '2026-07-14T11:00 - 晨会'],
      [9, '- - 下午 接访'],
    ]);
    const spans = lines.flatMap(({ line, readings }) =>
      readings.flatMap(({ spans: own }) => own.map(({ from, to, kind }) => [kind, line.slice(from, to)])),
    );
    expect(spans).toEqual([
      ['time', '9:00-10:00'],
      ['place', '@区委'],
      ['time', '2. 10点到11点：'],
      ['thread', '#一单到港'],
      ['time', '11:00'],
    ]);
    const whole = '9:00-10:00\n改材料 @区委\n10:00-11:00\n会见';
    const joined = read(whole);
    expect(joined.map(({ n, text, place }) => [n, text, place])).toEqual([
      [0, '改材料', '区委'],
      [1, '会见', null],
    ]);
    expect(joined.flatMap((r) => r.spans.map(({ from, to }) => whole.slice(from, to)))).toEqual([
      '9:00-10:00',
      '@区委',
      '10:00-11:00',
    ]);
  });

  it.each([
    ['a blank line between', '9:00-10:00\n\n改材料', [july(16, '09:00-10:00'), '- -']],
    ['two times', '9:00-10:00;10:00-11:00\n改材料', [july(16, '09:00-10:00'), july(16, '10:00-11:00'), '- -']],
    ['a time in both', '9:00-10:00\n10:00-11:00', [july(16, '09:00-10:00'), july(16, '10:00-11:00')]],
    ['a text beside the time', '9:00-10:00 会\n改材料', [july(16, '09:00-10:00'), '- -']],
    ['a place beside the time', '9:00-10:00 @区委\n改材料', [july(16, '09:00-10:00'), '- -']],
  ])('%s: each line is an entry of its own', (_name, block, spans) => expect(read(block).map(spanText)).toEqual(spans));

  it.each([
    ['7月14日', '2026-07-14', null],
    ['7月16日', '2026-07-16', '15:30'],
    ['昨天', '2026-07-15', null],
    ['今天', '2026-07-16', '15:30'],
  ])('a length alone under %s ends now only where now is of that day', (heading, day, end) => {
    for (const line of ['40分钟 碰头', '40m standup', '刚才开了40分钟的碰头会']) {
      const readings = readText(`${heading}\n${line}`, { now: minute('2026-07-16T15:32') })[1]?.readings ?? [];
      expect(readings.map((reading) => formatDay(reading.day))).toEqual([day]);
      expect(readings.map(({ end: read }) => (read === null ? null : formatMinute(read).slice(11)))).toEqual([end]);
      expect(readings[0]?.text).toContain(end === null ? line : (line.match(/碰头会?|standup/)?.[0] ?? '-'));
    }
  });

  it.each(['周二（7月14日）', 'Tue 14 July', '星期二 7月14日'])('%s heads the lines below it', (heading) => {
    const lines = readText(`${heading}\n9:00-10:00 签批`, { now: minute('2026-07-23T15:32') });
    expect(lines.map(({ readings }) => readings.map(spanText))).toEqual([[], [july(14, '09:00-10:00')]]);
  });
});
