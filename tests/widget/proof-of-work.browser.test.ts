import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openPage, withBrowser } from './browser.ts';
import { problem, strictPolicy } from './site.ts';
import { openTalk } from './talk-site.ts';
import { accepted, agree, isProven, posts, say, writingOn } from './writing.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  readonly version: string;
};

const sites = withBrowser();
const siteWith = writingOn(sites);

describe('proof of work', () => {
  it('is done in a worker when a comment is sent and not before, and altcha takes it', async () => {
    const site = await siteWith();
    const { page, errors } = await openPage();
    const workers: string[] = [];
    page.on('worker', (worker) => workers.push(worker.url()));
    const parts: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('-work.js')) parts.push(request.url());
    });
    await page.goto(site.address);
    await page.locator('.comment').first().waitFor();
    await page.getByRole('button', { name: '写留言', exact: true }).click();
    await page.getByLabel('内容').fill('先写着');
    expect([parts, site.asked.filter(({ path }) => path.endsWith('challenges'))]).toEqual([[], []]);
    await agree(page);
    await page.getByRole('button', { name: '提交审核' }).click();
    await page.getByRole('heading', { name: '已收到' }).waitFor();
    expect(workers).toHaveLength(1);
    expect(await isProven(posts(site)[0])).toBe(true);
    expect([errors, site.violations]).toEqual([[], []]);
  });

  it('is done on the page in slices of at most 30 ms, so that it lives meanwhile, where the page lets no worker be made', async () => {
    // Half a million hashes: long enough that a page which did them at once could not count in between.
    const site = await siteWith({ policy: `${strictPolicy}; worker-src 'none'` }, 8000);
    const { page } = await openPage();
    await page.goto(site.address);
    await page.evaluate(() => {
      const beats: number[] = [];
      Reflect.set(window, 'beats', beats);
      setInterval(() => beats.push(performance.now()), 10);
    });
    const began = await page.evaluate(() => performance.now());
    await say(page, '没有工人');
    const beats: number[] = await page.evaluate(
      (from) => Reflect.get(window, 'beats').filter((at: number) => at > from),
      began,
    );
    expect(beats.length).toBeGreaterThan(5);
    // A crowded machine may hold back a beat now and then, not one in ten.
    const gaps = beats.slice(1).map((at, n) => at - (beats[n] ?? at));
    expect(gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length * 0.9)]).toBeLessThanOrEqual(30);
    expect(await isProven(posts(site)[0])).toBe(true);
  });

  it('is done on plain http, where the browser lends no cryptography', async () => {
    const site = await siteWith();
    const { page } = await openPage();
    await page.goto(site.address.replace('127.0.0.1', 'portal.test'));
    expect(await page.evaluate(() => crypto.subtle === undefined)).toBe(true);
    await say(page, '旧门户');
    expect(await isProven(posts(site)[0])).toBe(true);
  });

  it.each([
    [
      'another file than the one that was built stands in the place of the part',
      {
        part: (built: Buffer, file: string) =>
          file.endsWith('-work.js') ? Buffer.concat([built, Buffer.from(' ')]) : built,
      },
    ],
    [
      'the page lets in the form but not the part for the work',
      {
        policy: strictPolicy.replace(
          "script-src 'self'",
          `script-src http://*:*/sundial.js ${['comments', 'talk'].map((part) => `http://*:*/sundial-${version}-${part}.js`).join(' ')}`,
        ),
      },
    ],
  ])('the comment goes without it where %s', async (_, options) => {
    const site = await siteWith(options);
    const { page } = await openPage();
    await page.goto(site.address);
    await say(page, '也能提交');
    expect(posts(site)[0]?.headers['sundial-proof']).toBeUndefined();
  });

  it('the comment goes without it where no challenge is to be had', async () => {
    const site = await openTalk({
      comments: () => [],
      answer: ({ path }) =>
        path.endsWith('challenges') ? { status: 429, body: problem('RATE_LIMITED', 429) } : accepted,
    });
    sites.push(site);
    const { page } = await openPage();
    await page.goto(site.address);
    await say(page, '没有题');
    expect(posts(site)).toHaveLength(1);
  });
});
