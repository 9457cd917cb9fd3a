// What holds for every line, whatever is typed.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Reading, readLine, readText } from '../../shared/diary/quick-entry.ts';
import { parseMinute } from '../../shared/time/civil.ts';
import { formatReading } from './format-reading.ts';

const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
console.log(`quick-entry.property seed ${seed}`);

const threads = [
  { id: 'typhoon-qinghe', name: '台风“青禾”应对', aliases: ['台风青禾', '防台'] },
  { id: 'harbour', name: 'Harbour Line', aliases: ['一单到港'] },
];
const now = (parseMinute('2026-07-16T00:00') ?? 0) + 932;
const context = { now, threads };

const word = fc.constantFrom(
  ...'8:30|10:00|8：30|９：００|0830|1000|830|8.30|10.00|24:00|0:40|12|3|5|16|2026|8点|8点半|十点|十点一刻|两点|三点|9时30分'.split(
    '|',
  ),
  ...'-|—|——|~|～|至|到| to |起| |　|,|，|；|;|。|、|：|(|)|（|）|【|】|·|/|.|%|\t|\n|\u200b'.split('|'),
  ...'上午|下午|晚上|凌晨|中午|昨晚|昨天|今天|周二|上周五|7月14日|7-14 |14号|次日|第二天|现在|刚才|差五分'.split('|'),
  ...'2pm|4:30pm|noon|midnight|yesterday |last Friday |July 14 |for |from |at |next day|now'.split('|'),
  ...'1.5小时|90分钟|一个半小时|40m|1h30|半小时|一刻钟|的'.split('|'),
  ...'#台风青禾|#防台|#新的|@棉纺新村|@“City Hall”|#|@|#1机组|3#楼|a@b.cn|#Harbour Line'.split('|'),
  ...'研究部署|例会|改材料|standup|号楼|人座谈|意见|元|年|分管领导|前往|后|内|座谈|①|1. |- |½|😀|é|\ud800'.split('|'),
);
const likely = fc.array(word, { maxLength: 12 }).map((words) => words.join(''));
const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  likely,
);

const oneOf = (...choices: readonly string[]) => fc.constantFrom(...choices);
const clock = oneOf(
  ...'8:30|10:00|8：30|９：００|23:30|0:40|24:00|8点|8点半|十点|十点一刻|两点四十|三点零五分|9时30分|12点|2pm|11:30am|noon'.split(
    '|',
  ),
);
const day = oneOf(
  ...'||||昨天|昨天上午|昨晚|今晚|周二|上周五 |7月14日|7-14 |2026-07-14 |14号|周二下午|yesterday |last night |Friday |12月31日'.split(
    '|',
  ),
);
const period = oneOf(...'||||上午|下午|晚上|凌晨|中午|夜里'.split('|'));
const sign = oneOf(...'-|—|——|~|～|至|到| - | to '.split('|'));
const nextDay = oneOf('', '', '', '', '次日', '第二天');
const length = oneOf(...'起1.5小时| 90分钟| 一个半小时| for 40m|起，半小时'.split('|'));
const time = fc.oneof(
  fc.tuple(day, period, clock, sign, nextDay, period, clock).map((parts) => parts.join('')),
  fc.tuple(day, period, clock).map((parts) => parts.join('')),
  fc.tuple(day, period, clock, length).map((parts) => parts.join('')),
  oneOf('', '0830-1000', '8.30-10.00', '2-4:30pm', '40m', '下午2-4点', '刚才半小时'),
);
const text = fc
  .array(
    oneOf(
      ...'研究部署|例会|防汛（第2次）|3号楼|看漏雨，问去处|“一单到港”|3.15米|1至4幢|a@b.cn|#1机组|standup| with care |😀|é|、|（视频）|16比3'.split(
        '|',
      ),
    ),
    { maxLength: 5 },
  )
  .map((words) => words.join(''));
const mark = oneOf('#台风青禾', '#防台', '#新的', '@棉纺新村', '@“City Hall”', '#Harbour Line', '#台风“青禾”应对');
const entryLine = fc
  .tuple(time, oneOf(' ', '　', '，', '：', '| '), text, fc.array(mark, { maxLength: 3 }))
  .map(([when, joint, what, marks]) => [when + joint + what, ...marks].join(' '));

type Essence = Omit<Reading, 'spans' | 'category' | 'n' | 'proposedEnd'>;
function essence({ day, start, end, text, threads: linked, place, asks }: Reading): Essence {
  const names = linked.map(({ id, name }) => ({ id, name, typed: '' })).sort((a, b) => (a.name < b.name ? -1 : 1));
  return { day, start, end, text, threads: names, place, ...(asks === undefined ? {} : { asks }) };
}

describe('any line', () => {
  it('is read without an error, into entries that follow one another', () => {
    fc.assert(
      fc.property(anything, (line) => {
        const readings = readLine(line, context);
        expect(readings.length > 0).toBe(
          line.split(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/).some((part) => part.trim() !== ''),
        );
        for (const [index, reading] of readings.entries()) {
          expect(reading.n).toBe(index);
          if (reading.start !== null && reading.end !== null) expect(reading.end).toBeGreaterThan(reading.start);
          expect(reading.end === null && reading.start !== null).toBe(reading.proposedEnd !== undefined);
        }
        readText(line, context);
      }),
      { seed, numRuns: 4000 },
    );
  });

  it('keeps every typed character that is not time, mark, blank or the sign between two entries', () => {
    fc.assert(
      fc.property(anything, (line) => {
        const readings = readLine(line, context);
        const spans = readings.flatMap((reading) => reading.spans);
        const left = Array.from({ length: line.length }, (_, at) => at).filter(
          (at) => !spans.some((span) => span.from <= at && at < span.to),
        );
        const unspanned = left.map((at) => line[at] ?? '').join('');
        // Marks inside the text are spans and text as well: take from the texts what the line has outside of spans.
        const texts = readings.map((reading) => reading.text).join('');
        expect(isSubsequence(withoutSigns(unspanned, readings), texts)).toBe(true);
        // Of times before the same words each has them.
        const once = readings.filter(({ text: own }, n) => own !== readings[n + 1]?.text).map(({ text: own }) => own);
        expect(isSubsequence(once.join(''), line)).toBe(true);
      }),
      { seed, numRuns: 4000 },
    );
  });

  it('written again as a line gives the same reading', () => {
    fc.assert(
      fc.property(entryLine, (line) => {
        for (const reading of readLine(line, context)) {
          const again = readLine(formatReading(reading), context);
          expect(again.map(essence)).toEqual(isEmpty(reading) ? [] : [essence(reading)]);
        }
      }),
      { seed, numRuns: 6000 },
    );
  });
});

function isEmpty({ start, text, threads: linked, place }: Reading): boolean {
  return start === null && text === '' && linked.length === 0 && place === null;
}

function isSubsequence(part: string, whole: string): boolean {
  let at = 0;
  for (let unit = 0; unit < whole.length && at < part.length; unit += 1) if (whole[unit] === part[at]) at += 1;
  return at === part.length;
}

// Signs that part entries, or a time from marks without words between, are nobody's text.
function withoutSigns(unspanned: string, readings: readonly Reading[]): string {
  const shown = unspanned.replace(/[\s\u200b\u200e\u200f\u2060]/g, '');
  const hasSigns = readings.length > 1 || readings.some(({ start, text: left }) => start !== null && left === '');
  return hasSigns ? shown.replace(/[,，:：、;；|｜·。｡.!！?？\p{Pd}~～︰﹔﹐]/gu, '') : shown;
}
