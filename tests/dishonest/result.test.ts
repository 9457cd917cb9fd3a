import { createHash } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import type { Draw } from '../../shared/proof/records.ts';
import { deadline, type House, must, notBefore } from '../draws/house.ts';
import { auditor, leader, reader } from './parties.ts';
import { begun, draw, forceDraw, slipIn, touch, week } from './server.ts';

vi.mock('../../server/records/list.ts', () => import('./bribed.ts'));
vi.mock('../../server/records/draw.ts', () => import('./bribed.ts'));

const acking = ['u01', 'u02', 'u03'] as const;
const madeUp: Draw['values'] = [{ kind: 'lottery', name: 'ssq', issue: '2026134', value: [1, 2, 3, 4, 5, 6, 7] }];

/** A week that was drawn and published as it should be, and who was drawn. */
async function published(): Promise<{ house: House; drawn: readonly string[] }> {
  const house = await begun();
  await must(house.freeze());
  await must(house.lock());
  return { house, drawn: await forceDraw(house, acking, notBefore + 60) };
}

/** The disclosure of an item of a drawn unit is gone. */
async function takeAway(house: House, unit: string, item: number): Promise<void> {
  const { seal_hash } = await house.db
    .selectFrom('publication')
    .select('seal_hash')
    .where('unit', '=', unit)
    .executeTakeFirstOrThrow();
  await house.db
    .updateTable('disclosure')
    .set({ encoded: null })
    .where('seal_hash', '=', seal_hash)
    .where('item', '=', item)
    .execute();
  await touch(house);
}

describe('a server that runs the draw twice', () => {
  test('with a second record for the same list is caught by the whole log: DRAW_DUPLICATED', async () => {
    const { house } = await published();
    const second = await house.proposal(draw, madeUp);
    await slipIn(house, 'wd-draw+jwt', { ...second, iss: 'org', iat: house.now() });
    expect(await auditor().check(house)).toContain('DRAW_DUPLICATED');
  });

  test('with numbers that never came out is caught by whoever compares them with the official notice: VALUE_TO_COMPARE', async () => {
    const house = await begun();
    await must(house.freeze());
    await must(house.lock());
    for (const unit of acking) await must(house.ack(unit));
    house.at(notBefore + 60);
    await must(house.draw(draw, madeUp));
    await must(house.publish());
    const [{ unit = '' } = {}] = (await house.proposal(draw, madeUp)).drawn;
    expect(await reader().read(house, unit)).toContain('VALUE_TO_COMPARE');
  });

  test('with a result of its own choice is caught by every reader: DRAW_MISMATCH', async () => {
    const house = await begun();
    await must(house.freeze());
    await must(house.lock());
    for (const unit of acking) await must(house.ack(unit));
    house.at(notBefore + 60);
    const { drawn } = await house.proposal();
    await must(house.draw(draw, undefined, { drawn: [...drawn].reverse() }));
    await must(house.publish());
    expect(await reader().read(house, drawn[0]?.unit ?? '')).toBe('DRAW_MISMATCH');
  });

  test('with a second list of the same name is caught by the whole log: LIST_DUPLICATED', async () => {
    const house = await begun();
    const truth = await house.truth();
    await slipIn(house, 'wd-list+jwt', { ...truth, iss: 'org', iat: house.now() });
    await must(house.log('org', 'wd-list+jwt', truth));
    await must(house.lock());
    await forceDraw(house, acking, notBefore + 60);
    expect(await auditor().check(house)).toContain('LIST_DUPLICATED');
  });

  test('after a result is caught by every reader: LIST_INVALID; and by the whole log: DRAW_DUPLICATED', async () => {
    const { house } = await published();
    house.at(deadline + 60);
    const again = { ...(await firstList(house)), draw: `${draw}-r2` };
    await must(house.log('org', 'wd-list+jwt', again));
    await must(house.lock(`${draw}-r2`));
    for (const unit of acking) await must(house.ack(unit));
    house.at(notBefore + 120);
    await must(house.draw(`${draw}-r2`));
    await must(house.publish(`${draw}-r2`));
    const [{ unit = '' } = {}] = (await house.proposal(`${draw}-r2`)).drawn;
    expect(await reader().read(house, unit, `${draw}-r2`)).toBe('LIST_INVALID');
    expect(await auditor().check(house)).toEqual(expect.arrayContaining(['DRAW_DUPLICATED', 'LIST_INVALID']));
  });

  test('and leaves the first one lying is caught by every reader: LIST_INVALID; and by the whole log: DRAW_ABANDONED', async () => {
    const house = await begun();
    await must(house.freeze());
    const again = { ...(await firstList(house)), draw: `${draw}-r2` };
    await must(house.log('org', 'wd-list+jwt', again));
    await must(house.lock(`${draw}-r2`));
    for (const unit of acking) await must(house.ack(unit));
    house.at(notBefore + 60);
    await must(house.draw(`${draw}-r2`));
    await must(house.publish(`${draw}-r2`));
    const [{ unit = '' } = {}] = (await house.proposal(`${draw}-r2`)).drawn;
    expect(await reader().read(house, unit, `${draw}-r2`)).toBe('LIST_INVALID');
    expect(await auditor().check(house)).toEqual(expect.arrayContaining(['DRAW_ABANDONED', 'LIST_INVALID']));
  });

  test('by a void is seen by every reader, with the reason: DRAW_RERUN', async () => {
    const house = await begun();
    await must(house.freeze());
    const list = (await house.leaves()).length - 1;
    await must(house.log('org', 'wd-draw+jwt', { draw, list, void: '开奖延期' }));
    await must(house.freeze());
    await must(house.lock(`${draw}-r2`));
    for (const unit of acking) await must(house.ack(unit));
    house.at(notBefore + 60);
    await must(house.draw(`${draw}-r2`));
    await must(house.publish(`${draw}-r2`));
    const [{ unit = '' } = {}] = (await house.proposal(`${draw}-r2`)).drawn;
    expect(await reader().read(house, unit, `${draw}-r2`)).toContain('DRAW_RERUN');
  });
});

