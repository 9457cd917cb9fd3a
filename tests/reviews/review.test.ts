/** The review before release: who may read what is drawn, what passes it, and when it comes out (verification.md 13). */
import { expect, it } from 'vitest';
import { openDatabase } from '../../server/database/open.ts';
import { publishReviewed } from '../../server/jobs/publish-reviewed.ts';
import { runJobs } from '../../server/jobs.ts';
import { verifyTree } from '../../server/public/verify-tree.ts';
import type { ReviewDiary } from '../../shared/api/reviews.ts';
import { deadline, type House, monday, must, notBefore, openHouse, units } from '../draws/house.ts';
import { eachDatabase } from '../fixtures/databases.ts';

const draw = 'd-2026-w47';
/** Drawn on Wednesday 25 November 2026 at 00:01: the second working day after it is Friday, which ends at 17:30. */
const friday = monday + 4 * 86_400 + 17.5 * 3600;

/** To the result; gives the drawn units. */
async function drawnIn(house: House): Promise<string[]> {
  await must(house.setRule());
  for (const unit of units) await house.seal(unit);
  house.at(deadline + 60);
  await must(house.freeze());
  await must(house.lock());
  for (const unit of units) await must(house.ack(unit));
  house.at(notBefore + 60);
  const { drawn } = await house.proposal();
  await must(house.draw());
  return drawn.map(({ unit }) => unit);
}

const actions = async (house: House, prefix: string) =>
  (await house.db.selectFrom('audit').select(['actor', 'action', 'subject']).orderBy('at').execute()).filter(
    ({ action }) => action.startsWith(prefix),
  );

/** What a stranger finds wrong with the public tree; nothing while it is whole. */
async function failuresOf(house: House): Promise<{ failures: unknown; diaries: number }> {
  const read = async (path: string) => {
    const answer = await house.get(path);
    return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
  };
  const { failures, diaries } = await verifyTree(
    { read },
    { pins: house.pins(), seen: () => undefined, progress: () => undefined },
  );
  return { failures, diaries };
}

