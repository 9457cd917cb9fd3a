import { describe, expect, test } from 'vitest';
import { b64 } from '../../shared/base/bytes.ts';
import { auditLog } from '../../shared/proof/audit.ts';
import { formatVkey, rawToDer, signNote } from '../../shared/proof/checkpoint.ts';
import { judgeDraw } from '../../shared/proof/judge-draw.ts';
import { readRecord } from '../../shared/proof/keys.ts';
import { presentation } from '../../shared/proof/make-seal.ts';
import { proposeDraw, proposeList } from '../../shared/proof/propose.ts';
import { consistencyPath, inclusionPath } from '../../shared/proof/prove.ts';
import { sealHash } from '../../shared/proof/seal.ts';
import { verifyBundle } from '../../shared/proof/verify.ts';
import {
  countersigned,
  deadline,
  notBefore,
  origin,
  rule,
  type Season,
  season,
  values,
  weekEnd,
} from '../fixtures/season.ts';
import { testKey } from '../fixtures/vectors.ts';

async function findings(log: Season): Promise<readonly string[]> {
  const { kid } = await testKey('org');
  return (await auditLog(log.leaves, await log.head(), { origin, organisers: [kid] })).codes;
}

/** Seals of all units, list, nonces of two, lock, draw. */
async function drawnSeason() {
  const log = await season();
  const seals = [await log.seal('u01'), await log.seal('u02'), await log.seal('u03')];
  const { index, list } = await log.freeze();
  await log.reveal('u01');
  await log.reveal('u03');
  const lock = await log.head();
  const draw = await log.draw(index, lock);
  const acks = await Promise.all(['u01', 'u02', 'u03'].map((unit) => log.ack(unit, lock)));
  return { log, seals, list, listIndex: index, lock, draw, acks };
}

