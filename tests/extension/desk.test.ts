/** What the desk judges and composes before anything is sent: rules, lists, numbers, moves, masks, links, and where a draw stands. */
import { expect, test } from 'vitest';
import { fingerprintOf, keyBefore, keyRecordOf, readInvitationLink } from '../../extension/commands/accounts.ts';
import { judgeRule, listOf, type RuleInput } from '../../extension/commands/draws.ts';
import { readValue } from '../../extension/commands/lottery.ts';
import { clockOf } from '../../extension/screens/desk/clock-field.tsx';
import { firstPageOf, menuOf } from '../../extension/screens/desk/menu.ts';
import { hrefOf, routeOf } from '../../extension/screens/desk/route.ts';
import { instantAt } from '../../extension/screens/desk/use-desk.ts';
import { weekOfDraw } from '../../extension/screens/diaries/week-of-draw.ts';
import { weeksToFreeze } from '../../extension/screens/draws/freeze-form.tsx';
import { closeOf, closeParts } from '../../extension/screens/draws/rule-text.ts';
import { type Situation, type StepId, situationOf, stepsOf } from '../../extension/screens/draws/situation.ts';
import { wholeSpan, withSpan } from '../../extension/screens/moderation/masking.ts';
import { blankMove, moveOf } from '../../extension/screens/tickets/move.ts';
import { blankProfile } from '../../extension/store/database.ts';
import type { DrawRow, Freeze } from '../../shared/api/draws.ts';
import { Refusal } from '../../shared/api/refusal.ts';
import { requiredFor } from '../../shared/feedback/allowed.ts';
import { moves } from '../../shared/feedback/ticket.ts';
import { type Grant, grantFor, type Role } from '../../shared/organisation/role.ts';
import { judged } from '../../shared/proof/failure.ts';
import { checkList } from '../../shared/proof/list.ts';
import { signPossession } from '../../shared/proof/sign.ts';
import { deadline, notBefore, origin, season, rule as seasonRule } from '../fixtures/season.ts';
import { testKey } from '../fixtures/vectors.ts';

const { iss: _, iat: __, ...seasonInput } = seasonRule;
const rule: RuleInput = seasonInput;

test('the rule of a season can be followed', () => {
  expect(judgeRule(rule)).toEqual({ ok: true, value: rule });
});

// Limits of verification.md 7.1, and that a group without units or a rule without seats draws nobody.
test.each<[string, Partial<RuleInput>]>([
  ['ROLL_EMPTY', { roll: [] }],
  ['STRATUM_EMPTY', { strata: [...rule.strata, { id: 'c', seats: 1 }] }],
  ['SEATS_WRONG', { strata: rule.strata.map(({ id }) => ({ id, seats: Number.NaN })) }],
  ['SEATS_NONE', { strata: rule.strata.map(({ id }) => ({ id, seats: 0 })) }],
  ['WINDOW_WRONG', { window: -1 }],
  ['ACKS_WRONG', { min_acks: 4 }],
  ['ACKS_WRONG', { min_acks: 0 }],
  ['CLOSE_WRONG', { close: 10_081 }],
  ['CLOSE_WRONG', { close: Number.NaN }],
  ['SOURCE_NAME', { sources: [{ kind: 'nonces', name: 'units' }] }],
  ['SOURCE_NAME', { sources: [{ kind: 'lottery', name: ' ' }] }],
])('%s is said of a rule that has it', (problem, change) => {
  expect(judgeRule({ ...rule, ...change })).toEqual({ ok: false, problem });
});

test.each([
  [720, 1, '12:00'],
  [0, 1, '00:00'],
  [1440 * 6 + 61, 7, '01:01'],
])('a deadline of %i minutes is day %i at %s, and back', (close, weekday, time) => {
  expect(closeParts(close)).toEqual({ weekday, time });
  expect(closeOf(weekday, time)).toBe(close);
});

async function frozenSeason() {
  const log = await season();
  const seals = [await log.seal('u01'), await log.seal('u02')];
  const { records } = await log.read();
  const ruleIndex = records.find(({ typ }) => typ === 'wd-rule+jwt')?.index ?? -1;
  const freeze: Freeze = {
    draw: 'd-2026-w47',
    week: '2026-W47',
    rule: ruleIndex,
    deadline,
    list: seals.map(({ index, hash }, n) => ({ i: index, seal: hash, unit: `u0${n + 1}` })),
    absent: [{ unit: 'u03', why: 'none' }],
    rest: [],
    sources: [
      { kind: 'nonces', name: 'units' },
      { kind: 'lottery', name: 'ssq' },
    ],
  };
  return { log, freeze };
}

