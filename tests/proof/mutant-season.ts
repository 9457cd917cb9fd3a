/** A season in which everything occurs that a bundle can show: a re-run after a void, withholding before the seal, before the list and after the
 *  draw, a drand round, pictures, a late entry, a correction, an unknown kind, a replaced key. */
import { type Bytes, b64, b64u, fromB64u, fromUtf8, utf8 } from '../../shared/base/bytes.ts';
import { sha256Text } from '../../shared/base/digest.ts';
import type { Head } from '../../shared/proof/checkpoint.ts';
import { type ItemToSeal, sealWeek } from '../../shared/proof/make-seal.ts';
import { proposeDraw, proposeList } from '../../shared/proof/propose.ts';
import { consistencyPath } from '../../shared/proof/prove.ts';
import type { Rule } from '../../shared/proof/records.ts';
import { signRecord } from '../../shared/proof/sign.ts';
import type { Bundle, Pins } from '../../shared/proof/verify.ts';
import { round1000 } from '../fixtures/drand-season.ts';
import { deadline, nonceOf, notBefore, rule, Season, season, values, weekEnd } from '../fixtures/season.ts';
import { bundleOf, type Published, seasonPins } from '../fixtures/season-bundle.ts';
import { testKey, vectorText } from '../fixtures/vectors.ts';

/** A bundle with what a reader brings along: pins and the remembered head. */
export interface Original {
  readonly name: string;
  readonly bundle: Bundle;
  readonly pins: Pins;
  readonly seen: Head | undefined;
}

/** The published bundles that are mutated: the base of the vectors, and that of the season, read by somebody who remembers an older head. */
export async function originals(): Promise<readonly Original[]> {
  const { pin, base }: { pin: { vkey: string; orgKid: string }; base: Bundle } = JSON.parse(vectorText('bundles'));
  const { log, published, seen } = await fullSeason();
  return [
    { name: 'vectors', bundle: base, pins: { vkey: pin.vkey, organiser: pin.orgKid }, seen: undefined },
    { name: 'season', bundle: await seenBundle(log, published, seen), pins: await seasonPins(), seen },
  ];
}

/** The season's bundle with the proof for the remembered head. */
export async function seenBundle(log: Season, published: Published, seen: Head): Promise<Bundle> {
  const path = await consistencyPath(seen.size, log.leaves.length, await log.nodes());
  return { ...(await bundleOf(log, published)), seen_consistency: path.map(b64) };
}

/** The log of the season and what its bundle is made of. */
export async function fullSeason() {
  const log = await season();
  await log.enrol('u04', 'leader');
  await log.enrol('u01', 'leader', 'u01b', { old: (await testKey('u01')).kid, why: 'rotation' });
  const ruleIndex = await log.log('wd-rule+jwt', { ...rule, ...fullRule }, 'org');
  await log.seal('u02');
  const seal = await sealed();
  const own = { ...seal, index: log.append(seal.jws) };
  await log.seal('u03');
  const hold = { seal: own.hash, ground: 'privacy', basis: '《中华人民共和国政府信息公开条例》第十五条' } as const;
  await log.log('wd-hold+jwt', { ...hold, iss: 'u01', iat: weekEnd, item: 5 }, 'u01b');

  const issues = new Map([
    ['ssq', { issue: '2026134', not_before: notBefore }],
    ['quicknet', { issue: round1000.round, not_before: notBefore }],
  ]);
  const propose = async (iat: number) => {
    const wish = { iss: 'org', iat, week: '2026-W47', away: new Map(), issues };
    const made = await proposeList((await log.read()).records, wish);
    if (!made.ok) throw new Error(made.problem.code);
    return { ...made.value.list, rest: [{ unit: 'u03', last: '2026-W46' }] };
  };
  const first = await log.log('wd-list+jwt', await propose(deadline - 60), 'org');
  const seen = await log.head();
  const end = { iss: 'org', iat: deadline + 30, draw: 'd-2026-w47', list: first, void: '开奖取消' };
  await log.log('wd-draw+jwt', end, 'org');
  const list = await log.log('wd-list+jwt', await propose(deadline + 60), 'org');
  await log.reveal('u02', 'd-2026-w47-r2');
  await log.log(
    'wd-nonce+jwt',
    { iss: 'u01', draw: 'd-2026-w47-r2', nonce: b64u(await nonceOf('u01')), iat: deadline + 120 },
    'u01b',
  );
  const lock = await log.head();
  const given = [
    ...values,
    {
      kind: 'drand',
      name: 'quicknet',
      issue: round1000.round,
      value: round1000.randomness,
      sig: round1000.signature,
    } as const,
  ];
  const drawn = await proposeDraw((await log.read()).records, list, lock, given, { iss: 'org', iat: notBefore + 60 });
  if (!drawn.ok) throw new Error(drawn.problem);
  await log.log('wd-draw+jwt', drawn.value, 'org');
  await log.log('wd-hold+jwt', { ...hold, iss: 'rev1', iat: notBefore + 90, item: 6 }, 'rev1');
  const published: Published = {
    draw: 'd-2026-w47-r2',
    rule: ruleIndex,
    seal: { ...own, disclosures: own.disclosures.filter((_, n) => ![4, 5, 6].includes(n)) },
    lock,
    acks: await Promise.all(['u01', 'u02', 'u03'].map((unit) => ackOf(unit, lock))),
    published: drawn.value.drawn.map(({ unit }) => unit),
  };
  return { log, published, seen };
}

