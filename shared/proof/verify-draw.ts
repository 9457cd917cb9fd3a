// A reader's verification of one draw at any stage: the steps of verification.md 9 but 5, for which it takes a diary (verify.ts).
import type { Head, Note } from './checkpoint.ts';
import { checkResult } from './draw.ts';
import { type Failure, judged, must, type Notice } from './failure.ts';
import { judgeRecords, type Keys, keysOf, type LogRecord } from './keys.ts';
import { type CheckedList, checkList, recordsOf } from './list.ts';
import { checkLock, isMinority } from './lock.ts';
import { type Ack, type Drawn, isBareVoid, isNonce } from './records.ts';
import { opens } from './seal.ts';
import { array, type Checked, type Guard, integer, isObject, isString, object } from './shape.ts';
import { parseJson } from './signature.ts';
import { checkValues } from './values.ts';
import { afresh, checkHead, type Means, type Memory, type Pins, type VerifyOptions } from './verify.ts';

const nullable =
  <T>(guard: Guard<T>): Guard<T | null> =>
  (value): value is T | null =>
    value === null || guard(value);

/** `draw/<draw>.json` of the public tree. Members in the clear repeat what the leaves in `proof` say. */
export const isDrawFile = object(
  {
    v: integer(1, 1),
    draw: isString,
    week: isString,
    stage: isString,
    rule: isObject,
    list: isObject,
    lock: nullable(object({ size: integer(), root: isString, acks: array(isString) })),
    record: nullable(isObject),
    published: array(isString),
    publishedAt: nullable(integer()),
    proof: object({
      checkpoint: isString,
      leaves: array(object({ i: integer(), jws: isString, path: array(isString) })),
      lock: nullable(object({ size: integer(), root: isString, consistency: array(isString), acks: array(isString) })),
    }),
  },
  { reviewDue: nullable(integer()) },
);
export type DrawFile = Checked<typeof isDrawFile>;

/** What holds of a draw. `acks`: those that count, none before the lock; `drawn`: null before the draw and of a void one. */
export type VerifiedDraw = {
  readonly acks: readonly Ack[];
  readonly drawn: Drawn | null;
  readonly voids: readonly { readonly draw: string; readonly reason: string }[];
  readonly notices: readonly Notice[];
  readonly head: Head;
  readonly note: Note;
};

/** The verdict over a draw; `pinned` and `step` as in `Verdict`. */
export type DrawVerdict =
  | ({ readonly ok: true; readonly pinned: boolean } & VerifiedDraw)
  | { readonly ok: false; readonly pinned: boolean; readonly failure: Failure; readonly step: number };

/** What the caller lends; `want` is the draw that was asked for. */
export type DrawOptions = Omit<VerifyOptions, 'want'> & { readonly want?: string };

/** Verifies a draw's file (text or parsed) as far as the draw has come. The first failure stops. Whether the drawn diaries are what
 *  the list says is for their bundles. */
export async function verifyDraw(
  file: unknown,
  pins: Pins,
  memory: Memory = {},
  options: DrawOptions = {},
): Promise<DrawVerdict> {
  const { stated, want, prove, bls, zones, remembered = afresh } = options;
  const organisers = pins.organiser || stated?.organiser;
  const pinned = Boolean(pins.vkey && pins.organiser);
  let step = 0;
  const passed = (next: number): void => {
    for (; step < next; step += 1) options.passed?.(step);
  };
  const verdict = await judged(async (): Promise<VerifiedDraw> => {
    const opened = openFile(file, want, remembered);
    const { records, rule, list, draw, voided, proof } = opened;
    passed(1);
    const head = await checkHead(proof.checkpoint, pins.vkey || stated?.vkey, memory.seen, prove, remembered);
    if (!head.ok && head.problem === 'LOG_REWRITTEN') passed(2);
    if (!head.ok) must(false, head.problem);
    const { note } = head.value;
    passed(2);
    must(!proof.lock || (await remembered.isPrefix(proof.lock, note, proof.lock.consistency)), 'LOG_REWRITTEN');
    passed(3);
    const kids = organisers ? organisers.split(/\s+/) : null;
    const signatures = judgeRecords(records, note.origin, kids, remembered.open);
    must(await remembered.areIncluded(records, proof.leaves, note), 'NOT_IN_LOG');
    passed(4);
    const keys = keysOf(await signatures);
    passed(6);
    const lot = await checkList(records, rule, list, draw ?? voided, zones);
    must(!voided || isBareVoid(voided.payload), 'LIST_INVALID');
    passed(7);
    const acks = await checkLocked(opened, lot, keys);
    passed(8);
    const randomness = draw && (await checkValues(records, lot, list.index, draw.payload, bls));
    if (!draw) await checkNonces(opened, lot);
    passed(9);
    const drawn =
      randomness && (await checkResult({ ...lot.rule, ...lot.list, values: randomness.values }, randomness.draw.drawn));
    passed(10);
    checkPublished(opened, drawn ?? []);
    passed(11);
    const notices: readonly (readonly [Notice, boolean])[] = [
      ['DRAND_UNCHECKED', randomness?.drandUnchecked ?? false],
      ['DRAW_RERUN', lot.voids.length > 0],
      ['FROZEN_EARLY', lot.frozenEarly],
      ['LOCK_MINORITY', isMinority(lot.rule)],
      ['NONCE_NOT_REVEALED', randomness?.nonceMissing ?? false],
      ['VALUE_TO_COMPARE', (randomness?.toCompare.length ?? 0) > 0],
    ];
    return {
      acks,
      drawn,
      voids: lot.voids,
      notices: notices.filter(([, stands]) => stands).map(([notice]) => notice),
      head: { size: head.value.size, root: head.value.root },
      note,
    };
  });
  return verdict.ok ? { ok: true, pinned, ...verdict.value } : { ok: false, pinned, failure: verdict.problem, step };
}

