/** What is withheld is kept nowhere but with its author (design.md 2, rule 3): not in a file of the data folder, the public tree, an answer
 *  of the API, or an export, whenever it was marked. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { configFrom } from '../../server/config.ts';
import type { Context } from '../../server/context.ts';
import { openDatabase } from '../../server/database/open.ts';
import { type DemoItem, readDemoSet } from '../../server/demo/demo-set.ts';
import type { Device } from '../../server/demo/device.ts';
import { type Clock, demoBegins, seedDemo } from '../../server/demo/seed.ts';
import { demoSettings } from '../../server/demo/settings.ts';
import type { World } from '../../server/demo/world.ts';
import { firstInvitation } from '../../server/features/accounts/first-invitation.ts';
import { openContext } from '../../server/open-context.ts';
import { publicFile, publicPaths } from '../../server/public/tree.ts';
import { writeTree } from '../../server/public/write-tree.ts';
import { getComments, getQueue } from '../../shared/api/comments.ts';
import { getAcks, getDraws, getMyDiaries } from '../../shared/api/draws.ts';
import { type Body, getHello, getPull, getSeals, postPush, proseMembers } from '../../shared/api/journal.ts';
import { getOrganisation } from '../../shared/api/organisation.ts';
import { getTickets } from '../../shared/api/tickets.ts';
import { utf8 } from '../../shared/base/bytes.ts';
import { issuer, openServer } from '../fixtures/app.ts';
import { enrolStaff, entryOf, lastWeek, showWeek } from '../fixtures/showing.ts';
import { filesWith, hasTrace } from '../fixtures/traces.ts';

const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sundial-secrets-'));
  ends.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const basis = '《中华人民共和国政府信息公开条例》第十五条';
const hold = { ground: 'privacy', basis } as const;
const shown = '公开的一条：现场看了便桥';
/** By when it was marked. */
const secrets = {
  first: '从一开始就不公开：张某家的病情',
  draft: '写下后又标明不公开：李某的住处',
  sealed: '封存后本人隐去：王某的收入',
  published: '公开后审查隐去：赵某的姓名',
} as const;

test('a withheld text is found nowhere, whether it was marked before the first save, in a draft, after the seal or after publication', async () => {
  const folder = newFolder();
  const data = join(folder, 'data');
  const address = join(data, 'sundial.sqlite');
  const database = await openDatabase(address);
  const server = await openServer({ database, address, folder: data });
  const { context, clock } = server;
  const answers: { path: string; bytes: Uint8Array }[] = [];
  const world: World = {
    issuer,
    now: context.now,
    random: context.random,
    send: async (request) => {
      const { pathname, search } = new URL(request.url);
      const body = request.method === 'GET' ? {} : { body: await request.text() };
      const answer = await server.send(pathname + search, {
        method: request.method,
        headers: request.headers,
        ...body,
      });
      answers.push({ path: pathname, bytes: new Uint8Array(await answer.clone().arrayBuffer()) });
      return answer;
    },
  };
  const units = ['u01', 'u02', 'u03'];
  const staff = await enrolStaff(world, (await firstInvitation(context)).link, units, ['reviewer', 'moderator']);
  const week = lastWeek(clock.ms);
  const ids = new Map<string, Map<keyof typeof secrets, string>>();
  const seals = new Map<string, string>();
  for (const [unit, leader] of staff.leaders) {
    await leader.put(entryOf(week, 0, 9, shown));
    await leader.put(entryOf(week, 1, 9, secrets.first), hold);
    ids.set(
      unit,
      new Map([
        ['sealed', await leader.put(entryOf(week, 2, 9, secrets.sealed))],
        ['published', await leader.put(entryOf(week, 3, 9, secrets.published))],
      ]),
    );
    seals.set(unit, (await leader.seal(week)).seal);
    await withholdDraft(leader);
  }
  const withhold = async (unit: string, which: keyof typeof secrets, by: Device, role: 'leader' | 'reviewer') => {
    const item =
      staff.leaders
        .get(unit)
        ?.sealedItems(week)
        .indexOf(ids.get(unit)?.get(which) ?? '') ?? -1;
    await by.record('wd-hold+jwt', role, { seal: seals.get(unit) ?? '', item, ...hold });
  };
  for (const [unit, leader] of staff.leaders) await withhold(unit, 'sealed', leader, 'leader');
  const { draw, drawn } = await showWeek(staff, week, {
    seats: 3,
    soon: () => Math.floor(clock.ms / 1000) + 600,
    until: async (seconds) => {
      clock.ms = (seconds + 1) * 1000;
    },
  });
  expect([...drawn].sort()).toEqual(units);
  const reviewer = staff.officials.get('reviewer');
  if (reviewer === undefined) throw new Error('nobody reviews');
  for (const unit of units) await withhold(unit, 'published', reviewer, 'reviewer');

  answers.length = 0;
  await askEverything(staff.leaders, staff.organiser, draw);
  const moderator = staff.officials.get('moderator');
  await moderator?.call(getQueue);
  await moderator?.call(getTickets);
  await readTree(context, answers);
  const exported = join(folder, 'export');
  mkdirSync(exported);
  await writeTree(context, exported, () => undefined);

  const found = (text: string): string[] => [
    ...filesWith(data, text).map((name) => `data/${name}`),
    ...filesWith(exported, text).map((name) => `export/${name}`),
    ...answers.filter(({ bytes }) => hasTrace(bytes, text)).map(({ path }) => `answer ${path}`),
  ];
  const control = found(shown);
  for (const place of [
    'data/sundial.sqlite',
    'export/',
    'answer /api/v1/journal/pull',
    'answer tree draw/',
    'answer tree text/',
    'answer tree fragment/diary/',
    'answer tree data/diaries.ics',
    'export/text/',
  ])
    expect(
      control.some((name) => name.startsWith(place)),
      `${place} is where the public text is`,
    ).toBe(true);
  for (const [when, text] of Object.entries(secrets)) expect(found(text), when).toEqual([]);
  await database.close();
  for (const [when, text] of Object.entries(secrets)) expect(filesWith(data, text), when).toEqual([]);
  expect(server.reported).toEqual([]);
});

