/** Houses of other sizes, names and keys than those of the vectors, each with keys that nobody has seen before, and what `sundial verify
 *  --vectors` says of their bundles altered as verification.md 9 names it. */
import { describe, expect, test } from 'vitest';
import { verifyVectors } from '../../server/commands/verify-vectors.ts';
import { formatVkey, type NoteSigner, rawToDer, signNote } from '../../shared/proof/checkpoint.ts';
import { proposeDraw, proposeList } from '../../shared/proof/propose.ts';
import type { Draw, Rule } from '../../shared/proof/records.ts';
import { signerOf, signFirstKey } from '../../shared/proof/sign.ts';
import { makeJws, thumbprint } from '../../shared/proof/signature.ts';
import { deadline, notBefore, Season, rule as seasonRule, weekEnd } from '../fixtures/season.ts';
import { bundleOf } from '../fixtures/season-bundle.ts';
import type { TestKey } from '../fixtures/vectors.ts';
import { variantsOf } from './named-variants.ts';

/** What differs from house to house. */
interface House {
  readonly origin: string;
  /** Of the roll, u01 and on; the last `absent` of them seal nothing. */
  readonly units: number;
  readonly absent?: number;
  readonly seats: readonly number[];
  readonly minAcks: number;
  readonly values: Draw['values'];
  /** How many reveal their nonce; undefined: the rule has no nonces. */
  readonly nonces?: number;
  readonly zone?: string;
  /** Of the rule as it is logged, whatever the list was made by. */
  readonly logged?: (rule: Rule) => object;
}

const lottery = (value: Draw['values'][number]['value']): Draw['values'] => [
  { kind: 'lottery', name: 'ssq', issue: '2026134', value },
];
const stage: Draw['values'] = [{ kind: 'stage', name: '礼堂', issue: '第1场', value: 'A-7' }];

const houses: readonly (readonly [name: string, House])[] = [
  [
    'one unit, on a port',
    { origin: 'localhost:8443/log', units: 1, seats: [1], minAcks: 1, values: lottery([1, 2]), nonces: 1 },
  ],
  [
    'one unit and more seats than units, no acknowledgement asked for',
    { origin: 'a', units: 1, seats: [3], minAcks: 0, values: stage },
  ],
  [
    'sixty units in three strata, a deep path in another script',
    {
      origin: '晴湖.example/存证/2026/日志-1',
      units: 60,
      absent: 7,
      seats: [5, 1, 0],
      minAcks: 31,
      values: [...lottery([33, 2, 5, 12, 8, 10, 16]), ...stage],
      nonces: 20,
      zone: 'America/St_Johns',
    },
  ],
  [
    'seven units, nobody reveals a nonce, a zone that no reader knows',
    {
      origin: 'diary.example:443/log1',
      units: 7,
      absent: 1,
      seats: [2, 2],
      minAcks: 4,
      values: lottery('00-ff-Zz'),
      nonces: 0,
      zone: 'Nowhere/At-all',
    },
  ],
];

async function newKey(): Promise<TestKey> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  const jwk = { crv: 'P-256', kty: 'EC', x, y } as const;
  return { ...signerOf(await thumbprint(jwk), pair.privateKey), jwk };
}

/** A key of each label, made when it is first asked for. */
function newKeys(): (label: string) => Promise<TestKey> {
  const made = new Map<string, Promise<TestKey>>();
  return (label) => {
    const key = made.get(label) ?? newKey();
    made.set(label, key);
    return key;
  };
}

/** Signs notes under a name, and its vkey. */
async function newSigner(name: string): Promise<NoteSigner & { readonly vkey: string }> {
  const { jwk, sign } = await newKey();
  const key = await crypto.subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: 'P-256' }, true, ['verify']);
  const vkey = await formatVkey(name, 2, new Uint8Array(await crypto.subtle.exportKey('spki', key)));
  return { name, id: vkey.split('+')[1] ?? '', vkey, sign: async (body) => rawToDer(await sign(body)) };
}

