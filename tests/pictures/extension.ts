/** Takes the pictures of the extension and the desk in docs/images: a leader's screens from a store filled with weeks of the demonstration,
 *  the desk's from a demonstration that it makes in a folder of its own, on a Monday at noon. The extension must be built.
 *  `node tests/pictures/extension.ts [name…]`; a name is that of a scene below. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { zh } from '../../extension/locales/zh.ts';
import { readDemoSet } from '../../server/demo/demo-set.ts';
import { fillStore } from '../fixtures/filled-store.ts';
import { openProfile, type Profile } from '../fixtures/profile.ts';
import { confirmWhenAsked, enrol } from '../journey/people.ts';
import { friday, leaderTables, leaveInTray } from './leader.ts';
import { type Office, openOffice, type Person } from './office.ts';

interface Scene {
  readonly name: string;
  /** The page of the extension; a function where only the demonstration knows it. */
  readonly page: string | ((office: Office) => Promise<string>);
  /** Of the window in px; height null: as high as the page is. */
  readonly width: number;
  readonly height: number | null;
  /** Is there once the page is. */
  readonly until: string;
  readonly act?: (page: Page) => Promise<void>;
}

const names = process.argv.slice(2);
const set = readDemoSet();
const images = join(import.meta.dirname, '..', '..', 'docs', 'images');
const folder = mkdtempSync(join(tmpdir(), 'sundial-pictures-'));

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click();

/** What a leader sees on a Friday at a quarter to six. */
const leaderScenes: readonly Scene[] = [
  {
    name: 'popup',
    page: 'popup.html',
    width: 380,
    height: 560,
    until: '.rows li',
    act: async (page) => {
      await page.locator('.read').waitFor();
      await page.getByRole('textbox', { name: zh.journal.line }).fill('12:00-12:40 走访镜塘里沿街商户');
      await page.locator('.read').getByText('40分').waitFor();
    },
  },
  {
    name: 'side-panel',
    page: 'sidepanel.html',
    width: 420,
    height: 900,
    until: '.rows li',
    act: async (page) => {
      await press(page, /14/);
      await page.getByText('检查北门棚消防验收').click();
      await page.locator('.edit').waitFor();
      await page.evaluate(() => scrollTo(0, 0));
    },
  },
  {
    name: 'week',
    page: 'desk.html#/week',
    width: 1280,
    height: 870,
    until: '.blk',
    act: async (page) => {
      await press(page, '知道了');
      await page.getByText('有一条可以想一想').waitFor({ state: 'detached' });
    },
  },
  { name: 'my-time', page: 'desk.html#/my-time/quarter/2026-Q3', width: 1280, height: 1000, until: '.chart svg' },
  {
    name: 'threads',
    page: 'desk.html#/threads',
    width: 1280,
    height: 860,
    until: '.thread-name',
    act: async (page) => {
      await page.locator('.thread-name').filter({ hasText: '镜塘里改造' }).click();
      await page.locator('.long-line').waitFor();
      await page.locator('progress').waitFor({ state: 'detached' });
    },
  },
  { name: 'search', page: 'desk.html#/search/镜塘里 签', width: 1280, height: 520, until: 'text=/^找到/' },
  {
    name: 'import',
    page: 'desk.html#/files',
    width: 1280,
    height: 860,
    until: '.drop',
    act: async (page) => {
      const buffer = readFileSync(join(import.meta.dirname, 'october.ics'));
      const calendar = { name: '十月日程.ics', mimeType: 'text/calendar', buffer };
      await page.locator('.import input[type=file]').setInputFiles(calendar);
      await page.locator('.import-lines li').first().waitFor();
    },
  },
  {
    name: 'tray',
    page: 'sidepanel.html',
    width: 420,
    height: 620,
    until: '.rows li',
    act: async (page) => {
      await leaveInTray(page, set);
      await press(page, zh.journal.trayCount(1));
      await page.locator('dialog[open] .tray').waitFor();
    },
  },
];

