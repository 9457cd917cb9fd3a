import { createHash } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import { progressOf } from '../../extension/store/database.ts';
import { situationOf } from '../../extension/store/notice-situation.ts';
import { noticePlan } from '../../extension/store/private-settings.ts';
import type { Draw, List } from '../../shared/proof/records.ts';
import { type House, must, notBefore } from '../draws/house.ts';
import { leader } from './parties.ts';
import { begun, draw, enrolFake, slipIn, week } from './server.ts';

vi.mock('../../server/records/list.ts', () => import('./bribed.ts'));
vi.mock('../../server/records/draw.ts', () => import('./bribed.ts'));

const madeUp: Draw['values'][number] = {
  kind: 'lottery',
  name: 'ssq',
  issue: '2026134',
  value: [1, 2, 3, 4, 5, 6, 7],
};

test('a device finds nothing wrong with an honest log, and looks at it again only when it has grown and an hour has passed', async () => {
  const house = await begun();
  await must(house.freeze());
  let later = 0;
  const device = await leader(house, 'u05', () => house.now() + later);
  await device.look();
  expect(await device.audit()).toEqual([]);
  const { auditedSize } = await progressOf(device.database);
  expect(auditedSize).toBe((await house.leaves()).length);
  await enrolFake(house, 'u05');
  await device.look();
  expect(await device.audit()).toEqual([]);
  later = 3601;
  await device.look();
  expect(await device.audit()).toEqual(['KEY_HISTORY_CONFLICT']);
});

test('a list without what a unit has sealed is found by that unit’s device, which tells its leader; other devices have nothing to tell', async () => {
  const house = await begun();
  const { list } = await house.truth();
  const others = list.filter(({ unit }) => unit !== 'u05');
  await must(house.freeze(week, { list: others, absent: [{ unit: 'u05', why: 'none' }] }));
  const [own, other] = [await leader(house, 'u05'), await leader(house, 'u04')];
  for (const device of [own, other]) await device.look();
  expect(await own.audit()).toEqual(['LIST_OMITS_SEAL']);
  expect(await other.audit()).toEqual([]);
  const now = house.now() * 1000;
  const said = await situationOf(own.database, await noticePlan(own.database), now);
  expect(said.logProblem).toBe('LIST_OMITS_SEAL');
});

test('a key that took the place of a unit’s own, for whatever reason, is told by that unit’s device, whom nobody asks any more', async () => {
  const house = await begun();
  const { kid } = house.keyOf('u05');
  await enrolFake(house, 'u05', { why: 'lost', old: kid });
  const [own, other] = [await leader(house, 'u05'), await leader(house, 'u04')];
  for (const device of [own, other]) await device.look();
  expect(await own.audit()).toEqual(['KEY_ENDED']);
  expect(await own.database.keys.count()).toBe(0);
  expect(await own.audit()).toEqual(['KEY_ENDED']);
  expect(await other.audit()).toEqual([]);
  // Often it is a new computer of the same leader: the log is not said to be at fault.
  const said = await situationOf(own.database, await noticePlan(own.database), house.now() * 1000);
  expect(said.logProblem).toBeNull();
});

