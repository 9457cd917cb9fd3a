/** The main job from the toolbar to the portal page and back, as people do it. One function, so that it can be run against a server that
 *  works and against one that does not. */

import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { openProfile, type Profile } from '../fixtures/profile.ts';
import {
  activate,
  beginPictures,
  confirmPerson,
  confirmWhenAsked,
  enrol,
  invite,
  openDesk,
  picture,
  typeLine,
} from './people.ts';

/** What the journey runs on: a server's address and clock, its first invitation, a folder for the browsers' profiles, and how long a step
 *  may take. */
export interface Ground {
  readonly address: string;
  /** Sets the server's clock `lotteryMs` ahead. */
  readonly waitForLottery: () => void;
  readonly firstLink: string;
  readonly folder: string;
  readonly patienceMs: number;
  /** Folder of `tests/output` that keeps a picture of each step. */
  readonly pictures: string;
}

/** The three entries that the park's newspaper report quotes, then two written without a network, one of them past midnight. */
const quoted = [
  '8:30-10:00 研究部署社会基层治理网格化管理工作',
  '10:00-11:00 专题会议（主题）：研究夜市疏导方案',
  '11:15-12:30 接访，听居民说噪声',
] as const;
const offline = ['15:00-16:20 走访莲浦社区', '23:30-次日0:40 夜查夜市油烟'] as const;
const secret = '与一名信访人谈家中病情';
const basis = '《中华人民共和国政府信息公开条例》第十五条';

/** Longest from a freeze to its lottery; the shortest is a minute less. */
export const lotteryMs = 5 * 60_000;

/** The last Friday that lies in a week that is over, as it is typed before a line: `11-20`. */
export function lastFriday(now: Date): { readonly typed: string; readonly week: string } {
  const shanghai = new Date(now.getTime() + 8 * 3_600_000);
  const day = new Date(Date.UTC(shanghai.getUTCFullYear(), shanghai.getUTCMonth(), shanghai.getUTCDate()));
  const weekday = day.getUTCDay() === 0 ? 7 : day.getUTCDay();
  day.setUTCDate(day.getUTCDate() - weekday - 2);
  const thursday = new Date(day.getTime() - 86_400_000);
  const firstDay = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  const number = Math.floor((thursday.getTime() - firstDay) / (7 * 86_400_000)) + 1;
  return {
    typed: `${day.getUTCMonth() + 1}-${day.getUTCDate()}`,
    week: `${thursday.getUTCFullYear()}-W${String(number).padStart(2, '0')}`,
  };
}

/** Runs it all in order; throws at the first thing that is not as a person would expect. */
export async function journey(ground: Ground): Promise<void> {
  beginPictures(ground.pictures);
  const profiles: Profile[] = [];
  const profile = async (name: string): Promise<Profile> => {
    const opened = await openProfile(`${ground.folder}/${name}`);
    opened.context.setDefaultTimeout(ground.patienceMs);
    profiles.push(opened);
    return opened;
  };
  try {
    await run(ground, profile);
  } catch (error) {
    for (const page of profiles.flatMap(({ context }) => context.pages())) await picture(page, 'where-it-failed');
    throw error;
  } finally {
    await Promise.allSettled(profiles.map((each) => each.close()));
  }
}

