/** What officials are told, in both languages: look.md 4 (marks and quotes, what does not break) and 8 (voice). */
import { expect, it } from 'vitest';
import { en } from '../../extension/locales/en.ts';
import { zh } from '../../extension/locales/zh.ts';
import { having, notChinese, notEnglish, sentences } from '../fixtures/sentences.ts';

it('is there in both languages, more than 1500 sentences', () => {
  for (const catalogue of [zh, en]) expect(sentences(catalogue).length).toBeGreaterThan(1500);
});
it('has straight quotes in English, and no Chinese letter or mark', () => expect(having(notEnglish, en)).toEqual([]));
it('has no mark of English after a Chinese letter', () => expect(having(notChinese, zh)).toEqual([]));
it('has no exclamation mark, and the system never says we', () => {
  expect(having(/!|\b(we|us|our|ours)\b/i, en)).toEqual([]);
  expect(having(/[！!]|我们|咱们|你|请耐心|温馨提示|操作成功|系统繁忙/, zh)).toEqual([]);
});
it('breaks no duration and no day of a month in English', () => {
  expect([en.time.duration(5), en.time.duration(120), en.time.duration(125)]).toEqual([
    '5\u00a0min',
    '2\u00a0h',
    '2\u00a0h\u00a05\u00a0min',
  ]);
  expect(en.time.day('2026-10-16')).toBe('Fri\u00a016\u00a0October');
  expect(en.time.dayShort('2026-10-16')).toBe('Fri\u00a016\u00a0Oct');
});
it('says a span of days with its years', () => {
  const spans = [
    ['2026-07-01', '2026-11-30', '2026年7月1日—11月30日', '1 July – 30 November 2026'],
    ['2025-12-29', '2026-01-04', '2025年12月29日—2026年1月4日', '29 December 2025 – 4 January 2026'],
    ['2026-07-01', '2026-07-01', '2026年7月1日', '1 July 2026'],
  ] as const;
  for (const [from, to, chinese, english] of spans) {
    expect(zh.time.period(from, to)).toBe(chinese);
    expect(en.time.period(from, to).replaceAll('\u00a0', ' ')).toBe(english);
  }
});