/** One draw of a house from its first key to the checkpoint, which the log's old and new key sign. */
async function drawIn({ origin, units, absent = 0, seats, minAcks, values, nonces, zone, logged }: House) {
  const log = new Season(origin, newKeys());
  const org = await log.keyOf('org');
  log.append(await signFirstKey('org', org.jwk, seasonRule.iat, org));
  const roll = Array.from({ length: units }, (_, n) => ({
    unit: `u${String(n + 1).padStart(2, '0')}`,
    stratum: `s-${n % seats.length}`,
  }));
  for (const { unit } of roll) await log.enrol(unit, 'leader');
  const rule: Rule = {
    ...seasonRule,
    roll,
    strata: seats.map((count, n) => ({ id: `s-${n}`, seats: count })),
    min_acks: minAcks,
    zone: zone ?? seasonRule.zone,
    sources: [
      ...(nonces === undefined ? [] : [{ kind: 'nonces', name: 'units' } as const]),
      ...values.map(({ kind, name }) => ({ kind, name })),
    ],
  };
  // What is no rule the product does not sign.
  const ruleIndex = log.append(await makeJws('wd-rule+jwt', logged?.(rule) ?? rule, org));
  /** Records as an organiser has them who means the rule as it should be. */
  const records = async () =>
    (await log.read()).records.map((record) => (record.index === ruleIndex ? { ...record, payload: rule } : record));

  const sealed = [];
  for (const { unit } of roll.slice(0, units - absent)) sealed.push(await log.seal(unit));
  const issues = new Map(values.map(({ name, issue }) => [name, { issue, not_before: notBefore }]));
  const wish = { iss: 'org', iat: weekEnd + 86_400, week: '2026-W47', away: new Map(), issues };
  const proposal = await proposeList(await records(), wish);
  if (!proposal.ok) throw new Error(proposal.problem.code);
  const list = await log.log('wd-list+jwt', proposal.value.list, 'org');
  for (const { unit } of roll.slice(0, nonces ?? 0)) await log.reveal(unit);
  const lock = await log.head();
  const drawn = await proposeDraw(await records(), list, lock, values, { iss: 'org', iat: notBefore + 60 });
  if (!drawn.ok) throw new Error(drawn.problem);
  await log.log('wd-draw+jwt', drawn.value, 'org');

  const published = drawn.value.drawn.map(({ unit }) => unit);
  const seal = sealed.find(({ payload }) => payload.iss === published[0]);
  if (seal === undefined) throw new Error('nobody was drawn');
  const acks = await Promise.all(roll.slice(0, minAcks).map(({ unit }) => log.ack(unit, lock, deadline + 90_000)));
  const made = { draw: 'd-2026-w47', rule: ruleIndex, seal, lock, acks, published };
  const signers = [await newSigner(origin), await newSigner(origin)] as const;
  const pin = { vkey: signers.map(({ vkey }) => vkey).join(' '), orgKid: org.kid };
  return { log, org, roll, signers, pin, bundle: await bundleOf(log, made, signers) };
}

type Made = Awaited<ReturnType<typeof drawIn>>;