async function run(ground: Ground, profile: (name: string) => Promise<Profile>): Promise<void> {
  const friday = lastFriday(new Date());
  const patience = { timeout: ground.patienceMs };

  // Enrolment: the organiser begins the log, then three people in profiles of their own.
  let organiser = await profile('organiser');
  const begun = await enrol(organiser, ground.firstLink, true);
  await begun.getByText('这台设备已经登记并启用').waitFor();
  await picture(begun, 'organiser-enrolled');
  await begun.close();
  const people = await openDesk(organiser, 'people');
  const leaderLink = await invite(people, '张书记', '一把手', '莲浦街道');
  const moderatorLink = await invite(people, '李审核', '留言审核', null);
  const handlerLink = await invite(people, '王承办', '承办', '莲浦街道');
  let leader = await profile('leader');
  const moderator = await profile('moderator');
  const handler = await profile('handler');
  for (const [who, link, name] of [
    [leader, leaderLink, '张书记'],
    [moderator, moderatorLink, '李审核'],
    [handler, handlerLink, '王承办'],
  ] as const) {
    const page = await enrol(who, link, who === leader);
    await page.getByText('等待组织部门核对指纹').first().waitFor();
    if (who === leader) await picture(page, 'leader-shows-fingerprint');
    await people.reload();
    if (who === leader) await picture(people, 'organiser-people');
    await activate(people, name);
    await page.getByText('这台设备已经登记并启用').waitFor();
    await page.close();
  }

  // Writing: three lines, a draft that survives, two lines without a network, a browser that dies.
  let popup = await leader.open('popup.html');
  for (const line of quoted) await typeLine(popup, `${friday.typed} ${line}`);
  await picture(popup, 'popup-three-lines');
  await popup.getByText('已送达').first().waitFor();
  const unfinished = `${friday.typed} 14:00-14:40 修改工作报`;
  await popup.getByRole('textbox', { name: '记一条' }).pressSequentially(unfinished, { delay: 5 });
  await popup.waitForTimeout(1000);
  await popup.close();
  popup = await leader.open('popup.html');
  const line = popup.getByRole('textbox', { name: '记一条' });
  await expect.poll(() => line.inputValue(), patience).toBe(unfinished);
  await picture(popup, 'draft-is-still-there');
  await line.fill('');
  await leader.context.setOffline(true);
  for (const each of offline) await typeLine(popup, `${friday.typed} ${each}`);
  await popup.getByText('已存本机，2条待送').first().waitFor();
  await picture(popup, 'offline-two-wait');
  await leader.kill();
  leader = await profile('leader');
  popup = await leader.open('popup.html');
  await popup.getByText('已送达').first().waitFor();
  await picture(popup, 'delivered-after-the-kill');
  await popup.close();

  // The week: all five once, one withheld from the start, then the exact text, the signature, the receipt.
  const week = await openDesk(leader, `week/${friday.week}`);
  for (const text of [...quoted, ...offline].map((each) => each.slice(each.indexOf(' ') + 1)))
    await expect.poll(() => week.getByRole('button', { name: text }).count(), patience).toBeGreaterThan(0);
  await withhold(week);
  await picture(week, 'week');
  await week.getByRole('button', { name: '看全文并封存' }).click();
  const sealing = week.getByRole('dialog');
  await sealing.getByText('下面就是要签名的全文').waitFor();
  await picture(week, 'exact-text-before-the-seal');
  await sealing.getByRole('button', { name: '签名并封存' }).click();
  await confirmPerson(week);
  await sealing.getByText('已核对：这一份在存证日志里').waitFor();
  await picture(week, 'sealed');
  await sealing.getByRole('button', { name: '关闭' }).last().click();

  await freeze(organiser, leader);
  // Until the numbers are out; the organiser shuts the browser meanwhile.
  await organiser.close();
  ground.waitForLottery();
  organiser = await profile('organiser');
  await publish(organiser, patience);

  // The reader: the diary word for word, the check, a comment, a report.
  const reader = await profile('reader');
  const portal = await reader.context.newPage();
  await portal.goto(`${ground.address}/`);
  await portal.getByRole('heading', { name: '主要负责人工作日记' }).waitFor();
  await picture(portal, 'portal');
  await portal.getByRole('link', { name: '莲浦街道' }).first().click();
  await portal.getByText('已核验：').first().waitFor();
  for (const each of [...quoted, ...offline]) {
    const text = each.slice(each.indexOf(' ') + 1);
    expect(await portal.getByText(text, { exact: true }).count(), text).toBeGreaterThan(0);
  }
  await portal.getByText('这一条暂不公开：个人隐私').waitFor();
  expect(await portal.getByText(secret).count()).toBe(0);
  await picture(portal, 'diary-verified');
  await portal.getByText('已核验：').first().click();
  await portal.getByText('本人签名').first().waitFor();
  await picture(portal, 'what-was-checked');

  await write(portal, { form: '写留言', at: 'last', text: '夜里还去查油烟，辛苦了。', kind: '点赞鼓励' });
  await portal.getByRole('button', { name: '记好了，收起' }).click();
  const queue = await openDesk(moderator, 'moderation');
  await queue.getByText('夜里还去查油烟，辛苦了。').first().waitFor();
  await picture(queue, 'moderation');
  await portal.reload();
  await portal.getByText('已核验：').first().waitFor();
  expect(await portal.getByText('夜里还去查油烟，辛苦了。').count()).toBe(0);
  await queue.getByRole('button', { name: '只发出' }).click();
  await queue.getByText('的留言已公开').waitFor();
  await expect
    .poll(async () => {
      await portal.reload();
      await portal.getByText('已核验：').first().waitFor();
      await portal.waitForTimeout(500);
      return portal.getByText('夜里还去查油烟，辛苦了。').count();
    }, patience)
    .toBeGreaterThan(0);
  await picture(portal, 'comment-published');

  // A report on one entry becomes a ticket, is answered, and the reader confirms by receipt.
  await portal
    .getByRole('button', { name: /夜查夜市油烟|23:30/ })
    .first()
    .click();
  const receipt = await write(portal, {
    form: '反映问题',
    at: 'first',
    text: '夜市东头三号摊没有装净化机，油烟直接冲楼上。',
  });
  await picture(portal, 'receipt');
  await portal.getByRole('button', { name: '记好了，收起' }).click();
  await queue.getByRole('button', { name: '发出并开工单' }).click();
  await queue.getByText('工单').first().waitFor();
  await picture(queue, 'ticket-opened');
  await handle(organiser, handler);
  await portal.reload();
  await portal.getByText('已核验：').first().waitFor();
  await portal.getByRole('button', { name: '查办理进度' }).click();
  await portal.getByLabel('编号').fill(receipt.number);
  await portal.getByLabel('口令').fill(receipt.code);
  await portal.getByRole('button', { name: '查看', exact: true }).click();
  await portal.getByText('问题解决了吗').waitFor();
  await picture(portal, 'follow-up-asked');
  await portal.getByText('解决了', { exact: true }).click();
  await portal.getByRole('button', { name: '提交评价' }).click();
  await portal.getByText('已收到您的评价').waitFor();
  await portal.reload();
  await portal.getByText('已闭环').first().waitFor();
  await picture(portal, 'loop-closed');

  // Later what was withheld may be public: its leader hands the text in, a reviewer passes it, and the check is still green.
  const reviewer = await profile('reviewer');
  const reviewerLink = await invite(await openDesk(organiser, 'people'), '陈审查', '保密审查', null);
  const claimed = await enrol(reviewer, reviewerLink, true);
  await claimed.getByText('等待组织部门核对指纹').first().waitFor();
  await activate(await openDesk(organiser, 'people'), '陈审查');
  await claimed.getByText('这台设备已经登记并启用').waitFor();
  await release(leader, reviewer);
  await expect
    .poll(async () => {
      await portal.reload();
      await portal.getByText('已核验：').first().waitFor();
      return portal.getByText(secret, { exact: true }).count();
    }, patience)
    .toBeGreaterThan(0);
  await portal.getByText('当事人书面同意').waitFor();
  await picture(portal, 'released');
}

