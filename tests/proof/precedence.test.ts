// Which of two faults a reader is told where a bundle has both: the order of the table and of step 5 in verification.md 9.
import { expect, test } from 'vitest';
import { b64, b64u, utf8 } from '../../shared/base/bytes.ts';
import { rawToDer } from '../../shared/proof/checkpoint.ts';
import { disclosureOf, presentation } from '../../shared/proof/make-seal.ts';
import { proposeDraw } from '../../shared/proof/propose.ts';
import { itemDigest, nonceCommitment, sealHash } from '../../shared/proof/seal.ts';
import { makeJws } from '../../shared/proof/signature.ts';
import { type Bundle, verifyBundle } from '../../shared/proof/verify.ts';
import { deadline, nonceOf, notBefore, rule, type Season, season, values, weekEnd } from '../fixtures/season.ts';
import { bundleOf, noteSigner, seasonPins } from '../fixtures/season-bundle.ts';
import { testKey } from '../fixtures/vectors.ts';

/** Every fault by the step of section 9 in which it is found, earliest first; the failure is what stands before the colon. What else a fault
 *  breaks comes later than itself. */
const faults = [
  ['BUNDLE_MALFORMED: an unknown version', 0],
  ['CHECKPOINT_INVALID: signed with another key', 1],
  ['LOG_REWRITTEN: the head of the lock is not proved', 2],
  ['LOG_REWRITTEN: the remembered head has another root', 2],
  ['NOT_IN_LOG: a path leads elsewhere', 3],
  ['KEY_NOT_VALID: a record of a stranger', 4],
  ['SIGNATURE_INVALID: a later record whose signature is another', 4],
  ['TEXT_ALTERED: what is no disclosure', 5],
  ['DIARY_INVALID: the zone of the cover', 5],
  ['HOLD_INVALID: the ground in the cover', 5],
  ['HOLD_INVALID: a record for an item that is none', 5],
  ['TEXT_ALTERED: a disclosure that nothing refers to', 5],
  ['DIARY_INVALID: an item without words', 5],
  ['ENTRY_MISSING: an item is gone', 5],
  ['LIST_INVALID: resting units out of order', 6],
  ['SEAL_LATE: sealed after the list', 6],
  ['SEAL_NOT_LISTED: another revision', 6],
  ['LIST_NOT_LOCKED: nobody acknowledged', 7],
  ['RANDOMNESS_INVALID: another issue', 8],
  ['DRAW_MISMATCH: another result', 9],
  ['NOT_DRAWN: no seat in the stratum', 9],
  ['DRAWN_NOT_PUBLISHED: none is', 10],
] as const;
type Fault = (typeof faults)[number][0];

/** Seals the week of u01 by hand, as a device that checks nothing would: a held item and two others. */
async function sealByHand(log: Season, has: (fault: Fault) => boolean, rev: number) {
  const salt = (name: string) => utf8(`${name} ${rev}`.padEnd(16, '.'));
  const texts = ['不公开', has('DIARY_INVALID: an item without words') ? '' : '例会', '下周再看'];
  const disclosures = texts.map((text, n) => disclosureOf(salt(`item ${n}`), 'item', { text }));
  const digests = await Promise.all(disclosures.map(itemDigest));
  const ground = has('HOLD_INVALID: the ground in the cover') ? 'shame' : 'privacy';
  const items = digests.map((digest, n) => ({
    _sd: [digest],
    kind: 'review',
    ...(n === 0 && { hold: { ground, basis: '第十四条' } }),
  }));
  const zone = has('DIARY_INVALID: the zone of the cover') ? '8 hours east' : 'Asia/Shanghai';
  const cover = disclosureOf(salt('cover'), 'diary', { items, zone });
  const payload = {
    _sd: [await itemDigest(cover)],
    _sd_alg: 'sha-256' as const,
    iat: weekEnd - 3600,
    iss: 'u01',
    nc: await nonceCommitment(await nonceOf('u01')),
    rev,
    week: '2026-W47',
  };
  const jws = await makeJws('wd-seal+sd-jwt', payload, await testKey('u01'));
  return { payload, jws, hash: await sealHash(jws), cover, disclosures, index: log.append(jws) };
}

/** The first letter of a signature, or of a hash, is another one. */
const changed = (text: string): string => `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`;