describe('a season from the first key to the draw', () => {
  test('has no finding, and its draw holds', async () => {
    const { log, draw, acks } = await drawnSeason();
    expect(await findings(log)).toEqual([]);
    const { records, keys } = await log.read();
    const record = records[draw];
    expect(record && (await judgeDraw(record, { records, keys, acks }))).toMatchObject({ ok: true });
    expect(record && (await judgeDraw(record, { records, keys, acks: acks.slice(1, 2) }))).toEqual({
      ok: false,
      problem: 'LIST_NOT_LOCKED',
    });
  });

  test('gives bundles that a reader verifies', async () => {
    const { log, seals, lock, acks } = await drawnSeason();
    const head = await log.head();
    const nodes = await log.nodes();
    const key = await testKey('log');
    const spki = await spkiOf('log');
    const vkey = await formatVkey(origin, 2, spki);
    const id = vkey.split('+')[1] ?? '';
    const note = await signNote(origin, head, [
      { name: origin, id, sign: async (body) => rawToDer(await key.sign(body)) },
    ]);
    const { records } = await log.read();
    const draw: { drawn: { unit: string }[] } = JSON.parse(JSON.stringify(records.at(-1)?.payload));
    const unit = draw.drawn[0]?.unit ?? '';
    const seal = seals.find(({ payload }) => payload.iss === unit);
    if (!seal) throw new Error('no seal');
    const bundle = {
      v: 1,
      checkpoint: note,
      want: { draw: 'd-2026-w47', unit },
      diary: presentation(seal.jws, [seal.cover, ...seal.disclosures]),
      leaves: await Promise.all(
        log.leaves.map(async (jws, i) => ({ i, jws, path: (await inclusionPath(i, head.size, nodes)).map(b64) })),
      ),
      lock: { ...lock, consistency: (await consistencyPath(lock.size, head.size, nodes)).map(b64), acks },
      published: draw.drawn.map((drawn) => drawn.unit),
    };
    const verdict = await verifyBundle(bundle, { vkey, organiser: (await testKey('org')).kid });
    expect(verdict).toMatchObject({
      ok: true,
      notices: ['NONCE_NOT_REVEALED', 'VALUE_TO_COMPARE'],
      acks: ['u01', 'u02', 'u03'],
    });
    const prove = async (first: { size: number }, second: { size: number }) =>
      (await consistencyPath(first.size, second.size, nodes)).map(b64);
    const seen = await log.head(3);
    const pins = { vkey, organiser: (await testKey('org')).kid };
    expect(await verifyBundle(bundle, pins, { seen })).toMatchObject({ ok: false, failure: 'LOG_REWRITTEN' });
    expect(await verifyBundle(bundle, pins, { seen }, { prove })).toMatchObject({ ok: true, head });
  });

  test('a drand value is its signature’s hash; without BLS the reader is told', async () => {
    const log = await season();
    await log.log('wd-rule+jwt', { ...rule, sources: [{ kind: 'drand', name: 'quicknet' }] }, 'org');
    await log.seal('u01');
    const { records } = await log.read();
    const issues = new Map([['quicknet', { issue: '1000', not_before: notBefore }]]);
    const wish = { iss: 'org', iat: deadline, week: '2026-W47', away: new Map(), issues };
    const proposal = await proposeList(records, wish);
    if (!proposal.ok) throw new Error(proposal.problem.code);
    const listIndex = await log.log('wd-list+jwt', proposal.value.list, 'org');
    const lock = await log.head();
    // Round 1000 of drand quicknet, draws.json.
    const sig = 'b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39';
    const randomness = 'fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd';
    const outcome = async (value: string, bls?: () => Promise<boolean>) => {
      const given = [{ kind: 'drand', name: 'quicknet', issue: '1000', value, sig }] as const;
      const draw = await proposeDraw((await log.read()).records, listIndex, lock, given, {
        iss: 'org',
        iat: notBefore,
      });
      if (!draw.ok) throw new Error(draw.problem);
      const copy = Object.assign(await season(), { leaves: [...log.leaves] });
      await copy.log('wd-draw+jwt', draw.value, 'org');
      const { records: all, keys } = await copy.read();
      const record = all.at(-1);
      const acks = await Promise.all(['u01', 'u02'].map((unit) => log.ack(unit, lock)));
      const judgement = record && (await judgeDraw(record, { records: all, keys, acks, ...(bls && { bls }) }));
      return judgement?.ok ? 'OK' : judgement?.problem;
    };
    expect(await outcome(randomness)).toBe('OK');
    expect(await outcome(randomness, async () => true)).toBe('OK');
    expect(await outcome(randomness, async () => false)).toBe('RANDOMNESS_INVALID');
    expect(await outcome(randomness.replace('f', '0'))).toBe('RANDOMNESS_INVALID');
  });
});

/** A list of the first seal of a unit, which was logged once more after its second one. */
async function bringBack(log: Season, spelled: (jws: string) => string = (jws) => jws): Promise<void> {
  const { jws } = await log.seal('u01');
  await log.seal('u01', { rev: 2 });
  const again = spelled(jws);
  const row = { i: log.append(again), seal: await sealHash(again), unit: 'u01' };
  await log.freeze({ list: [row] });
}

