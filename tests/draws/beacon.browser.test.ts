import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { getFreeze, postLock } from '../../shared/api/draws.ts';
import type { List } from '../../shared/proof/records.ts';
import { round1000 } from '../fixtures/drand-season.ts';
import { findingsIn, findingsOf, tooWide } from '../fixtures/page-checks.ts';
import { openProfile, type Profile } from '../fixtures/profile.ts';
import { beginPictures, confirmWhenAsked, enrol, openDesk, picture } from '../journey/people.ts';
import { type Office, openOffice, unitsOf24 } from './office.ts';

/** Round 1000 of quicknet came out on Wednesday, 23 August 2023, 23:59:24 in Shanghai; the week before it ended on the 20th. */
const out = 1_692_806_364;
const week = '2023-W33';
const draw = 'd-2023-w33';
const mondayNoon = Date.UTC(2023, 7, 21, 4) / 1000;
const few = unitsOf24.slice(0, 5).map(({ id }) => id);

let office: Office | null = null;
let profile: Profile | null = null;
let relay: Server | null = null;
let folder = '';

afterEach(async () => {
  await profile?.close();
  await office?.close();
  relay?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A relay that has the round once `answers` says so. */
async function openRelay(answers: () => boolean): Promise<string> {
  relay = createServer((request, response) => {
    const has = answers() && request.url?.endsWith('/public/1000') === true;
    response.writeHead(has ? 200 : 404, { 'access-control-allow-origin': '*', 'content-type': 'application/json' });
    const { randomness, signature } = round1000;
    response.end(has ? JSON.stringify({ round: 1000, randomness, signature }) : '{}');
  });
  relay.listen(0, '127.0.0.1');
  await once(relay, 'listening');
  const address = relay.address();
  return typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : '';
}

/** As the first organiser's device: a rule of five units drawn by beacon and on site, the list, and the lock that all have acknowledged. */
async function lockByProgram({ first, seal, at, online }: Office): Promise<void> {
  const sources = [
    { kind: 'drand', name: 'quicknet' },
    { kind: 'stage', name: '便民大厅' },
  ] as const;
  const roll = few.map((unit) => ({ unit, stratum: 'a' }));
  const strata = [{ id: 'a', seats: 2 }];
  const rest = { window: 2, min_acks: 3, close: 720, zone: 'Asia/Shanghai' };
  await first.record('wd-rule+jwt', 'organiser', { roll, strata, ...rest, sources });
  await seal(week, few);
  at(mondayNoon + 600);
  const { deadline: _, ...said } = await first.call(getFreeze, { params: { week } });
  const issues = [
    { ...sources[0], issue: '1000', not_before: out },
    { ...sources[1], issue: '2023-8', not_before: out },
  ];
  const list: Omit<List, 'iss' | 'iat'> = { ...said, sources: issues };
  await first.record('wd-list+jwt', 'organiser', list);
  await first.call(postLock, { params: { draw } });
  await online(few);
}

test('a round of the beacon is fetched or pasted and proven on the desk before anything is signed; numbers drawn on site are shown to compare', async () => {
  beginPictures('beacon');
  folder = mkdtempSync(join(tmpdir(), 'sundial-beacon-'));
  let isOut = false;
  office = await openOffice(mondayNoon - 3 * 86_400, {
    drand: await openRelay(() => isOut),
    deadlines: { reviewWorkingDays: 0 },
  });
  profile = await openProfile(join(folder, 'organiser'));
  profile.context.setDefaultTimeout(30_000);
  const begun = await enrol(profile, await office.invite(), true);
  await begun.getByText('等待组织部门核对指纹').first().waitFor();
  await office.activate();
  await begun.getByText('这台设备已经登记并启用').waitFor();
  await begun.close();
  await lockByProgram(office);
  office.at(out + 60);

  const page = await openDesk(profile, 'draws');
  await confirmWhenAsked(page);
  const round = page.getByLabel('quicknet第1000轮');
  const compute = page.getByRole('button', { name: '按号码算结果' });
  await page.getByLabel('便民大厅第2023-8期的号码').fill('3 5 7');
  await expect.poll(() => page.locator('.ball').allTextContents()).toEqual(['03', '05', '07']);
  await compute.click();
  await page.getByText('请先取这一轮').waitFor();
  await page.getByRole('button', { name: '取这一轮' }).click();
  await page.getByText('没有取到').waitFor();
  await picture(page, 'not-fetched');
  const { signature } = round1000;
  await round.fill(JSON.stringify({ round: 1000, signature: `${signature.slice(0, -2)}00` }));
  await compute.click();
  await page.getByText('签名不是这个信标的').waitFor();
  expect((await findingsOf(page)).failed).toEqual([]);
  await picture(page, 'not-proven');
  isOut = true;
  await page.getByRole('button', { name: '取这一轮' }).click();
  await expect.poll(() => round.inputValue()).toContain(signature);
  await compute.click();
  await page.getByText('本机已验签').waitFor();
  await page.getByLabel('号码已和官方公告核对过').check();
  await picture(page, 'proven');
  await page.getByRole('button', { name: '签名并公布结果' }).click();
  await page.getByRole('heading', { name: '已晒出' }).waitFor();
  expect(await office.file(`draw/${draw}.json`)).toMatchObject({
    stage: 'published',
    record: {
      values: [
        { kind: 'drand', name: 'quicknet', issue: '1000', value: round1000.randomness, sig: signature },
        { kind: 'stage', name: '便民大厅', issue: '2023-8', value: [3, 5, 7] },
      ],
    },
  });

  // An exercise with numbers of one's own: marked everywhere, and nothing public has changed after it.
  const index = await office.file('index.json');
  await page.getByRole('link', { name: '演练', exact: true }).click();
  await page.getByLabel('演练用的quicknet号码').fill('abc123');
  await page.getByLabel('演练用的便民大厅号码').fill('1 2 3');
  await picture(page, 'trial-form');
  await page.getByRole('button', { name: '演练抽签' }).click();
  await page.getByRole('heading', { name: '结果 演练' }).waitFor();
  for (const scheme of ['light', 'dark'] as const) {
    expect([scheme, (await findingsIn(page, scheme)).failed]).toEqual([scheme, []]);
    await picture(page, `trial-${scheme}`);
  }
  await page.setViewportSize({ width: 820, height: 900 });
  expect(await tooWide(page)).toEqual([]);
  expect(await office.file('index.json')).toEqual(index);
  expect(await office.file('draw/trial-2026-w46.json')).toBe(null);
}, 200_000);
