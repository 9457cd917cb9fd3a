/** A withheld item of a published diary is shown after all (verification.md 5 "Release"): its author offers the text, a reviewer passes it, and
 *  the tree shows it and verifies. */
import { expect, it } from 'vitest';
import { forgetImages } from '../../server/features/journal/blobs.ts';
import { spreadNotices } from '../../server/notices/spread.ts';
import { publicPaths } from '../../server/public/tree.ts';
import { verifyTree } from '../../server/public/verify-tree.ts';
import { lockAuthor } from '../../server/records/sequence.ts';
import { b64, hex } from '../../shared/base/bytes.ts';
import { sha256 as digestOf } from '../../shared/base/digest.ts';
import { type House, must, openHouse, units } from '../draws/house.ts';
import { authorOf, picture } from '../draws/house-week.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { dump } from '../fixtures/dump.ts';
import { said } from '../published/published-house.ts';

const week = '2026-W47';
const draw = 'd-2026-w47';
const why = '《解密通知》苏园密〔2026〕3号';
/** The item that every unit marks before the seal, and what it says. */
const marked = 3;
const secret = '涉密文字';
const day = 86_400;

/** A published draw: the house and two of the drawn units. */
async function published(open: () => ReturnType<Parameters<Parameters<typeof eachDatabase>[0]>[1]>) {
  const house = await openHouse(await open());
  await must(house.setRule());
  const [unit = '', other = ''] = await house.wholeDraw(week);
  const mine = `diaries/mine/${draw}/${unit}/held`;
  const offer = (item = marked, change = {}) =>
    house.ask(unit, 'POST', `${mine}/offer`, {
      item,
      disclosure: house.disclosureOf(unit, week, item),
      why,
      ...change,
    });
  const decide = (body: object, as = 'rev1') =>
    house.ask(as, 'POST', `reviews/${draw}/${unit}/release`, { why, ...body });
  const held = async () => (await must(house.ask(unit, 'GET', mine))).json;
  return { house, unit, other, mine, offer, decide, held };
}

/** What a stranger finds wrong with the public tree. */
async function failuresOf(house: House): Promise<unknown> {
  const read = async (path: string) => {
    const answer = await house.get(path);
    return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
  };
  const settings = { pins: house.pins(), seen: () => undefined, progress: () => undefined };
  return (await verifyTree({ read }, settings)).failures;
}

/** Files of the public tree that say it. */
async function filesWith(house: House, words: string): Promise<string[]> {
  const paths: string[] = [];
  for (const path of await publicPaths(house.context))
    if (said(await (await house.get(path)).text()).includes(words)) paths.push(path);
  return paths;
}

const hold = (house: House, unit: string, seal: string, item: number) =>
  house.log('rev1', 'wd-hold+jwt', { seal, item, ground: 'privacy', basis: `《条例》第十五条 ${unit}` });

const sealOf = async (house: House, unit: string) =>
  (
    await house.db
      .selectFrom('seal')
      .select('seal_hash')
      .where('unit', '=', unit)
      .where('week', '=', week)
      .executeTakeFirstOrThrow()
  ).seal_hash;

