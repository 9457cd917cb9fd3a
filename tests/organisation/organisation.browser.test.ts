/** The organiser's pages as they are built: a table of units, deadlines, the term base and the calendar, by pointer and keyboard. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findingsOf, squeezed, tooWide } from '../fixtures/page-checks.ts';
import { openProfile, type Profile } from '../fixtures/profile.ts';
import { freePort, type Served, startServer, sundial } from '../fixtures/served.ts';
import { enrol } from '../journey/people.ts';

let folder: string;
let server: Served;
let profile: Profile;
let page: Page;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sundial-organisation-'));
  const config = join(folder, 'sundial.config.json');
  writeFileSync(
    config,
    JSON.stringify({
      name: { zh: '湖东新区', en: 'Hudong' },
      origin: 'hudong.example/log1',
      units: [{ id: 'lianpu', kind: 'subdistrict', name: { zh: '莲浦街道', en: 'Lianpu' } }],
      terms: [{ id: 'lianpu-1', unit: 'lianpu', post: '莲浦街道党工委书记', from: '2021-03-01' }],
      themes: [{ id: 'night', zh: '夜间经济', en: 'Night economy' }],
      threads: [{ id: 'stalls', name: '夜市疏导', theme: 'night' }],
      termBase: [{ id: 't1', preferred: '工作例会', aliases: ['周例会'], definition: '按周召开的会议' }],
      calendar: { holidays: ['2025-10-01'] },
    }),
  );
  const environment = {
    SUNDIAL_CONFIG: config,
    SUNDIAL_DATA: join(folder, 'data'),
    PORT: String(await freePort()),
  };
  const { output } = await sundial(environment, ['init']);
  server = await startServer(environment);
  profile = await openProfile(join(folder, 'profile'));
  page = await enrol(profile, /http:\S+#\S+/.exec(output)?.[0] ?? '', true);
  await page.getByRole('link', { name: '组织设置' }).click();
  page.setDefaultTimeout(15_000);
}, 120_000);
afterAll(async () => {
  await profile?.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const open = (name: string) =>
  page.getByRole('navigation', { name: '组织设置的各页' }).getByRole('link', { name }).click();
const confirm = async () => {
  await page.getByRole('button', { name: '看改动和影响' }).click();
  const dialog = page.getByRole('dialog');
  const shown = await dialog.getByRole('list').textContent();
  await dialog.getByRole('button', { name: '确认生效' }).click();
  await dialog.waitFor({ state: 'detached' });
  return shown;
};

test('a table with a wrong line is not taken; mended, all of it is, and the next table changes a head', async () => {
  await open('单位与任期');
  await page.getByRole('button', { name: '从表格导入' }).click();
  const dialog = page.getByRole('dialog');
  const take = dialog.getByRole('button', { name: '导入', exact: true });
  const table = (kind: string) =>
    `编号,类别,名称,职务,任职日期\nsoe-1,国有企业,城投公司,董事长,2026/3/1\nsoe-2,${kind},水务公司,,`;
  await dialog.getByLabel('或粘贴表格').fill(table('股份公司'));
  await dialog.getByText('有1行不对').waitFor();
  expect(await dialog.getByRole('row', { name: /^3 / }).textContent()).toContain('没有这个类别');
  expect(await take.isDisabled()).toBe(true);
  await dialog.getByLabel('或粘贴表格').fill(table('国有企业'));
  await take.click();
  await page.getByText('已导入：新增2个单位').waitFor();
  await page.getByRole('button', { name: '换届：城投公司' }).click();
  await dialog.getByLabel('新任职务').fill('代董事长');
  await dialog.getByLabel('任职日期').fill('2026-10-01');
  await dialog.getByText('董事长的任期到2026-09-30为止').waitFor();
  await dialog.getByRole('button', { name: '确认生效' }).click();
  await page.getByRole('row', { name: /代董事长/ }).waitFor();
});

test('a table that was taken by mistake is taken back by one press', async () => {
  await page.getByRole('button', { name: '从表格导入' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('或粘贴表格').fill('编号,类别,名称,职务,任职日期\nsoe-3,国有企业,公交公司,董事长,2026/3/1');
  await dialog.getByRole('button', { name: '导入', exact: true }).click();
  const done = page.getByRole('status').filter({ hasText: '已导入：新增1个单位' });
  await page.getByRole('row', { name: /公交公司/ }).waitFor();
  await done.getByRole('button', { name: '撤销' }).click();
  await page.getByText('已撤销导入').waitFor();
  await page.getByRole('row', { name: /公交公司/ }).waitFor({ state: 'detached' });
  expect(await page.getByRole('row', { name: /水务公司/ }).count()).toBe(1);
});

test('a deadline is changed after its effects were shown, and set back by one press', async () => {
  await open('办理期限');
  const question = page.getByLabel('咨询（工作日）');
  await question.fill('2');
  expect(await confirm()).toContain('咨询（工作日）：3 → 2');
  const done = page.getByRole('status').filter({ hasText: '办理期限已经生效' });
  await done.getByRole('button', { name: '撤销' }).click();
  await page.getByText('办理期限已经改回').waitFor();
  await expect.poll(() => question.inputValue()).toBe('3');
});

test('what is changed but not confirmed is there again after the page was closed', async () => {
  await open('保密提示词');
  await page.getByLabel('提示词', { exact: true }).fill('甲工程\n乙工程');
  await page.getByText('有未生效的改动').waitFor();
  await page.reload();
  await expect.poll(() => page.getByLabel('提示词', { exact: true }).inputValue()).toBe('甲工程\n乙工程');
  expect(await confirm()).toContain('甲工程、乙工程');
});

test('a table of terms comes in beside those there are; a year of announced days fills the calendar', async () => {
  await open('术语库');
  await page.locator('input[type=file]').setInputFiles({
    name: 'wrong.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('规范用语,别名\n专题会议（主题）,专题会\n,研究会\n专题会议（主题）,协调会\n'),
  });
  await page.getByText('第3行：缺规范用语').waitFor();
  await page.getByText('第4行：这个规范用语在前面已有一行').waitFor();
  expect(await page.getByText('有未生效的改动').count()).toBe(0);
  await page.locator('input[type=file]').setInputFiles({
    name: 't.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('规范用语,别名\n专题会议（主题）,专题会、专题研究会\n'),
  });
  await page.getByText('已经读进草稿').waitFor();
  expect(await confirm()).toContain('专题会议（主题）');
  await open('工作日历');
  await page.getByLabel('年份').fill('2026');
  await page.getByRole('button', { name: /国务院公布/ }).click();
  const shown = await confirm();
  // The State Council's notice of 2025-11-04: National Day of 2026 is 1 to 7 October, made up for on 20 September and 10 October.
  expect(shown).toContain('2026-10-07');
  expect(shown).toContain('2026-10-10');
  await expect.poll(() => page.getByLabel(/放假的日子/).inputValue()).toMatch(/^2025-10-01\n2026-01-01\n/);
});

test('turns are set for a unit, and the table of weeks says whose turn it is', async () => {
  await page.getByRole('link', { name: '周晒安排' }).click();
  await page.getByText('还没有公布抽签规则').waitFor();
  await page.getByText('改轮次').click();
  await page.getByLabel('莲浦街道').selectOption({ label: '第2组' });
  expect(await confirm()).toContain('莲浦街道');
  // Of two groups each has every second week of the eight.
  await expect.poll(() => page.getByText('轮到第2组').count()).toBe(4);
  expect(
    await page
      .getByRole('row', { name: /莲浦街道 第2组/ })
      .getByText('不用写')
      .count(),
  ).toBeGreaterThan(6);
  expect((await findingsOf(page)).failed).toEqual([]);
});

test('who invites is led to what is missing; the link says that it was copied until one goes on', async () => {
  await page.getByRole('link', { name: '人员与设备' }).click();
  await page.getByRole('button', { name: '邀请', exact: true }).click();
  const dialog = page.getByRole('dialog');
  const isIn = (label: string) => dialog.getByLabel(label).evaluate((field) => field === document.activeElement);
  await expect.poll(() => isIn('姓名')).toBe(true);
  await dialog.getByRole('button', { name: '生成邀请链接' }).click();
  await expect.poll(() => isIn('姓名')).toBe(true);
  await dialog.getByLabel('姓名').fill('王承办');
  await dialog.getByRole('button', { name: '生成邀请链接' }).click();
  await expect.poll(() => isIn('身份')).toBe(true);
  await dialog.getByLabel('身份').selectOption({ label: '留言审核' });
  await dialog.getByRole('button', { name: '生成邀请链接' }).click();
  await profile.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const copied = dialog.getByRole('status').filter({ hasText: '已复制' });
  await dialog.getByRole('button', { name: '复制' }).click();
  await copied.waitFor();
  const link = await dialog.getByRole('textbox').inputValue();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);
  await page.keyboard.press('Tab');
  await copied.waitFor({ state: 'detached' });
  await dialog.getByRole('button', { name: '已交给本人' }).click();
  await page.getByRole('button', { name: '重新邀请：王承办' }).click();
  await page.getByRole('dialog', { name: '重新邀请：王承办' }).getByRole('button', { name: '取消' }).click();
  await page.getByRole('link', { name: '组织设置' }).click();
});

test('somebody stands in from today on and is seen beside the people, until it is ended', async () => {
  await page.getByRole('link', { name: '人员与设备' }).click();
  await page.getByRole('button', { name: '安排代理' }).click();
  const dialog = page.getByRole('dialog');
  // A hint below one of two fields moves neither.
  const topOf = (label: RegExp) => dialog.getByLabel(label).evaluate((field) => field.getBoundingClientRect().top);
  expect(await topOf(/^从$/)).toBe(await topOf(/^到/));
  await dialog.getByLabel('代理人').selectOption({ label: '湖东新区' });
  await dialog.getByLabel('身份').selectOption({ label: '留言审核' });
  await dialog.getByRole('button', { name: '确认安排' }).click();
  await page.getByText('已安排湖东新区代理').waitFor();
  await page.getByRole('row', { name: /代理中/ }).waitFor();
  await page.getByRole('button', { name: '停止代理：湖东新区' }).click();
  await page.getByRole('row', { name: /已结束/ }).waitFor();
  await page.getByRole('link', { name: '组织设置' }).click();
});

test('pages of every make are right for everybody, dark, in English, on a tablet', async () => {
  const settings = await profile.open('desk.html#/settings');
  await settings.getByRole('radio', { name: 'English' }).dispatchEvent('click');
  // A tab in the background draws once a second.
  await page.bringToFront();
  await page.locator('html[lang=en]').waitFor({ state: 'attached' });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 820, height: 900 });
  for (const name of ['Term base', 'Calendar']) {
    await page.getByRole('link', { name, exact: true }).click();
    await page.locator('main table, main section .field').first().waitFor();
    expect.soft((await findingsOf(page)).failed, name).toEqual([]);
    expect.soft(await tooWide(page), name).toEqual([]);
  }
  await page.getByRole('link', { name: 'Showing plan' }).click();
  await page.locator('table.plan').waitFor();
  expect((await findingsOf(page, 'colours')).failed).toEqual([]);
  expect(await tooWide(page)).toEqual([]);
});

/** By how much each table is wider than the page shows of it. */
const standsBeside = () =>
  page
    .locator('.scroll')
    .evaluateAll((all) => all.map((e) => e.scrollWidth - e.clientWidth).filter((beyond) => beyond > 0));

test('on a phone every row is read whole, with what can be done to it, and nothing stands beside it', async () => {
  await page.setViewportSize({ width: 320, height: 640 });
  for (const name of ['Organisation', 'People and devices', 'Audit', 'Showing plan']) {
    await page.getByRole('link', { name, exact: true }).click();
    await page.locator('main tbody tr').first().waitFor();
    expect.soft(await standsBeside(), name).toEqual([]);
    expect.soft(await squeezed(page), name).toEqual([]);
    expect.soft(await tooWide(page), name).toEqual([]);
  }
  await page.getByRole('link', { name: 'Organisation', exact: true }).click();
  for (const name of await page.locator('.tabs a').allTextContents()) {
    await page.getByRole('link', { name, exact: true }).click();
    await page.locator('main table, main section .field').first().waitFor();
    expect.soft(await standsBeside(), name).toEqual([]);
    expect.soft(await tooWide(page), name).toEqual([]);
  }
});
