/** Takes the pictures of the widget in docs/images from a running demonstration: every element on a desk and on a phone, light and dark,
 *  the portal page with a diary, and the page that writes the snippet. `node tests/pictures/widget.ts http://127.0.0.1:8787 [name…]`; a name
 *  is `portal`, `embed` or that of a scene below. */
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import sharp from 'sharp';
import * as v from 'valibot';
import { PublicComment } from '../../shared/api/comments.ts';
import { PublicIndex } from '../../shared/api/published.ts';
import { receiptNumber } from '../../shared/feedback/receipt.ts';
import { pageBrowserPath } from '../fixtures/chromium.ts';

interface Scene {
  readonly name: string;
  /** The query of the preview page. */
  readonly query: string;
  /** Brings the page where the picture is taken; `until` is there first. */
  readonly until: string;
  readonly act?: (page: Page) => Promise<void>;
  /** Width of the desk's page in px, else 1080. */
  readonly width?: number;
  /** What the picture shows, else the whole element. */
  readonly of?: string;
}

const [address = 'http://127.0.0.1:8787', ...names] = process.argv.slice(2);
const images = join(import.meta.dirname, '..', '..', 'docs', 'images');
/** A picture ends here at the latest, in px of the page. */
const heights = { desk: 1500, phone: 1500 } as const;
const diary = 'd-2026-w38/shibu';

const seen = async (page: Page): Promise<void> => {
  await page.locator('details.verify.ok').waitFor();
};

/** The form as a reader leaves it for a moment: with words in it, kept as a draft. */
const write = async (page: Page): Promise<void> => {
  await seen(page);
  await page.getByRole('button', { name: '写留言', exact: true }).click();
  await page.getByLabel('内容').fill('东门的棚子晚上排队，能不能再添四个口？\n我和楼上三户都愿意错峰。');
  await page.getByLabel('昵称').fill('3号楼住户');
  await page.getByText('已存为草稿').waitFor();
  await page.getByLabel('昵称').blur();
};

/** A receipt of the demonstration's own case, a day before the reporter said that it was solved. */
async function receipt(page: Page): Promise<void> {
  const [draw = '', unit = ''] = diary.split('/');
  const rows = await (await fetch(`${address}/api/v1/comments?draw=${draw}&unit=${unit}`)).json();
  const comment = v
    .parse(v.looseObject({ rows: v.array(PublicComment) }), rows)
    .rows.find(({ ticket }) => ticket?.state === 'closedLoop');
  if (comment?.ticket == null) throw new Error('the demonstration has no closed case here');
  const steps = comment.ticket.steps.filter(({ to }) => to !== 'closedLoop');
  const number = receiptNumber(31);
  const view = {
    number,
    draw,
    unit,
    ...comment,
    decidedBy: null,
    ticket: { ...comment.ticket, state: 'replied', steps, followUp: null },
    followUpAsked: true,
  };
  await page.clock.setFixedTime(((steps.at(-1)?.at ?? 0) + 86_400) * 1000);
  await page.route('**/api/v1/receipt', (route) => route.fulfill({ json: view }));
  await page.getByLabel('编号').fill(number);
  await page.getByLabel('口令').fill('7k3m-0q2v xw9a-4t6b');
  await page.getByRole('button', { name: '查看' }).click();
  await page.locator('.head').waitFor();
}