test('a list that the desk composes is one that readers find valid', async () => {
  const { log, freeze } = await frozenSeason();
  const wish = {
    away: new Map([['u03', 'leave' as const]]),
    issues: new Map([['ssq', { issue: ' 2026134 ', notBefore }]]),
  };
  const list = listOf(freeze, wish, 'org', deadline + 60);
  if (!list.ok) throw new Error(list.problem.code);
  expect(list.value.absent).toEqual([{ unit: 'u03', why: 'leave' }]);
  expect(list.value.sources).toEqual([
    { kind: 'nonces', name: 'units' },
    { kind: 'lottery', name: 'ssq', issue: '2026134', not_before: notBefore },
  ]);
  const index = await log.log('wd-list+jwt', list.value, 'org');
  const { records, findings } = await log.read();
  expect(findings).toEqual([]);
  const ruleRecord = records.find((record) => record.index === freeze.rule);
  const listRecord = records.find((record) => record.index === index);
  if (ruleRecord === undefined || listRecord === undefined) throw new Error('not logged');
  const after = { ...listRecord, index: index + 1, typ: 'wd-draw+jwt', payload: { list: index } };
  expect(await judged(() => checkList(records, ruleRecord, listRecord, after))).toMatchObject({ ok: true });
});

test.each([
  ['ISSUE_MISSING', '', notBefore],
  ['NOT_BEFORE_MISSING', '2026134', null],
  ['NOT_BEFORE_PASSED', '2026134', deadline],
])('%s keeps a list from being signed', async (code, issue, value) => {
  const { freeze } = await frozenSeason();
  const wish = { away: new Map(), issues: new Map([['ssq', { issue, notBefore: value }]]) };
  expect(listOf(freeze, wish, 'org', deadline + 60)).toEqual({ ok: false, problem: { code, source: 'ssq' } });
});

// verification.md 7.5: an array of integers whose order does not matter, or a text in which it does.
test.each([
  ['02 05 08 10 12 30 14', [2, 5, 8, 10, 12, 30, 14]],
  ['02，05、08；10', [2, 5, 8, 10]],
  ['０２　０５', [2, 5]],
  ['357', '357'],
  [' 3-5-7 ', '3-5-7'],
  ['deadBEEF01', 'deadBEEF01'],
])('the numbers %j are read as %j', (typed, value) => {
  expect(readValue(typed)).toEqual({ ok: true, value });
});
test.each([
  ['', 'VALUE_MISSING'],
  [' ， ', 'VALUE_MISSING'],
  ['02 五', 'VALUE_UNREADABLE'],
  ['2.5 3', 'VALUE_UNREADABLE'],
  ['三五七', 'VALUE_UNREADABLE'],
])('the numbers %j are not read: %s', (typed, problem) => {
  expect(readValue(typed)).toEqual({ ok: false, problem });
});

test.each([
  ['21:15', '21:15'],
  ['9:05', '09:05'],
  ['21：15', '21:15'],
  ['2115', '21:15'],
  ['9.30', '09:30'],
  ['24:00', null],
  ['21:60', null],
  ['915', null],
])('the time %j is %j', (typed, time) => {
  expect(clockOf(typed)).toBe(time);
});

test('the instant of a lot is reckoned in the zone of the organisation', () => {
  expect(instantAt('2026-11-24', '21:15', 'Asia/Shanghai')).toBe(Date.UTC(2026, 10, 24, 13, 15) / 1000);
  expect(instantAt('', '21:15', 'Asia/Shanghai')).toBeNull();
});

const row: DrawRow = {
  draw: 'd-2026-w47',
  week: '2026-W47',
  stage: 'frozen',
  rule: 5,
  list: 8,
  record: null,
  frozenAt: deadline + 60,
  candidates: [
    { unit: 'u01', i: 6, seal: 'x' },
    { unit: 'u02', i: 7, seal: 'y' },
  ],
  absent: [],
  rest: [],
  sources: [
    { kind: 'nonces', name: 'units' },
    { kind: 'lottery', name: 'ssq', issue: '2026134', not_before: notBefore },
    { kind: 'stage', name: 'hall', issue: '1', not_before: notBefore + 3600 },
  ],
  minAcks: 2,
  nonces: [],
  lock: null,
  acks: [],
  drawn: null,
  voidReason: null,
  publishedAt: null,
  review: null,
  history: [],
};
const lock = { size: 11, root: 'r', at: deadline + 600 };
const both = ['u01', 'u02'];

