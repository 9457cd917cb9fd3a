// Which code a fault has, where several might be thought to be right (verification.md 9), in bundles of a log that is whole otherwise.
import { describe, expect, test } from 'vitest';
import { auditLog } from '../../shared/proof/audit.ts';
import { judgeDraw } from '../../shared/proof/judge-draw.ts';
import { proposeDraw } from '../../shared/proof/propose.ts';
import { signFirstKey, signPossession } from '../../shared/proof/sign.ts';
import { makeJws, thumbprint } from '../../shared/proof/signature.ts';
import { verifyBundle } from '../../shared/proof/verify.ts';
import { notBefore, origin, rule, Season, season, values } from '../fixtures/season.ts';
import { bundleOf, seasonPins } from '../fixtures/season-bundle.ts';
import { type TestKey, testKey } from '../fixtures/vectors.ts';

/** What a reader finds of a drawn season whose draw record says `change`; and what a device finds of the whole log. */
async function verdictsOn(change: (drawn: unknown) => unknown) {
  const log = await season();
  const seal = await log.seal('u01');
  const { index } = await log.freeze();
  const lock = await log.head();
  const acks = await Promise.all(['u01', 'u02'].map((unit) => log.ack(unit, lock)));
  const signed = { iss: 'org', iat: notBefore + 60 };
  const made = await proposeDraw((await log.read()).records, index, lock, values, signed);
  if (!made.ok) throw new Error(made.problem);
  const { drawn, ...said } = made.value;
  log.append(await makeJws('wd-draw+jwt', { ...said, drawn: change(drawn) }, await testKey('org')));
  const bundle = await bundleOf(log, { draw: 'd-2026-w47', rule: 5, seal, lock, acks, published: ['u01'] });
  const verdict = await verifyBundle(bundle, await seasonPins());
  const { records, keys } = await log.read();
  const record = records.at(-1);
  const judged = record && (await judgeDraw(record, { records, keys, acks }));
  return [verdict.ok ? 'OK' : verdict.failure, judged?.ok ? 'OK' : judged?.problem];
}

describe('a result that is not the one that comes out: DRAW_MISMATCH, whatever stands in its place', () => {
  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'u01'],
    ['no unit', []],
    ['a row without its stratum', [{ unit: 'u01' }]],
    ['a row with a member too many', [{ stratum: 'a', unit: 'u01', why: 'x' }]],
    ['a unit that no id can be', [{ stratum: 'a', unit: 'U01' }]],
    [
      'the unit twice',
      [
        { stratum: 'a', unit: 'u01' },
        { stratum: 'a', unit: 'u01' },
      ],
    ],
  ])('%s', async (_, drawn) => {
    expect(await verdictsOn(() => drawn)).toEqual(['DRAW_MISMATCH', 'DRAW_MISMATCH']);
  });

  test('the right one holds', async () => {
    expect(await verdictsOn((drawn) => drawn)).toEqual(['OK', 'OK']);
  });
});

describe('a key has one spelling, so that none is enrolled twice', () => {
  const spelling = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  /** The same bytes to a lenient reader: the last character has two bits to spare. */
  const respelled = (text: string): string =>
    text.slice(0, -1) + (spelling[spelling.indexOf(text.at(-1) ?? '') + 1] ?? '');
  async function respelledKey(label: string, member: 'x' | 'y'): Promise<TestKey> {
    const key = await testKey(label);
    const jwk = { ...key.jwk, [member]: respelled(key.jwk[member]) };
    return { ...key, jwk, kid: await thumbprint(jwk) };
  }
  const codesOf = async (log: Season, kid: string) =>
    (await auditLog(log.leaves, await log.head(), { origin, organisers: [kid] })).codes;

  test.each(['x', 'y'] as const)('a revoked key does not come back with spare bits in its %s', async (member) => {
    const log = await season();
    const { kid } = await testKey('u01');
    await log.log('wd-key+jwt', { op: 'revoke', sub: 'u01', kid, why: 'lost', iss: 'org', iat: rule.iat }, 'org');
    const key = await respelledKey('u01', member);
    const pop = await signPossession(origin, 'u01', rule.iat, key);
    const add = { op: 'add', sub: 'u01', role: 'leader', jwk: key.jwk, pop, why: 'lost', iss: 'org', iat: rule.iat };
    log.append(await makeJws('wd-key+jwt', add, await testKey('org')));
    expect(await codesOf(log, (await testKey('org')).kid)).toEqual(['KEY_NOT_VALID']);
  });

  test.each(['x', 'y'] as const)('nor is it leaf 0 with spare bits in its %s', async (member) => {
    const key = await respelledKey('org', member);
    const log = new Season();
    await expect(signFirstKey('org', key.jwk, rule.iat, key)).rejects.toThrow(TypeError);
    const add = { op: 'add', sub: 'org', role: 'organiser', jwk: key.jwk, iss: 'org', iat: rule.iat };
    log.append(await makeJws('wd-key+jwt', add, key));
    expect(await codesOf(log, key.kid)).toEqual(['KEY_NOT_VALID']);
  });
});