describe('whole-log checks', () => {
  test('a list above the head that was seen does not hide that the log was rewritten', async () => {
    const { log } = await drawnSeason();
    const { kid } = await testKey('org');
    const options = { origin, organisers: [kid] };
    const seen = await log.head(6);
    expect((await auditLog(log.leaves, await log.head(), { ...options, seen })).codes).toEqual([]);
    const other = await season();
    const forged = { size: 6, root: (await other.head(5)).root };
    expect((await auditLog(log.leaves, await log.head(), { ...options, seen: forged })).codes).toEqual([
      'LOG_REWRITTEN',
    ]);
  });

  test.each<[string, string[], (log: Season) => Promise<unknown>]>([
    ['a leaf that is no record', ['BUNDLE_MALFORMED'], async (log) => log.append('rubbish')],
    [
      'a record signed by a key of another role',
      ['KEY_NOT_VALID'],
      (log) => log.log('wd-rule+jwt', { ...rule, iss: 'u01' }, 'u01'),
    ],
    ['a key enrolled twice', ['KEY_NOT_VALID'], (log) => log.enrol('u01', 'leader')],
    ['a key enrolled by a leader', ['KEY_NOT_VALID'], (log) => log.enrol('u04', 'leader', 'u04', { iss: 'u01' })],
    [
      'a second key while the first is active',
      ['KEY_HISTORY_CONFLICT'],
      (log) => log.enrol('u01', 'leader', 'u01-new', { why: 'lost' }),
    ],
    [
      'a rotation',
      [],
      async (log) => log.enrol('u01', 'leader', 'u01-new', { why: 'rotation', old: (await testKey('u01')).kid }),
    ],
    [
      'a seal by a key that was replaced',
      ['KEY_NOT_VALID'],
      async (log) => {
        await log.enrol('u01', 'leader', 'u01-new', { why: 'rotation', old: (await testKey('u01')).kid });
        await log.seal('u01', { rev: 2 });
      },
    ],
    ['a spare key of the organiser under its own id', [], (log) => log.enrol('org2', 'organiser')],
    [
      'a phantom on the list',
      ['LIST_OMITS_SEAL'],
      async (log) => {
        const { hash, index } = await log.seal('u01');
        const row = { i: index, seal: hash, unit: 'u02' };
        await log.freeze({ list: [{ ...row, unit: 'u01' }, row], absent: [{ unit: 'u03', why: 'none' }] });
      },
    ],
    [
      'a unit that sealed but is said to be on leave',
      ['LIST_OMITS_SEAL'],
      async (log) => {
        await log.seal('u01');
        await log.freeze({ list: [], absent: rule.roll.map(({ unit }) => ({ unit, why: 'leave' as const })) });
      },
    ],
    ...([(jws: string) => jws, countersigned] as const).map((spelled, n): [string, string[], typeof bringBack] => [
      n === 0 ? 'an older seal brought back' : 'an older seal brought back under its other signature',
      ['LIST_OMITS_SEAL'],
      (log) => bringBack(log, spelled),
    ]),
    [
      'the seal that counts, logged once more',
      [],
      async (log) => {
        const { jws, index, hash } = await log.seal('u01');
        log.append(jws);
        const { list } = await log.freeze();
        expect(list.list).toEqual([{ i: index, seal: hash, unit: 'u01' }]);
      },
    ],
    [
      'a re-run whose list came before the void record of the first attempt',
      ['DRAW_DUPLICATED'],
      async (log) => {
        await log.seal('u01');
        const { index, list } = await log.freeze();
        const again = await log.log('wd-list+jwt', { ...list, draw: 'd-2026-w47-r2' }, 'org');
        const end = { iss: 'org', iat: deadline, void: '见证不足' };
        await log.log('wd-draw+jwt', { ...end, draw: 'd-2026-w47', list: index }, 'org');
        await log.log('wd-draw+jwt', { ...end, draw: 'd-2026-w47-r2', list: again }, 'org');
      },
    ],
    [
      'a nonce that opens nothing',
      [],
      async (log) => {
        await log.seal('u01');
        const { index } = await log.freeze();
        const nonce = 'A'.repeat(43);
        await log.log('wd-nonce+jwt', { iss: 'u01', draw: 'd-2026-w47', nonce, iat: deadline }, 'u01');
        await log.draw(index, await log.head());
      },
    ],
  ])('%s: %j', async (_, expected, change) => {
    const log = await season();
    await change(log);
    expect(await findings(log)).toEqual(expected);
  });
});