test.each<[string, Partial<DrawRow>, number, Situation, StepId]>([
  ['nonces arrive', {}, notBefore - 1, 'collecting', 'nonces'],
  ['all nonces are there', { nonces: both }, notBefore - 1, 'collecting', 'lock'],
  ['the lot came before the lock', { nonces: both }, notBefore, 'late', 'lock'],
  ['devices acknowledge', { stage: 'locked', lock, acks: ['u01'] }, notBefore - 1, 'witnessing', 'acks'],
  ['enough have acknowledged', { stage: 'locked', lock, acks: both }, notBefore - 1, 'witnessing', 'values'],
  ['the first of two sources is out', { stage: 'locked', lock, acks: both }, notBefore, 'witnessing', 'values'],
  ['too few when the lot came', { stage: 'locked', lock, acks: ['u01'] }, notBefore, 'short', 'acks'],
  ['all sources are out', { stage: 'locked', lock, acks: both }, notBefore + 3600, 'values', 'draw'],
  ['there is a result', { stage: 'drawn', lock, acks: both, record: 12 }, notBefore + 4000, 'drawn', 'review'],
])('when %s the draw stands there, and one step is under way', (_when, change, now, situation, current) => {
  const changed = { ...row, ...change };
  expect(situationOf(changed, now)).toBe(situation);
  const steps = stepsOf(changed, true, now);
  expect(steps.filter(({ state }) => state === 'current').map(({ id }) => id)).toEqual([current]);
  const at = steps.findIndex(({ id }) => id === current);
  expect(steps.slice(0, at).every(({ state }) => state === 'done')).toBe(true);
  expect(steps.slice(at + 1).every(({ state }) => state === 'waiting')).toBe(true);
});

test('a draw without nonces has no step for them; a published one is done, a void one goes no further', () => {
  const sources = row.sources.slice(1);
  expect(stepsOf({ ...row, sources }, true, deadline).map(({ id }) => id)).not.toContain('nonces');
  expect(stepsOf({ ...row, stage: 'published' }, true, deadline).every(({ state }) => state === 'done')).toBe(true);
  expect(stepsOf({ ...row, stage: 'void' }, true, deadline).some(({ state }) => state === 'current')).toBe(false);
});

test('only weeks that are over and have no draw that stands can be frozen, the last one first', () => {
  const rows = [
    { week: '2026-W46', stage: 'published' as const },
    { week: '2026-W45', stage: 'void' as const },
  ];
  expect(weeksToFreeze('2026-W48', rows).slice(0, 3)).toEqual(['2026-W47', '2026-W45', '2026-W44']);
  expect(weeksToFreeze('2027-W01', [])[0]).toBe('2026-W53');
});

test('every move of the table can be sent once its members are there, and names what is missing before', () => {
  for (const { from, to, by } of moves) {
    const records = by.includes('moderator');
    const empty = moveOf(from, to, blankMove(), null, null, records);
    const needs = requiredFor(from, to).filter((member) => !['public', 'firstContact', 'followUp'].includes(member));
    expect(empty.missing).toEqual(expect.arrayContaining(needs));
    const typed = {
      ...blankMove(),
      unit: 'u01',
      date: '2026-12-01',
      into: '2026-0001',
      resolutionKind: 'fixed' as const,
      rootCause: 'workGap' as const,
      heard: 'unsolved' as const,
    };
    const full = moveOf(from, to, typed, '说明', null, records);
    if (records || !requiredFor(from, to).includes('followUp')) expect(full.missing).toEqual([]);
    if (requiredFor(from, to).includes('public')) expect(full.move.public).toBe(true);
    if (!needs.includes('unit')) expect(full.move.unit).toBeUndefined();
  }
});

test('an organiser who puts a ticket under supervision records no answer of the reader', () => {
  expect(moveOf('replied', 'supervised', blankMove(), null, null, false).move.followUp).toBe(undefined);
});

test('masks are joined, keep their order and cut no character in half', () => {
  expect(withSpan([[4, 8]], [0, 4])).toEqual([[0, 8]]);
  expect(withSpan([[6, 8]], [0, 4])).toEqual([
    [0, 4],
    [6, 8],
  ]);
  expect(withSpan([[6, 8]], [3, 3])).toEqual([[6, 8]]);
  expect(wholeSpan('一😀二', 2, 3)).toEqual([1, 3]);
  expect(wholeSpan('一😀二', 1, 2)).toEqual([1, 3]);
});

test.each([
  ['https://diary.example/enrol#E8FF-1QMP-NQGB', 'https://diary.example', 'E8FF-1QMP-NQGB'],
  ['  https://a.example/sundial/enrol#E8FF-\n1QMP-NQGB ', 'https://a.example/sundial', 'E8FF-1QMP-NQGB'],
  ['邀请链接：http://10.0.0.8:8787/enrol#E8FF-1QMP-NQGB，72小时内有效。', 'http://10.0.0.8:8787', 'E8FF-1QMP-NQGB'],
])('the link %j is read, blanks of a mail program and other words left out', (text, address, code) => {
  expect(readInvitationLink(text)).toEqual({ ok: true, value: { address, code } });
});
test.each([
  '',
  'E8FF-1QMP-NQGB',
  'https://diary.example/enrol',
  'ftp://diary.example/enrol#E8FF-1QMP',
  'https://d/#E8FF1QMP',
])('the link %j is not whole', (text) => {
  expect(readInvitationLink(text)).toEqual({ ok: false, problem: 'LINK_UNREADABLE' });
});