/** The verdict on a bundle that would be whole but for these faults. */
async function verdictOn(...given: readonly Fault[]) {
  const has = (fault: Fault): boolean => given.includes(fault);
  const log = await season();
  const seats = has('NOT_DRAWN: no seat in the stratum') ? 0 : 2;
  const strata = [
    { id: 'a', seats },
    { id: 'b', seats: 1 },
  ];
  const ruleIndex = await log.log('wd-rule+jwt', { ...rule, strata }, 'org');
  const aside = { iss: 'u02', iat: weekEnd, draw: 'none', nonce: b64u(await nonceOf('none')) };
  if (has('KEY_NOT_VALID: a record of a stranger'))
    log.append(await makeJws('wd-nonce+jwt', aside, await testKey('stranger')));
  if (has('SIGNATURE_INVALID: a later record whose signature is another')) {
    const [head, body, signature = ''] = (await makeJws('wd-nonce+jwt', aside, await testKey('u02'))).split('.');
    log.append([head, body, changed(signature)].join('.'));
  }
  const first = await sealByHand(log, has, 1);
  await log.seal('u02');
  await log.seal('u03');
  const second = has('SEAL_NOT_LISTED: another revision') ? await sealByHand(log, has, 2) : first;
  const isHeld = has('HOLD_INVALID: a record for an item that is none');
  if (isHeld) await hold(log, second.hash);
  const rest = ['u03', 'u01'].map((unit) => ({ unit, last: '2026-W46' }));
  const frozen = await log.freeze({
    list: [{ i: first.index, seal: first.hash, unit: 'u01' }, ...(await listed(log)).slice(1)],
    ...(has('LIST_INVALID: resting units out of order') && { rest }),
  });
  const lock = await log.head();
  const acks = await Promise.all(['u01', 'u02'].map((unit) => log.ack(unit, lock, deadline + 300)));
  const seal = has('SEAL_LATE: sealed after the list') ? await sealByHand(log, has, 3) : second;
  if (isHeld && seal !== second) await hold(log, seal.hash);
  const { records } = await log.read();
  const made = await proposeDraw(records, frozen.index, lock, values, { iss: 'org', iat: notBefore + 60 });
  if (!made.ok) throw new Error(made.problem);
  const draw = {
    ...made.value,
    ...(has('RANDOMNESS_INVALID: another issue') && { values: values.map((one) => ({ ...one, issue: '2026135' })) }),
    ...(has('DRAW_MISMATCH: another result') && { drawn: [...made.value.drawn, { stratum: 'c', unit: 'u09' }] }),
  };
  log.append(await makeJws('wd-draw+jwt', draw, await testKey('org')));

  const forger = await testKey('u03');
  const signer = await noteSigner();
  const published = has('DRAWN_NOT_PUBLISHED: none is') ? [] : ['u01', 'u02', 'u03'];
  const bundle = await bundleOf(
    log,
    {
      draw: 'd-2026-w47',
      rule: ruleIndex,
      seal,
      lock,
      acks: has('LIST_NOT_LOCKED: nobody acknowledged') ? [] : acks,
      published,
    },
    has('CHECKPOINT_INVALID: signed with another key')
      ? [{ ...signer, sign: async (body) => rawToDer(await forger.sign(body)) }]
      : [signer],
  );
  const shown = seal.disclosures.slice(1, has('ENTRY_MISSING: an item is gone') ? -1 : undefined);
  if (has('TEXT_ALTERED: a disclosure that nothing refers to'))
    shown.push(disclosureOf(utf8('nobody asks 1234'), 'item', { text: '多出来的' }));
  if (has('TEXT_ALTERED: what is no disclosure')) shown.push(b64u(utf8('["x"]')));
  const [leaf, ...leaves] = bundle.leaves;
  if (leaf === undefined) throw new Error('no leaf');
  const path = has('NOT_IN_LOG: a path leads elsewhere') ? leaf.path.map(changed) : leaf.path;
  const { consistency } = bundle.lock;
  const faulty: Bundle = {
    ...bundle,
    v: has('BUNDLE_MALFORMED: an unknown version') ? 2 : 1,
    diary: presentation(seal.jws, [seal.cover, ...shown]),
    leaves: [{ ...leaf, path }, ...leaves],
    lock: {
      ...bundle.lock,
      consistency: has('LOG_REWRITTEN: the head of the lock is not proved') ? consistency.map(changed) : consistency,
    },
  };
  const head = await log.head();
  const seen = has('LOG_REWRITTEN: the remembered head has another root')
    ? { ...head, root: b64(new Uint8Array(32)) }
    : head;
  return verifyBundle(faulty, await seasonPins(), { seen });
}

const hold = (log: Season, seal: string): Promise<number> => {
  const said = { seal, item: 400, ground: 'privacy', basis: '第十四条' } as const;
  return log.log('wd-hold+jwt', { iss: 'rev1', iat: weekEnd, ...said }, 'rev1');
};

/** The last seal of each unit as a list names it. */
const listed = async (log: Season) => {
  const { records } = await log.read();
  return Promise.all(
    ['u01', 'u02', 'u03'].map(async (unit) => {
      const record = records.findLast(({ typ, iss }) => typ === 'wd-seal+sd-jwt' && iss === unit);
      return { i: record?.index ?? -1, seal: await sealHash(record?.text ?? ''), unit };
    }),
  );
};

test('a bundle with none of the faults holds', async () => {
  expect(await verdictOn()).toMatchObject({ ok: true, notices: ['NONCE_NOT_REVEALED', 'VALUE_TO_COMPARE'] });
});

test.each(faults)('%s, alone and with every later one', async (fault, step) => {
  const failure = fault.split(':')[0];
  const later = faults.slice(faults.findIndex(([one]) => one === fault) + 1).map(([one]) => one);
  for (const others of [[], ...later.map((one) => [one]), later])
    expect([others, await verdictOn(...others, fault)]).toMatchObject([others, { ok: false, failure, step }]);
});
