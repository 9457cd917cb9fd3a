import { join } from 'node:path';
import { expect, it } from 'vitest';
import { enrol } from '../../server/demo/cast.ts';
import { Device } from '../../server/demo/device.ts';
import type { World } from '../../server/demo/world.ts';
import { firstInvitation } from '../../server/features/accounts/first-invitation.ts';
import { organiserOf } from '../../server/organisation/read.ts';
import { folderSource } from '../../server/public/source.ts';
import { verifyTree } from '../../server/public/verify-tree.ts';
import { writeTree } from '../../server/public/write-tree.ts';
import { getDraws, getFreeze, getMyDiaries, postLock, postRecord } from '../../shared/api/draws.ts';
import { getSeals, postReopen } from '../../shared/api/journal.ts';
import { parseNote } from '../../shared/proof/checkpoint.ts';
import { noncesHash, select } from '../../shared/proof/draw.ts';
import { isRule, type List } from '../../shared/proof/records.ts';
import { signRecord } from '../../shared/proof/sign.ts';
import { issuer, openServer } from '../fixtures/app.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { deadline, notBefore, rule, values } from './house.ts';

const week = '2026-W47';
const draw = 'd-2026-w47';
const roll = ['u01', 'u02', 'u03'];

eachDatabase((_, open) => {
  it('three units enrol, write, seal, witness a draw and are published, and a stranger finds everything in order', async () => {
    const opened = await open();
    const server = await openServer(opened, { more: { deadlines: { reviewWorkingDays: 0 } } });
    const { context, clock } = server;
    const world: World = {
      send: async (request) => server.send(new URL(request.url).pathname + new URL(request.url).search, request),
      issuer,
      now: () => clock.ms,
      random: context.random,
    };
    const organiser = await Device.claim(world, (await firstInvitation(context)).link);
    const reviewer = await enrol(world, organiser, { name: '保密审查', role: 'reviewer', unit: null });
    const leaders = new Map<string, Device>();
    for (const unit of roll) leaders.set(unit, await enrol(world, organiser, { name: unit, role: 'leader', unit }));
    const { zone, window, close, sources, strata } = rule;
    await organiser.record('wd-rule+jwt', 'organiser', {
      roll: roll.map((unit) => ({ unit, stratum: 'a' })),
      strata: strata.slice(0, 1),
      window,
      min_acks: 2,
      close,
      zone,
      sources,
    });
    for (const [unit, device] of leaders) {
      await device.put({ kind: 'title', week, text: `${unit}的标题` });
      const span = { week, day: '2026-11-16', start: '2026-11-16T08:30', end: '2026-11-16T10:00' };
      await device.put({ kind: 'entry', ...span, category: 'meeting', mode: 'collective', text: `${unit}例会` });
      await device.put({ kind: 'entry', ...span, text: `${unit}不外传` }, { ground: 'privacy', basis: '第十五条' });
      await device.put({ kind: 'review', week, text: `${unit}一周复盘` });
      await device.seal(week);
    }
    const late = leaders.get('u02');
    await late?.call(postReopen, { params: { week } });
    await late?.put({ kind: 'review', week, day: '2026-11-16', text: '重开以后写的' });
    await late?.push();

    clock.ms = (deadline + 60) * 1000;
    const { deadline: _deadline, ...said } = await organiser.call(getFreeze, { params: { week } });
    const list = {
      ...said,
      sources: said.sources.map((source) =>
        source.kind === 'nonces' ? source : { ...source, issue: '2026134', not_before: notBefore },
      ),
    } as Omit<List, 'iss' | 'iat'>;
    const frozen = await organiser.record('wd-list+jwt', 'organiser', list);
    expect((await late?.call(getSeals))?.rows).toMatchObject([{ week, rev: 1, open: false, frozen: true }]);
    for (const device of leaders.values()) await device.witness();
    const lock = await organiser.call(postLock, { params: { draw } });
    for (const device of leaders.values()) expect(await device.witness()).toEqual([draw]);

    clock.ms = (notBefore + 60) * 1000;
    const { rows, rule: inForce } = await organiser.call(getDraws);
    const nonces = await organiser.log.nonces(draw);
    const payload = inForce?.payload;
    if (!isRule(payload)) throw new Error('no rule');
    const drawn = await select({
      ...payload,
      ...list,
      values: [await noncesHash(list.list, nonces), values[0]?.value ?? ''],
    });
    const signer = organiser.signer('organiser');
    const record = {
      iss: signer.actor,
      iat: notBefore + 60,
      draw,
      list: frozen.index,
      lock,
      nonces: [...nonces.keys()].sort(),
      values,
      drawn,
    };
    await organiser.call(postRecord, { body: { jws: await signRecord('wd-draw+jwt', record, signer) } });
    expect(rows[0]).toMatchObject({ acks: roll, nonces: roll });
    const first = drawn[0]?.unit ?? '';
    expect((await leaders.get(first)?.call(getMyDiaries))?.rows).toMatchObject([
      { draw, unit: first, title: `${first}的标题` },
    ]);

    const folder = join(opened.folder, 'tree');
    await writeTree(context, folder, () => undefined);
    const pins = { vkey: context.log.vkey, organiser: await organiserOf(context.database.db) };
    const check = { pins, seen: () => undefined, progress: () => undefined };
    const report = await verifyTree(folderSource(folder), check);
    expect(report).toMatchObject({ pinned: true, diaries: 2, draws: 1, failures: [] });

    const seal = list.list.find(({ unit }) => unit === first)?.seal ?? '';
    await reviewer.record('wd-hold+jwt', 'reviewer', { seal, item: 1, ground: 'privacy', basis: '第十五条' });
    await writeTree(context, folder, () => undefined);
    const after = await verifyTree(folderSource(folder), check);
    expect(after.failures).toEqual([]);
    expect(after.notices.map(({ notice }) => notice)).toContain('HELD_AFTER_DRAW');
    expect(after.head?.size).toBe(parseNote(await (await server.send('/public/checkpoint')).text())?.size);
    for (const table of ['op', 'entry', 'disclosure'] as const) {
      const stored = JSON.stringify(await context.database.db.selectFrom(table).selectAll().execute());
      expect([table, stored.includes(`${first}例会`)]).toEqual([table, false]);
      expect([table, stored.includes('不外传')]).toEqual([table, false]);
    }
    expect(server.reported).toEqual([]);
  });
});