/** The leader offers what was withheld, the reviewer reads it where it stands and passes it. */
async function release(leader: Profile, reviewer: Profile): Promise<void> {
  const diaries = await openDesk(leader, 'diaries');
  await confirmWhenAsked(diaries);
  await diaries.locator('td a').first().click();
  await diaries.getByRole('heading', { name: '暂不公开的条目' }).waitFor();
  await diaries.getByText('看原文').click();
  await picture(diaries, 'withheld-items');
  await diaries.getByRole('button', { name: '申请恢复公开' }).click();
  const dialog = diaries.getByRole('dialog');
  await dialog.getByText(secret).waitFor();
  await dialog.getByLabel('为什么可以公开了').fill('当事人书面同意');
  await picture(diaries, 'offer');
  await dialog.getByRole('button', { name: '送交审查' }).click();
  await diaries.getByText('等待审查').waitFor();
  await picture(diaries, 'offered');
  const review = await openDesk(reviewer, 'review');
  await review.getByText(secret).waitFor();
  await picture(review, 'review-of-an-offer');
  await review.getByRole('button', { name: '恢复公开', exact: true }).click();
  await review.getByText('没有等您审查的日记').waitFor();
}

/** Writes one more entry and withholds it before its first save. */
async function withhold(week: Page): Promise<void> {
  await week
    .getByRole('button', { name: /日记一条$|在.*记一条/ })
    .first()
    .click();
  const field = week.getByRole('textbox', { name: '记一条' }).last();
  await field.click();
  await field.pressSequentially(`19:00-19:40 ${secret}`, { delay: 5 });
  await week.getByLabel('从一开始就暂不公开').check();
  await week.getByLabel('依据').fill(basis);
  await week.getByRole('button', { name: 'Enter 保存' }).last().click();
  await expect.poll(() => field.inputValue(), { timeout: 10_000 }).toBe('');
}