describe('what the whole log shows to be wrong is told by the devices that it concerns', () => {
  const acking = ['u01', 'u02', 'u03'] as const;
  const again = 'd-2026-w47-r2';
  /** Frozen, with the numbers of these units, locked and acknowledged, after the numbers have come out. */
  const drawable = async (...revealing: string[]): Promise<House> => {
    const house = await begun();
    await must(house.freeze());
    for (const unit of revealing) await must(house.reveal(unit));
    await must(house.lock());
    for (const unit of acking) await must(house.ack(unit));
    house.at(notBefore + 60);
    return house;
  };

  test.each<[string, () => Promise<House>, readonly string[], readonly string[]]>([
    [
      'a list on which nobody rests who should',
      async () => {
        const house = await begun([]);
        await house.wholeDraw();
        await house.seal('u05', { week: '2026-W48' });
        house.at(house.now() + 7 * 86_400);
        await must(house.freeze('2026-W48', { rest: [] }));
        return house;
      },
      ['REST_WRONG'],
      ['REST_WRONG'],
    ],
    [
      'a draw that leaves out the number of a unit',
      async () => {
        const house = await drawable('u04', 'u05');
        await must(house.draw(draw, undefined, { nonces: ['u04'] }));
        return house;
      },
      ['NONCE_OMITTED', 'RANDOMNESS_INVALID'],
      ['RANDOMNESS_INVALID'],
    ],
    [
      'a second list of one draw',
      async () => {
        const house = await begun();
        await must(house.freeze());
        const { db } = house;
        const list: List = JSON.parse((await db.selectFrom('draw').select('list').executeTakeFirstOrThrow()).list);
        await slipIn(house, 'wd-list+jwt', { ...list, iat: house.now() });
        return house;
      },
      ['DRAW_ABANDONED', 'LIST_DUPLICATED'],
      ['DRAW_ABANDONED', 'LIST_DUPLICATED'],
    ],
    [
      'a second result of one list',
      async () => {
        const house = await drawable();
        await must(house.draw());
        await slipIn(house, 'wd-draw+jwt', { ...(await house.proposal(draw, [madeUp])), iss: 'org', iat: house.now() });
        return house;
      },
      ['DRAW_DUPLICATED'],
      ['DRAW_DUPLICATED'],
    ],
    [
      'a list that is left lying for another',
      async () => {
        const house = await begun();
        const list = await house.truth();
        await must(house.freeze());
        await must(house.log('org', 'wd-list+jwt', { ...list, draw: again }));
        return house;
      },
      ['DRAW_ABANDONED'],
      ['DRAW_ABANDONED'],
    ],
    [
      'a record by a key that has ended',
      async () => {
        const house = await begun();
        const { kid } = house.keyOf('u01');
        const ended = { op: 'revoke', sub: 'u01', kid, why: 'lost', iss: 'org', iat: house.now() } as const;
        await slipIn(house, 'wd-key+jwt', ended);
        await house.seal('u01', { rev: 2 });
        return house;
      },
      ['KEY_NOT_VALID'],
      ['KEY_NOT_VALID'],
    ],
  ])('%s', async (_, make, own, other) => {
    const house = await make();
    const devices = await Promise.all(['u05', 'u04'].map((unit) => leader(house, unit)));
    for (const device of devices) await device.look();
    expect(await Promise.all(devices.map((device) => device.audit()))).toEqual([own, other]);
  });

  test('leaves that the server keeps back, as long as it does', async () => {
    const house = await begun();
    let isKept = true;
    const device = await leader(house, 'u05', house.now, async (path, init) =>
      isKept && path.includes('/tile/entries/') ? new Response(null, { status: 404 }) : house.send(path, init),
    );
    await device.look();
    expect(await device.audit()).toEqual(['LOG_INCOMPLETE']);
    isKept = false;
    expect(await device.audit()).toEqual([]);
  });
});

describe('a draw that does not hold is told to the leader by the device of each unit', () => {
  const acking = ['u01', 'u02', 'u03'] as const;
  const told = async (house: House): Promise<readonly string[]> => {
    const device = await leader(house, 'u05');
    await device.look();
    return device.audit();
  };
  /** A week frozen, locked and acknowledged, after its numbers have come out. */
  const awaiting = async (sources?: Parameters<House['freeze']>[1]): Promise<House> => {
    const house = await begun();
    if (sources !== undefined) await must(house.setRule({ sources: [{ kind: 'drand', name: 'quicknet' }] }));
    await must(house.freeze(week, sources));
    await must(house.lock());
    for (const unit of acking) await must(house.ack(unit));
    house.at(notBefore + 60);
    return house;
  };

  test('but of one that holds it has nothing to say', async () => {
    const house = await awaiting();
    await must(house.draw());
    expect(await told(house)).toEqual([]);
  });

  test('a result of the server’s choice: DRAW_MISMATCH, and it stays', async () => {
    const house = await awaiting();
    const { drawn } = await house.proposal();
    await must(house.draw(draw, undefined, { drawn: [...drawn].reverse() }));
    let later = 0;
    const device = await leader(house, 'u05', () => house.now() + later);
    await device.look();
    expect(await device.audit()).toEqual(['DRAW_MISMATCH']);
    const said = await situationOf(device.database, await noticePlan(device.database), house.now() * 1000);
    expect(said.logProblem).toBe('DRAW_MISMATCH');
    await enrolFake(house, 'u04');
    later = 3601;
    await device.look();
    expect(await device.audit()).toEqual(['DRAW_MISMATCH']);
  });

  test('a value of another issue than the list names: RANDOMNESS_INVALID', async () => {
    const house = await awaiting();
    await must(house.draw(draw, undefined, { values: [{ ...madeUp, issue: '2026135' }] }));
    expect(await told(house)).toEqual(['RANDOMNESS_INVALID']);
  });

  test('a draw that one device too few has acknowledged: LIST_NOT_LOCKED', async () => {
    const house = await begun();
    await must(house.freeze());
    await must(house.lock());
    for (const unit of acking.slice(1)) await must(house.ack(unit));
    house.at(notBefore + 60);
    await must(house.draw());
    expect(await told(house)).toEqual(['LIST_NOT_LOCKED']);
  });

  test('a drand round that its chain has not signed: RANDOMNESS_INVALID', async () => {
    const named = { kind: 'drand', name: 'quicknet', issue: '34244212' } as const;
    const house = await awaiting({ sources: [{ ...named, not_before: notBefore }] });
    // SHA-256 of the compressed point at infinity, a signature under no key.
    const sig = `c0${'00'.repeat(47)}`;
    const value = createHash('sha256').update(Buffer.from(sig, 'hex')).digest('hex');
    await must(house.draw(draw, [{ ...named, value, sig }]));
    expect(await told(house)).toEqual(['RANDOMNESS_INVALID']);
  });
});
