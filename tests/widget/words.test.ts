/** What readers are told, in both languages: look.md 8 ("the system never says 我们", no exclamation mark), 4 (straight quotes in English), and
 *  one word for one thing. */
import { describe, expect, it } from 'vitest';
import { enrol as enrolEn } from '../../server/locales/en/enrol.ts';
import { privacy as privacyEn } from '../../server/locales/en/privacy.ts';
import { enrol as enrolZh } from '../../server/locales/zh/enrol.ts';
import { page } from '../../server/locales/zh/page.ts';
import { privacy as privacyZh } from '../../server/locales/zh/privacy.ts';
import { cardWords as cardEn } from '../../widget/locales/card-en.ts';
import { cardWords as cardZh } from '../../widget/locales/card-zh.ts';
import { drawWords as drawEn } from '../../widget/locales/draw-en.ts';
import { drawWords as drawZh } from '../../widget/locales/draw-zh.ts';
import { words as en } from '../../widget/locales/en.ts';
import { failureWords as failureEn } from '../../widget/locales/failure-en.ts';
import { failureWords as failureZh } from '../../widget/locales/failure-zh.ts';
import { findWords as findEn } from '../../widget/locales/find-en.ts';
import { findWords as findZh } from '../../widget/locales/find-zh.ts';
import { listWords as listsEn } from '../../widget/locales/lists-en.ts';
import { listWords as listsZh } from '../../widget/locales/lists-zh.ts';
import { proofWords as proofEn } from '../../widget/locales/proof-en.ts';
import { proofWords as proofZh } from '../../widget/locales/proof-zh.ts';
import { signInWords as signInEn } from '../../widget/locales/sign-in-en.ts';
import { signInWords as signInZh } from '../../widget/locales/sign-in-zh.ts';
import { talkWords as talkEn } from '../../widget/locales/talk-en.ts';
import { talkWords as talkZh } from '../../widget/locales/talk-zh.ts';
import { voiceWords as voicesEn } from '../../widget/locales/voices-en.ts';
import { voiceWords as voicesZh } from '../../widget/locales/voices-zh.ts';
import { words as zh } from '../../widget/locales/zh.ts';
import { having, notChinese, notEnglish, sentences } from '../fixtures/sentences.ts';

const chinese = {
  zh,
  cardZh,
  drawZh,
  failureZh,
  findZh,
  listsZh,
  proofZh,
  signInZh,
  talkZh,
  voicesZh,
  page,
  privacyZh,
  enrolZh,
};
const english = {
  en,
  cardEn,
  drawEn,
  failureEn,
  findEn,
  listsEn,
  proofEn,
  signInEn,
  talkEn,
  voicesEn,
  privacyEn,
  enrolEn,
};
describe('a sentence in Chinese', () => {
  it('is there for every place, more than 500 of them', () => expect(sentences(chinese).length).toBeGreaterThan(500));
  it('never says 我们 or 你', () => expect(having(/我们|咱们|你/, chinese)).toEqual([]));
  it('has no exclamation mark and no empty politeness', () =>
    expect(having(/[！!]|请耐心|温馨提示|操作成功|系统繁忙/, chinese)).toEqual([]));
  it('has no half-width comma, full stop, colon or question mark after a Chinese character', () =>
    expect(having(notChinese, chinese)).toEqual([]));
});

describe('a sentence in English', () => {
  it('is there for every place, more than 500 of them', () => expect(sentences(english).length).toBeGreaterThan(500));
  it('never says we, us or our', () => expect(having(/\b(we|us|our|ours)\b/i, english)).toEqual([]));
  it('has no exclamation mark', () => expect(having(/!/, english)).toEqual([]));
  it('has straight quotes and no Chinese letter or mark', () => expect(having(notEnglish, english)).toEqual([]));
  it('has no two blanks in a row, and none before a mark', () =>
    expect(having(/\S {2,}\S| [,.;:?]/, english)).toEqual([]));
});

describe('one word for one thing:', () => {
  it('how tickets ended is counted in the words of their states', () => {
    const { closedLoop, closedUnsolved } = voicesEn.ticketState;
    expect(voicesEn.tickets(3, 1, 2)).toBe(
      `3 tickets: 1 ${closedLoop.toLowerCase()}, 2 ${closedUnsolved.toLowerCase()}`,
    );
    expect(cardEn.tickets(3, 1)).toBe(`3 tickets, 1 ${closedLoop.toLowerCase()}`);
    expect(voicesZh.tickets(3, 1, 2)).toBe(
      `工单3件：${voicesZh.ticketState.closedLoop}1，${voicesZh.ticketState.closedUnsolved}2`,
    );
  });

  it('what opens a table or a method is called the same in the diary, the figures and the draw', () => {
    for (const [words, lists, draw] of [
      [zh, listsZh, drawZh],
      [en, listsEn, drawEn],
    ] as const) {
      expect([lists.rates.table, draw.replay.table]).toEqual([words.hours.table, words.hours.table]);
      expect(lists.rates.how).toBe(words.hours.how);
    }
  });

  it('the notice names the buttons as they are', () => {
    const quoted = (of: object, mark: RegExp) =>
      [...JSON.stringify(sentences(of)).matchAll(mark)].map(([, name]) => name);
    expect(new Set(quoted(privacyZh, /“([^”]+)”/g))).toEqual(
      new Set([voicesZh.mention, voicesZh.follow, talkZh.receipt.download, talkZh.receipt.erase, '后台实名']),
    );
    expect(new Set(quoted(privacyEn, /\\"([^"\\]+)\\"/g))).toEqual(
      new Set([voicesEn.mention, voicesEn.follow, talkEn.receipt.download, talkEn.receipt.erase]),
    );
  });
});
