import { describe, expect, test } from 'vitest';
import { checkBeforeAck, type DeviceKnowledge } from '../../shared/proof/before-ack.ts';
import { sealHash } from '../../shared/proof/seal.ts';
import { signRecord } from '../../shared/proof/sign.ts';
import { countersigned, deadline, notBefore, origin, type Season, season } from '../fixtures/season.ts';
import { testKey } from '../fixtures/vectors.ts';

/** What the device of u01 knows of this log when all is well. */
async function knowledge(log: Season): Promise<DeviceKnowledge> {
  return {
    origin,
    organisers: [(await testKey('org')).kid],
    unit: 'u01',
    draw: 'd-2026-w47',
    head: await log.head(),
    leaves: log.leaves,
    acked: [],
    kids: [(await testKey('u01')).kid],
    ownSeals: [],
    firstSeen: () => deadline + 90,
    now: deadline + 300,
  };
}

async function frozen(...units: string[]): Promise<Season> {
  const log = await season();
  for (const unit of units) await log.seal(unit);
  await log.freeze();
  return log;
}

describe('before a device acknowledges', () => {
  test('an honest head is acknowledged with size and root', async () => {
    const log = await frozen('u01', 'u02');
    const known = await knowledge(log);
    const { size, root } = known.head;
    expect(await checkBeforeAck(known)).toEqual({ ok: true, value: { iss: 'u01', iat: deadline + 300, size, root } });
  });

  test('a head is acknowledged again, and one that grew out of it too', async () => {
    const log = await frozen('u01');
    const acked = [await log.head()];
    expect(await checkBeforeAck({ ...(await knowledge(log)), acked })).toMatchObject({ ok: true });
    await log.reveal('u01');
    expect(await checkBeforeAck({ ...(await knowledge(log)), acked })).toMatchObject({ ok: true });
  });

  test.each<[string, object, (log: Season) => Promise<Partial<DeviceKnowledge>>]>([
    ['leaves are missing', { code: 'HEAD_WRONG' }, async (log) => ({ leaves: log.leaves.slice(1) })],
    ['leaves are others', { code: 'HEAD_WRONG' }, async (log) => ({ leaves: [...log.leaves].reverse() })],
    [
      'it has signed another root for this size',
      { code: 'ROOT_ALREADY_SIGNED' },
      async (log) => {
        return { acked: [{ size: log.leaves.length, root: (await log.head(3)).root }] };
      },
    ],
    [
      'the log does not grow out of the head it signed',
      { code: 'LOG_REWRITTEN' },
      async (log) => {
        return { acked: [{ size: 4, root: (await log.head(3)).root }] };
      },
    ],
    [
      'a leaf is no valid record',
      { code: 'LEAF_INVALID', index: 8 },
      async (log) => {
        log.append('rubbish');
        return {};
      },
    ],
    ['a key of its unit is unknown to it', { code: 'KEY_UNKNOWN', index: 1 }, async () => ({ kids: [] })],
    ['the draw has no list', { code: 'LIST_ABSENT' }, async () => ({ draw: 'd-2026-w48' })],
    [
      'a seal that the server confirmed is not in the log',
      { code: 'SEAL_NOT_LOGGED' },
      async () => {
        return {
          ownSeals: [
            await signRecord(
              'wd-nonce+jwt',
              { iss: 'u01', iat: 1, draw: 'x', nonce: 'A'.repeat(43) },
              await testKey('u01'),
            ),
          ],
        };
      },
    ],
    [
      'it saw the list before the deadline and a unit is missing',
      { code: 'FROZEN_EARLY' },
      async () => {
        return { firstSeen: () => deadline - 1 };
      },
    ],
    ['the numbers may be out', { code: 'TOO_LATE' }, async () => ({ now: notBefore })],
  ])('it refuses when %s', async (_, problem, change) => {
    const log = await frozen('u01');
    const changed = await change(log);
    expect(await checkBeforeAck({ ...(await knowledge(log)), ...changed })).toMatchObject({ ok: false, problem });
  });

  test('it refuses when its latest seal is not the listed one', async () => {
    const log = await season();
    const first = await log.seal('u01');
    const second = await log.seal('u01', { rev: 2 });
    await log.freeze({ list: [{ i: first.index, seal: first.hash, unit: 'u01' }] });
    const refused = { ok: false, problem: { code: 'SEAL_NOT_LISTED', seal: second.hash } };
    expect(await checkBeforeAck(await knowledge(log))).toEqual(refused);
  });

  test.each([
    ['logged once more', (jws: string) => jws],
    ['logged once more under its other signature', countersigned],
  ])('it refuses when an older seal, %s, is listed', async (_, spelled) => {
    const log = await season();
    const first = await log.seal('u01');
    const second = await log.seal('u01', { rev: 2 });
    const again = spelled(first.jws);
    await log.freeze({ list: [{ i: log.append(again), seal: await sealHash(again), unit: 'u01' }] });
    const refused = { ok: false, problem: { code: 'SEAL_NOT_LISTED', seal: second.hash } };
    expect(await checkBeforeAck(await knowledge(log))).toEqual(refused);
  });

  test('it refuses when it is said to have sealed nothing although it has', async () => {
    const log = await season();
    await log.seal('u01');
    const absent = ['u01', 'u02', 'u03'].map((unit) => ({ unit, why: 'none' as const }));
    await log.freeze({ list: [], absent });
    expect(await checkBeforeAck(await knowledge(log))).toMatchObject({ problem: { code: 'SEAL_NOT_LISTED' } });
  });

  test('it refuses a draw with two lists, whichever of them names its seal', async () => {
    const log = await season();
    await log.seal('u01');
    const { index, list } = await log.freeze();
    await log.log('wd-list+jwt', { ...list, iat: list.iat + 1 }, 'org');
    const problem = { code: 'LIST_DUPLICATED', index: index + 1 };
    expect(await checkBeforeAck(await knowledge(log))).toEqual({ ok: false, problem });
  });

  test('it refuses a re-run whose seals were frozen, by the first list of the week, before the deadline', async () => {
    const log = await frozen('u01');
    const early = log.leaves.length - 1;
    await log.seal('u02');
    const end = { iss: 'org', iat: deadline + 90, draw: 'd-2026-w47', list: early, void: '见证不足' };
    await log.log('wd-draw+jwt', end, 'org');
    const { index } = await log.freeze();
    const seenBefore = (first: number) => (leaf: number) => (leaf <= first ? deadline - 60 : deadline + 90);
    const known = { ...(await knowledge(log)), draw: 'd-2026-w47-r2' };
    const refused = { ok: false, problem: { code: 'FROZEN_EARLY' } };
    expect(await checkBeforeAck({ ...known, firstSeen: seenBefore(early) })).toEqual(refused);
    expect(await checkBeforeAck({ ...known, firstSeen: seenBefore(index) })).toEqual(refused);
    expect(await checkBeforeAck({ ...known, firstSeen: seenBefore(early - 1) })).toMatchObject({ ok: true });
  });

  test('it acknowledges a list from which it is truthfully absent, and one frozen early with everybody in it', async () => {
    expect(await checkBeforeAck(await knowledge(await frozen('u02')))).toMatchObject({ ok: true });
    const early = { ...(await knowledge(await frozen('u01', 'u02', 'u03'))), firstSeen: () => deadline - 3600 };
    expect(await checkBeforeAck(early)).toMatchObject({ ok: true });
  });
});