test('a fingerprint is the first 16 characters of a kid in fours', () => {
  expect(fingerprintOf('JGrJ8mDg76bxKrO_AAAAAAAAAAAAAAAAAAAAAAAAAAA')).toEqual(['JGrJ', '8mDg', '76bx', 'KrO_']);
});

test('the first key of a unit needs no reason; the next one names it and ends the one before', async () => {
  const log = await season();
  const { keys } = await log.read();
  const key = await testKey('u01 second');
  const pop = await signPossession(origin, 'u01', deadline, key);
  const claim = { role: 'leader' as const, actor: 'u01', jwk: key.jwk, pop };
  expect(() => keyRecordOf(claim, keys, null, 'org', deadline)).toThrow(Refusal);
  const record = keyRecordOf(claim, keys, 'rotation', 'org', deadline);
  expect(record).toMatchObject({ why: 'rotation', old: keyBefore(keys, 'u01', 'leader')?.kid });
  await log.log('wd-key+jwt', record, 'org');
  const after = await log.read();
  expect(after.findings).toEqual([]);
  expect(keyBefore(after.keys, 'u01', 'leader')?.kid).toBe(key.kid);
  const fresh = { ...claim, actor: 'u09', pop: await signPossession(origin, 'u09', deadline, key) };
  expect(keyRecordOf(fresh, keys, null, 'org', deadline)).not.toHaveProperty('why');
});

const grant = (role: Role, unit: string | null = null): Grant => ({ role, unit, actor: role });
const pagesOf = (grants: readonly Grant[], state: 'active' | 'claimed' | null) =>
  menuOf({
    profile: { ...blankProfile, device: state === null ? null : { id: 'd', kid: 'k', state } },
    may: (action) => grantFor(grants, action) !== null,
  }).map(({ page }) => page);

/** What stands on this device alone, and needs nobody. */
const local = ['week', 'threads', 'search', 'my-time', 'portrait'];

test('the menu shows what the roles may do; a person with several sees all of it', () => {
  expect(pagesOf([], null)).toEqual(['enrol', ...local, 'files', 'settings']);
  expect(pagesOf([grant('leader', 'u01')], 'claimed')).toEqual(['enrol', ...local, 'files', 'settings']);
  expect(pagesOf([grant('leader', 'u01')], 'active')).toEqual([
    'home',
    ...local,
    'diaries',
    'draws',
    'files',
    'settings',
  ]);
  expect(pagesOf([grant('organiser')], 'active')).toEqual([
    'home',
    'plan',
    'draws',
    'tickets',
    'rates',
    'dossiers',
    'people',
    'organisation',
    'audit',
    'settings',
  ]);
  expect(pagesOf([grant('moderator')], 'active')).toEqual([
    'home',
    'draws',
    'moderation',
    'tickets',
    'rates',
    'settings',
  ]);
  expect(pagesOf([grant('leader', 'u01'), grant('handler', 'u01'), grant('organiser')], 'active')).toEqual([
    'home',
    ...local,
    'diaries',
    'plan',
    'draws',
    'tickets',
    'rates',
    'dossiers',
    'people',
    'organisation',
    'audit',
    'files',
    'settings',
  ]);
});

test('the desk opens with what waits; a leader with no other role begins with the week', () => {
  const first = (grants: readonly Grant[], state: 'active' | 'claimed') =>
    firstPageOf({
      profile: { ...blankProfile, device: { id: 'd', kid: 'k', state } },
      grants,
      may: (action) => grantFor(grants, action) !== null,
    });
  expect(first([grant('moderator')], 'active')).toBe('home');
  expect(first([grant('leader', 'u01'), grant('handler', 'u01')], 'active')).toBe('home');
  expect(first([grant('leader', 'u01')], 'active')).toBe('week');
  expect(first([grant('leader', 'u01')], 'claimed')).toBe('enrol');
});

test('an address names a page and its parts, and survives odd ones', () => {
  expect(routeOf(hrefOf('tickets', '2026-0012'))).toEqual(['tickets', '2026-0012']);
  expect(routeOf('#/')).toEqual([]);
  expect(routeOf('')).toEqual([]);
  expect(routeOf('#/a%/b')).toEqual(['a%', 'b']);
  expect(weekOfDraw('d-2026-w47-r2')).toBe('2026-W47');
});