/** The base under other pins, and with more or less in it than it should have. */
async function otherVariants({ log, org, roll, signers: [old, next], bundle }: Made, { origin }: House) {
  const stranger = await newSigner(origin);
  const renamed = old.vkey.replace(origin, `${origin}x`);
  const head = await log.head();
  const broken = await signNote(origin, head, [old, { ...next, sign: stranger.sign }]);
  const replace = (path: string, value: unknown) => [{ op: 'replace', path, value }];
  const without = (
    typ: string,
    is: (payload: { readonly sub?: string; readonly iss: string }) => boolean = () => true,
  ) =>
    bundle.leaves
      .map(({ jws }, n) => ({ n, parts: jws.split('.').map((part) => Buffer.from(part, 'base64url').toString()) }))
      .filter(({ parts: [header = ''] }) => JSON.parse(header).typ === typ)
      .filter(({ parts: [, payload = ''] }) => is(JSON.parse(payload)))
      .slice(0, 1)
      .map(({ n }) => ({ op: 'remove', path: `/leaves/${n}` }));
  const unit = bundle.want.unit;
  const other = roll.find((one) => one.unit !== unit)?.unit;
  const otherSeal = without('wd-seal+sd-jwt', ({ iss }) => iss !== unit);
  const aNonce = without('wd-nonce+jwt');
  return [
    { name: 'pinned-old-key', expect: 'OK', patch: [], pin: { vkey: old.vkey } },
    { name: 'pinned-new-key', expect: 'OK', patch: [], pin: { vkey: next.vkey } },
    { name: 'pinned-good-and-stranger', expect: 'OK', patch: [], pin: { vkey: `${stranger.vkey} ${next.vkey}` } },
    { name: 'pinned-stranger', expect: 'CHECKPOINT_INVALID', patch: [], pin: { vkey: stranger.vkey } },
    { name: 'pinned-other-name', expect: 'CHECKPOINT_INVALID', patch: [], pin: { vkey: renamed } },
    { name: 'new-line-broken', expect: 'CHECKPOINT_INVALID', patch: replace('/checkpoint', broken) },
    { name: 'new-line-not-pinned', expect: 'OK', patch: replace('/checkpoint', broken), pin: { vkey: old.vkey } },
    { name: 'other-organiser', expect: 'KEY_NOT_VALID', patch: [], pin: { orgKid: (await newKey()).kid } },
    { name: 'two-organisers', expect: 'OK', patch: [], pin: { orgKid: `${(await newKey()).kid} ${org.kid}` } },
    { name: 'seen-the-same', expect: 'OK', patch: [], pin: { seen: head } },
    {
      name: 'seen-another-root',
      expect: 'LOG_REWRITTEN',
      patch: [],
      pin: { seen: { ...head, root: `${'A'.repeat(43)}=` } },
    },
    { name: 'seen-less-unproved', expect: 'LOG_REWRITTEN', patch: [], pin: { seen: await log.head(head.size - 1) } },
    { name: 'lock-size-edited', expect: 'LOG_REWRITTEN', patch: replace('/lock/size', bundle.lock.size - 1) },
    { name: 'unit-in-another-script', expect: 'BUNDLE_MALFORMED', patch: replace('/want/unit', '城管局') },
    { name: 'rule-left-out', expect: 'BUNDLE_MALFORMED', patch: without('wd-rule+jwt') },
    { name: 'list-left-out', expect: 'BUNDLE_MALFORMED', patch: without('wd-list+jwt') },
    { name: 'draw-left-out', expect: 'BUNDLE_MALFORMED', patch: without('wd-draw+jwt') },
    { name: 'own-key-left-out', expect: 'KEY_NOT_VALID', patch: without('wd-key+jwt', ({ sub }) => sub === unit) },
    ...(other === undefined
      ? []
      : [{ name: 'diary-of-another', expect: 'BUNDLE_MALFORMED', patch: replace('/want/unit', other) }]),
    ...(otherSeal.length === 0 ? [] : [{ name: 'listed-seal-left-out', expect: 'LIST_INVALID', patch: otherSeal }]),
    ...(aNonce.length === 0 ? [] : [{ name: 'nonce-left-out', expect: 'RANDOMNESS_INVALID', patch: aNonce }]),
  ];
}

describe('a bundle of other houses', () => {
  test.each(houses)('%s', async (_name, house) => {
    const made = await drawIn(house);
    const { pin, bundle } = made;
    const variants = [...variantsOf(bundle, house.minAcks), ...(await otherVariants(made, house))];
    const report = await verifyVectors(JSON.stringify({ pin, base: bundle, expect: {}, variants }));
    expect(report).toEqual({ lines: ['ok base', ...variants.map(({ name }) => `ok ${name}`)], exitCode: 0 });
  });

  test('whose rule or roll is not of the form that verification.md 7.1 gives is refused as a list that does not hold', async () => {
    const house: House = { origin: 'b.example/log1', units: 3, seats: [1], minAcks: 2, values: stage };
    const rules: readonly (readonly [name: string, logged: (rule: Rule) => object])[] = [
      ['without-min-acks', ({ min_acks: _, ...rule }) => rule],
      ['min-acks-below-zero', (rule) => ({ ...rule, min_acks: -1 })],
      ['unit-in-another-script', (rule) => ({ ...rule, roll: [...rule.roll, { unit: '城管局', stratum: 's-0' }] })],
      ['unit-twice', (rule) => ({ ...rule, roll: [...rule.roll, ...rule.roll.slice(0, 1)] })],
      ['stratum-unknown', (rule) => ({ ...rule, strata: [{ id: 'other', seats: 1 }] })],
      ['closes-after-the-week', (rule) => ({ ...rule, close: 10_081 })],
    ];
    const good = await drawIn(house);
    const variants = [];
    for (const [name, logged] of rules) {
      const { pin, bundle } = await drawIn({ ...house, logged });
      variants.push({ name, expect: 'LIST_INVALID', patch: [{ op: 'replace', path: '', value: bundle }], pin });
    }
    const report = await verifyVectors(JSON.stringify({ pin: good.pin, base: good.bundle, expect: {}, variants }));
    expect(report).toEqual({ lines: ['ok base', ...rules.map(([name]) => `ok ${name}`)], exitCode: 0 });
  });
});
