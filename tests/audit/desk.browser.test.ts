/** The first page of the desk and the audit trail in real Chromium: one person who organises, moderates and audits, under a clock of the
 *  server's own. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeAudit } from '../../server/database/audit.ts';
import { enrol as enrolDevice } from '../../server/demo/cast.ts';
import { send, type World } from '../../server/demo/world.ts';
import { rowOfComment } from '../../server/identity/reader.ts';
import { sealIdentity } from '../../server/identity/seal.ts';
import { runJobs } from '../../server/jobs.ts';
import { postInvitation } from '../../shared/api/accounts.ts';
import { AuditExport } from '../../shared/api/audit.ts';
import { postComment } from '../../shared/api/comments.ts';
import { postTicket } from '../../shared/api/tickets.ts';
import { checkChain } from '../../shared/proof/audit-chain.ts';
import { type Office, openOffice } from '../draws/office.ts';
import { findingsIn, tooWide } from '../fixtures/page-checks.ts';
import { openProfile, type Profile } from '../fixtures/profile.ts';
import { writeDiary } from '../fixtures/published-diary.ts';
import { beginPictures, confirmWhenAsked, enrol, openDesk, picture } from '../journey/people.ts';

const seconds = (text: string): number => Date.parse(`${text}:00+08:00`) / 1000;
const light = '路口的灯从上周五晚上起就不亮了，学生放学走过很危险';
const formula = '=HYPERLINK("http://evil.example")';

let office: Office;
let profile: Profile;
let folder = '';
let comment = '';

beforeAll(async () => {
  beginPictures('audit');
  folder = mkdtempSync(join(tmpdir(), 'sundial-audit-'));
  const units = [{ id: 'lianpu', kind: 'subdistrict' as const, name: { zh: '莲浦街道', en: 'Lianpu Subdistrict' } }];
  // Thursday: what is written at ten is decided by half past two, and dispatched by Friday evening.
  office = await openOffice(seconds('2026-10-29T10:00'), { units, terms: [], proofOfWork: { hashes: 0 } }, []);
  const { context, issuer, first } = office;
  const { database, now, random } = context;
  const world: World = { send: (request) => fetch(request), issuer, now, random };
  await writeDiary(database.db, 'd-2026-w43', 'lianpu', 0, [{ kind: 'entry', text: '夜查夜市油烟' }]);
  for (const text of [light, '建议把夜市的摊位再往里挪一米'])
    await send(world, postComment, {
      headers: { origin: issuer },
      body: { draw: 'd-2026-w43', unit: 'lianpu', item: null, kind: 'report', text, nickname: '群众', ...receipt },
    });
  const rows = await database.db.selectFrom('comment').select(['id', 'text']).execute();
  comment = rows.find(({ text }) => text === light)?.id ?? '';
  const moderator = await enrolDevice(world, first, { name: '张审核', role: 'moderator', unit: null });
  await moderator.call(postTicket, { body: { comment, clock: 'standard', note: null } });
  await database.db
    .insertInto('reader_identity')
    .values({
      comment,
      identity: sealIdentity(context, rowOfComment(comment), {
        issuer: 'https://id.example',
        subject: 'reader-77',
        claims: { name: '赵读者' },
      }),
      at: seconds('2026-10-29T10:00'),
    })
    .execute();
  await database.transaction((trx) =>
    writeAudit(trx, { at: seconds('2026-10-29T10:01'), actor: 'org', action: 'unit.change', subject: formula }),
  );
  await runJobs(context);
  office.at(seconds('2026-10-30T17:00'));
  const grants = (['organiser', 'moderator', 'auditor'] as const).map((role) => ({ role, unit: null }));
  const { link } = await first.call(postInvitation, { body: { name: '王组织', grants } });
  profile = await openProfile(join(folder, 'profile'));
  const page = await enrol(profile, link, true);
  await page.getByText('等待组织部门核对指纹').first().waitFor();
  await office.activate();
  await page.getByText('这台设备已经登记并启用').waitFor();
  await page.close();
}, 120_000);

afterAll(async () => {
  await profile?.close();
  await office?.close();
  rmSync(folder, { recursive: true, force: true });
});

const receipt = { codeHash: 'A'.repeat(43), consent: true as const };

/** Fit for everybody in both schemes, and not too wide. */
async function holds(page: Page, name: string): Promise<void> {
  await picture(page, name);
  for (const colorScheme of ['light', 'dark'] as const) {
    expect([name, colorScheme, (await findingsIn(page, colorScheme)).failed]).toEqual([name, colorScheme, []]);
  }
  await picture(page, `${name}-dark`);
  for (const width of [820, 320]) {
    await page.setViewportSize({ width, height: 900 });
    expect([name, width, await tooWide(page)]).toEqual([name, width, []]);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ colorScheme: 'light' });
}

