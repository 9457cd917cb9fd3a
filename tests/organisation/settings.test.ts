import { expect, test } from 'vitest';
import { eachDatabase } from '../fixtures/databases.ts';
import { type Desk, openDesk } from '../fixtures/desk.ts';

const asOrganiser = { as: 'org-1' };
const read = async (desk: Desk) => (await desk.get('/api/v1/settings', asOrganiser)).json.settings;
const put = (desk: Desk, name: string, revision: number, value: unknown, as = 'org-1') =>
  desk.put(`/api/v1/settings/${name}`, { revision, value }, { as });

eachDatabase((_, open) => {
  test('what the desk sets holds at once in every process; taken back, the file holds again', async () => {
    const desk = await openDesk(await open());
    const twin = await desk.twin();
    const holidays = async () => JSON.parse(await twin.get('/public/index.json')).calendar.holidays;
    expect(await holidays()).toHaveLength(7);
    const { calendar } = await read(desk);
    expect(calendar).toMatchObject({ revision: 0, at: null, actor: null });
    const longer = { ...calendar.value, holidays: [...calendar.value.holidays, '2026-10-08'] };
    const { json } = await put(desk, 'calendar', 0, longer);
    expect(await holidays()).toContain('2026-10-08');
    expect((await read(desk)).calendar).toMatchObject({ revision: json.revision, actor: 'org-1', at: desk.now() });
    await put(desk, 'calendar', json.revision, null);
    expect(await holidays()).toHaveLength(7);
    await twin.close();
  });

  test('a change of deadlines moves no deadline that is set, and holds for what comes after it', async () => {
    const desk = await openDesk(await open());
    const due = async (number: string) =>
      (await desk.db.selectFrom('ticket').select('due').where('number', '=', number).executeTakeFirstOrThrow()).due;
    const before = await desk.ticket({ kind: 'question' });
    // Received on Thursday 8 October; Saturday 10 October is worked, so the third working day is Monday the 12th.
    expect(await due(before.ticket)).toBe(desk.seconds('2026-10-12T17:30:00'));
    const { deadlines } = await read(desk);
    const shorter = { ...deadlines.value, questionWorkingDays: 1 };
    const preview = await desk.post('/api/v1/settings/deadlines/preview', { value: shorter }, asOrganiser);
    // The ticket, and the comment behind it that waits.
    expect(preview.json.effects).toEqual([{ code: 'DEADLINES_STAY', id: null, count: 2 }]);
    expect((await put(desk, 'deadlines', 0, shorter)).status).toBe(200);
    const after = await desk.ticket({ kind: 'question', text: '第二件事' });
    expect(await due(before.ticket)).toBe(desk.seconds('2026-10-12T17:30:00'));
    expect(await due(after.ticket)).toBe(desk.seconds('2026-10-09T17:30:00'));
  });

  test('a second change of the same version is refused; every change is an audit row, and an older version can be set again', async () => {
    const desk = await openDesk(await open());
    const first = await put(desk, 'secrecyWords', 0, ['甲工程']);
    expect((await put(desk, 'secrecyWords', 0, ['乙工程'])).json).toMatchObject({ code: 'VERSION_STALE' });
    const second = await put(desk, 'secrecyWords', first.json.revision, []);
    const versions = (await desk.get('/api/v1/settings/secrecyWords/versions', asOrganiser)).json.rows;
    expect(versions.map(({ value }: { value: unknown }) => value)).toEqual([[], ['甲工程'], []]);
    await put(desk, 'secrecyWords', second.json.revision, versions[1].value);
    expect((await read(desk)).secrecyWords.value).toEqual(['甲工程']);
    const rows = (await desk.audit()).filter(({ action }) => action === 'setting.change');
    expect(rows.map(({ actor, subject }) => [actor, subject])).toEqual(Array(3).fill(['org-1', 'secrecyWords']));
    // The words themselves stand with their version, not in the trail.
    expect(JSON.stringify(rows)).not.toContain('甲工程');
  });

  test('a setting that would break something is refused with its reason, and nobody but the organiser sees or sets any', async () => {
    const desk = await openDesk(await open());
    const { calendar, categories } = await read(desk);
    const refused = async (name: string, value: unknown) => (await put(desk, name, 0, value)).json.facts?.reason;
    const noon = ['12:00', '13:30'];
    expect(await refused('calendar', { ...calendar.value, hours: [['13:30', '17:30'], noon] })).toBe('HOURS_ORDER');
    expect(await refused('categories', [...categories.value, categories.value[0]])).toBe('ID_TWICE');
    expect(await refused('threads', [{ id: 't', name: '夜市', theme: 'gone' }])).toBe('THEME_IN_USE');
    await desk.db
      .insertInto('public_facet')
      .values({ facet: 'category', value: 'meeting', position: 0 })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const rest = categories.value.filter(({ id }: { id: string }) => id !== 'meeting');
    expect(await refused('categories', rest)).toBe('CATEGORY_SHOWN');
    expect((await put(desk, 'units', 0, [])).status).toBe(404);
    for (const as of ['mod-1', 'h-lianpu', 'aud-1', 'rev-1', 'lead-lianpu']) {
      expect((await put(desk, 'secrecyWords', 0, [], as)).json.code).toBe('NOT_ALLOWED');
      expect((await desk.get('/api/v1/settings', { as })).json.code).toBe('NOT_ALLOWED');
    }
  });

  test('publication without review holds from the next comment on; who waits goes on waiting', async () => {
    const desk = await openDesk(await open());
    const waits = await desk.comment({});
    await put(desk, 'moderation', 0, { reviewFirst: false });
    await desk.comment({ text: '另一个问题' });
    const states = await desk.db.selectFrom('comment').select(['number', 'state']).orderBy('at').execute();
    expect(states.map(({ state }) => state)).toEqual(['waiting', 'published']);
    expect(states[0]?.number).toBe(waits.number);
  });

  test('twenty companies come in from one table or not at all; a change of head in it ends the term before', async () => {
    const desk = await openDesk(await open());
    const company = (n: number, more = {}) => ({
      line: n + 1,
      id: `soe-${n}`,
      kind: '国有企业',
      zh: `第${n}公司`,
      en: '',
      post: '董事长',
      from: '2026-10-09',
      ...more,
    });
    const rows = Array.from({ length: 20 }, (_, n) => company(n + 1));
    const send = (sent: unknown, as = 'org-1') => desk.post('/api/v1/units/table', { rows: sent }, { as });
    const units = () => desk.db.selectFrom('unit').select('id').execute();
    const wrong = await send([...rows.slice(0, 19), company(20, { from: '2026-13-01' })]);
    expect(wrong.json).toMatchObject({ code: 'FIELD_INVALID', facts: { line: 21, reason: 'DAY_INVALID' } });
    expect(await units()).toHaveLength(3);
    expect((await send(rows, 'mod-1')).json.code).toBe('NOT_ALLOWED');
    const twenty = (await send(rows)).json;
    expect(twenty).toMatchObject({ added: 20, changed: 0, terms: 20 });
    expect(await units()).toHaveLength(23);
    // The same again changes nothing; a new head does.
    expect((await send(rows)).json).toEqual({ added: 0, changed: 0, terms: 0, undo: null });
    const follows = company(1, { post: '代董事长', from: '2027-03-01', zh: '第一公司' });
    const head = (await send([follows])).json;
    expect(head).toMatchObject({ added: 0, changed: 1, terms: 1 });
    const terms = await desk.db
      .selectFrom('term')
      .select(['post', 'from_day', 'to_day'])
      .where('unit', '=', 'soe-1')
      .orderBy('from_day')
      .execute();
    expect(terms).toEqual([
      { post: '董事长', from_day: '2026-10-09', to_day: '2027-02-28' },
      { post: '代董事长', from_day: '2027-03-01', to_day: null },
    ]);

    const undo = (id: string, as = 'org-1') => desk.post(`/api/v1/units/table/${id}/undo`, undefined, { as });
    // What a later import changed is undone first.
    expect((await undo(twenty.undo)).json.code).toBe('VERSION_STALE');
    expect((await undo(head.undo)).status).toBe(204);
    expect((await undo(head.undo)).json.code).toBe('ALREADY_DONE');
    const first = await desk.db.selectFrom('unit').select('zh').where('id', '=', 'soe-1').executeTakeFirstOrThrow();
    expect(first.zh).toBe('第1公司');
    expect(await desk.db.selectFrom('term').select('to_day').where('unit', '=', 'soe-1').execute()).toEqual([
      { to_day: null },
    ]);
    const invited = { actor: 'h-soe-3', role: 'handler', unit: 'soe-3', person: 'p-h-cgj' };
    await desk.db.insertInto('actor').values(invited).execute();
    expect((await undo(twenty.undo)).json.facts).toMatchObject({ reason: 'UNIT_IN_USE', id: 'soe-3' });
    expect(await units()).toHaveLength(23);
    await desk.db.deleteFrom('actor').where('actor', '=', 'h-soe-3').execute();
    expect((await undo(twenty.undo)).status).toBe(204);
    expect(await units()).toHaveLength(3);
    expect(await desk.db.selectFrom('term').select('id').where('id', 'like', 'soe-%').execute()).toEqual([]);
    const done = (await desk.audit()).filter(({ action }) => action === 'unit.importUndo');
    expect(done.map(({ actor, subject }) => [actor, subject])).toEqual([
      ['org-1', head.undo],
      ['org-1', twenty.undo],
    ]);
  });
});
