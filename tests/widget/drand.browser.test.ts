import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { drandBundle, type Round, round1000 } from '../fixtures/drand-season.ts';
import { openPage, withBrowser } from './browser.ts';
import { openSite, type SiteOptions, strictPolicy } from './site.ts';
import { draw, indexOf, treeWith } from './vector-tree.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  readonly version: string;
};

const sites = withBrowser();

/** Opens the page of a diary drawn by a drand round; gives the look of the line, what it says and the globals that came with the widget. */
async function opened(round: Round, options: Partial<SiteOptions> = {}) {
  const { bundle, pins } = await drandBundle(round);
  const { unit } = bundle.want;
  const site = await openSite({
    tree: treeWith(
      { ...bundle },
      {
        'index.json': indexOf({ pins: { origin: 'season.example/log1', ...pins } }),
        [`draw/${draw}/${unit}.json`]: bundle,
        checkpoint: bundle.checkpoint,
      },
    ),
    body: `<sundial-diary src="/public/" draw="${draw}" unit="${unit}" vkey="${pins.vkey}" organiser="${pins.organiser}"></sundial-diary>`,
    ...options,
  });
  sites.push(site);
  const { page, errors } = await openPage();
  await page.goto(site.address);
  const line = page.locator('details.verify:not(.idle)');
  await line.waitFor();
  const look = (await line.getAttribute('class'))?.replace('verify ', '').trim() ?? '';
  const says = (await line.locator('.say').textContent()) ?? '';
  const scripts = await page.locator('script').count();
  return { look, says, scripts, page, errors, violations: site.violations };
}

describe('a diary drawn by a drand round', () => {
  it('gets its tick: the check of the round is loaded as a part, under the strictest policy, and leaves nothing behind', async () => {
    const { look, scripts, errors, violations } = await opened(round1000);
    expect({ look, scripts, errors, violations }).toEqual({ look: 'ok', scripts: 1, errors: [], violations: [] });
  });

  it('is red when the round was never signed by drand', async () => {
    const { look } = await opened({ ...round1000, round: '1001' });
    expect(look).toBe('bad');
  });

  it('stays amber where the page lets in the check but not the part for rounds', async () => {
    const policy = strictPolicy.replace(
      "script-src 'self'",
      `script-src http://*:*/sundial.js http://*:*/sundial-${version}-check.js`,
    );
    const { look, says, scripts } = await opened(round1000, { policy });
    expect({ look, scripts }).toEqual({ look: 'amber', scripts: 1 });
    expect(says).toContain('还差一项');
  });

  it('stays amber where the part is not the one that was built with the widget', async () => {
    const part = (built: Buffer, file: string): Buffer =>
      file.endsWith('-drand.js') ? Buffer.concat([built, Buffer.from(' ')]) : built;
    expect((await opened(round1000, { part })).look).toBe('amber');
  });

  it('gets its tick after all once the part comes, with the next check', async () => {
    let isLost = true;
    const part = (built: Buffer, file: string): Buffer =>
      isLost && file.endsWith('-drand.js') ? Buffer.concat([built, Buffer.from(' ')]) : built;
    const { look, page } = await opened(round1000, { part });
    expect(look).toBe('amber');
    isLost = false;
    await page.context().setOffline(true);
    await page.context().setOffline(false);
    await page.locator('.verify.ok').waitFor();
  });
});
