/** Rates, portrait and dossier as people use them, in the built extension: one person who leads a unit and organises, under a clock of the
 *  server's own. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postInvitation } from '../../shared/api/accounts.ts';
import { postDossier } from '../../shared/api/dossiers.ts';
import { type Office, openOffice } from '../draws/office.ts';
import { findingsIn, tooWide } from '../fixtures/page-checks.ts';
import { openProfile, type Profile } from '../fixtures/profile.ts';
import { beginPictures, enrol, openDesk, picture } from '../journey/people.ts';
import { demoTicketRows, shanghai, writeTickets } from '../rates/ticket-rows.ts';
import { entry, writeSealed } from './sealed-rows.ts';

const units = [
  { id: 'lianpu', kind: 'subdistrict' as const, name: { zh: '莲浦街道', en: 'Lianpu Subdistrict' } },
  { id: 'gjj', kind: 'department' as const, name: { zh: '规划建设局', en: 'Planning Bureau' } },
  { id: 'cgj', kind: 'department' as const, name: { zh: '城市管理局', en: 'Urban Management Bureau' } },
  { id: 'lvy', kind: 'subdistrict' as const, name: { zh: '绿杨街道', en: 'Luyang Subdistrict' } },
];

let office: Office;
let profile: Profile;
let folder = '';

beforeAll(async () => {
  beginPictures('portrait');
  folder = mkdtempSync(join(tmpdir(), 'sundial-portrait-'));
  const terms = units.map(({ id, name }) => ({
    id: `${id}-1`,
    unit: id,
    post: `${name.zh}一把手`,
    from: '2026-01-01',
  }));
  office = await openOffice(shanghai('2026-11-25T12:00'), { units, terms }, []);
  const { db } = office.context.database;
  await writeTickets(db, demoTicketRows());
  const grants = [
    { role: 'organiser' as const, unit: null },
    { role: 'leader' as const, unit: 'lianpu' },
  ];
  const { link } = await office.first.call(postInvitation, { body: { name: '郑书记', grants } });
  profile = await openProfile(join(folder, 'profile'));
  const page = await enrol(profile, link, true);
  await page.getByText('等待组织部门核对指纹').first().waitFor();
  await office.activate();
  await page.getByText('这台设备已经登记并启用').waitFor();
  const { person } = await db
    .selectFrom('actor')
    .select('person')
    .where('actor', '=', 'lianpu')
    .executeTakeFirstOrThrow();
  await writeSealed(db, {
    unit: 'lianpu',
    week: '2026-W37',
    author: person,
    idx: 90,
    draw: null,
    items: [
      [entry('2026-09-07', '09:00', '12:00', { category: 'planning' }), { text: '夜市', thinking: '喇叭' }],
      [entry('2026-09-08', '09:00', '11:00', { category: 'meeting' }), { text: '例会', result: '议定' }],
    ],
  });
  await writeSealed(db, {
    unit: 'gjj',
    week: '2026-W37',
    author: 'somebody',
    idx: 91,
    draw: null,
    items: [[entry('2026-09-07', '09:00', '12:00'), { text: '别人的' }]],
  });
  for (const [n, unit] of ['cgj', 'lvy'].entries())
    await writeSealed(db, {
      unit,
      week: '2026-W38',
      author: `head-${unit}`,
      idx: 95 + n,
      draw: null,
      items: [
        [entry('2026-09-14', '09:00', '12:00', { category: 'meeting' }), { text: '会', result: '成' }],
        [entry('2026-09-15', '09:00', '11:00', { category: 'planning' }), { text: '想' }],
        [entry('2026-09-16', '14:00', '15:00', { category: 'talk' }), { text: '谈' }],
      ],
    });
  await page.close();
});

afterAll(async () => {
  await profile?.close();
  await office?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Fit for everybody in both schemes, and not too wide. */
async function holds(page: Page, name: string): Promise<void> {
  await picture(page, name);
  for (const colorScheme of ['light', 'dark'] as const) {
    expect([name, colorScheme, (await findingsIn(page, colorScheme)).failed]).toEqual([name, colorScheme, []]);
  }
  for (const width of [820, 320]) {
    await page.setViewportSize({ width, height: 900 });
    expect([name, width, await tooWide(page)]).toEqual([name, width, []]);
  }
  // On a phone no table stands beside what is seen of it.
  const tables = page.locator('.scroll:has(> table)');
  const beside = await tables.evaluateAll((all) => all.filter((each) => each.scrollWidth > each.clientWidth).length);
  expect([name, beside]).toEqual([name, 0]);
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ colorScheme: 'light' });
}

