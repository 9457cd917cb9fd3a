/** The leader's way in real Firefox: enrol, log, restart, sync, seal, against a real server. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Device } from '../../server/demo/device.ts';
import { getInvitations, postInvitation } from '../../shared/api/accounts.ts';
import { type FirefoxProfile, openFirefox } from '../fixtures/firefox.ts';
import { openRealServer, type RealServer, realWorld } from '../fixtures/real-server.ts';
import { lastFriday } from '../journey/journey.ts';

const patienceMs = 40_000;
const pin = '271828';
let folder: string;
let server: RealServer;
let firefox: FirefoxProfile;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sundial-firefox-'));
  server = await openRealServer({
    name: { zh: '试验区', en: 'Test Area' },
    origin: 'firefox.example/log1',
    units: [{ id: 'lianpu', kind: 'subdistrict', name: { zh: '莲浦街道', en: 'Lianpu' } }],
  });
  firefox = await openFirefox(folder);
});
afterAll(async () => {
  await firefox.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Presses the button that bears this name. */
const press = (page: Page, name: string) =>
  page.locator(`::-p-xpath(//button[not(@disabled)][normalize-space(.)="${name}"])`).setTimeout(patienceMs).click();

/** Waits until the page shows a text. */
const sees = (page: Page, text: string) =>
  page.waitForFunction((wanted) => document.body.textContent.includes(wanted), { timeout: patienceMs }, text);

/** Types a line and saves it with Enter. */
async function log(page: Page, line: string): Promise<void> {
  const field = await page.waitForSelector('textarea.in', { timeout: patienceMs });
  await field?.type(line);
  await field?.press('Enter');
  await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>('textarea.in')?.value === '', {
    timeout: patienceMs,
  });
}

test('a leader enrols, logs, restarts, syncs and seals a week', async () => {
  const world = realWorld(server.issuer);
  const organiser = await Device.claim(world, server.invitation);
  const invitation = await organiser.call(postInvitation, {
    body: { name: '张书记', grants: [{ role: 'leader', unit: 'lianpu' }] },
  });
  const friday = lastFriday(new Date());

  let popup = await firefox.open('popup.html');
  await log(popup, `${friday.typed} 8:30-10:00 研究部署网格化管理`);
  await sees(popup, '已存本机');
  await popup.close();

  const enrol = await firefox.open('desk.html#/enrol');
  const link = await enrol.waitForSelector('textarea.code', { timeout: patienceMs });
  await link?.type(invitation.link);
  await press(enrol, '看看这是给谁的');
  await press(enrol, '登记');
  await sees(enrol, '签名前怎么认您');
  for (const field of await enrol.$$('dialog input')) await field.type(pin);
  await press(enrol, '设好，继续');
  await sees(enrol, '等待组织部门核对指纹');
  const { rows } = await organiser.call(getInvitations);
  const claimed = rows.find(({ id }) => id === invitation.id);
  if (claimed === undefined) throw new Error('the invitation is not in the list');
  await organiser.activate(claimed);
  await sees(enrol, '这台设备已经登记并启用');
  await enrol.close();

  popup = await firefox.open('popup.html');
  await log(popup, `${friday.typed} 23:30-次日0:40 夜查夜市油烟`);
  await popup.close();
  await firefox.close();
  firefox = await openFirefox(folder);

  const week = await firefox.open(`desk.html#/week/${friday.week}`);
  await sees(week, '研究部署网格化管理');
  await sees(week, '夜查夜市油烟');
  await sees(week, '已送达');
  await press(week, '看全文并封存');
  await sees(week, '下面就是要签名的全文');
  await press(week, '签名并封存');
  await sees(week, '确认是您本人');
  await (await week.$('dialog input[type=password]'))?.type(pin);
  await press(week, '确认');
  await sees(week, '已核对：这一份在存证日志里');
  expect(await week.$$eval('dialog', (dialogs) => dialogs.length)).toBe(1);
});