describe('a server that withholds after the draw', () => {
  test('an entry without a record is caught by every reader: ENTRY_MISSING', async () => {
    const { house, drawn } = await published();
    const [unit = ''] = drawn;
    await takeAway(house, unit, 1);
    expect(await reader().read(house, unit)).toBe('ENTRY_MISSING');
    expect(await auditor().check(house)).toEqual(['ENTRY_MISSING']);
  });

  test('an entry with a record is seen by every reader: HELD_AFTER_DRAW', async () => {
    const { house, drawn } = await published();
    const [unit = ''] = drawn;
    const { seal_hash } = await house.db
      .selectFrom('publication')
      .select('seal_hash')
      .where('unit', '=', unit)
      .executeTakeFirstOrThrow();
    await must(house.log('rev1', 'wd-hold+jwt', { seal: seal_hash, item: 1, ground: 'privacy', basis: '第十五条' }));
    expect(await reader().read(house, unit)).toContain('HELD_AFTER_DRAW');
  });

  test('a whole diary is caught by every reader of another one and by whoever verifies the tree: DRAWN_NOT_PUBLISHED', async () => {
    const { house, drawn } = await published();
    const [first = '', second = ''] = drawn;
    await house.db.deleteFrom('publication').where('unit', '=', first).execute();
    await touch(house);
    expect(await reader().read(house, second)).toBe('DRAWN_NOT_PUBLISHED');
    expect(await auditor().check(house)).toEqual(['DRAWN_NOT_PUBLISHED']);
  });
});

describe('a server that knows the random value beforehand', () => {
  test('because it names a drand round that is out already is caught by every device: TOO_LATE', async () => {
    const house = await begun();
    await must(house.setRule({ sources: [{ kind: 'drand', name: 'quicknet' }] }));
    const issued = (issue: string) => [{ kind: 'drand', name: 'quicknet', issue, not_before: notBefore }] as const;
    const rule = (await house.truth()).rule;
    await must(house.freeze(week, { rule, sources: [...issued('1000')] }));
    await must(house.lock());
    const device = await leader(house, 'u01');
    expect(await device.look()).toBe('TOO_LATE');
    expect(await device.signed()).toEqual([]);
  });

  test('because it made the value itself is caught by every reader: RANDOMNESS_INVALID', async () => {
    const house = await begun();
    await must(house.setRule({ sources: [{ kind: 'drand', name: 'quicknet' }] }));
    // (notBefore − genesis) / 3 + 1
    const issue = '34244212';
    await must(house.freeze(week, { sources: [{ kind: 'drand', name: 'quicknet', issue, not_before: notBefore }] }));
    await must(house.lock());
    const device = await leader(house, 'u04');
    expect(await device.look()).toBeNull();
    for (const unit of acking) await must(house.ack(unit));
    house.at(notBefore + 60);
    // SHA-256 of the compressed point at infinity, a signature under no key.
    const sig = `c0${'00'.repeat(47)}`;
    const value = createHash('sha256').update(Buffer.from(sig, 'hex')).digest('hex');
    await must(house.draw(draw, [{ kind: 'drand', name: 'quicknet', issue, value, sig }]));
    await must(house.publish());
    const [{ unit = '' } = {}] = (await house.proposal(draw, [{ kind: 'drand', name: 'quicknet', issue, value, sig }]))
      .drawn;
    expect(await reader().read(house, unit)).toBe('RANDOMNESS_INVALID');
  });
});

/** The week's first list as it was signed, without signer and date. */
async function firstList(house: House) {
  const row = await house.db.selectFrom('draw').select('list').where('draw', '=', draw).executeTakeFirstOrThrow();
  const { iss: _iss, iat: _iat, ...list } = JSON.parse(row.list);
  return list;
}