test('the desk opens with what waits, most overdue first, and each line opens its page', async () => {
  const page = await openDesk(profile, '');
  await page.getByRole('heading', { name: '待办' }).waitFor();
  const headings = page.locator('.to-do h2');
  await headings.nth(1).waitFor();
  expect(await headings.allTextContents()).toEqual(['留言待审核 2件', '工单待派 1件']);
  expect(await page.locator('.lead').textContent()).toBe('3件等您办，2件已超时，1件今天到期。');
  const first = page.locator('.to-do li').first();
  expect(await first.textContent()).toContain('已超时');
  expect(await page.locator('.to-do').first().getByRole('link').allTextContents()).toContain(light);
  await holds(page, 'home');
  await page.getByRole('link', { name: /^2026-0001/ }).click();
  await page.waitForURL(/#\/tickets\/2026-0001$/);
  await page.close();
});

test('without the network the first page shows what stood last, with its time and without the words of readers', async () => {
  const page = await openDesk(profile, 'home');
  await page.locator('.to-do li').first().waitFor();
  await page.context().setOffline(true);
  await page.reload();
  await page.getByText(/^网络断了，下面是10月30日 1\d:\d\d的。/).waitFor();
  expect(await page.locator('.to-do li').count()).toBe(3);
  expect(await page.textContent('main')).not.toContain(light);
  await picture(page, 'home-offline');
  await page.context().setOffline(false);
  await page.close();
});

test('the trail is searched in words, checked here from its first row on, and handed out as files that a spreadsheet does not run', async () => {
  const page = await openDesk(profile, 'audit');
  const rows = page.locator('table.audit tbody tr');
  await rows.first().waitFor();
  await page.getByLabel('做了什么').selectOption({ label: '登记工单' });
  await page.getByRole('button', { name: '查找' }).click();
  await expect.poll(() => rows.count()).toBe(1);
  expect(await rows.first().textContent()).toMatch(/张审核.*登记工单2026-0001/);
  await page.getByRole('button', { name: '清除条件' }).click();
  await expect.poll(() => rows.count()).toBeGreaterThan(5);
  await page.getByRole('button', { name: '核对全部' }).click();
  await page.getByText(/\d+条都对得上，\d个每日哈希也对得上。/).waitFor();
  await holds(page, 'audit');
  const fileOf = async (name: string): Promise<string> => {
    const [handed] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name, exact: true }).click(),
    ]);
    return readFileSync(await handed.path(), 'utf8');
  };
  const csv = await fileOf('导出 CSV');
  expect(csv.startsWith('\ufeff序号,时间,')).toBe(true);
  expect(csv).toContain(`"'${formula.replaceAll('"', '""')}"`);
  const json = v.parse(AuditExport, JSON.parse(await fileOf('导出 JSON')));
  expect(await checkChain([json.rows], [])).toMatchObject({ rows: json.rows.length, faults: [] });
  await page.close();
});

test('an identity is opened for a stated basis, which the trail shows at once', async () => {
  const page = await openDesk(profile, `audit/identity/${comment}`);
  await confirmWhenAsked(page);
  await page.getByRole('button', { name: '开封', exact: true }).click();
  await page.getByText('请写明依据，至少8个字。').waitFor();
  await page.getByLabel('依据').fill('市监委监函〔2026〕12号，核实举报');
  await page.getByRole('button', { name: '开封', exact: true }).click();
  await page.getByText('赵读者').waitFor();
  await holds(page, 'identity');
  await page.getByRole('link', { name: '回到审计' }).click();
  const opened = page.locator('table.audit tbody tr', { hasText: '开封反映人身份' });
  await opened.getByText('明细').click();
  await opened.getByText('市监委监函〔2026〕12号，核实举报').waitFor();
  expect(await page.textContent('main')).not.toContain('赵读者');
  await page.close();
});
