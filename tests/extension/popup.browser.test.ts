/** The popup of the built extension in a real browser: what is typed survives, and Enter belongs to the input method first. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CDPSession, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { blankProgress } from '../../extension/store/database.ts';
import { putRows } from '../fixtures/filled-store.ts';
import { openProfile, type Profile } from '../fixtures/profile.ts';
import { draftOf, emptyStore } from '../fixtures/stored-rows.ts';

let folder: string;
let profile: Profile;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sundial-popup-'));
  profile = await openProfile(folder);
});
// Each test begins on a device on which nothing is written.
afterEach(async () => {
  const bare = await profile.open('icon/16.png');
  for (const page of profile.context.pages()) if (page !== bare) await page.close();
  await emptyStore(bare);
});
afterAll(async () => {
  await profile.close();
  rmSync(folder, { recursive: true, force: true });
});

const line = (page: Page) => page.getByRole('textbox', { name: '记一条' });

/** The line of the popup once its draft was read. */
async function popup(): Promise<Page> {
  const page = await profile.open('popup.html');
  await line(page).waitFor();
  return page;
}

test('a line is read while it is typed and saved with Enter', async () => {
  const page = await popup();
  await line(page).pressSequentially('8:30-10:00 研究部署社会基层治理网格化管理工作');
  await page.getByText('08:30–10:00').waitFor();
  await line(page).press('Enter');
  await page.getByRole('button', { name: '08:30–10:00 研究部署社会基层治理网格化管理工作' }).waitFor();
  expect(await line(page).inputValue()).toBe('');
  await page.getByText('已存本机，1条待送').waitFor();
});

test('a line with a date is saved under that date', async () => {
  const page = await popup();
  await line(page).fill('2026-7-14 9:00-11:30 调研');
  await page.getByText('记到7月14日 周二').waitFor();
  await line(page).press('Enter');
  await page.getByText('已存本机，1条待送').waitFor();
  expect(await page.getByRole('button', { name: /调研/ }).count()).toBe(0);
});

test('the side panel calls today by its name and opens at it', async () => {
  const page = await profile.open('sidepanel.html');
  const days = page.getByRole('navigation', { name: '本周各天' });
  await days.getByRole('button', { name: / 今天 0分$/ }).waitFor();
  expect(await days.locator('[aria-current=date]').getAttribute('aria-label')).toMatch(/日 周. 今天 0分$/);
});

test('what was saved under another day says under which, and what is saved today is only said to be stored', async () => {
  const page = await popup();
  const last = page.locator('.last-step');
  await line(page).fill('2026-7-14 9:00-11:30 调研');
  await line(page).press('Enter');
  await expect.poll(() => last.textContent()).toBe('已记到7月14日 周二撤销');
  await page.getByRole('status').filter({ hasText: '已记到7月14日 周二' }).waitFor();
  await last.getByRole('button').click();
  await expect.poll(() => last.textContent()).toBe('已撤销刚记的重做');
  await line(page).fill('9:00-10:00 今天的\n2026-7-14 9:00-11:30 调研\n2026-7-15 9:00-11:30 调研');
  await line(page).press('Enter');
  await expect.poll(() => last.textContent()).toBe('已记到7月14日 周二等3天撤销');
  await line(page).fill('14:00-15:00 会见客商');
  await line(page).press('Enter');
  await expect.poll(() => last.textContent()).toBe('已存本机撤销');
});

test('closing the popup in mid-word keeps the draft', async () => {
  const page = await popup();
  await line(page).pressSequentially('14:00-15:00 会商第9号台风路');
  await expect.poll(() => draftOf(page, 'popup')).toBe('14:00-15:00 会商第9号台风路');
  await page.close();
  const again = await popup();
  await expect.poll(() => line(again).inputValue()).toBe('14:00-15:00 会商第9号台风路');
});

test('killing the browser loses neither an entry nor a draft', async () => {
  const page = await popup();
  await line(page).fill('8:30-10:00 研究部署');
  await line(page).press('Enter');
  await page.getByText('已存本机，1条待送').waitFor();
  await line(page).pressSequentially('写了一半');
  await expect.poll(() => draftOf(page, 'popup')).toBe('写了一半');
  await profile.kill();
  profile = await openProfile(folder);
  const again = await popup();
  await again.getByRole('button', { name: '08:30–10:00 研究部署' }).waitFor();
  await expect.poll(() => line(again).inputValue()).toBe('写了一半');
});