/** The acknowledgement of a unit; u01 has another key. */
export const ackOf = async (unit: string, { size, root }: Head): Promise<string> =>
  signRecord('wd-ack+jwt', { iss: unit, iat: deadline + 300, size, root }, await testKey(signerOf(unit)));

const signerOf = (unit: string): string => (unit === 'u01' ? 'u01b' : unit);

const fullRule: Partial<Rule> = {
  roll: [
    { unit: 'u01', stratum: 'a' },
    { unit: 'u02', stratum: 'a' },
    { unit: 'u03', stratum: 'b' },
    { unit: 'u04', stratum: 'b' },
  ],
  strata: [
    { id: 'a', seats: 2 },
    { id: 'b', seats: 1 },
  ],
  sources: [
    { kind: 'nonces', name: 'units' },
    { kind: 'lottery', name: 'ssq' },
    { kind: 'drand', name: 'quicknet' },
  ],
};

async function sealed() {
  const salt = async (name: string): Promise<Bytes> => (await sha256Text(`salt ${name}`)).slice(0, 16);
  const made = await sealWeek(
    {
      iss: 'u01',
      iat: weekEnd - 3600,
      week: '2026-W47',
      rev: 1,
      zone: 'Asia/Shanghai',
      nonce: await nonceOf('u01'),
      coverSalt: await salt('cover'),
      items: await Promise.all(items.map(async (item, n) => ({ ...item, salt: await salt(`item ${n}`) }))),
    },
    await testKey('u01b'),
  );
  if (!made.ok) throw new Error(made.problem);
  return made.value;
}

const at = (day: string, start: string, end: string) =>
  ({ kind: 'entry', day, start: `${day}T${start}`, end: `${day}T${end}` }) as const;
const image = (sha256: string, alt: string) => ({ sha256, type: 'image/webp', width: 640, height: 480, alt }) as const;
// Members of a later version are covered by the signature and never shown.
const later = { weather: 'rain', mood: 3 };

const items: readonly Omit<ItemToSeal, 'salt'>[] = [
  { kind: 'title', item: { text: '桥这头，桥那头' } },
  {
    ...at('2026-11-16', '08:30', '10:00'),
    ...later,
    category: 'fieldVisit',
    mode: 'collective',
    item: {
      ...later,
      text: '到柳湾村看临时便桥。',
      place: '柳湾村渡口',
      detail: '便桥限载三吨。\n护栏低于规定。',
      thinking: '工期表上的一天，是学生早起的四十分钟。',
      result: '护栏当天加高。',
      next: '周四前拿出夜间照明方案。',
      threads: [
        { id: 'old-bridge', name: '河西老桥加固' },
        { id: 'school-bus', name: '校车改线' },
      ],
      images: [image('a'.repeat(64), '护栏加高前'), image('b'.repeat(64), '护栏加高后')],
    },
  },
  { ...at('2026-11-12', '14:00', '15:00'), lateFor: '2026-W46', item: { text: '上周四的信访接待，补录。' } },
  {
    ...at('2026-11-17', '09:00', '09:00'),
    corrects: { item: 2, seal: 's'.repeat(43) },
    item: { text: '更正：会议是九点。' },
  },
  {
    ...at('2026-11-18', '09:00', '11:00'),
    hold: { ground: 'state-secret', basis: '《中华人民共和国政府信息公开条例》第十四条' },
    item: { text: '涉密。' },
  },
  { ...at('2026-11-19', '10:00', '10:50'), mode: 'focused', item: { text: '接待一户人家。' } },
  { ...at('2026-11-20', '16:00', '17:00'), item: { text: '谈一家企业的方案。' } },
  { kind: 'review', day: '2026-11-18', item: { text: '今天会多。' } },
  { kind: 'review', item: { text: '这一周桥占了一半时间。' } },
  { kind: 'appendix', item: { text: '以后的版本才认识的一条。' } },
];

/** The leaf at `index` becomes `leaf`, and the rest of the log is made to fit: the lock, the draw record, acknowledgements, every proof and the
 *  signature of the checkpoint. All that a server could do that holds the keys of the log, the organiser and the devices. */
export async function withLeaf(
  { log, published, seen }: Awaited<ReturnType<typeof fullSeason>>,
  index: number,
  leaf: string,
): Promise<{ readonly log: Season; readonly bundle: Bundle }> {
  const changed = new Season();
  changed.leaves.push(...log.leaves.with(index, leaf));
  const { lock, seal } = published;
  const head = await changed.head(lock.size);
  if (index < lock.size) {
    const record = JSON.parse(textOf((log.leaves[lock.size] ?? '').split('.')[1]));
    changed.leaves[lock.size] = await signRecord('wd-draw+jwt', { ...record, lock: head }, await testKey('org'));
  }
  const acks = await Promise.all(['u01', 'u02', 'u03'].map((unit) => ackOf(unit, head)));
  const own = index === seal.index ? { ...seal, jws: leaf } : seal;
  return { log: changed, bundle: await seenBundle(changed, { ...published, seal: own, lock: head, acks }, seen) };
}

/** The text of a part of a record. */
export const textOf = (part = ''): string => fromUtf8(fromB64u(part) ?? utf8('')) ?? '';