describe('the list that a correct organiser makes', () => {
  const issues = new Map([['ssq', { issue: '2026134', not_before: notBefore }]]);
  const wish = { iss: 'org', iat: deadline, week: '2026-W47', away: new Map<string, 'leave'>(), issues };
  const propose = async (log: Season, change: Partial<typeof wish> = {}) =>
    proposeList((await log.read()).records, { ...wish, ...change });

  test('has the latest seals by unit, and says who is absent and why', async () => {
    const log = await season();
    await log.seal('u02');
    const second = await log.seal('u02', { rev: 2 });
    await log.seal('u03', { week: '2026-W46' });
    const proposal = await propose(log, { away: new Map([['u01', 'leave']]) });
    expect(proposal).toMatchObject({
      ok: true,
      value: { early: false, deadline, list: { draw: 'd-2026-w47', rule: 5 } },
    });
    expect(proposal.ok && proposal.value.list.list).toEqual([{ i: second.index, seal: second.hash, unit: 'u02' }]);
    expect(proposal.ok && proposal.value.list.absent).toEqual([
      { unit: 'u01', why: 'leave' },
      { unit: 'u03', why: 'none' },
    ]);
  });

  test('is early before the deadline only while somebody has not sealed', async () => {
    const log = await season();
    await log.seal('u01');
    await log.seal('u02');
    expect(await propose(log, { iat: deadline - 1 })).toMatchObject({ value: { early: true } });
    await log.seal('u03');
    expect(await propose(log, { iat: deadline - 1 })).toMatchObject({ value: { early: false } });
  });

  test('rests the units of the last two draws, and a void draw does not count', async () => {
    const { log, listIndex } = await drawnSeason();
    const { records } = await log.read();
    expect(await propose(log)).toEqual({ ok: false, problem: { code: 'DRAW_DONE' } });
    const proposal = await propose(log, { week: '2026-W48' });
    const drawn: { drawn: { unit: string }[] } = JSON.parse(JSON.stringify(records.at(-1)?.payload));
    const units = drawn.drawn.map(({ unit }) => unit).sort();
    expect(proposal.ok && proposal.value.list.rest).toEqual(units.map((unit) => ({ unit, last: '2026-W47' })));
    expect(listIndex).toBeGreaterThan(5);
  });

  test('after a void is a re-run with the seals of the first freeze', async () => {
    const log = await season();
    const first = await log.seal('u01');
    const { index } = await log.freeze();
    expect(await propose(log)).toEqual({ ok: false, problem: { code: 'DRAW_RUNNING' } });
    await log.log(
      'wd-draw+jwt',
      { iss: 'org', iat: weekEnd, draw: 'd-2026-w47', list: index, void: '见证不足' },
      'org',
    );
    await log.seal('u01', { rev: 2 });
    const proposal = await propose(log);
    expect(proposal).toMatchObject({ ok: true, value: { list: { draw: 'd-2026-w47-r2', rest: [] } } });
    expect(proposal.ok && proposal.value.list.list).toEqual([{ i: first.index, seal: first.hash, unit: 'u01' }]);
  });

  test('needs a rule, and issues whose numbers are still to come', async () => {
    const log = await season();
    expect(await propose(log, { issues: new Map() })).toEqual({
      ok: false,
      problem: { code: 'SOURCE_MISSING', name: 'ssq' },
    });
    expect(await propose(log, { iat: notBefore })).toMatchObject({ ok: false, problem: { code: 'SOURCE_MISSING' } });
    const empty = (await season()).leaves.slice(0, 5);
    const records = empty.flatMap((leaf, i) => readRecord(i, leaf) ?? []);
    expect(await proposeList(records, wish)).toEqual({ ok: false, problem: { code: 'RULE_ABSENT' } });
  });

  test('the draw record has the nonces revealed before the lock, and other values are refused', async () => {
    const { log, listIndex, lock } = await drawnSeason();
    const { records } = await log.read();
    const signed = { iss: 'org', iat: notBefore };
    const draw = await proposeDraw(records, listIndex, lock, values, signed);
    expect(draw.ok && draw.value.nonces).toEqual(['u01', 'u03']);
    expect(await proposeDraw(records, listIndex, lock, [], signed)).toEqual({ ok: false, problem: 'VALUES_WRONG' });
    expect(await proposeDraw(records, 0, lock, values, signed)).toEqual({ ok: false, problem: 'LIST_ABSENT' });
  });
});

async function spkiOf(label: string) {
  const { jwk } = await testKey(label);
  const key = await crypto.subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: 'P-256' }, true, ['verify']);
  return new Uint8Array(await crypto.subtle.exportKey('spki', key));
}