eachDatabase((_, open) => {
  it('its author offers it, a reviewer reads and passes it; readers see it with why, and check it against the same seal', async () => {
    const { house, unit, offer, decide, held } = await published(open);
    const words = `${unit}${week}${secret}`;
    expect(await held()).toEqual({
      draw,
      unit,
      week,
      seal: await sealOf(house, unit),
      mine: true,
      rows: [
        {
          item: marked,
          kind: 'entry',
          day: '2026-11-17',
          start: '2026-11-17T09:00',
          end: '2026-11-17T11:00',
          category: null,
          mode: null,
          ground: 'state-secret',
          basis: '《中华人民共和国政府信息公开条例》第十四条',
          release: null,
        },
      ],
    });

    const at = house.now() + day;
    house.at(at);
    await must(offer());
    expect(await filesWith(house, secret)).toEqual([]);
    expect(await held()).toMatchObject({ rows: [{ release: { state: 'offered', why, offeredAt: at } }] });
    expect((await must(house.ask('rev1', 'GET', 'reviews'))).json).toMatchObject({
      rows: [{ draw, unit, offers: 1, due: null, barred: null }],
    });
    expect((await must(house.ask('rev1', 'GET', 'waiting'))).json).toMatchObject({
      groups: [{ kind: 'review', total: 1, rows: [{ id: `${draw}/${unit}`, since: at }] }],
    });
    expect((await must(house.ask('rev1', 'GET', `reviews/${draw}/${unit}`))).json).toMatchObject({
      items: [{}, {}, {}, { prose: null, hold: { by: 'seal' }, offer: { why, at, prose: { text: words } } }, {}, {}],
    });

    house.at(at + day);
    await must(decide({ item: marked, pass: true }));
    expect(await failuresOf(house)).toEqual([]);
    const row = (await house.get('data/diaries.json')).json().then((table) => table.rows as Record<string, unknown>[]);
    expect((await row).find((each) => each.unit === unit && each.item === marked)).toMatchObject({
      text: words,
      heldGround: null,
      releasedGround: 'state-secret',
      releasedWhy: why,
      releasedAt: at + day,
    });
    expect(await (await house.get(`beside/${draw}/${unit}.json`)).json()).toMatchObject({
      released: [{ item: marked, ground: 'state-secret', why, at: at + day }],
    });
    for (const path of [
      `d/${draw}/${unit}.html`,
      `article/${draw}/${unit}.html`,
      `fragment/diary/${draw}/${unit}.html`,
    ]) {
      const page = said(await (await house.get(path)).text());
      expect([path, page.includes(words), page.includes(why)]).toEqual([path, true, true]);
    }
    expect(await held()).toMatchObject({ rows: [{ release: { state: 'passed', decidedAt: at + day } }] });
    expect((await must(house.ask('rev1', 'GET', 'reviews'))).json).toEqual({ rows: [] });
    expect((await offer()).code).toBe('ALREADY_DONE');
    expect((await decide({ item: marked, pass: false, reason: '尚未解密' })).code).toBe('OUT_OF_ORDER');
  });

  it('what its reviewer did not read is not passed: a reason that was changed meanwhile; an answer that was lost is asked for again', async () => {
    const { house, unit, offer, decide, held, mine } = await published(open);
    await must(offer());
    await must(house.ask(unit, 'POST', `${mine}/withdraw`, { item: marked }));
    await must(offer(marked, { why: '另一个理由' }));
    for (const body of [
      { item: marked, pass: true },
      { item: marked, pass: false, reason: '尚未解密' },
    ])
      expect(await decide(body)).toMatchObject({ code: 'OUT_OF_ORDER', reason: 'OFFER_CHANGED' });
    expect(await held()).toMatchObject({ rows: [{ release: { state: 'offered' } }] });
    const decisions = async () =>
      (
        await house.db
          .selectFrom('audit')
          .select('action')
          .where('action', 'in', ['item.release', 'item.decline'])
          .execute()
      ).map(({ action }) => action);
    for (const _ of ['asked', 'asked again'])
      await must(decide({ item: marked, why: '另一个理由', pass: false, reason: '尚未解密' }));
    expect(await decisions()).toEqual(['item.decline']);
    await must(offer());
    for (const _ of ['asked', 'asked again']) await must(decide({ item: marked, pass: true }));
    expect(await decisions()).toEqual(['item.decline', 'item.release']);
  });

  it('is told to reviewers when it is offered and to its unit when it is decided, by no word of it', async () => {
    const { house, unit, offer, decide } = await published(open);
    const hook = { id: 'all', url: 'https://hook.example/', kinds: null, secrets: [] };
    const context = { ...house.context, config: { ...house.context.config, webhooks: [hook] } };
    await spreadNotices(context);
    await must(offer());
    await must(decide({ item: marked, pass: false, reason: '尚未解密' }));
    await must(offer());
    await must(decide({ item: marked, pass: true }));
    await spreadNotices(context);
    const told = await house.db.selectFrom('notice').select(['kind', 'unit', 'subject']).execute();
    const once = [
      { kind: 'offerDecided', unit, subject: draw },
      { kind: 'reviewWaiting', unit: null, subject: draw },
    ];
    const byKind = told.toSorted((one, other) => one.kind.localeCompare(other.kind));
    expect(byKind).toEqual(once.flatMap((each) => [each, each]));
    const lines = await house.db.selectFrom('notice_delivery').select('lines').execute();
    for (const word of [secret, why, '尚未解密']) expect(JSON.stringify(lines)).not.toContain(word);
  });

  it('declined or taken back, its text is nowhere on the server; it may be offered again', async () => {
    const { house, unit, offer, decide, held, mine } = await published(open);
    // A disclosure in base64url says nothing to a search for words.
    const traces = [secret, house.disclosureOf(unit, week, marked)];
    const isKept = async () => {
      const all = await dump(house.context.database);
      return traces.filter((trace) => all.includes(trace));
    };
    await must(offer());
    expect(await isKept()).toHaveLength(1);
    await must(decide({ item: marked, pass: false, reason: '尚未解密' }));
    expect(await held()).toMatchObject({ rows: [{ release: { state: 'declined', reason: '尚未解密' } }] });
    expect(await isKept()).toEqual([]);

    await must(offer());
    await must(house.ask(unit, 'POST', `${mine}/withdraw`, { item: marked }));
    expect(await held()).toMatchObject({ rows: [{ release: { state: 'withdrawn', reason: null } }] });
    expect(await isKept()).toEqual([]);
    expect((await decide({ item: marked, pass: true })).code).toBe('OUT_OF_ORDER');
    await must(house.ask(unit, 'POST', `${mine}/withdraw`, { item: marked }));
    expect((await house.ask(unit, 'POST', `${mine}/withdraw`, { item: 2 })).code).toBe('OUT_OF_ORDER');
    expect(await filesWith(house, secret)).toEqual([]);
    expect(await failuresOf(house)).toEqual([]);
  });

  it('with its image, which came again before it, outlives the sweep of images, and its address is no longer gone', async () => {
    const { house, unit, offer, decide } = await published(open);
    const seal = await sealOf(house, unit);
    const bytes = picture(`${unit}${week}`);
    const { sha256 } = await house.db
      .selectFrom('public_image')
      .select('sha256')
      .where('unit', '=', unit)
      .executeTakeFirstOrThrow();
    await must(hold(house, unit, seal, 2));
    expect((await house.get(`blob/${sha256}`)).status).toBe(410);
    expect(await offer(2)).toMatchObject({ code: 'RECORD_REFUSED', reason: 'BLOB_MISSING' });
    const blob = { author: authorOf(unit), sha256, type: 'image/png', size: bytes.length, bytes: b64(bytes) };
    const comesAgain = () =>
      house.db
        .insertInto('blob')
        .values({ ...blob, at: house.now() })
        .execute();
    await comesAgain();
    await must(offer(2));
    await must(decide({ item: 2, pass: false, reason: '图片仍须保密' }));
    expect(await offer(2)).toMatchObject({ reason: 'BLOB_MISSING' });
    await comesAgain();
    await must(offer(2));
    house.at(house.now() + 40 * day);
    await forgetImages(house.context);
    expect((await house.get(`blob/${sha256}`)).status).toBe(410);
    await must(decide({ item: 2, pass: true }));
    expect((await house.get(`blob/${sha256}`)).status).toBe(200);
    house.at(house.now() + 40 * day);
    await forgetImages(house.context);
    expect((await house.get(`blob/${sha256}`)).status).toBe(200);
    expect(await failuresOf(house)).toEqual([]);

    // A second hold takes it away as the first one did.
    await must(hold(house, unit, seal, 2));
    expect((await house.get(`blob/${sha256}`)).status).toBe(410);
    expect(await filesWith(house, `${unit}${week}看便桥`)).toEqual([]);
    expect(await (await house.get(`beside/${draw}/${unit}.json`)).json()).toMatchObject({ released: [] });
    expect(await dump(house.context.database)).not.toContain(house.disclosureOf(unit, week, 2));
    expect(await failuresOf(house)).toEqual([]);
  });

  it('waits for whoever writes the journal of its author, so that no image goes between the check and the offer', async () => {
    const { house, unit, offer } = await published(open);
    const author = authorOf(unit);
    await must(hold(house, unit, await sealOf(house, unit), 2));
    const bytes = picture(`${unit}${week}`);
    const sha256 = hex(await digestOf(bytes));
    const blob = { author, sha256, type: 'image/png', size: bytes.length, bytes: b64(bytes), at: house.now() };
    const pending = await house.context.database.transaction(async (trx) => {
      await lockAuthor(trx, author);
      const asked = offer(2);
      // Time enough to look for the image, if it did not wait.
      await new Promise((resolve) => setTimeout(resolve, 500));
      await trx.insertInto('blob').values(blob).execute();
      return { asked };
    });
    expect((await pending.asked).code).toBe(null);
  });

  it('marked before the seal and released, it may be withheld again', async () => {
    const { house, unit, offer, decide, held } = await published(open);
    await must(offer());
    await must(decide({ item: marked, pass: true }));
    await must(hold(house, unit, await sealOf(house, unit), marked));
    expect(await filesWith(house, secret)).toEqual([]);
    expect(await failuresOf(house)).toEqual([]);
    // What was marked before the seal is shown on the ground that was sealed (verification.md 9).
    expect(await held()).toMatchObject({ rows: [{ ground: 'state-secret', release: { state: 'heldAgain' } }] });
    await must(offer());
    await must(decide({ item: marked, pass: true }));
    expect(await failuresOf(house)).toEqual([]);
    expect(await filesWith(house, `${unit}${week}${secret}`)).toContain(`d/${draw}/${unit}.html`);
  });

  it('is offered by its author alone, as it was sealed, of a published diary, and decided by a reviewer who stands outside', async () => {
    const { house, unit, other, mine, offer, decide } = await published(open);
    const outside = units.find((each) => each !== unit && each !== other) ?? '';
    for (const as of [other, outside]) expect([as, (await house.ask(as, 'GET', mine)).code]).toEqual([as, 'NOT_FOUND']);
    for (const as of ['org', 'rev1']) expect((await house.ask(as, 'GET', mine)).code).toBe('NOT_ALLOWED');
    const undrawn = `diaries/mine/d-2026-w46/${unit}/held`;
    expect((await house.ask(unit, 'GET', undrawn)).code).toBe('NOT_FOUND');

    const sealed = house.disclosureOf(unit, week, marked);
    const wrong = [
      [{ disclosure: house.disclosureOf(other, week, marked) }, 'TEXT_ALTERED'],
      [{ disclosure: `${sealed.slice(0, -8)}${sealed.slice(-4)}${sealed.slice(-8, -4)}` }, 'TEXT_ALTERED'],
      [{ disclosure: 'AAAA' }, 'TEXT_ALTERED'],
    ] as const;
    for (const [change, reason] of wrong)
      expect([reason, await offer(marked, change)]).toMatchObject([reason, { code: 'RECORD_REFUSED', reason }]);
    expect((await offer(1)).code).toBe('ALREADY_DONE');
    expect((await offer(499, { disclosure: sealed })).code).toBe('NOT_FOUND');
    for (const change of [{ why: '' }, { why: '字'.repeat(501) }, { item: 500 }, { disclosure: '=' }])
      expect((await offer(marked, change)).code).toBe('FIELD_INVALID');

    // Who wrote it leads the unit no more: his successor has neither the text nor the say.
    await house.db.updateTable('seal').set({ author: 'p-before' }).where('unit', '=', unit).execute();
    expect((await offer()).code).toBe('NOT_AUTHOR');
    expect((await house.ask(unit, 'POST', `${mine}/withdraw`, { item: marked })).code).toBe('NOT_AUTHOR');
    expect((await must(house.ask(unit, 'GET', mine))).json).toMatchObject({ mine: false });
    await house.db
      .updateTable('seal')
      .set({ author: authorOf(unit) })
      .where('unit', '=', unit)
      .execute();
    await must(offer());

    for (const as of ['org', unit]) expect((await decide({ item: marked, pass: true }, as)).code).toBe('NOT_ALLOWED');
    for (const body of [{ pass: false }, { pass: true, why: undefined }, { pass: true, why: '' }])
      expect((await decide({ item: marked, ...body })).code).toBe('FIELD_INVALID');
    expect((await decide({ item: 2, pass: true })).code).toBe('OUT_OF_ORDER');
    // The reviewer serves the unit as well.
    const own = (role: string) => JSON.stringify([{ role, unit, actor: unit }]);
    const device = (
      await house.db.selectFrom('device').selectAll().where('id', '=', 'd-rev1').executeTakeFirstOrThrow()
    ).grants;
    const rev = JSON.parse(device);
    await house.db
      .updateTable('device')
      .set({ grants: JSON.stringify([...rev, ...JSON.parse(own('handler'))]) })
      .where('id', '=', 'd-rev1')
      .execute();
    expect(await decide({ item: marked, pass: true })).toMatchObject({ code: 'NOT_ALLOWED', reason: 'OWN_UNIT' });
    expect((await must(house.ask('rev1', 'GET', 'reviews'))).json).toMatchObject({ rows: [{ barred: 'OWN_UNIT' }] });
    expect(await filesWith(house, secret)).toEqual([]);
  });
});
