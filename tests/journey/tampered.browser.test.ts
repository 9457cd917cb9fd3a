/** What a reader sees on the portal page when somebody has changed a published diary in the server's own tables: the name of what is wrong,
 *  and never a tick. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, chromium, type Page } from 'playwright-core';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Device } from '../../server/demo/device.ts';
import type { World } from '../../server/demo/world.ts';
import { postReopen, postSeal } from '../../shared/api/journal.ts';
import { b64u, fromB64u, fromUtf8, utf8 } from '../../shared/base/bytes.ts';
import type { SettingsInput } from '../../shared/organisation/config.ts';
import { itemDigest, sealHash } from '../../shared/proof/seal.ts';
import { pageBrowserPath } from '../fixtures/chromium.ts';
import { openRealServer, type RealServer, realWorld, untilSeconds } from '../fixtures/real-server.ts';
import { enrolStaff, entryOf, lastWeek, sealItems, showWeek } from '../fixtures/showing.ts';

const output = join(import.meta.dirname, '..', 'output', 'tampered');
const units = ['u01', 'u02', 'u03'];
const names = ['城管局', '河湖局', '民政局'];
const settings: SettingsInput = {
  deadlines: { reviewWorkingDays: 0 },
  name: { zh: '试验区', en: 'Test Area' },
  origin: 'tampered.example/log1',
  units: units.map((id, n) => ({ id, kind: 'department', name: { zh: names[n] ?? id, en: id } })),
  terms: units.map((unit, n) => ({ id: `${unit}-1`, unit, post: `${names[n]}局长`, from: '2020-01-01' })),
};

const tick = '已核验';
const title = '有“风”度，有“气”质';
const changed = '到柳湾村看临时便桥，桥面限行五吨。';
const basis = '《政府信息公开条例》第十五条';

let server: RealServer;
let browser: Browser;
let draw = '';
let unit = '';
/** Disclosures that a server which wanted to cheat would have kept, by the seal they came with. */
const keptBack = new Map<string, readonly string[]>();