describe('at the desk', () => {
  test('rates stand with their counts, and each opens the tickets behind it', async () => {
    const page = await openDesk(profile, 'rates/free/2026-07-01_2026-11-25');
    const solved = page.locator('.rate-list > div', { hasText: '解决率' });
    await solved.getByText('63.6%').waitFor();
    expect(await solved.textContent()).toContain('答了回访的11件，说解决了的7件');
    // Three tickets of one unit: counts, and no percentage.
    const row = page.getByRole('row', { name: /莲浦街道/ });
    expect(await row.textContent()).toContain('3件中2件');
    expect(await row.textContent()).not.toContain('%');
    await holds(page, 'rates');
    await page.getByRole('button', { name: /^用表格看/ }).click();
    await page.getByRole('rowheader', { name: '2026年第4季度' }).waitFor();
    await solved.getByRole('link', { name: '说没有解决的4件' }).click();
    await page.getByRole('heading', { name: /解决率/ }).waitFor();
    expect(await page.locator('tbody tr').count()).toBe(4);
    await page.getByRole('link', { name: '返回办理情况' }).click();
    await page.getByLabel('承办单位').first().selectOption({ label: '莲浦街道' });
    await solved.getByText('不足5件，只列件数').waitFor();
    await page.close();
  });

  test('the whole organisation by quarter is made once, and says why a figure is not shown', async () => {
    await office.context.database.db.deleteFrom('aggregate').execute(); // what an attempt before this one has made
    const page = await openDesk(profile, 'dossiers');
    await page.getByRole('link', { name: '全组织汇总' }).click();
    await page.getByRole('button', { name: '做2026年第3季度的汇总' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '做汇总' }).click();
    await holds(page, 'aggregates');
    await page.getByRole('link', { name: '2026年第3季度' }).click();
    const hours = page.getByRole('table', { name: '用时与分配' });
    // Planning of three units, 3 + 2 + 2 hours; meetings of three, 2 + 3 + 3; a talk of two and what has no category lie together.
    await hours
      .getByRole('row', { name: /静心思考/ })
      .getByText('7小时')
      .waitFor();
    await page
      .getByRole('row', { name: /写下的思考/ })
      .getByText('背后不足三个单位，不列')
      .waitFor();
    expect(await hours.textContent()).not.toContain('街道');
    await holds(page, 'aggregate');
    await hours.getByRole('button', { name: /^来源/ }).first().click();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('source-1');
    await page.close();
  });

  test('a dossier is read by its leader, who says something and hands it over, and only then by the assessor', async () => {
    const { db } = office.context.database;
    for (const table of ['dossier_note', 'dossier'] as const) await db.deleteFrom(table).execute(); // as above
    const about = { term: 'lianpu-1', from: '2026-07-01', to: '2026-09-30' };
    const made = await office.first.call(postDossier, { body: about });
    const page = await openDesk(profile, 'dossiers');
    const line = page.getByRole('row', { name: /莲浦街道一把手/ });
    await line.getByText(/在本人手里/).waitFor();
    expect(await line.getByRole('link').count()).toBe(0);
    await page.getByLabel('任期').selectOption('gjj-1');
    await page.getByLabel('从', { exact: true }).fill('2026-07-01');
    await page.getByLabel('到', { exact: true }).fill('2026-09-30');
    await page.getByRole('button', { name: '做成并交本人看' }).click();
    await page.getByText(/已做成，在规划建设局一把手手里/).waitFor();
    await holds(page, 'dossiers');

    await page.goto(page.url().replace(/#.*/, '#/portrait'));
    await page.getByRole('link', { name: /莲浦街道一把手/ }).click();
    await page.getByRole('heading', { name: '莲浦街道一把手（莲浦街道）' }).waitFor();
    await page.getByText('5小时', { exact: true }).first().waitFor();
    await page.getByLabel('写说明').fill('喇叭的事没办好');
    await page.getByRole('button', { name: '写下这条说明' }).click();
    await page.getByRole('blockquote').getByText('喇叭的事没办好').waitFor();
    // The field is empty because what stood in it was sent: nothing is wrong with it.
    await expect.poll(() => page.getByLabel('写说明').inputValue()).toBe('');
    expect(await page.locator('[aria-invalid=true]').count()).toBe(0);
    await page.getByRole('button', { name: '看过了，交给考核的人' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '取消' }).click();
    await page.getByRole('button', { name: '看过了，交给考核的人' }).click();
    await page.getByRole('button', { name: '交出', exact: true }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    await page.goto(page.url().replace(/#.*/, '#/dossiers'));
    await line.getByRole('link').click();
    await page.getByRole('blockquote').getByText('喇叭的事没办好').waitFor();
    await holds(page, 'dossier');
    await page.getByRole('button', { name: /^来源/ }).first().click();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('source-1');
    const json = await taken(page, /存为JSON/);
    expect(createHash('sha256').update(json).digest('base64url')).toBe(made.digest);
    const sheet = strFromU8(unzipSync(await taken(page, /存为XLSX/))['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
    expect(sheet).toContain('平均每周');
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('navigation', { name: '主菜单' }).isVisible()).toBe(false);
    expect(await page.locator('.dossier-sheet').isVisible()).toBe(true);
    await page.close();
  });
});

/** The bytes of a file that a button gives. */
async function taken(page: Page, name: RegExp): Promise<Uint8Array> {
  const given = page.waitForEvent('download');
  await page.getByRole('button', { name }).click();
  return new Uint8Array(readFileSync(await (await given).path()));
}
