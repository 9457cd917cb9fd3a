/** The night-stall case whole, as people do it: the reader in the widget, the desk in the built extension. One person holds the desk's roles, so
 *  that one browser is enough; who may do what is for the server's tests. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { enrol as enrolDevice } from '../../server/demo/cast.ts';
import { postInvitation } from '../../shared/api/accounts.ts';
import { getQueue, postDecision } from '../../shared/api/comments.ts';
import { postTicket } from '../../shared/api/tickets.ts';
import { type Office, openOffice } from '../draws/office.ts';
import { findingsIn, tooWide } from '../fixtures/page-checks.ts';
import { openProfile, type Profile } from '../fixtures/profile.ts';
import { entryOf, lastWeek, showWeek } from '../fixtures/showing.ts';
import { beginPictures, enrol, openDesk, picture } from '../journey/people.ts';

const units = [
  { id: 'lianpu', kind: 'subdistrict' as const, name: { zh: '莲浦街道', en: 'Lianpu' } },
  { id: 'cgj', kind: 'department' as const, name: { zh: '城市管理局', en: 'City Management' } },
];
const patience = 30_000;
const report = '夜市东头22时后还开着喇叭，孩子睡不着。';
const contact = '0512-6666-0001';

let office: Office;
let profile: Profile;
let folder = '';
let link = '';

beforeAll(async () => {
  beginPictures('night-stall');
  folder = mkdtempSync(join(tmpdir(), 'sundial-night-stall-'));
  const terms = units.map(({ id, name }) => ({
    id: `${id}-1`,
    unit: id,
    post: `${name.zh}一把手`,
    from: '2026-01-01',
  }));
  office = await openOffice(
    Date.parse('2026-10-12T09:00:00+08:00') / 1000,
    { units, terms, onePerson: true, proofOfWork: { hashes: 0 }, deadlines: { reviewWorkingDays: 0 } },
    units,
  );
  const week = lastWeek(office.context.now());
  for (const leader of office.leaders.values()) {
    await leader.put(entryOf(week, 4, 21, '夜查夜市，摊主答应关喇叭'));
    await leader.seal(week);
  }
  const soon = () => Math.floor(office.context.now() / 1000) + 120;
  const until = async (seconds: number) => office.at(seconds + 1);
  const staff = { organiser: office.first, leaders: office.leaders, officials: new Map() };
  await showWeek(staff, week, { seats: 2, soon, until });
  const roles = ['organiser', 'moderator'].map(
    (role) => ({ role: role === 'organiser' ? role : 'moderator', unit: null }) as const,
  );
  const handlers = units.map(({ id }) => ({ role: 'handler' as const, unit: id }));
  link = (await office.first.call(postInvitation, { body: { name: '钱承办', grants: [...roles, ...handlers] } })).link;
}, 120_000);

afterAll(async () => {
  await profile?.close();
  await office?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A moderator, by program: publishes the report and opens the ticket. */
async function register(): Promise<string> {
  const moderator = await enrolDevice(office.first.world, office.first, {
    name: '李审核',
    role: 'moderator',
    unit: null,
  });
  const { rows } = await moderator.call(getQueue);
  const [row] = rows;
  if (row === undefined) throw new Error('nothing waits');
  const body = { decision: 'publish' as const, version: row.version, masks: row.masks };
  await moderator.call(postDecision, { params: { id: row.id }, body });
  return (await moderator.call(postTicket, { body: { comment: row.id, clock: 'standard', note: null } })).number;
}

/** The reader looks the case up again. */
async function lookUp(reader: Page, receipt: { readonly number: string; readonly code: string }): Promise<void> {
  await reader.reload();
  await reader.getByText('已核验：').first().waitFor();
  await reader.getByRole('button', { name: '查办理进度' }).click();
  await reader.getByLabel('编号').fill(receipt.number);
  await reader.getByLabel('口令').fill(receipt.code);
  await reader.getByRole('button', { name: '查看', exact: true }).click();
  await reader.locator('.head', { hasText: receipt.number }).waitFor();
}

