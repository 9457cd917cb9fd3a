import { describe, expect, test, vi } from 'vitest';
import { b64u } from '../../shared/base/bytes.ts';
import { sha256Text } from '../../shared/base/digest.ts';
import { signRecord } from '../../shared/proof/sign.ts';
import { deadline, type House, monday, must, notBefore } from '../draws/house.ts';
import { auditor, leader, reader } from './parties.ts';
import { begun, enrolFake, forceDraw, slipIn, week } from './server.ts';

vi.mock('../../server/records/list.ts', () => import('./bribed.ts'));
vi.mock('../../server/records/draw.ts', () => import('./bribed.ts'));

const allButLast = ['u01', 'u02', 'u03', 'u04'] as const;

describe('a server that adds a phantom', () => {
  test('unit to the list is caught by every reader, and by whoever verifies the tree: LIST_INVALID', async () => {
    const house = await begun();
    const { list } = await house.truth();
    const phantom = list.slice(0, 1).map((row) => ({ ...row, unit: 'u09' }));
    await must(house.freeze(week, { list: [...list, ...phantom] }));
    await must(house.lock());
    const [drawn = ''] = await forceDraw(house, ['u01', 'u02', 'u03'], notBefore + 60);
    expect(await reader().read(house, drawn)).toBe('LIST_INVALID');
    expect(await auditor().check(house)).toEqual(['LIST_INVALID']);
  });

  test('candidate who never sealed is caught by that unit’s device: SEAL_NOT_LISTED; and by every reader: LIST_INVALID', async () => {
    const house = await begun(allButLast);
    const { list } = await house.truth();
    const phantom = list.slice(0, 1).map((row) => ({ ...row, unit: 'u05' }));
    await must(house.freeze(week, { list: [...list, ...phantom], absent: [] }));
    await must(house.lock());
    const device = await leader(house, 'u05');
    expect(await device.look()).toBe('SEAL_NOT_LISTED');
    const [drawn = ''] = await forceDraw(house, ['u01', 'u02', 'u03'], notBefore + 60);
    expect(await reader().read(house, drawn)).toBe('LIST_INVALID');
    expect(await auditor().check(house)).toEqual(expect.arrayContaining(['LIST_INVALID', 'LIST_OMITS_SEAL']));
  });

  test('key in the name of a unit is caught by that unit’s device: KEY_UNKNOWN; and by the whole log: KEY_HISTORY_CONFLICT', async () => {
    const house = await begun();
    const fake = await enrolFake(house, 'u05');
    // The fake key signs a week that the unit never wrote, so the list names it.
    const seal = { iss: 'u05', iat: house.now(), week, rev: 2, nc: 'A'.repeat(43), _sd: ['A'.repeat(43)] };
    await slipIn(house, 'wd-seal+sd-jwt', { ...seal, _sd_alg: 'sha-256' }, fake);
    await must(house.freeze());
    await must(house.lock());
    const device = await leader(house, 'u05');
    expect(await device.look()).toBe('KEY_UNKNOWN');
    expect(await device.signed()).toEqual([]);
    expect(await (await leader(house, 'u04')).look()).toBeNull();
    expect(await auditor().check(house)).toEqual(['KEY_HISTORY_CONFLICT', 'LIST_OMITS_SEAL']);
  });

  test('key with a reason (“lost”) is still caught by that unit’s device: KEY_UNKNOWN', async () => {
    const house = await begun();
    const { kid } = house.keyOf('u05');
    await slipIn(house, 'wd-key+jwt', { op: 'revoke', sub: 'u05', kid, why: 'lost', iss: 'org', iat: house.now() });
    await enrolFake(house, 'u05', { why: 'lost' });
    await must(house.freeze());
    await must(house.lock());
    expect(await (await leader(house, 'u05')).look()).toBe('KEY_UNKNOWN');
  });
});

describe('a server that freezes before the deadline', () => {
  test('and says so is caught by every reader: FROZEN_EARLY', async () => {
    const house = await begun(allButLast);
    const truth = await house.truth();
    house.at(monday + 60);
    await must(house.log('org', 'wd-list+jwt', truth));
    await must(house.lock());
    const [drawn = ''] = await forceDraw(house, ['u01', 'u02', 'u03'], notBefore + 60);
    expect(await reader().read(house, drawn)).toEqual(['FROZEN_EARLY', 'NONCE_NOT_REVEALED', 'VALUE_TO_COMPARE']);
  });

  /** Frozen before the deadline and dated after it; the devices have looked meanwhile. `tell`: what the server tells them of the list. */
  async function frozenUnseen(tell: (rows: object[]) => object[] = (rows) => rows) {
    const honest = await begun(allButLast);
    const house: House = {
      ...honest,
      send: async (path, init) => {
        const answer = await honest.send(path, init);
        if (path !== '/api/v1/acks' || init?.method === 'POST') return answer;
        const said: { rows: object[] } = await answer.json();
        return Response.json({ ...said, rows: tell(said.rows) });
      },
    };
    const truth = await house.truth();
    house.at(monday + 60);
    await must(house.log('org', 'wd-list+jwt', truth, deadline + 60));
    const devices = await Promise.all(['u01', 'u05'].map((unit) => leader(house, unit)));
    for (const device of devices) expect(await device.look()).toBeNull();
    house.at(deadline + 120);
    return { house, devices };
  }

  test('and dates the list after it is caught by every device that saw the list before: FROZEN_EARLY', async () => {
    const { house, devices } = await frozenUnseen();
    await must(house.lock());
    for (const device of devices) {
      expect(await device.look()).toBe('FROZEN_EARLY');
      expect(await device.signed()).toEqual([]);
    }
  });

  test('is caught so too when it tells the devices of another leaf than the list’s', async () => {
    const { house, devices } = await frozenUnseen((rows) => rows.map((row) => ({ ...row, list: 1_000_000 })));
    await must(house.lock());
    for (const device of devices) expect(await device.look()).toBe('FROZEN_EARLY');
  });

  test('and when it voids that list after the deadline, to draw from the same seals by another', async () => {
    const { house, devices } = await frozenUnseen();
    const early = (await house.leaves()).length - 1;
    await must(house.log('org', 'wd-draw+jwt', { draw: 'd-2026-w47', list: early, void: '见证不足' }));
    await must(house.freeze());
    await must(house.lock('d-2026-w47-r2'));
    for (const device of devices) {
      expect(await device.look()).toBe('FROZEN_EARLY');
      expect(await device.signed()).toEqual([]);
    }
  });
});

