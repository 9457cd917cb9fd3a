// @vitest-environment happy-dom
/** A server that was upgraded before the extension: what this version does not know hides as little as can be, and is said. */
import 'fake-indexeddb/auto';
import { h, render } from 'preact';
import { act } from 'preact/test-utils';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { addEntries } from '../../extension/commands/journal.ts';
import { readWaiting } from '../../extension/commands/waiting.ts';
import type { Context } from '../../extension/device/context.ts';
import { en } from '../../extension/locales/en.ts';
import { zh } from '../../extension/locales/zh.ts';
import { NotUnderstood } from '../../extension/remote/answer.ts';
import { call } from '../../extension/remote/client.ts';
import { DeskProvider, deskOf } from '../../extension/screens/desk/use-desk.ts';
import { HomeScreen } from '../../extension/screens/home/home-screen.tsx';
import { WaitingKinds } from '../../extension/screens/home/waiting-kinds.tsx';
import { PersonGate } from '../../extension/screens/person/person-gate.tsx';
import { sentenceOf } from '../../extension/screens/use-act.ts';
import { blankProfile, changeProfile, profileOf, progressOf } from '../../extension/store/database.ts';
import { runSync } from '../../extension/sync/run.ts';
import { wake } from '../../extension/sync/wake.ts';
import { getDevices } from '../../shared/api/accounts.ts';
import { getWaiting } from '../../shared/api/waiting.ts';
import { rule } from '../fixtures/season.ts';
import { meeting } from './one-entry.ts';
import { openProfile } from './profile-double.ts';
import { ServerDouble } from './server-double.ts';

const shown = vi.hoisted(() => ({ context: null as Context | null }));
vi.mock('../../extension/device/context.ts', () => ({
  here: new Proxy({}, { get: (_, name) => shown.context?.[name as keyof Context] }),
}));
vi.mock('wxt/browser', () => ({ browser: fakeBrowser }));

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});

type Json = Readonly<Record<string, unknown>>;

/** A profile whose server answers these paths so, given what it answers now. */
const profileWith = async (answers: Readonly<Record<string, (now: Json) => unknown>>) => {
  const server = new ServerDouble();
  const opened = await openProfile(async (address, init) => {
    const answer = answers[new URL(address).pathname.replace('/api/v1/', '')];
    const now = await server.fetch(address, init);
    const said = answer?.(now.ok ? await now.clone().json() : {});
    return said === undefined ? now : said instanceof Response ? said : Response.json(said);
  });
  return { ...opened, server };
};

const row = (id: string, more: Json = {}) => ({ id, since: 1, due: null, unit: null, text: id, ...more });
const group = (kind: string, rows: readonly unknown[]) => ({ kind, total: rows.length, rows });

describe('what waits', () => {
  test('is shown without the kinds that a later version has, and says that there may be more', async () => {
    const groups = [group('petition', [row('p1')]), group('flag', [row('f1')])];
    const { context } = await profileWith({ waiting: () => ({ groups }) });
    expect(await readWaiting(context)).toEqual({ groups: [group('flag', [row('f1')])], keptAt: null, later: true });
  });

  test('loses one line of a kind that is known, not the others: how many there are stays', async () => {
    const rows = [row('2026-W47', { act: 'countersign' }), row('d-2026-w46', { act: 'lock' })];
    const { context } = await profileWith({ waiting: () => ({ groups: [group('draw', rows)] }) });
    const { groups, later } = await readWaiting(context);
    expect([groups.map(({ total, rows: left }) => [total, left.map(({ id }) => id)]), later]).toEqual([
      [[2, ['d-2026-w46']]],
      true,
    ]);
  });

  test('is whole where nothing in it is new, with members that are', async () => {
    const groups = [{ ...group('flag', [row('f1', { weight: 3 })]), colour: 'red' }];
    const { context } = await profileWith({ waiting: () => ({ groups, asOf: 1 }) });
    expect(await readWaiting(context)).toEqual({ groups: [group('flag', [row('f1')])], keptAt: null, later: false });
  });

  test('is read anew after the update from the same answer, which nothing was taken out of', async () => {
    const body = { groups: [group('petition', []), group('flag', [])] };
    const { context } = await profileWith({
      waiting: () => Response.json(body, { headers: { etag: '"1"' } }),
    });
    for (let n = 0; n < 2; n += 1) expect((await readWaiting(context)).later).toBe(true);
    await expect(call(getWaiting, {}, context)).rejects.toThrow(NotUnderstood);
  });

  const desk = deskOf(blankProfile, Date.now(), 0, zh, 'zh');
  test.each([
    ['the page of the desk', h(DeskProvider, { value: desk, children: h(HomeScreen, {}) })],
    ['the short list', h(WaitingKinds, { desk })],
  ])('does not say on %s that all is done where only a later version knows what waits', async (_, screen) => {
    const { context } = await profileWith({ waiting: () => ({ groups: [group('petition', [row('p1')])] }) });
    shown.context = context;
    const page = document.createElement('div');
    document.body.append(page);
    await act(() => render(h(PersonGate, { children: screen }), page));
    await vi.waitFor(async () => {
      await act(async () => void (await new Promise((resolve) => setTimeout(resolve, 10))));
      expect(page.textContent).toContain(zh.home.later);
    }, 10_000);
    expect(page.textContent).not.toContain(zh.home.empty);
    await act(() => render(null, page));
  });
});