beforeAll(async () => {
  const executablePath = pageBrowserPath();
  if (executablePath === null) throw new Error('Chromium is missing');
  mkdirSync(output, { recursive: true });
  server = await openRealServer(settings);
  const staff = await enrolStaff(keepingSeals(realWorld(server.issuer)), server.invitation, units);
  const week = lastWeek(Date.now());
  for (const leader of staff.leaders.values()) await writeWeek(leader, week);
  const shown = await showWeek(staff, week, {
    seats: 1,
    soon: () => Math.floor(Date.now() / 1000) + 4,
    until: untilSeconds,
  });
  draw = shown.draw;
  unit = shown.drawn[0] ?? '';
  browser = await chromium.launch({ executablePath, headless: true });
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const keepingSeals = (world: World): World => ({
  ...world,
  send: async (request) => {
    const body: unknown = request.url.endsWith(postSeal.path) ? await request.clone().json() : null;
    if (v.is(postSeal.body, body)) keptBack.set(await sealHash(body.jws), body.disclosures);
    return world.send(request);
  },
});

/** A week sealed twice: the second seal, the one that counts, has one entry more. */
async function writeWeek(leader: Device, week: string): Promise<void> {
  await sealItems(leader, week, [
    [{ kind: 'title', week, text: title }],
    [entryOf(week, 0, 9, changed)],
    [entryOf(week, 1, 14, '现场办公，定了三件事。')],
    [entryOf(week, 2, 10, '约谈一户人家'), { ground: 'privacy', basis }],
    [{ kind: 'review', week, text: '便桥的牌子要再大一些。' }],
  ]);
  await leader.call(postReopen, { params: { week } });
  await sealItems(leader, week, [[entryOf(week, 4, 16, '接访四批，当场答复三批。')]]);
}

/** Changes the tables behind the server's back and gives the way back. */
type Tamper = (tables: DatabaseSync) => (() => void) | Promise<() => void>;

const text = (value: unknown): string => {
  if (typeof value !== 'string') throw new TypeError('a column holds no text');
  return value;
};

const shownSeal = (tables: DatabaseSync): string =>
  text(tables.prepare('select seal_hash from publication where draw = ? and unit = ?').get(draw, unit)?.seal_hash);

const wordsOf = (encoded: string): string => fromUtf8(fromB64u(encoded) ?? new Uint8Array()) ?? '';

/** The disclosure of the shown diary whose text has `words`. */
function disclosureWith(tables: DatabaseSync, words: string): { readonly item: number; readonly encoded: string } {
  const rows = tables.prepare('select item, encoded from disclosure where seal_hash = ?').all(shownSeal(tables));
  for (const { item, encoded } of rows)
    if (typeof encoded === 'string' && wordsOf(encoded).includes(words)) return { item: Number(item), encoded };
  throw new TypeError(`no item says ${words}`);
}

function setDisclosure(tables: DatabaseSync, item: number, encoded: string | null): void {
  const done = tables
    .prepare('update disclosure set encoded = ? where seal_hash = ? and item = ?')
    .run(encoded, shownSeal(tables), item);
  expect(done.changes).toBe(1);
}

function showSeal(tables: DatabaseSync, seal: string): () => void {
  const was = shownSeal(tables);
  const set = (hash: string) =>
    tables.prepare('update publication set seal_hash = ? where draw = ? and unit = ?').run(hash, draw, unit);
  set(seal);
  return () => void set(was);
}

/** Shows the first seal of the week, with the words that were sealed then. */
async function showEarlier(tables: DatabaseSync): Promise<() => void> {
  const row = tables.prepare('select seal_hash, cover from seal where unit = ? and rev = 1').get(unit);
  const seal = text(row?.seal_hash);
  const { items } = v.parse(Cover, JSON.parse(text(row?.cover)));
  const [first = '', ...rest] = keptBack.get(seal) ?? [];
  const set = tables.prepare('update disclosure set encoded = ? where seal_hash = ? and item = ?');
  set.run(first, seal, -1);
  for (const encoded of rest) {
    const digest = await itemDigest(encoded);
    set.run(
      encoded,
      seal,
      items.findIndex(({ _sd }) => _sd[0] === digest),
    );
  }
  const back = showSeal(tables, seal);
  return () => {
    back();
    tables.prepare('update disclosure set encoded = null where seal_hash = ?').run(seal);
  };
}

const Cover = v.object({ items: v.array(v.object({ _sd: v.array(v.string()) })) });

const otherSeal = (tables: DatabaseSync): string =>
  text(tables.prepare('select seal_hash from seal where unit <> ? and rev = 2').get(unit)?.seal_hash);

const cases: readonly {
  readonly name: string;
  readonly file: string;
  readonly tamper: Tamper;
  readonly failure: string;
  readonly says: string;
}[] = [
  {
    name: 'one character of an entry is changed',
    file: 'one-character-changed',
    tamper: (tables) => {
      const { item, encoded } = disclosureWith(tables, changed);
      setDisclosure(tables, item, b64u(utf8(wordsOf(encoded).replace('五吨', '八吨'))));
      return () => setDisclosure(tables, item, encoded);
    },
    failure: 'TEXT_ALTERED',
    says: '正文与本人签名时不一致',
  },
  {
    name: 'an entry is dropped',
    file: 'entry-dropped',
    tamper: (tables) => {
      const { item, encoded } = disclosureWith(tables, changed);
      setDisclosure(tables, item, null);
      return () => setDisclosure(tables, item, encoded);
    },
    failure: 'ENTRY_MISSING',
    says: '有条目被去掉且没有说明',
  },
  {
    name: 'an earlier revision is shown in its place',
    file: 'earlier-revision',
    tamper: showEarlier,
    failure: 'SEAL_NOT_LISTED',
    says: '展示的不是参加抽取的那一份',
  },
  {
    name: 'the diary of another unit is shown in its place',
    file: 'another-unit',
    tamper: (tables) => showSeal(tables, otherSeal(tables)),
    failure: 'BUNDLE_MALFORMED',
    says: '核验材料不完整',
  },
  {
    name: 'the words of another unit are put under its seal',
    file: 'words-of-another-unit',
    tamper: (tables) => {
      const { item, encoded } = disclosureWith(tables, changed);
      const other = tables
        .prepare('select encoded from disclosure where seal_hash = ? and item = ?')
        .get(otherSeal(tables), item);
      setDisclosure(tables, item, text(other?.encoded));
      return () => setDisclosure(tables, item, encoded);
    },
    failure: 'TEXT_ALTERED',
    says: '正文与本人签名时不一致',
  },
];

describe('a published diary on the portal page', () => {
  test('is ticked before anybody touches it', async () => {
    await expectTick('untouched');
  });

  test.each(cases)('is shown as failed when $name', async ({ tamper, file, failure, says }) => {
    const back = await change(tamper);
    try {
      await using reader = await openDiary();
      const verdict = await verdictOf(reader.page);
      await reader.page.screenshot({ path: join(output, `${file}.png`), fullPage: true });
      expect(verdict).toBe(`核验不通过：${says}`);
      expect(await reader.page.getByText(`${failure} ·`).count()).toBe(1);
      expect(await reader.page.getByText(tick).count()).toBe(0);
    } finally {
      back();
    }
  });

  test('is ticked again when everything is put back', async () => {
    await expectTick('put-back');
  });
});

/** Changes the tables while the server runs. Gives the way back. */
async function change(tamper: Tamper): Promise<() => void> {
  const tables = new DatabaseSync(server.database, { timeout: 10_000 });
  const back = await tamper(tables);
  return () => {
    back();
    tables.close();
  };
}

async function expectTick(file: string): Promise<void> {
  await using reader = await openDiary();
  const verdict = await verdictOf(reader.page);
  await reader.page.screenshot({ path: join(output, `${file}.png`), fullPage: true });
  expect(verdict).toBe(`${tick}：与本人签名时一字不差`);
}

/** A reader who has never been here opens the portal page and the newest diary in its list. */
async function openDiary() {
  // What the server keeps of its files in memory is made anew after two seconds.
  await sleep(2100);
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${server.issuer}/`);
  await page.getByRole('link', { name: title }).click();
  return { page, [Symbol.asyncDispose]: () => context.close() };
}

/** The first verdict that is not "checking": looked for without a pause, so that a tick that goes away again is seen too. */
async function verdictOf(page: Page): Promise<string> {
  const said = page.locator('sundial-verification .say');
  await said.waitFor();
  for (;;) {
    const text = (await said.textContent()) ?? '';
    if (text !== '' && !text.startsWith('正在核验')) return text;
  }
}