describe('a server that backdates', () => {
  test('the list, once the numbers are known, is caught by every device: TOO_LATE; without them by every reader: LIST_NOT_LOCKED', async () => {
    const house = await begun();
    await must(house.freeze());
    await must(house.lock());
    // The numbers are out; list and lock bear yesterday's date.
    house.at(notBefore + 60);
    const device = await leader(house, 'u01');
    expect(await device.look()).toBe('TOO_LATE');
    expect(await device.signed()).toEqual([]);
    const [drawn = ''] = await forceDraw(house, [], notBefore + 120);
    expect(await reader().read(house, drawn)).toBe('LIST_NOT_LOCKED');
  });

  test('its clock too is caught by every device: CLOCK_WRONG', async () => {
    const house = await begun();
    await must(house.freeze());
    await must(house.lock());
    const device = await leader(house, 'u01', () => notBefore + 60);
    expect(await device.look()).toBe('CLOCK_WRONG');
    expect(await device.signed()).toEqual([]);
  });

  test('what the devices said is caught by every reader: one dated after the numbers does not count', async () => {
    const house = await begun();
    await must(house.freeze());
    await must(house.lock());
    const [drawn = ''] = await forceDraw(house, ['u01', 'u02', 'u03'], notBefore + 60);
    const { size, root } = await house.db
      .selectFrom('log_head')
      .selectAll()
      .where('size', '=', 14)
      .executeTakeFirstOrThrow();
    const jws = await signRecord('wd-ack+jwt', { iss: 'u01', iat: notBefore, size, root }, house.keyOf('u01'));
    await house.db.updateTable('ack').set({ jws }).where('unit', '=', 'u01').execute();
    expect(await reader().read(house, drawn)).toBe('LIST_NOT_LOCKED');
  });

  test('a seal that was written after the draw is caught by every reader: SEAL_LATE', async () => {
    const house = await begun();
    await must(house.freeze());
    await must(house.lock());
    const [drawn = ''] = await forceDraw(house, ['u01', 'u02', 'u03'], notBefore + 60);
    house.at(deadline - 3600);
    const { hash } = await house.seal(drawn, { rev: 2, change: '改' });
    const size = (await house.leaves()).length;
    await house.db.updateTable('publication').set({ seal_hash: hash, size }).where('unit', '=', drawn).execute();
    expect(await reader().read(house, drawn)).toBe('SEAL_LATE');
    expect(await auditor().check(house)).toEqual(['SEAL_LATE']);
  });
});

test('a server that asks for a unit’s random number before the list stands in the log is told nothing, and what the number is afterwards', async () => {
  const house = await begun();
  const sent: string[] = [];
  const row = { draw: 'd-2026-w47', week, list: 0, nonce: true, head: null, notBefore: null };
  const device = await leader(house, 'u05', house.now, async (path, init) => {
    if (path === '/api/v1/records') sent.push(String(init?.body));
    return path === '/api/v1/acks' ? Response.json({ now: house.now(), rows: [row] }) : house.send(path, init);
  });
  await device.database.nonces.put({ week, nonce: b64u(await sha256Text(`nonce u05 ${week}`)) });
  await device.look();
  expect(sent).toEqual([]);
  await must(house.freeze());
  await device.look();
  expect(sent).toHaveLength(1);
});

test('a server that leaves out that a key has ended, so that it witnesses, is caught by whoever has the whole log: LIST_NOT_LOCKED', async () => {
  const house = await begun();
  const { kid } = house.keyOf('u03');
  const ended = { op: 'revoke', sub: 'u03', kid, why: 'lost', iss: 'org', iat: house.now() } as const;
  const index = await slipIn(house, 'wd-key+jwt', ended);
  await must(house.freeze());
  await must(house.lock());
  const [drawn = ''] = await forceDraw(house, ['u01', 'u02', 'u03'], notBefore + 60);
  // Every proof of the tree, without the one record.
  const without = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.filter((one) => one?.i !== index).map(without);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, without(member)]));
  };
  const get: House['get'] = async (path, headers) => {
    const answer = await house.get(path, headers);
    const isProof = path.startsWith('draw/') && answer.ok;
    return isProof ? Response.json(without(await answer.json())) : answer;
  };
  // A single bundle cannot show it.
  expect(await reader().read({ ...house, get }, drawn)).toEqual(['NONCE_NOT_REVEALED', 'VALUE_TO_COMPARE']);
  expect(await auditor().check({ ...house, get })).toEqual(['LIST_NOT_LOCKED']);
  const device = await leader(house, 'u05', house.now, async (path, init) =>
    path.startsWith('/public/') ? get(path.replace('/public/', '')) : house.send(path, init),
  );
  await device.look();
  expect(await device.audit()).toEqual(['LIST_NOT_LOCKED']);
});