describe('an answer that cannot be read', () => {
  test.each<[string, unknown]>([
    ['a value that only a later version knows', { rows: [{ id: 'd1', state: 'paused' }] }],
    ['another shape', { devices: [] }],
    [
      'a refusal that only a later version knows',
      Response.json({ type: 'about:blank', title: '', status: 409, code: 'QUORUM_MISSING' }, { status: 409 }),
    ],
  ])('says of %s that the extension is to be updated', async (_, answer) => {
    const { context } = await profileWith({ devices: () => answer });
    const error = await call(getDevices, {}, context).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NotUnderstood);
    expect(sentenceOf(error, zh)).toMatch(/读不懂.*请更新扩展.*您写的都还在/);
    expect(sentenceOf(error, en)).toMatch(/does not understand.*Update the extension.*kept/);
  });

  test('is not taken for a page of a proxy, which says that the server cannot be reached', async () => {
    const page = () => new Response('<p>Bad gateway', { status: 502 });
    const { context } = await profileWith({ devices: page });
    await expect(call(getDevices, {}, context)).rejects.toMatchObject({ name: 'Refusal', code: 'UNAVAILABLE' });
  });
});

describe('texts are delivered', () => {
  const delivered = async (answers: Parameters<typeof profileWith>[0], claimed = false) => {
    const profile = await profileWith(answers);
    const { context, server } = profile;
    if (claimed) {
      const { device } = await profileOf(context.database);
      await changeProfile(context.database, { device: device && { ...device, state: 'claimed' } });
    }
    await addEntries([meeting], null, context);
    expect(await runSync(true, context)).toBe(true);
    expect([...server.rows.values()].map(({ body }) => body?.text)).toEqual([meeting.text]);
    return context;
  };

  test('where the organisation has a unit of a kind, and a category of a mode, that only a later version knows', async () => {
    const unit = { id: 'u01', kind: 'school', name: { zh: '一校', en: 'School' } };
    const known = { id: 'u02', kind: 'soe', name: { zh: '二企', en: 'Works' } };
    const context = await delivered({ organisation: (now) => ({ ...now, units: [unit, known] }) });
    expect((await profileOf(context.database)).organisation?.units).toEqual([known]);
    expect((await progressOf(context.database)).state).toBe('idle');
  });

  test('where a draw has a stage that only a later version knows; the deadline of the rule is taken over', async () => {
    const answer = { rule: { index: 1, payload: { ...rule, close: 660 } }, rows: [{ stage: 'appealed' }], next: null };
    const context = await delivered({ draws: () => answer });
    expect((await profileOf(context.database)).rule).toEqual({ close: 660, zone: 'Asia/Shanghai' });
    expect((await progressOf(context.database)).state).toBe('idle');
  });

  test('where the organisation is told in another shape, which is said', async () => {
    const context = await delivered({ organisation: () => ({ v: 2 }) });
    expect((await progressOf(context.database)).state).toBe('notUnderstood');
    expect(zh.common.sync.notUnderstood).toMatch(/更新扩展/);
  });

  test('by somebody who also holds a role that only a later version knows; the first page says that there may be more', async () => {
    const grants = [
      { role: 'leader', unit: 'u01', actor: 'u01' },
      { role: 'archivist', unit: null, actor: 'arc1' },
    ];
    const context = await delivered({ token: (now) => ({ ...now, grants }), waiting: () => ({ groups: [] }) }, true);
    expect((await profileOf(context.database)).grants).toEqual([grants[0]]);
    expect((await readWaiting(context)).later).toBe(true);
  });

  test('and the worker goes on to its end where the draws are told in another shape', async () => {
    const { context } = await profileWith({ draws: () => ({ v: 2 }) });
    expect(await wake(true, context)).toBe(true);
  });
});