/** A draft of a week that stays open: saved with its text, then marked. */
async function withholdDraft(leader: Device): Promise<void> {
  const open = lastWeek(leader.world.now() + 7 * 86_400_000);
  const body = entryOf(open, 0, 9, secrets.draft);
  const id = await leader.put(body);
  const [saved] = await leader.push();
  if (saved?.status !== 'APPLIED') throw new Error('the draft was not saved');
  const prose: readonly string[] = proseMembers;
  const cover = Object.fromEntries(Object.entries(body).filter(([name]) => !prose.includes(name)));
  leader.queue(id, saved.op, { ...cover, hold, digest: 'A'.repeat(43) } as Body);
  const [marked] = await leader.push();
  expect(marked?.status).toBe('APPLIED');
}

/** Everything that leaders and organiser can read, and what a push of a known and of a conflicting op is answered. */
async function askEverything(leaders: ReadonlyMap<string, Device>, organiser: Device, draw: string): Promise<void> {
  await organiser.call(getDraws);
  await organiser.call(getOrganisation);
  for (const [unit, leader] of leaders) {
    const { epoch } = await leader.call(getHello);
    const { rows } = await leader.call(getPull, { query: { epoch, after: 0, limit: 500 } });
    await leader.call(getSeals, { query: { after: -1 } });
    await leader.call(getMyDiaries);
    await leader.call(getAcks);
    await leader.call(getComments, { query: { draw, unit } });
    for (const row of rows) {
      const op = {
        op: row.head,
        n: 1,
        id: row.id,
        parent: null,
        kind: 'put' as const,
        schema: 1,
        at: '',
        body: row.body,
      };
      const stale = leader.queue(row.id, '0'.repeat(26), row.body);
      await leader.push();
      await leader.call(postPush, { body: { epoch, device: leader.id, ops: [op, { ...op, op: stale }] } });
    }
  }
}

/** Every file of the public tree, among the answers. */
async function readTree(context: Context, answers: { path: string; bytes: Uint8Array }[]): Promise<void> {
  for (const path of await publicPaths(context)) {
    const file = await publicFile(context, path);
    if (file === null || file === 'gone') throw new Error(`the tree names ${path} and does not have it`);
    answers.push({ path: `tree ${path}`, bytes: file.body }, { path: `tree type ${path}`, bytes: utf8(file.type) });
  }
}

test('no withheld text of the demonstration is in its data folder, its public tree or its export', async () => {
  const folder = newFolder();
  const data = join(folder, 'data');
  mkdirSync(data);
  const set = readDemoSet();
  const clock: Clock = { ms: demoBegins };
  const config = configFrom(demoSettings(set), { SUNDIAL_DATA: data, SUNDIAL_ISSUER: issuer });
  const context = await openContext(config, { now: () => clock.ms });
  await seedDemo(context, clock, (await firstInvitation(context)).link, () => undefined);
  const items = [...set.diaries.values()].flatMap((diary) => diary.items);
  const withheld = items.filter((item) => item.hold !== undefined).flatMap(textsOf);
  const open = items.filter((item) => item.hold === undefined).flatMap(textsOf);
  const secret = withheld.filter((text) => text.length > 5 && !open.some((other) => other.includes(text)));
  expect(secret.length).toBeGreaterThanOrEqual(items.filter((item) => item.hold !== undefined).length);

  const answers: { path: string; bytes: Uint8Array }[] = [];
  await readTree(context, answers);
  const exported = join(folder, 'export');
  mkdirSync(exported);
  await writeTree(context, exported, () => undefined);
  const found = (text: string): string[] => [
    ...filesWith(data, text),
    ...filesWith(exported, text),
    ...answers.filter(({ bytes }) => hasTrace(bytes, text)).map(({ path }) => path),
  ];
  expect(found(open[0] ?? '').length).toBeGreaterThan(2);
  for (const text of secret) expect(found(text), text).toEqual([]);
  await context.database.close();
}, 240_000);

const textsOf = (item: DemoItem): string[] =>
  [item.text, item.detail, item.thinking, item.result, item.next].flatMap((text) => text ?? []);