/** Chooses one of several moves. */
const choose = (desk: Page, name: string) => desk.getByRole('radio', { name, exact: true }).check();
const press = (desk: Page, name: string) => desk.getByRole('button', { name, exact: true }).click();
/** The state at the head of the ticket. */
const stands = (desk: Page, state: string) => desk.locator('.ticket-state .state', { hasText: state }).waitFor();

async function reply(desk: Page, text: string): Promise<void> {
  await desk.getByLabel('公开答复').fill(text);
  await desk.getByLabel('办理结果').selectOption({ label: '整改办结' });
  await desk.getByLabel('根因').selectOption({ label: '工作考虑不周' });
  await desk.locator('.reader .reading', { hasText: text }).waitFor();
}

async function addAction(desk: Page, what: string, unit: string): Promise<void> {
  await press(desk, '加一件');
  const dialog = desk.getByRole('dialog');
  await dialog.getByLabel('事项').fill(what);
  await dialog.getByLabel('谁办').selectOption({ label: unit });
  await dialog.getByLabel('期限').fill('2026-10-30');
  await dialog.getByRole('button', { name: '保存' }).click();
  await desk.getByRole('button', { name: `改“${what}”` }).waitFor();
}

test('the night stall: two actions of two units, dispute, reassignment, extension, reply, dissatisfied, reopened, solved', async () => {
  profile = await openProfile(join(folder, 'profile'));
  profile.context.setDefaultTimeout(patience);
  const enrolling = await enrol(profile, link, true);
  await enrolling.getByText('等待组织部门核对指纹').first().waitFor();
  await office.activate();
  await enrolling.getByText('这台设备已经登记并启用').waitFor();
  await enrolling.close();

  // The reader reports, with a private contact that has a tick of its own.
  const reader = await profile.context.newPage();
  await reader.goto(`${office.issuer}/`);
  await reader.getByRole('link', { name: '莲浦街道' }).first().click();
  await reader.getByText('已核验：').first().waitFor();
  await reader.getByRole('button', { name: '反映问题', exact: true }).last().click();
  const form = reader.getByRole('form', { name: '反映问题' });
  await form.getByLabel('发生了什么').fill(report);
  await form.getByLabel('电话或邮箱').fill(contact);
  await form.getByLabel('我已满14周岁').check();
  await form.getByLabel('同意公开这段文字').check();
  await form.getByRole('button', { name: '提交审核' }).click();
  await form.getByText('要留联系方式，请先勾选；不想留就清空').waitFor();
  await form.getByLabel('同意承办的人用它联系我').check();
  await form.getByRole('button', { name: '提交审核' }).click();
  await reader.getByText('已收到').first().waitFor();
  const [number = '', code = ''] = await reader
    .getByRole('definition')
    .filter({ hasText: /^[\dA-Z-]{9,}$/ })
    .allTextContents();
  const receipt = { number: number.trim(), code: code.trim() };
  const ticket = await register();

  // Dispatched to the wrong unit, which objects; dispatched again.
  const desk = await openDesk(profile, 'tickets');
  await desk.getByLabel('编号或内容').fill('喇叭');
  await desk.getByRole('link', { name: ticket }).waitFor();
  await picture(desk, 'list');
  await desk.getByRole('link', { name: ticket }).click();
  await desk.getByLabel('派给哪个单位').selectOption({ label: '城市管理局' });
  await press(desk, '派单');
  await stands(desk, '已派单');
  await choose(desk, '提出派单异议');
  await desk.getByLabel('异议的理由').fill('夜市由街道管理，我们只管占道。');
  await press(desk, '提出派单异议');
  await stands(desk, '派单异议');
  await desk.getByLabel('派给哪个单位').selectOption({ label: '莲浦街道' });
  await press(desk, '派单');
  await stands(desk, '已派单');
  await press(desk, '签收');
  await stands(desk, '已签收');

  // The contact is looked at; the first contact is a message that the reader reads by receipt.
  await press(desk, '看反映人的联系方式');
  await desk.getByText(contact).waitFor();
  const message = '您好，今晚21时到现场看，欢迎一起来。';
  await desk.getByLabel('第一次写给反映人的话').fill(message);
  await desk.locator('.reader .prose', { hasText: message }).waitFor();
  await press(desk, '开始办理');
  await stands(desk, '办理中');
  await addAction(desk, '摊位公约加静音条款', '莲浦街道');
  await addAction(desk, '22时后固定巡查', '城市管理局');
  await picture(desk, 'working');
  await lookUp(reader, receipt);
  await reader.getByText(message).waitFor();
  await reader.getByText('22时后固定巡查').waitFor();
  expect(await reader.getByText('夜市由街道管理').count()).toBe(0);

  // More time: asked with a reason, given by the organiser, public.
  await press(desk, '申请延期');
  await desk.getByLabel('延到哪一天').fill('2026-11-06');
  await desk.getByLabel('延期的理由').fill('三户摊主外出，要等签字。');
  await press(desk, '提交申请');
  await desk.getByText('申请延期，等组织部门决定').first().waitFor();
  await choose(desk, '同意延期');
  await press(desk, '同意延期');
  await stands(desk, '已延期');
  await desk.getByText('11月6日').first().waitFor();

  // A reply from a template goes out only when its gaps are filled.
  await choose(desk, '答复并请反映人评价');
  await reply(desk, '{时间}起，夜市22时后停用喇叭。');
  await press(desk, '答复并请反映人评价');
  await desk.getByText('还没有填：{时间}').waitFor();
  await reply(desk, '10月20日起，夜市22时后停用喇叭。');
  for (const colorScheme of ['light', 'dark'] as const) {
    expect([colorScheme, (await findingsIn(desk, colorScheme)).failed]).toEqual([colorScheme, []]);
    await picture(desk, `reply-${colorScheme}`);
  }
  await desk.setViewportSize({ width: 820, height: 900 });
  expect(await tooWide(desk)).toEqual([]);
  await picture(desk, 'reply-820');
  await desk.setViewportSize({ width: 1280, height: 900 });
  await press(desk, '答复并请反映人评价');
  await stands(desk, '已答复待回访');

  // Not solved: opened again.
  await lookUp(reader, receipt);
  await reader.getByText('三户摊主外出，要等签字。').waitFor();
  await reader.getByText('10月20日起，夜市22时后停用喇叭。').waitFor();
  await reader.getByRole('radio', { name: '没有解决' }).check();
  await reader.getByRole('radio', { name: /^2/ }).check();
  await reader.getByLabel('还想说什么').fill('周六又放了。');
  await picture(reader, 'asked');
  await reader.getByRole('button', { name: '提交评价' }).click();
  await reader.getByText('已收到您的评价').waitFor();
  await reader.locator('.head', { hasText: '重新办理' }).waitFor();
  await desk.reload();
  await stands(desk, '重新办理');
  await desk.getByText('周六又放了。').filter({ visible: true }).first().waitFor();
  await desk.getByLabel('派给哪个单位').selectOption({ label: '莲浦街道' });
  await press(desk, '派单');
  await stands(desk, '已派单');
  await press(desk, '签收');
  await stands(desk, '已签收');
  await desk.getByLabel('第一次写给反映人的话').fill('周六当值的人已换，今晚复查。');
  await press(desk, '开始办理');
  await stands(desk, '办理中');
  await press(desk, '改“22时后固定巡查”');
  const dialog = desk.getByRole('dialog');
  await dialog.getByLabel('状态').selectOption({ label: '已办' });
  await dialog.getByRole('button', { name: '保存' }).click();
  await desk.getByRole('cell', { name: '已办' }).waitFor();
  await reply(desk, '周六已补巡查，连续两周22时后无喇叭。');
  await press(desk, '答复并请反映人评价');
  await stands(desk, '已答复待回访');

  // Solved.
  await lookUp(reader, receipt);
  await reader.getByText('周六已补巡查，连续两周22时后无喇叭。').waitFor();
  await reader.getByRole('radio', { name: '解决了', exact: true }).check();
  await reader.getByRole('radio', { name: /^5/ }).check();
  await reader.getByRole('button', { name: '提交评价' }).click();
  await reader.locator('.head', { hasText: '已闭环' }).waitFor();
  await picture(reader, 'closed');
  await desk.reload();
  await stands(desk, '已闭环');
  expect(await desk.getByRole('button', { name: '看反映人的联系方式' }).count()).toBe(0);
  await picture(desk, 'closed-desk');
}, 300_000);