test('Enter that confirms a composition does not save', async () => {
  const page = await popup();
  await line(page).pressSequentially('8:30-10:00 ');
  const keyboard: CDPSession = await profile.context.newCDPSession(page);
  await keyboard.send('Input.imeSetComposition', { text: 'yanjiu', selectionStart: 6, selectionEnd: 6 });
  await keyboard.send('Input.dispatchKeyEvent', {
    type: 'rawKeyDown',
    windowsVirtualKeyCode: 229,
    key: 'Process',
    code: 'Enter',
  });
  await keyboard.send('Input.insertText', { text: '研究' });
  await expect.poll(() => line(page).inputValue()).toBe('8:30-10:00 研究');
  expect(await page.getByText('已存本机，1条待送').count()).toBe(0);
  await page.waitForTimeout(120);
  await line(page).press('Enter');
  await page.getByRole('button', { name: '08:30–10:00 研究' }).waitFor();
});

test('a text without a time is kept and asks for its time', async () => {
  const page = await popup();
  await line(page).fill('3-5号楼现场办公');
  await line(page).press('Enter');
  await page.getByRole('textbox', { name: '开始' }).fill('9:00');
  await page.getByRole('textbox', { name: '结束' }).fill('1030');
  await page.getByRole('textbox', { name: '结束' }).press('Enter');
  await page.getByRole('button', { name: '09:00–10:30 3-5号楼现场办公' }).waitFor();
});

test('a range behind the words stands in the time picker, and what is written over it counts', async () => {
  const page = await popup();
  await line(page).fill('会见客商 14:00-15:00');
  await line(page).press('Enter');
  const start = page.getByRole('textbox', { name: '开始' });
  await expect.poll(() => start.inputValue()).toBe('14:00');
  await start.fill('8:70');
  await start.press('Enter');
  await page.getByText('没有看懂').waitFor();
  expect(await page.getByText('已存本机，1条待送').count()).toBe(0);
  await start.fill('下午2点半');
  await start.press('Enter');
  await page.getByRole('button', { name: '14:30–15:00 会见客商 14:00-15:00' }).waitFor();
});

test('times before the day begins may be of the afternoon', async () => {
  const page = await popup();
  await line(page).fill('3-5点走访企业');
  await page.getByRole('radio', { name: '是下午 15:00–17:00' }).check();
  await line(page).press('Enter');
  await page.getByRole('button', { name: '15:00–17:00 走访企业' }).waitFor();
});

test('an end before the start is asked for, and Enter once more says yes', async () => {
  const page = await popup();
  await line(page).fill('18:00-8:00 值班；9:00-3:00 调研');
  for (const asked of ['读作18:00–次日08:00，14小时，对吗？', '读作09:00–15:00，6小时，对吗？']) {
    await page.keyboard.press('Enter');
    await page.getByText(asked).waitFor();
  }
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '09:00–15:00 调研' }).waitFor();
  await page.getByRole('button', { name: '18:00–次日08:00 值班' }).waitFor();
  await line(page).fill('12:00-1:00 午餐会');
  await line(page).press('Enter');
  await page.getByText('读作12:00–13:00，1小时，对吗？').waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '12:00–13:00 午餐会' }).waitFor();
});

test('of several entries each one before the day begins asks for its day', async () => {
  const page = await popup();
  await line(page).fill('1:30-2:30 应急调度；8:30-10:00 例会');
  const rows = page.getByRole('listitem').filter({ hasText: '应急调度' });
  await rows.getByRole('radio', { name: '是下午 13:30–14:30' }).check();
  await line(page).press('Enter');
  await page.getByRole('button', { name: '13:30–14:30 应急调度' }).waitFor();
});

test('a text that an entry cannot hold says how long it is, and stays', async () => {
  const page = await popup();
  const long = `9:00-10:00 ${'字'.repeat(10_001)}`;
  await line(page).fill(long);
  await line(page).press('Enter');
  await page.getByText('内容有10001字，最多10000字').waitFor();
  expect(await line(page).inputValue()).toBe(long);
});

test('a full disk is said while typing, and what was typed is saved once there is room', async () => {
  const page = await popup();
  await page.evaluate(() => {
    const { put, add } = IDBObjectStore.prototype;
    const full = (write: typeof put): typeof put =>
      function (this: IDBObjectStore, ...args) {
        if (document.body.dataset.full === 'true') throw new DOMException('no room', 'QuotaExceededError');
        return write.apply(this, args);
      };
    Object.assign(IDBObjectStore.prototype, { put: full(put), add: full(add) });
    document.body.dataset.full = 'true';
  });
  await line(page).pressSequentially('9:00-10:00 座谈');
  await page.getByText('这台电脑存不下了').waitFor();
  await line(page).press('Enter');
  await page.waitForTimeout(300);
  expect(await line(page).inputValue()).toBe('9:00-10:00 座谈');
  await page.evaluate(() => {
    document.body.dataset.full = 'false';
  });
  await line(page).press('Enter');
  await page.getByRole('button', { name: '09:00–10:00 座谈' }).waitFor();
  await expect.poll(() => page.getByText('这台电脑存不下了').count()).toBe(0);
});

