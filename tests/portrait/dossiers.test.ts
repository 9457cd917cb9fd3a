/** The way of a dossier: the organiser asks, the leader reads first, then both; and what it is made from. */
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { b64u } from '../../shared/base/bytes.ts';
import { sha256Text } from '../../shared/base/digest.ts';
import { PublicPart } from '../../shared/portrait/portrait-input.ts';
import { must, openHouse } from '../draws/house.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { type Desk, openDesk } from '../fixtures/desk.ts';
import { entry, type SealedItem, writeSealed } from './sealed-rows.ts';

/** Two weeks of one leader, the second of them published, then one of the successor. */
async function diaries(desk: Desk): Promise<Desk> {
  const { db } = desk;
  const term = (id: string, from_day: string, to_day: string | null) =>
    db.insertInto('term').values({ id, unit: 'lianpu', post: '莲浦街道党工委书记', from_day, to_day }).execute();
  await term('lianpu-1', '2026-01-01', '2026-09-27');
  await term('lianpu-2', '2026-09-28', null);
  const sealed = (week: string, author: string, idx: number, draw: string | null, items: readonly SealedItem[]) =>
    writeSealed(db, { unit: 'lianpu', week, author, idx, draw, items });
  const thread = (id: string, name: string) => ({ threads: [{ id, name }] });
  await sealed('2026-W36', 'p-lead-lianpu', 200, null, [
    [
      entry('2026-08-31', '09:00', '11:00', { category: 'meeting' }),
      { text: '没有抽到的话', ...thread('x1', '没有公开的脉络') },
    ],
    [entry('2026-09-01', '09:00', '10:00', { hold: { ground: 'privacy', basis: '第三条' } }), null],
    [{ kind: 'review', day: '2026-09-01' }, { text: '没有公开的复盘' }],
  ]);
  await sealed('2026-W37', 'p-lead-lianpu', 201, 'd-2026-w37', [
    [
      entry('2026-09-07', '09:00', '12:00', { category: 'planning' }),
      { text: '夜市', thinking: '喇叭是个心结', ...thread('x2', '夜市摊点') },
    ],
  ]);
  await sealed('2026-W40', 'p-successor', 202, null, [[entry('2026-09-30', '08:00', '20:00'), { text: '后任' }]]);
  return desk;
}

const ask = (desk: Desk, term = 'lianpu-1', as = 'org-1') =>
  desk.post('/api/v1/dossiers', { term, from: '2026-07-01', to: '2026-12-31' }, { as });
const read = (desk: Desk, id: string, as: string) =>
  desk.get(`/api/v1/${as === 'lead-lianpu' ? 'portrait/' : ''}dossiers/${id}`, { as });
const figuresIn = (content: string) =>
  JSON.parse(content).faces.flatMap(({ figures }: { figures: { id: string }[] }) => figures);

/** Four units in the second quarter, and a week after it by one: meetings of all, planning of three, a talk of one, a withheld visit. */
async function fourUnits(desk: Desk): Promise<void> {
  const { db } = desk;
  for (const [n, unit] of ['u1', 'u2', 'u3', 'u4'].entries())
    await writeSealed(db, {
      unit,
      week: '2026-W20',
      author: `p-${unit}`,
      idx: 300 + n,
      draw: n === 0 ? 'd-2026-w20' : null,
      items: [
        [entry('2026-05-11', '09:00', '11:00', { category: 'meeting' }), { text: '会', result: '成了' }],
        ...(n < 3
          ? [[entry('2026-05-12', '09:00', '10:00', { category: 'planning' }), { text: '想' }] satisfies SealedItem]
          : [[entry('2026-05-12', '09:00', '10:00', { category: 'talk' }), { text: '谈' }] satisfies SealedItem]),
      ],
    });
  const items = [[entry('2026-08-31', '09:00', '11:00', { category: 'meeting' }), { text: '晚' }] satisfies SealedItem];
  await writeSealed(db, { unit: 'u1', week: '2026-W36', author: 'p-u1', idx: 310, draw: null, items });
}