type Opened = Omit<DrawFile, 'draw'> & {
  readonly records: readonly LogRecord[];
  readonly rule: LogRecord;
  readonly list: LogRecord;
  readonly draw: LogRecord | null;
  readonly voided: LogRecord | null;
};

// Step 0: shape and known records, one rule, one list, at most one draw record; what stands in the clear is what the leaves say, and
// the stage is the one that they have reached.
function openFile(given: unknown, want: string | undefined, { read, open }: Means): Opened {
  const file = isString(given) ? parseJson(given) : given;
  malformedUnless(isDrawFile(file) && (want === undefined || want === file.draw));
  const { leaves, lock } = file.proof;
  malformedUnless(leaves.every(({ i }, n) => n === 0 || (leaves[n - 1]?.i ?? 0) < i));
  const records = leaves.map(({ i, jws }) => {
    const record = read(i, jws);
    malformedUnless(record);
    return record;
  });
  const [rule, ...rules] = records.filter(({ typ }) => typ === 'wd-rule+jwt');
  const [list, ...lists] = recordsOf(records, 'wd-list+jwt', file.draw);
  const [record = null, ...more] = recordsOf(records, 'wd-draw+jwt', file.draw);
  malformedUnless(rule && list && rules.length + lists.length + more.length === 0);
  malformedUnless(isSame(file.rule, rule.payload) && file.week === list.payload.week);
  must(isSame(file.list, list.payload), 'LIST_INVALID');
  must(isSame(file.record, record?.payload ?? null), 'DRAW_MISMATCH');
  const acks = lock?.acks.map((jws) => open(jws)?.payload.iss);
  must(isSame(file.lock, lock && { size: lock.size, root: lock.root, acks }), 'LIST_NOT_LOCKED');
  const voided = record?.payload.void === undefined ? null : record;
  const draw = voided ? null : record;
  const stages = voided ? ['void'] : draw ? ['drawn', 'published'] : lock ? ['locked'] : ['frozen'];
  malformedUnless(stages.includes(file.stage));
  return { ...file, records, rule, list, draw, voided };
}

// Step 7: of a draw the lock must hold, before it only counts who has acknowledged so far.
async function checkLocked(
  { list, draw, voided, proof: { lock } }: Opened,
  lot: CheckedList,
  keys: Keys,
): Promise<readonly Ack[]> {
  if (draw) {
    const stated = draw.payload.lock;
    must(lock && isObject(stated) && stated.size === lock.size && stated.root === lock.root, 'LIST_NOT_LOCKED');
    return checkLock(lock.acks, lock, lot, list.index, draw.index, keys);
  }
  const open = { ...lot, rule: { ...lot.rule, min_acks: 0 } };
  return lock ? checkLock(lock.acks, lock, open, list.index, voided?.index ?? Number.POSITIVE_INFINITY, keys) : [];
}

// Step 8 before the draw: what has been revealed opens its commitment.
async function checkNonces({ records, list, proof }: Opened, lot: CheckedList): Promise<void> {
  for (const record of recordsOf(records, 'wd-nonce+jwt', lot.list.draw)) {
    const { payload, index } = record;
    const between = list.index < index && index < (proof.lock?.size ?? Number.POSITIVE_INFINITY);
    must(isNonce(payload) && between, 'RANDOMNESS_INVALID');
    must(await opens(record, lot.seals.get(payload.iss)?.nc), 'RANDOMNESS_INVALID');
  }
}

// Step 10: nothing is published before the draw, and then all that was drawn.
function checkPublished({ stage, published, publishedAt }: Opened, drawn: Drawn): void {
  const whole = drawn.every(({ unit }) => published.includes(unit)) && published.length === drawn.length;
  const isOut = stage === 'published';
  must(isOut === (publishedAt !== null) && (isOut ? whole : published.length === 0), 'DRAWN_NOT_PUBLISHED');
}

/** Whether two JSON values are the same, whatever the order of members. */
function isSame(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((one, n) => isSame(one, b[n]));
  if (!isObject(a) || !isObject(b)) return a === b;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => name in b && isSame(a[name], b[name]));
}

function malformedUnless(holds: unknown): asserts holds {
  must(holds, 'BUNDLE_MALFORMED');
}