const scenes: readonly Scene[] = [
  { name: 'diary', query: `element=diary&diary=${diary}`, until: '.entry', act: seen },
  { name: 'feed', query: 'element=feed', until: '.card' },
  {
    name: 'feed-search',
    query: 'element=feed',
    until: '.tools',
    act: async (page) => {
      await page.getByLabel('搜标题和条目').fill('充电棚');
      await page.locator('.hit').nth(4).waitFor();
    },
  },
  { name: 'thread', query: 'element=thread&thread=charging-sheds', until: '.entry' },
  { name: 'carousel', query: 'element=carousel', until: '.slide.on' },
  { name: 'rates', query: 'element=rates', until: '.figure' },
  { name: 'draw', query: 'element=draw', until: 'details.verify.ok' },
  { name: 'ticket', query: 'element=ticket', until: 'form', act: receipt, width: 720 },
  {
    name: 'comments',
    query: `element=comments&diary=${diary}`,
    until: '.comment',
    act: (page) => page.locator('.on button').filter({ hasText: '月' }).first().waitFor(),
    width: 720,
  },
  { name: 'form', query: `element=diary&diary=${diary}`, until: '.entry', act: write, of: 'sundial-talk', width: 720 },
];

async function take(browser: Browser, scene: Scene, device: 'desk' | 'phone', scheme: 'light' | 'dark'): Promise<void> {
  const isPhone = device === 'phone';
  const page = await browser.newPage({
    viewport: isPhone ? { width: 390, height: 844 } : { width: scene.width ?? 1080, height: 900 },
    deviceScaleFactor: isPhone ? 2 : 1,
    reducedMotion: 'reduce',
  });
  await page.goto(`${address}/embed/preview?${scene.query}&lang=zh-CN&scheme=${scheme}`);
  await page.locator(scene.until).first().waitFor();
  await scene.act?.(page);
  await page.mouse.move(0, 0);
  const part = page.locator(scene.of ?? 'body > *').last();
  await page.evaluate(() => document.fonts.ready);
  const box = await part.boundingBox();
  if (box === null) throw new Error(`${scene.name}: nothing to be seen`);
  const top = await page.evaluate(() => scrollY);
  const width = page.viewportSize()?.width ?? 0;
  const edge = isPhone ? 12 : 20;
  const clip = {
    x: 0,
    y: Math.max(0, box.y + top - edge),
    width,
    height: Math.min(heights[device], box.height + 2 * edge),
  };
  const taken = await page.screenshot({ fullPage: true, clip, animations: 'disabled', caret: 'hide' });
  const file = `${scene.name}${isPhone ? '-phone' : ''}${scheme === 'dark' ? '-dark' : ''}.png`;
  await keep(taken, file);
  await page.close();
}

/** A diary opened from the list of the portal page, checked. */
async function takePortal(browser: Browser): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 1120 }, reducedMotion: 'reduce' });
  await page.goto(address);
  await page.locator('.card a').first().click();
  await seen(page);
  await page.mouse.move(0, 0);
  await page.evaluate(() => scrollTo(0, 0));
  await keep(await page.screenshot({ animations: 'disabled', caret: 'hide' }), 'portal.png');
  await page.close();
}

/** The page that writes the snippet, with a list chosen. */
async function takeEmbed(browser: Browser): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 1000 }, reducedMotion: 'reduce' });
  await page.goto(`${address}/embed`);
  await page.frameLocator('#preview').locator('.card').nth(1).waitFor();
  await keep(await page.screenshot({ fullPage: true, animations: 'disabled', caret: 'hide' }), 'embed.png');
  await page.close();
}

async function keep(taken: Buffer, file: string): Promise<void> {
  await sharp(taken).png({ palette: true, colours: 128, effort: 10 }).toFile(join(images, file));
  console.log(file);
}

const { organisation } = v.parse(PublicIndex, await (await fetch(`${address}/public/index.json`)).json());
if (!organisation.demo) throw new Error(`${address} is not the demonstration`);
const executablePath = pageBrowserPath();
if (executablePath === null) throw new Error('Chromium is missing');
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
if (names.length === 0 || names.includes('portal')) await takePortal(browser);
if (names.length === 0 || names.includes('embed')) await takeEmbed(browser);
for (const scene of scenes.filter(({ name }) => names.length === 0 || names.includes(name)))
  for (const device of ['desk', 'phone'] as const)
    for (const scheme of ['light', 'dark'] as const) await take(browser, scene, device, scheme);
await browser.close();