/** Rule, freeze, nonces, lock, acknowledgement. */
async function freeze(organiser: Profile, leader: Profile): Promise<void> {
  const desk = await openDesk(organiser, 'draws/rule');
  await confirmWhenAsked(desk);
  await desk.getByLabel('几点').fill('00:00');
  await desk.getByLabel('轮休').fill('0');
  await desk.getByLabel(/外部来源 · 名称/).fill('双色球');
  await picture(desk, 'rule');
  await desk.getByRole('button', { name: '签名并公布规则' }).click();
  const opens = new Date(Math.floor((Date.now() + lotteryMs) / 60_000) * 60_000 + 8 * 3_600_000).toISOString();
  await desk.getByLabel('双色球期号').fill('2026136');
  await desk.getByLabel('双色球开奖日期').fill(opens.slice(0, 10));
  await desk.getByLabel('双色球开奖时间').fill(opens.slice(11, 16));
  await picture(desk, 'freeze');
  await desk.getByRole('button', { name: '签名并锁定名单' }).click();
  await desk.getByRole('dialog').getByRole('button', { name: '签名并锁定名单' }).click();
  await desk.getByText('等各单位交随机数').first().waitFor();
  let popup = await leader.open('popup.html');
  await desk.getByText('各单位都交了').waitFor({ timeout: 60_000 });
  await picture(desk, 'nonces');
  await desk.getByRole('button', { name: '锁定存证日志' }).click();
  await desk.getByText('设备作证').first().waitFor();
  await popup.close();
  popup = await leader.open('popup.html');
  await desk.getByText('已作证').first().waitFor({ timeout: 60_000 });
  await popup.close();
  await picture(desk, 'acknowledged');
}

/** Numbers, result, publication. */
async function publish(organiser: Profile, patience: { readonly timeout: number }): Promise<void> {
  const desk = await openDesk(organiser, 'draws');
  await confirmWhenAsked(desk);
  await desk.getByLabel('双色球第2026136期的号码').fill('02 05 08 10 12 30 14');
  await desk.getByRole('button', { name: '按号码算结果' }).click();
  await desk.getByText('算出的结果').waitFor();
  await desk.getByLabel('号码已和官方公告核对过').check();
  await picture(desk, 'result-before-signing');
  await desk.getByRole('button', { name: '签名并公布结果' }).click();
  await desk.getByText('已晒出').first().waitFor(patience);
  await picture(desk, 'published');
  await desk.close();
}

/** Fills a reader's form and gives the receipt that is shown once. */
async function write(
  page: Page,
  what: { readonly form: string; readonly at: 'first' | 'last'; readonly text: string; readonly kind?: string },
): Promise<{ readonly number: string; readonly code: string }> {
  const buttons = page.getByRole('button', { name: what.form, exact: true });
  await (what.at === 'first' ? buttons.first() : buttons.last()).click();
  const form = page.getByRole('form', { name: what.form });
  if (what.kind !== undefined) await form.getByText(what.kind, { exact: true }).click();
  await form.getByRole('textbox', { name: /内容|发生了什么/ }).fill(what.text);
  await form.getByLabel('我已满14周岁').check();
  await form.getByLabel('同意公开这段文字').check();
  await form.getByRole('button', { name: '提交审核' }).click();
  await page.getByText('已收到').first().waitFor();
  const [number = '', code = ''] = await page
    .getByRole('definition')
    .filter({ hasText: /^[\dA-Z-]{9,}$/ })
    .allTextContents();
  return { number: number.trim(), code: code.trim() };
}

/** Dispatch, acceptance, first contact, reply. */
async function handle(organiser: Profile, handler: Profile): Promise<void> {
  const dispatch = await openDesk(organiser, 'tickets');
  await dispatch
    .getByRole('link', { name: /2026-|\d{4}-\d{4}/ })
    .first()
    .click();
  await dispatch.getByLabel('派给哪个单位').selectOption({ label: '莲浦街道' });
  await dispatch.getByRole('button', { name: '派单', exact: true }).click();
  await dispatch.getByText('已派单').first().waitFor();
  await picture(dispatch, 'ticket-assigned');
  await dispatch.close();
  const desk = await openDesk(handler, 'tickets');
  await desk
    .getByRole('link', { name: /\d{4}-\d{4}/ })
    .first()
    .click();
  await desk.getByRole('button', { name: '签收', exact: true }).click();
  await desk.getByLabel(/第一次写给反映人的话/).fill('已约今晚21时到现场看。');
  await desk.getByRole('button', { name: '开始办理' }).click();
  await desk.getByLabel(/公开答复/).fill('三号摊已装净化机，连续三晚复测达标。');
  await desk.getByLabel('办理结果').selectOption({ label: '整改办结' });
  await desk.getByLabel('根因').selectOption({ label: '工作考虑不周' });
  await picture(desk, 'reply');
  await desk.getByRole('button', { name: '答复并请反映人评价' }).click();
  await desk.getByText('已答复待回访').first().waitFor();
  await picture(desk, 'replied');
  await desk.close();
}
