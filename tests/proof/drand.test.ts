import { createHash } from 'node:crypto';
import { bls12_381 } from '@noble/curves/bls12-381.js';
import { describe, expect, test } from 'vitest';
import { judgeList } from '../../server/records/freeze.ts';
import { fromHex, hex } from '../../shared/base/bytes.ts';
import { verifyRound } from '../../shared/proof/drand.ts';
import { roundTime } from '../../shared/proof/drand-chains.ts';
import { loadedBls } from '../../shared/proof/load-drand.ts';
import { verifyBundle } from '../../shared/proof/verify.ts';
import { drandBundle, type Round, round1000 } from '../fixtures/drand-season.ts';

const bytes = (text: string) => {
  const read = fromHex(text);
  if (read === null) throw new Error('no hex');
  return read;
};
const round657413 = 'b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b';
const sha256 = (text: string): string => createHash('sha256').update(bytes(text)).digest('hex');
const { Point } = bls12_381.G1;

/** The point of round 1000 in another dress. */
const signature = Point.fromHex(round1000.signature);
const infinity = `c0${'00'.repeat(47)}`;
/** On the curve, but not in the group that drand signs in: x = 4 (compressed). */
const outside = `80${'00'.repeat(46)}04`;

describe('a round of drand', () => {
  // Round 1000 is that of the vectors; the others stand in the README of drand-verify and in a test of the Italian mcl binding.
  test.each([
    ['1000', round1000.signature],
    ['657413', 'b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b'],
    ['5928395', 'a5d07c0071b4e386b3ae09206522253c68fefe8490ad59ecc44a7dd0d0745be91da5779e2247a82403fbc0cb9a34cb61'],
  ])('%s as quicknet published it is good, by the name of the chain or its hash', async (round, text) => {
    expect(await verifyRound('quicknet', round, bytes(text))).toBe(true);
    const chain = '52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971';
    expect(await verifyRound(chain, round, bytes(text))).toBe(true);
  });

  test.each<[string, string, string, string]>([
    ['of another number', 'quicknet', '1001', round1000.signature],
    ['whose number has a leading zero', 'quicknet', '01000', round1000.signature],
    ['without a number', 'quicknet', '', round1000.signature],
    ['of a chain that is not pinned', 'fastnet', '1000', round1000.signature],
    ['with the signature of another round', 'quicknet', '1000', round657413],
    ['with the point turned round', 'quicknet', '1000', signature.negate().toHex(true)],
    ['with the same point written long', 'quicknet', '1000', signature.toHex(false)],
    ['with the point at infinity', 'quicknet', '1000', infinity],
    ['with a point outside the group', 'quicknet', '1000', outside],
    ['cut short', 'quicknet', '1000', round1000.signature.slice(2)],
    ['without a signature', 'quicknet', '1000', ''],
  ])('%s is refused', async (_name, chain, round, text) => {
    expect(await verifyRound(chain, round, bytes(text))).toBe(false);
  });

  test('with any one bit of its signature changed is refused', { timeout: 60_000 }, async () => {
    for (let bit = 0; bit < 384; bit += 7) {
      const changed = bytes(round1000.signature);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(await verifyRound('quicknet', '1000', changed)).toBe(false);
    }
  });

  test('comes out when the chain says: round 1 at its birth, one every three seconds', () => {
    expect(roundTime('quicknet', '1')).toBe(1_692_803_367);
    expect(roundTime('quicknet', '1000')).toBe(1_692_803_367 + 2997);
    expect(roundTime('fastnet', '1')).toBeNull();
    expect(roundTime('quicknet', '-1')).toBeNull();
  });
});

describe('a diary drawn by a drand round', () => {
  const forged: Round = { ...round1000, signature: infinity, randomness: sha256(infinity) };
  const long: Round = { ...round1000, signature: signature.toHex(false), randomness: sha256(signature.toHex(false)) };

  test('gets its tick where the round can be checked', async () => {
    const { bundle, pins } = await drandBundle(round1000);
    expect(await verifyBundle(bundle, pins, {}, { bls: loadedBls })).toMatchObject({ ok: true, notices: [] });
    const capitals = { ...round1000, signature: round1000.signature.toUpperCase() };
    const other = await drandBundle({ ...capitals, randomness: round1000.randomness.toUpperCase() });
    expect(await verifyBundle(other.bundle, pins, {}, { bls: loadedBls })).toMatchObject({ ok: true, notices: [] });
  });

  test('keeps the notice DRAND_UNCHECKED where it cannot', async () => {
    const { bundle, pins } = await drandBundle(round1000);
    expect(await verifyBundle(bundle, pins)).toMatchObject({ ok: true, notices: ['DRAND_UNCHECKED'] });
    const bls = async () => null;
    expect(await verifyBundle(bundle, pins, {}, { bls })).toMatchObject({ ok: true, notices: ['DRAND_UNCHECKED'] });
  });

  test.each<[string, Round, string?]>([
    ['a value of the organiser’s own making', forged],
    ['the other way of writing the point, which has another hash', long],
    ['a round of another number', { ...round1000, round: '1001' }],
    ['a chain that nobody pinned', round1000, 'our-own'],
  ])('with %s is RANDOMNESS_INVALID', async (_name, round, chain) => {
    const { bundle, pins } = await drandBundle(round, chain);
    expect(await verifyBundle(bundle, pins, {}, { bls: loadedBls })).toMatchObject({
      ok: false,
      failure: 'RANDOMNESS_INVALID',
      step: 8,
    });
    // Without BLS nobody can tell, and so there is no tick either.
    expect(await verifyBundle(bundle, pins)).toMatchObject({ ok: true, notices: ['DRAND_UNCHECKED'] });
  });

  test('with a value that is not the hash of its signature is RANDOMNESS_INVALID for everybody', async () => {
    const { bundle, pins } = await drandBundle({ ...round1000, randomness: hex(new Uint8Array(32)) });
    expect(await verifyBundle(bundle, pins)).toMatchObject({ failure: 'RANDOMNESS_INVALID', step: 8 });
  });
});

describe('a list that names a drand round', () => {
  const genesis = 1_692_803_367;
  const truth = { draw: 'd-2026-w47', week: '2026-W47', rule: 5, deadline: 0, list: [], absent: [], rest: [] };
  const judge = (issue: string, not_before: number, now: number, name = 'quicknet') => {
    const sources = [{ kind: 'drand' as const, name, issue, not_before }];
    const list = { ...truth, sources, iss: 'org', iat: now };
    const judgement = judgeList(list, { ...truth, sources: [{ kind: 'drand', name }] }, now);
    return judgement.ok ? 'OK' : judgement.problem.code;
  };

  test('is logged when the round comes out at not_before or later, and refused when it comes out sooner', () => {
    expect(judge('1000', genesis + 2997, genesis)).toBe('OK');
    expect(judge('1000', genesis + 2000, genesis)).toBe('OK');
    expect(judge('1000', genesis + 2998, genesis)).toBe('SOURCES_INVALID');
    expect(judge('1000', genesis + 2997, genesis, 'our-own')).toBe('SOURCES_INVALID');
    expect(judge('1000', genesis + 2997, genesis + 2997)).toBe('NOT_BEFORE_PASSED');
  });
});