eachDatabase((_, open) => {
  describe("the organisation's figures of a quarter", () => {
    test('are made once, four weeks after it, and have three units behind each', async () => {
      const desk = await openDesk(await open());
      await fourUnits(desk);
      const rows = async () => (await desk.get('/api/v1/aggregates', { as: 'org-1' })).json.rows;
      const make = (quarter: string) => desk.post('/api/v1/aggregates', { quarter }, { as: 'org-1' });
      const listed = await rows();
      // The third quarter ended on Sunday 27 September with its last week; four weeks later is not yet.
      expect(listed.map(({ quarter }: { quarter: string }) => quarter)).toEqual(['2026-Q3', '2026-Q2']);
      expect(listed[0]).toMatchObject({
        from: '2026-06-29',
        to: '2026-09-27',
        openAt: desk.seconds('2026-10-26T00:00:00'),
        madeAt: null,
      });
      expect((await make('2026-Q3')).json).toMatchObject({ code: 'FIELD_INVALID' });
      expect((await desk.get('/api/v1/aggregates/2026-Q2', { as: 'org-1' })).status).toBe(404);
      expect((await make('2026-Q2')).status).toBe(201);
      expect((await make('2026-Q2')).json).toMatchObject({ code: 'ALREADY_DONE' });
      const { content, digest } = (await desk.get('/api/v1/aggregates/2026-Q2', { as: 'org-2' })).json;
      expect(b64u(await sha256Text(content))).toBe(digest);
      const { faces, sources } = JSON.parse(content);
      const of = (face: string) =>
        faces
          .find((each: { face: string }) => each.face === face)
          .figures.map(({ id, code, value, units }: Record<string, unknown>) => [id, code, value, units]);
      // Two hours of four units; an hour of one unit alone would be told by what is left, so planning of three goes in with it.
      expect(of('hours')).toEqual([
        ['mode', 'collective', { kind: 'minutes', minutes: 480 }, 4],
        ['category', 'meeting', { kind: 'minutes', minutes: 480 }, 4],
        ['mode', 'rest', { kind: 'minutes', minutes: 240 }, 4],
      ]);
      expect(of('threads')).toEqual([
        ['thread', null, null, 0],
        ['results', null, { kind: 'count', count: 4 }, 4],
        ['thinking', null, null, 0],
      ]);
      expect(of('publicResponse')).toEqual([
        ['comments', null, null, 0],
        ['answered', null, null, 0],
      ]);
      expect(sources.slice(0, 4).map(({ unit, index }: Record<string, unknown>) => [unit, index])).toEqual([
        ['u1', 300],
        ['u2', 301],
        ['u3', 302],
        ['u4', 303],
      ]);
      expect(sources[4]).toEqual({ kind: 'diary', week: '2026-W20', draw: 'd-2026-w20', unit: 'u1' });
      // What is sealed later is not in it: it would tell of the one that was late.
      await writeSealed(desk.db, { unit: 'u1', week: '2026-W21', author: 'p-u1', idx: 320, draw: null, items: [] });
      expect((await desk.get('/api/v1/aggregates/2026-Q2', { as: 'org-1' })).json.content).toBe(content);
      const audit = (await desk.audit()).filter(({ action }) => action === 'aggregate.make');
      expect(audit.map(({ subject, actor }) => [subject, actor])).toEqual([['2026-Q2', 'org-1']]);
    });
  });

  describe('a dossier', () => {
    test('is read by its leader first, who says something and hands it over; each reading is an audit row', async () => {
      const desk = await diaries(await openDesk(await open()));
      const made = await ask(desk);
      const { id, state, openAt } = made.json;
      // Five working days from Thursday 8 October, its Saturday the 10th being worked.
      expect([made.status, state, openAt]).toEqual([201, 'waiting', desk.seconds('2026-10-14T17:30:00')]);
      expect((await read(desk, id, 'org-1')).status).toBe(404);
      const seen = await read(desk, id, 'lead-lianpu');
      expect(seen.json).toMatchObject({ state: 'waiting', seenAt: desk.now(), notes: [] });
      await desk.post(`/api/v1/portrait/dossiers/${id}/notes`, { text: '系数表该早半年贴' }, { as: 'lead-lianpu' });
      expect((await read(desk, id, 'org-1')).status).toBe(404);
      const over = await desk.post(`/api/v1/portrait/dossiers/${id}/release`, undefined, { as: 'lead-lianpu' });
      expect(over.json).toMatchObject({ state: 'released' });
      const { json } = await read(desk, id, 'org-2');
      expect(json).toMatchObject({ state: 'released', notes: [{ text: '系数表该早半年贴' }] });
      expect(b64u(await sha256Text(json.content))).toBe(json.digest);
      expect(seen.json.content).toBe(json.content);
      const rows = (await desk.audit()).filter(({ subject }) => subject === id);
      expect(rows.map(({ action, actor }) => [action, actor])).toEqual([
        ['dossier.make', 'org-1'],
        ['dossier.readByLeader', 'lead-lianpu'],
        ['dossier.note', 'lead-lianpu'],
        ['dossier.release', 'lead-lianpu'],
        ['dossier.read', 'org-2'],
      ]);
      expect(JSON.parse(rows[0]?.facts ?? '')).toMatchObject({ digest: json.digest });
      expect(
        (await desk.post(`/api/v1/portrait/dossiers/${id}/release`, undefined, { as: 'lead-lianpu' })).json,
      ).toMatchObject({
        code: 'ALREADY_DONE',
      });
    });

    test('counts the sealed weeks of that head alone, with sources, and carries no word that readers do not see', async () => {
      const desk = await diaries(await openDesk(await open()));
      const { id } = (await ask(desk)).json;
      const { content } = (await read(desk, id, 'lead-lianpu')).json;
      const { sources, to, faces } = JSON.parse(content);
      expect(to).toBe('2026-09-27');
      expect(sources).toEqual([
        { kind: 'seal', week: '2026-W36', seal: expect.any(String), index: 200, rev: 1, draw: null },
        { kind: 'seal', week: '2026-W37', seal: expect.any(String), index: 201, rev: 1, draw: 'd-2026-w37' },
        { kind: 'diary', week: '2026-W37', draw: 'd-2026-w37', unit: 'lianpu' },
      ]);
      const figures = figuresIn(content);
      const named = (wanted: string) => figures.find((figure: { id: string }) => figure.id === wanted);
      // Two hours and one withheld; three hours: 180 each of two weeks.
      expect(named('averageWeek')).toMatchObject({ value: { minutes: 180 }, facts: { weeks: 2, entries: 3 } });
      expect(named('focusedShare')).toMatchObject({ value: { part: 180, of: 300 } });
      expect(named('thinking')).toMatchObject({ value: { count: 1 }, facts: { held: 1 } });
      expect(named('thread')).toMatchObject({ name: '夜市摊点' });
      expect(named('otherThreads')).toMatchObject({ value: { count: 1 } });
      expect(named('withheld')).toMatchObject({ value: { parts: [{ code: 'privacy', count: 1 }] } });
      expect(faces.map(({ face }: { face: string }) => face)).toContain('publicResponse');
      for (const text of ['没有抽到的话', '没有公开的脉络', '没有公开的复盘', '喇叭', '第三条'])
        expect(content).not.toContain(text);
      const next = (await ask(desk, 'lianpu-2')).json;
      // The successor's time runs out: nobody hands it over.
      desk.set(next.openAt);
      expect((await read(desk, next.id, 'org-1')).status).toBe(404);
      desk.set(next.openAt + 1);
      const late = await read(desk, next.id, 'org-1');
      expect(late.json).toMatchObject({ state: 'elapsed', seenAt: null });
      expect(figuresIn(late.json.content)[0]).toMatchObject({ value: { minutes: 720 }, facts: { entries: 1 } });
      // It is about somebody else than the predecessor.
      expect((await read(desk, next.id, 'lead-lianpu')).status).toBe(404);
      expect((await desk.get('/api/v1/portrait/dossiers', { as: 'lead-lianpu' })).json.rows).toHaveLength(1);
    });

    test('is about who sealed most weeks, however often somebody else sealed one again', async () => {
      const desk = await diaries(await openDesk(await open()));
      const other = { unit: 'lianpu', week: '2026-W35', author: 'p-successor' };
      await writeSealed(desk.db, { ...other, idx: 190, draw: null, items: [] });
      for (const rev of [2, 3])
        await desk.db
          .insertInto('seal')
          .values({
            ...other,
            ...{ seal_hash: `again-${rev}`, rev, idx: 190 + rev, nc: '', iat: 0, at: 0 },
            ...{ cover: '{}', manifest: '[]', items: '[]' },
          })
          .execute();
      const { id } = (await ask(desk)).json;
      expect((await read(desk, id, 'lead-lianpu')).status).toBe(200);
    });

    test.each([
      ['goes where only the diary gave it', [], null],
      ['stays where the organisation gave it', [{ id: 'old-bridge', name: '河西老桥加固' }], '河西老桥加固'],
    ])('a thread’s name that is withheld later %s', async (_what, threads, left) => {
      const house = await openHouse(await open(), { threads, themes: [] });
      await must(house.setRule());
      const [unit = ''] = await house.wholeDraw();
      const period = { term: `${unit}-1`, from: '2026-11-01', to: '2026-11-29' };
      const { json: made } = await must(house.ask('org', 'POST', 'dossiers', period));
      const row = () => house.db.selectFrom('dossier').select(['id', 'content', 'digest']).executeTakeFirstOrThrow();
      const before = await row();
      const thread = (content: string) => figuresIn(content).find(({ id }: { id: string }) => id === 'thread');
      expect(thread(before.content)).toMatchObject({ name: '河西老桥加固', value: { count: 1 } });
      const sealed = house.db.selectFrom('seal').select('seal_hash').where('unit', '=', unit);
      const { seal_hash: seal } = await sealed.executeTakeFirstOrThrow();
      await must(house.log('rev1', 'wd-hold+jwt', { seal, item: 2, ground: 'privacy', basis: '第十五条' }));
      const after = await row();
      expect(thread(after.content)).toEqual({ ...thread(before.content), name: left });
      expect(after.content.includes('河西老桥加固')).toBe(left !== null);
      expect(after.digest).toBe(b64u(await sha256Text(after.content)));
      const audit = await house.db.selectFrom('audit').selectAll().where('action', '=', 'dossier.redact').execute();
      const facts = { from: before.digest, digest: after.digest };
      expect(audit.map(({ subject, facts: said }) => [subject, JSON.parse(said)])).toEqual(
        left === null ? [[before.id, facts]] : [],
      );
      expect(made).toMatchObject({ id: before.id, digest: before.digest });
    });

    test('counts an item by what it shows now: released is not withheld, withheld again is, on the ground that counts', async () => {
      const house = await openHouse(await open(), { threads: [], themes: [] });
      await must(house.setRule());
      const [unit = ''] = await house.wholeDraw('2026-W47');
      const why = '《解密通知》3号';
      const mine = `diaries/mine/d-2026-w47/${unit}/held`;
      // Item 3 is the one that every unit marks before the seal, on the ground of a state secret.
      const release = async () => {
        const disclosure = house.disclosureOf(unit, '2026-W47', 3);
        await must(house.ask(unit, 'POST', `${mine}/offer`, { item: 3, disclosure, why }));
        const body = { item: 3, why, pass: true };
        await must(house.ask('rev1', 'POST', `reviews/d-2026-w47/${unit}/release`, body));
      };
      const period = { term: `${unit}-1`, from: '2026-11-01', to: '2026-11-29' };
      const told = async () => {
        await must(house.ask('org', 'POST', 'dossiers', period));
        const row = house.db.selectFrom('dossier').select('content').orderBy('made_at', 'desc').limit(1);
        const figures = figuresIn((await row.executeTakeFirstOrThrow()).content);
        const { value, facts } = figures.find(({ id }: { id: string }) => id === 'withheld');
        const query = `portrait/response?from=${period.from}&to=${period.to}`;
        const { json } = await must(house.ask(unit, 'GET', query));
        house.at(house.now() + 86_400);
        return [value.parts, facts.released, v.parse(PublicPart, json).diaries[0]?.sinceSealed];
      };
      expect(await told()).toEqual([[{ code: 'state-secret', count: 1 }], 0, []]);
      await release();
      expect(await told()).toEqual([[], 1, [{ item: 3, ground: null }]]);
      const sealed = house.db.selectFrom('seal').select('seal_hash').where('unit', '=', unit);
      const { seal_hash: seal } = await sealed.executeTakeFirstOrThrow();
      await must(house.log('rev1', 'wd-hold+jwt', { seal, item: 3, ground: 'privacy', basis: '第十五条' }));
      expect(await told()).toEqual([[{ code: 'privacy', count: 1 }], 0, [{ item: 3, ground: 'privacy' }]]);
    });

    test('is not made by whom it is about, nor of a period without a week, nor read by other roles', async () => {
      const desk = await diaries(await openDesk(await open()));
      await desk.db.updateTable('seal').set({ author: 'p-org-1' }).where('author', '=', 'p-successor').execute();
      expect((await ask(desk, 'lianpu-2')).json).toMatchObject({ code: 'NOT_ALLOWED' });
      expect((await ask(desk, 'lianpu-9')).json).toMatchObject({ code: 'NOT_FOUND' });
      const early = { term: 'lianpu-1', from: '2025-01-01', to: '2025-03-31' };
      expect((await desk.post('/api/v1/dossiers', early, { as: 'org-1' })).json).toMatchObject({
        code: 'FIELD_INVALID',
      });
      for (const as of ['mod-1', 'h-lianpu', 'aud-1', 'rev-1', 'lead-lianpu'])
        expect((await ask(desk, 'lianpu-1', as)).status).toBe(403);
    });

    test('stands under the heads that the organisation has set', async () => {
      const desk = await diaries(await openDesk(await open()));
      const now = (await desk.get('/api/v1/assessment', { as: 'lead-lianpu' })).json;
      const set = { leaderWorkingDays: 2, mapping: { ...now.mapping, openness: 'virtue' } };
      expect((await desk.put('/api/v1/assessment', set, { as: 'mod-1' })).status).toBe(403);
      expect((await desk.put('/api/v1/assessment', set, { as: 'org-1' })).json).toEqual(set);
      const { id, openAt } = (await ask(desk)).json;
      // Friday, and the Saturday that is worked.
      expect(openAt).toBe(desk.seconds('2026-10-10T17:30:00'));
      const { heads } = JSON.parse((await read(desk, id, 'lead-lianpu')).json.content);
      expect(heads[0]).toEqual({ head: 'virtue', faces: ['review', 'openness'] });
      expect(heads[4]).toEqual({ head: 'integrity', faces: [] });
    });
  });
});