test('a device that was ended and a clock that is off are said where one writes', async () => {
  const page = await popup();
  const main = { id: 'main', grants: [], person: null, organisation: null, organisationAt: 0, rule: null, pins: null };
  await putRows(page, {
    profile: [
      {
        ...main,
        server: { address: 'http://127.0.0.1:9', origin: 'log.example' },
        device: { id: 'device-1', kid: 'kid-1', state: 'revoked' },
        language: 'zh',
      },
    ],
    progress: [{ ...blankProgress, offsetMs: 3 * 86_400_000 }],
  });
  await page.reload();
  await page.getByText('这台设备已被停用').waitFor();
  await page.getByText('这台电脑的时间与服务器相差3天').waitFor();
});

test('whoever is enrolled for no journal is shown the way to the desk, where one would write, unless a text waits there', async () => {
  const page = await profile.open('popup.html');
  const main = { id: 'main', person: null, organisation: null, organisationAt: 0, rule: null, pins: null };
  await putRows(page, {
    profile: [
      {
        ...main,
        server: { address: 'http://127.0.0.1:9', origin: 'log.example' },
        device: { id: 'device-1', kid: 'kid-1', state: 'active' },
        grants: [{ role: 'organiser', unit: null, actor: 'org-1' }],
        language: 'zh',
      },
    ],
  });
  for (const address of ['popup.html', 'sidepanel.html']) {
    await page.goto(`chrome-extension://${profile.extensionId}/${address}`);
    await page.getByText('您在这台设备上的身份不写日志').waitFor();
    expect(await line(page).count()).toBe(0);
  }
  const opened = profile.context.waitForEvent('page');
  await page.getByRole('button', { name: '打开工作台' }).click();
  expect((await opened).url()).toContain('desk.html#/home');
  const body = {
    kind: 'entry',
    day: '2026-09-23',
    start: '2026-09-23T08:30',
    end: '2026-09-23T10:00',
    week: '2026-W39',
  };
  const op = {
    n: 1,
    op: 'op-1',
    id: 'entry-1',
    kind: 'put',
    parent: null,
    schema: 1,
    at: '2026-09-23T10:00:00Z',
    sent: false,
  };
  await putRows(page, {
    outbox: [{ ...op, body: { ...body, category: 'meeting', mode: 'collective', text: '登记前写的' } }],
  });
  await page.reload();
  await line(page).waitFor();
});

test('the last row of a long day unfolds where it can be seen', async () => {
  const page = await popup();
  const hours = Array.from({ length: 14 }, (_, at) => `${at + 6}:00-${at + 7}:00 第${at + 1}件事`);
  await line(page).fill(hours.join('\n'));
  await line(page).press('Enter');
  const last = page.getByRole('button', { name: '19:00–20:00 第14件事' });
  await last.click();
  await expect
    .poll(() =>
      page.getByRole('textbox', { name: '内容' }).evaluate((found) => {
        const { top, bottom } = found.getBoundingClientRect();
        const shown = found.closest('.bd')?.getBoundingClientRect();
        return shown !== undefined && top >= shown.top && bottom <= shown.bottom;
      }),
    )
    .toBe(true);
});

test('a listed word warns before the text is saved', async () => {
  const page = await popup();
  await line(page).fill('9:00-10:00 核对演习代号');
  await line(page).press('Enter');
  await page.getByText('这一条里有“演习代号”。').waitFor();
  expect(await page.getByText('已存本机，1条待送').count()).toBe(0);
  await line(page).press('Alt+k');
  await page.getByText('已存本机，1条待送').waitFor();
});

test('the time of an entry is changed in its editor when the field is left', async () => {
  const page = await popup();
  await line(page).fill('8:30-10:00 研究部署');
  await line(page).press('Enter');
  await page.getByRole('button', { name: '08:30–10:00 研究部署' }).click();
  const end = page.getByRole('textbox', { name: '结束' });
  await end.press('Control+a');
  await end.pressSequentially('11:15');
  await end.press('Tab');
  await page.getByRole('button', { name: '08:30–11:15 研究部署' }).waitFor();
  await page.getByText('已存本机，2条待送').waitFor();
});
