/** What each element tells its page (design.md 6): that it is there, or what keeps it away, so that a page can show something else. */
import { describe, expect, it } from 'vitest';
import { type ElementName, elementNames } from '../../server/embed/elements.ts';
import { openPage, withBrowser } from './browser.ts';
import { openSite, type SiteOptions, strictPolicy } from './site.ts';
import { draw, indexOf, unit } from './vector-tree.ts';

const sites = withBrowser();

/** Elements of one page, each with the first thing it tells: `feed failed noAnswer`. */
async function toldOn(
  options: Partial<SiteOptions>,
  attributes: string,
  names: readonly ElementName[] = elementNames,
): Promise<string[]> {
  const body = names.map((name) => `<sundial-${name} ${attributes}></sundial-${name}>`).join('');
  const site = await openSite({ tree: {}, body, ...options });
  sites.push(site);
  const { page, errors } = await openPage();
  await page.addInitScript(() => {
    const told = new Map<EventTarget | null, string>();
    Reflect.set(window, 'told', told);
    for (const name of ['ready', 'failed'])
      addEventListener(`sundial:${name}`, (event) => {
        const { target } = event;
        const code = Reflect.get(Reflect.get(event, 'detail'), 'code') ?? '';
        if (target instanceof Element && !told.has(target)) told.set(target, `${name} ${code}`.trim());
      });
  });
  await page.goto(site.address);
  const told = (): Promise<string[]> =>
    page.evaluate(() =>
      [...Reflect.get(window, 'told')].map(([element, said]) => `${element.localName.slice(8)} ${said}`).sort(),
    );
  await expect.poll(async () => (await told()).length).toBe(names.length);
  expect(errors).toEqual([]);
  return told();
}

const all = (said: string): string[] => elementNames.map((name) => `${name} ${said}`).sort();

describe('an element of a page says so', () => {
  it('where an attribute is missing', async () => {
    expect(await toldOn({}, '')).toEqual(all('failed attribute'));
  });

  it('where nothing comes', async () => {
    const there = `src="/public/" draw="${draw}" unit="${unit}" thread="old-bridge"`;
    expect(await toldOn({}, there)).toEqual(all('failed notThere'));
  });

  it('where the page keeps its part out', async () => {
    const policy = strictPolicy.replace("script-src 'self'", 'script-src http://*:*/sundial.js');
    const later = elementNames.filter((name) => name !== 'diary');
    expect(await toldOn({ policy }, 'src="/public/"', later)).toEqual(
      later.map((one) => `${one} failed noPart`).sort(),
    );
  });

  it('where it is there, also before the first draw', async () => {
    const tree = { 'index.json': { ...indexOf(), draws: [] } };
    const early = ['feed', 'draw', 'carousel', 'ticket', 'thread'] as const;
    expect(await toldOn({ tree }, 'src="/public/"', early)).toEqual(early.map((one) => `${one} ready`).sort());
  });
});
