import { describe, expect, test, vi } from 'vitest';
import { must, notBefore } from '../draws/house.ts';
import { auditor, leader, reader } from './parties.ts';
import { begun, forceDraw, rewind, week } from './server.ts';

vi.mock('../../server/records/list.ts', () => import('./bribed.ts'));
vi.mock('../../server/records/draw.ts', () => import('./bribed.ts'));

describe('a server that rewrites history', () => {
  test('shorter, as long or longer, is caught by the reader who was there before, by `verify --seen` and by every leader’s device: LOG_REWRITTEN', async () => {
    const house = await begun([]);
    const [drawn = ''] = await house.wholeDraw();
    await house.seal('u05', { week: '2026-W48' });
    const [passer, anna, clerk, device] = [reader(), reader(), auditor(), await leader(house, 'u04')];
    expect(await passer.pass(house)).toBeNull();
    expect(await anna.read(house, drawn)).toEqual(['VALUE_TO_COMPARE']);
    expect(await clerk.check(house)).toEqual([]);
    expect(await device.look()).toBeNull();

    await rewind(house, (await house.leaves()).length - 1);
    for (const unit of [null, 'u01', 'u02']) {
      if (unit !== null) await house.seal(unit, { week: '2026-W48' });
      expect(await passer.pass(house)).toBe('LOG_REWRITTEN');
      expect(await anna.read(house, drawn)).toBe('LOG_REWRITTEN');
      expect(await clerk.check(house)).toEqual(['LOG_REWRITTEN']);
      expect(await device.look()).toBe('LOG_REWRITTEN');
    }
    // Who comes for the first time sees a log without a flaw: only memory tells.
    expect(await auditor().check(house)).toEqual([]);
  });
});

describe('a server that shows two histories', () => {
  const later = {
    sources: [
      { kind: 'nonces', name: 'units' },
      { kind: 'lottery', name: 'ssq', issue: '2026134', not_before: notBefore + 60 },
    ],
  } as const;

  test('is caught by the one honest device in every majority, and then by every reader: LIST_NOT_LOCKED', async () => {
    const house = await begun();
    const before = (await house.leaves()).length;
    await must(house.freeze());
    await must(house.lock());
    const first = await Promise.all(['u01', 'u02', 'u03'].map((unit) => leader(house, unit)));
    for (const device of first) expect(await device.look()).toBeNull();
    const [size] = (await first[0]?.signed()) ?? [];
    expect(size).toBe(before + 1);

    await rewind(house, before);
    await must(house.freeze(week, { sources: [...later.sources] }));
    await must(house.lock());
    const second = await Promise.all(['u04', 'u05'].map((unit) => leader(house, unit)));
    for (const device of second) expect(await device.look()).toBeNull();
    for (const device of first) {
      expect(await device.look()).toBe('LOG_REWRITTEN');
      expect(await device.signed()).toEqual([size]);
    }
    const [drawn = ''] = await forceDraw(house, [], notBefore + 120);
    expect(await reader().read(house, drawn)).toBe('LIST_NOT_LOCKED');
  });

  test('is caught by the device that is shown the head of one and asked to acknowledge the other: HEAD_WRONG', async () => {
    const house = await begun();
    const before = (await house.leaves()).length;
    await must(house.freeze());
    const shown = await (await house.get('checkpoint')).text();
    await rewind(house, before);
    await must(house.freeze(week, { sources: [...later.sources] }));
    await must(house.lock());
    const device = await leader(house, 'u01', house.now, async (path, init) =>
      path === '/public/checkpoint' ? new Response(shown) : house.send(path, init),
    );
    expect(await device.look()).toBe('HEAD_WRONG');
    expect(await device.signed()).toEqual([]);
    expect(await (await leader(house, 'u01')).look()).toBeNull();
  });

  test('is caught by the reader who saw the other one: LOG_REWRITTEN', async () => {
    const house = await begun();
    const before = (await house.leaves()).length;
    const anna = reader();
    await must(house.freeze());
    expect(await anna.pass(house)).toBeNull();
    await rewind(house, before);
    await must(house.freeze(week, { sources: [...later.sources] }));
    await must(house.lock());
    const [drawn = ''] = await forceDraw(house, ['u01', 'u02', 'u03'], notBefore + 120);
    expect(await reader().read(house, drawn)).toEqual(['NONCE_NOT_REVEALED', 'VALUE_TO_COMPARE']);
    expect(await anna.read(house, drawn)).toBe('LOG_REWRITTEN');
  });
});

describe('a server that drops a seal', () => {
  test('that it has confirmed is caught by that unit’s device: SEAL_NOT_LOGGED', async () => {
    const house = await begun(['u01', 'u02', 'u03', 'u04']);
    const before = (await house.leaves()).length;
    const { jws, hash, index } = await house.seal('u05');
    const device = await leader(house, 'u05');
    await device.database.seals.put({
      seal: hash,
      week,
      rev: 1,
      iat: house.now(),
      jws,
      disclosures: [],
      kept: [],
      manifest: [],
      items: [],
      state: 'logged',
      refusal: null,
      receipt: { week, seal: hash, rev: 1, index, checkpoint: '' },
      confirmed: null,
    });
    await rewind(house, before);
    await house.db.deleteFrom('disclosure').where('seal_hash', '=', hash).execute();
    await house.db.deleteFrom('seal').where('seal_hash', '=', hash).execute();
    await must(house.freeze());
    await must(house.lock());
    expect(await device.look()).toBe('SEAL_NOT_LOGGED');
    expect(await device.signed()).toEqual([]);
  });

  test('from the list alone is caught by that unit’s device: SEAL_NOT_LISTED; and by the whole log: LIST_OMITS_SEAL', async () => {
    const house = await begun();
    const truth = await house.truth();
    const list = truth.list.filter(({ unit }) => unit !== 'u02');
    await must(house.freeze(week, { list, absent: [{ unit: 'u02', why: 'leave' }] }));
    await must(house.lock());
    const device = await leader(house, 'u02');
    expect(await device.look()).toBe('SEAL_NOT_LISTED');
    expect(await device.signed()).toEqual([]);
    const [drawn = ''] = await forceDraw(house, ['u01', 'u03', 'u04'], notBefore + 60);
    expect(await auditor().check(house)).toEqual(['LIST_OMITS_SEAL']);
    // A single bundle cannot show it.
    expect(await reader().read(house, drawn)).toEqual(['NONCE_NOT_REVEALED', 'VALUE_TO_COMPARE']);
  });

  test('together with its unit is caught by every reader: LIST_INVALID', async () => {
    const house = await begun();
    const list = (await house.truth()).list.filter(({ unit }) => unit !== 'u02');
    await must(house.freeze(week, { list }));
    await must(house.lock());
    const [drawn = ''] = await forceDraw(house, ['u01', 'u03', 'u04'], notBefore + 60);
    expect(await reader().read(house, drawn)).toBe('LIST_INVALID');
    expect(await auditor().check(house)).toEqual(['LIST_INVALID', 'LIST_OMITS_SEAL']);
  });
});