/** What the desk sees on Monday, 30 November, a little after noon. */
const deskScenes: readonly { readonly who: Person; readonly scenes: readonly Scene[] }[] = [
  {
    who: {
      name: '综合岗',
      grants: [
        { role: 'moderator', unit: null },
        { role: 'handler', unit: 'lianpu' },
      ],
    },
    scenes: [
      { name: 'home', page: 'desk.html#/home', width: 1280, height: 900, until: 'main h2' },
      {
        name: 'moderation',
        page: 'desk.html#/moderation',
        width: 1280,
        height: 900,
        until: '.queue li',
        act: async (page) => {
          await page.locator('.queue button').filter({ hasText: '老张' }).click();
          await page.getByText('中学门口斑马线').nth(1).waitFor();
        },
      },
      {
        name: 'desk-ticket',
        page: 'desk.html#/tickets',
        width: 1280,
        height: null,
        until: 'main a',
        act: async (page) => {
          await page.getByRole('link', { name: '2026-0013' }).click();
          await page.getByLabel(/公开答复/).fill('11月28日晚的会开了，绿地一处不占，棚改到北门外。');
          await page.getByLabel('办理结果').selectOption({ label: '整改办结' });
          await page.getByLabel('根因').selectOption({ label: '工作考虑不周' });
          await page.getByLabel(/公开答复/).blur();
        },
      },
    ],
  },
  {
    who: { name: '组织部', grants: [{ role: 'organiser', unit: null }] },
    scenes: [
      { name: 'plan', page: 'desk.html#/plan', width: 1280, height: null, until: 'main tbody tr' },
      { name: 'desk-draw', page: 'desk.html#/draws', width: 1280, height: null, until: 'text=各单位的随机数' },
      {
        name: 'tickets',
        page: 'desk.html#/tickets',
        width: 1280,
        height: 900,
        until: 'tbody tr',
        act: async (page) => {
          for (const [field, label] of [
            ['状态', '全部'],
            ['类型', '问题反映'],
            ['排列', '最新的在前'],
          ] as const)
            await page.getByLabel(field).selectOption({ label });
          await page.locator('tbody tr').first().getByText('2026-0014').waitFor();
          await page.getByText('显示9件').waitFor();
        },
      },
      {
        name: 'desk-rates',
        page: 'desk.html#/rates/free/2026-07-01_2026-11-30',
        width: 1280,
        height: null,
        until: '.cause-keys',
        act: async (page) => {
          await page.getByLabel('原因甲').selectOption({ label: '外部因素' });
        },
      },
      { name: 'organisation', page: 'desk.html#/organisation', width: 1280, height: 900, until: 'tbody tr' },
      {
        name: 'dossier',
        page: async ({ dossier }) => `desk.html#/dossiers/${await dossier()}`,
        width: 1280,
        height: null,
        until: '.dossier-sheet',
      },
    ],
  },
  {
    who: { name: '保密审查岗', grants: [{ role: 'reviewer', unit: null }] },
    scenes: [
      {
        name: 'review',
        page: async ({ draw }) => {
          await draw();
          return 'desk.html#/review';
        },
        width: 1280,
        height: 900,
        until: 'main h2',
      },
    ],
  },
];

const isWanted = ({ name }: Scene): boolean => names.length === 0 || names.includes(name);

/** Takes a picture of a page as it is, with the pointer away. */
async function take(profile: Profile, scene: Scene, address: string): Promise<void> {
  const { name, width, height, until, act } = scene;
  const page = await profile.context.newPage();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.setViewportSize({ width, height: height ?? 900 });
  await page.goto(`chrome-extension://${profile.extensionId}/${address}`);
  await page.locator(until).first().waitFor();
  await act?.(page);
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.fonts.ready);
  const taken = await page.screenshot({ fullPage: height === null, animations: 'disabled', caret: 'hide' });
  await sharp(taken)
    .png({ palette: true, colours: 128, effort: 10 })
    .toFile(join(images, `${name}.png`));
  console.log(`${name}.png`);
  await page.close();
}

async function takeLeader(scenes: readonly Scene[]): Promise<void> {
  const profile = await openProfile(join(folder, 'leader'));
  await profile.context.clock.setFixedTime(friday);
  await fillStore(await profile.open('desk.html#/settings'), leaderTables(set));
  for (const scene of scenes) await take(profile, scene, String(scene.page));
  await profile.close();
}

async function takeDesk(office: Office, who: Person, scenes: readonly Scene[]): Promise<void> {
  const profile = await openProfile(join(folder, who.name));
  const signs = who.grants.some(({ role }) => role === 'organiser' || role === 'reviewer');
  const page = await enrol(profile, await office.invite(who), signs);
  await page.getByText('等待组织部门核对指纹').first().waitFor();
  await office.activate();
  await page.getByText('这台设备已经登记并启用').waitFor();
  await confirmWhenAsked(page);
  await page.close();
  for (const scene of scenes)
    await take(profile, scene, typeof scene.page === 'string' ? scene.page : await scene.page(office));
  await profile.close();
}

try {
  const ofLeader = leaderScenes.filter(isWanted);
  if (ofLeader.length > 0) await takeLeader(ofLeader);
  const ofDesk = deskScenes
    .map(({ who, scenes }) => ({ who, scenes: scenes.filter(isWanted) }))
    .filter(({ scenes }) => scenes.length > 0);
  if (ofDesk.length > 0) {
    const office = await openOffice(set, folder);
    for (const { who, scenes } of ofDesk) await takeDesk(office, who, scenes);
    await office.close();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