eachDatabase((name, open) => {
  it('a drawn diary is read by the reviewer alone, and comes out with the others once all are passed; what he withholds is public', async () => {
    const house = await openHouse(await open());
    const [first = '', ...others] = await drawnIn(house);
    const path = `reviews/${draw}/${first}`;

    expect(await (await house.get(`draw/${draw}.json`)).json()).toMatchObject({ stage: 'drawn', reviewDue: friday });
    expect((await house.get(`draw/${draw}/${first}.json`)).status).toBe(404);
    expect(await failuresOf(house)).toEqual({ failures: [], diaries: 0 });
    const { json: list } = await must(house.ask('rev1', 'GET', 'reviews'));
    expect(list).toMatchObject({
      rows: [first, ...others].map((unit) => ({
        draw,
        unit,
        due: friday,
        items: 6,
        held: 1,
        passed: null,
        barred: null,
      })),
    });
    const undrawn = units.find((unit) => ![first, ...others].includes(unit)) ?? '';
    expect(await house.ask('rev1', 'GET', `reviews/${draw}/${undrawn}`)).toMatchObject({ code: 'NOT_FOUND' });
    for (const other of ['org', first])
      expect(await house.ask(other, 'GET', path)).toMatchObject({ code: 'NOT_ALLOWED', reason: null });

    const diary = (await must(house.ask('rev1', 'GET', path))).json as ReviewDiary;
    expect(diary.items.map(({ prose, hold }) => prose?.text ?? hold?.by)).toEqual([
      `${first}2026-W47的标题`,
      `${first}2026-W47例会，逐项过工期<b>&`,
      `${first}2026-W47看便桥`,
      'seal',
      `${first}2026-W47当日复盘`,
      `${first}2026-W47一周复盘`,
    ]);
    const [image] = diary.items[2]?.prose?.images ?? [];
    expect((await must(house.ask('rev1', 'GET', `${path}/images/${image?.sha256}`))).json).toMatchObject({
      type: 'image/png',
    });
    expect(await house.ask('rev1', 'GET', `${path}/images/${'0'.repeat(64)}`)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await actions(house, 'review.')).toEqual([
      { actor: 'rev1', action: 'review.read', subject: `${draw}/${first}` },
      { actor: 'rev1', action: 'review.image', subject: `${draw}/${first}` },
    ]);

    const hold = { seal: diary.seal, item: 2, ground: 'privacy' as const, basis: '《政府信息公开条例》第十五条' };
    await must(house.log('rev1', 'wd-hold+jwt', hold));
    expect((await house.ask('rev1', 'GET', path)).json).toMatchObject({
      items: [{}, {}, { prose: null, hold: { by: 'reviewer', afterDraw: true, ground: 'privacy' } }, {}, {}, {}],
    });
    for (const unit of others)
      expect((await must(house.ask('rev1', 'POST', `reviews/${draw}/${unit}/pass`))).json).toEqual({
        published: false,
      });
    expect((await house.get(`draw/${draw}/${others[0]}.json`)).status).toBe(404);
    expect(await house.ask('rev1', 'POST', `reviews/${draw}/${others[0]}/pass`)).toMatchObject({
      code: 'ALREADY_DONE',
    });
    expect((await must(house.ask('rev1', 'POST', `${path}/pass`))).json).toEqual({ published: true });

    expect(await failuresOf(house)).toEqual({ failures: [], diaries: 3 });
    const page = await (await house.get(`d/${draw}/${first}.html`)).text();
    expect(page).toContain('《政府信息公开条例》第十五条');
    expect(page).not.toContain('看便桥');
    expect((await must(house.ask('rev1', 'GET', 'reviews'))).json).toEqual({ rows: [] });

    // Once it is public it is opened by its address, and what somebody asks for is withheld there.
    const [other = ''] = others;
    const place = `reviews/${draw}/${other}`;
    const published = (await must(house.ask('rev1', 'GET', place))).json as ReviewDiary;
    expect(published).toMatchObject({ publishedAt: house.now(), passed: { by: 'rev1' } });
    expect(published.items[2]?.prose?.text).toBe(`${other}2026-W47看便桥`);
    await must(house.log('rev1', 'wd-hold+jwt', { ...hold, seal: published.seal }));
    expect(await (await house.get(`d/${draw}/${other}.html`)).text()).not.toContain('看便桥');
    expect(await house.ask('rev1', 'POST', `${place}/pass`)).toMatchObject({ code: 'ALREADY_DONE' });
    expect(house.reported).toEqual([]);
  });

  it('when the time ends the draw comes out once, unreviewed diaries as they are sealed, whichever process sees it first', async () => {
    const opened = await open();
    const house = await openHouse(opened);
    const drawn = await drawnIn(house);
    await must(house.ask('rev1', 'POST', `reviews/${draw}/${drawn[1]}/pass`));
    house.at(friday - 1);
    expect(await runJobs(house.context)).toMatchObject({ publishReviewed: 0 });
    house.at(friday);
    const second = await openDatabase(opened.address);
    const run = [() => runJobs(house.context), () => runJobs({ ...house.context, database: second })];
    // Two handles of one SQLite file in one thread would wait for each other.
    const reports = [];
    if (name === 'PostgreSQL') reports.push(...(await Promise.all(run.map((each) => each()))));
    else for (const each of run) reports.push(await each());
    await second.close();
    expect(reports.map(({ publishReviewed }) => publishReviewed).sort()).toEqual([0, 1]);
    expect(await failuresOf(house)).toEqual({ failures: [], diaries: 3 });
    expect(await actions(house, 'draw.publish')).toEqual([{ actor: 'system', action: 'draw.publish', subject: draw }]);
  });

  it('what comes out can be searched, though another draw of the same run cannot be read', async () => {
    const house = await openHouse(await open());
    await drawnIn(house);
    const damaged = { draw: 'd-2026-w46', week: '2026-W46', list: '{}', review_due: 0 };
    const other = await house.db.selectFrom('draw').selectAll().executeTakeFirstOrThrow();
    await house.db
      .insertInto('draw')
      .values({ ...other, ...damaged, list_idx: -1, record_idx: -1 })
      .execute();
    house.at(friday);
    await expect(publishReviewed(house.context)).rejects.toThrow('is damaged');
    expect(await house.db.selectFrom('search_shard').select('shard').execute()).toHaveLength(256);
  });

  it('nobody reviews or withholds in the unit that he leads or serves, nor a draw that he ran', async () => {
    const house = await openHouse(await open());
    const [first = '', second = ''] = await drawnIn(house);
    const grant = async (grants: readonly object[]) => {
      const reviewer = { role: 'reviewer', unit: null, actor: 'rev1' };
      const values = { grants: JSON.stringify([reviewer, ...grants]) };
      await house.db.updateTable('device').set(values).where('id', '=', 'd-rev1').execute();
    };
    await grant([{ role: 'handler', unit: first, actor: `h-${first}` }]);
    expect(await house.ask('rev1', 'GET', `reviews/${draw}/${first}`)).toMatchObject({ reason: 'OWN_UNIT' });
    expect(await house.ask('rev1', 'POST', `reviews/${draw}/${first}/pass`)).toMatchObject({ reason: 'OWN_UNIT' });
    const seal = await house.db
      .selectFrom('seal')
      .select('seal_hash')
      .where('unit', '=', first)
      .executeTakeFirstOrThrow();
    const hold = { seal: seal.seal_hash, item: 1, ground: 'privacy' as const, basis: '第十五条' };
    expect(await house.log('rev1', 'wd-hold+jwt', hold)).toMatchObject({ reason: 'OWN_UNIT' });
    await must(house.ask('rev1', 'GET', `reviews/${draw}/${second}`));

    // Who wrote it does not review it, though another leads the unit by now.
    await grant([]);
    await must(house.ask('rev1', 'GET', `reviews/${draw}/${first}`));
    const written = (author: string) =>
      house.db.updateTable('seal').set({ author }).where('unit', '=', first).execute();
    await written('p-rev1');
    expect(await house.ask('rev1', 'GET', `reviews/${draw}/${first}`)).toMatchObject({ reason: 'OWN_UNIT' });
    expect(await house.ask('rev1', 'POST', `reviews/${draw}/${first}/pass`)).toMatchObject({ reason: 'OWN_UNIT' });
    expect(await house.log('rev1', 'wd-hold+jwt', hold)).toMatchObject({ reason: 'OWN_UNIT' });
    await written(first);
    await grant([{ role: 'handler', unit: first, actor: `h-${first}` }]);

    // Standing in changes none of it, and outside of its days the role does not count at all, whatever the key could sign.
    const days = (from_at: number, to_at: number) =>
      house.db
        .insertInto('stand_in')
        .values({
          id: `s-${from_at}`,
          person: 'p-rev1',
          role: 'reviewer',
          unit: null,
          actor: 'rev1',
          instead: null,
          from_day: '2026-11-23',
          to_day: '2026-11-23',
          from_at,
          to_at,
        })
        .execute();
    await days(0, 1);
    expect(await house.ask('rev1', 'GET', 'reviews')).toMatchObject({ status: 403 });
    expect(await house.log('rev1', 'wd-hold+jwt', hold)).toMatchObject({ status: 403 });
    await days(2, house.now() + 60);
    expect(await house.ask('rev1', 'POST', `reviews/${draw}/${first}/pass`)).toMatchObject({ reason: 'OWN_UNIT' });
    expect(await house.log('rev1', 'wd-hold+jwt', hold)).toMatchObject({ reason: 'OWN_UNIT' });
    await must(house.ask('rev1', 'GET', `reviews/${draw}/${second}`));

    await grant([{ role: 'organiser', unit: null, actor: 'org' }]);
    expect(await house.ask('rev1', 'POST', `reviews/${draw}/${second}/pass`)).toMatchObject({ reason: 'DREW' });
    const drawn = await house.db
      .selectFrom('seal')
      .select('seal_hash')
      .where('unit', '=', second)
      .executeTakeFirstOrThrow();
    const other = { ...hold, seal: drawn.seal_hash };
    expect(await house.log('rev1', 'wd-hold+jwt', other)).toMatchObject({ reason: 'DREW' });
    // The same person, who drew on another device.
    await grant([]);
    const drewAs = { actor: 'org', role: 'organiser', unit: null };
    await house.db
      .insertInto('actor')
      .values({ ...drewAs, person: 'p-rev1' })
      .execute();
    expect(await house.ask('rev1', 'GET', `reviews/${draw}/${second}`)).toMatchObject({ reason: 'DREW' });
    expect(await house.ask('rev1', 'POST', `reviews/${draw}/${second}/pass`)).toMatchObject({ reason: 'DREW' });
    expect(await house.log('rev1', 'wd-hold+jwt', other)).toMatchObject({ reason: 'DREW' });
    await house.db.updateTable('actor').set({ person: 'p-org' }).where('actor', '=', 'org').execute();
    await must(house.log('rev1', 'wd-hold+jwt', other));
  });

  it('where the organisation is one person, who drew reviews and withholds, and the audit says so of each', async () => {
    const house = await openHouse(await open(), { onePerson: true });
    const [first = ''] = await drawnIn(house);
    const grants = ['reviewer', 'organiser'].map((role) => ({
      role,
      unit: null,
      actor: role === 'reviewer' ? 'rev1' : 'org',
    }));
    await house.db
      .updateTable('device')
      .set({ grants: JSON.stringify(grants) })
      .where('id', '=', 'd-rev1')
      .execute();
    const { seal_hash } = await house.db
      .selectFrom('seal')
      .select('seal_hash')
      .where('unit', '=', first)
      .executeTakeFirstOrThrow();
    await must(house.log('rev1', 'wd-hold+jwt', { seal: seal_hash, item: 1, ground: 'privacy', basis: '第十五条' }));
    await must(house.ask('rev1', 'POST', `reviews/${draw}/${first}/pass`));
    const said = await house.db
      .selectFrom('audit')
      .select(['action', 'facts'])
      .where('action', 'in', ['item.hold', 'review.pass'])
      .execute();
    expect(new Map(said.map(({ action, facts }) => [action, JSON.parse(facts).onePerson]))).toEqual(
      new Map([
        ['item.hold', true],
        ['review.pass', true],
      ]),
    );
  });

  it('an organisation without a review publishes with the result', async () => {
    const house = await openHouse(await open(), { deadlines: { reviewWorkingDays: 0 } });
    await drawnIn(house);
    expect(await (await house.get(`draw/${draw}.json`)).json()).toMatchObject({ stage: 'published' });
    expect(await failuresOf(house)).toEqual({ failures: [], diaries: 3 });
  });
});
