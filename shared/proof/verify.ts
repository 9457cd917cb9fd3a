// A reader's verification of one published diary: steps 0 to 10 of verification.md 9. Nothing is taken on trust but the pins.
import { b64 } from '../base/bytes.ts';
import { fail, ok, type Result } from '../base/result.ts';
import { type Head, type Note, noteVerifies, parseNote, parseVkey, type Vkey } from './checkpoint.ts';
import { checkResult } from './draw.ts';
import { type Failure, judged, must, type Notice } from './failure.ts';
import { hashOfLeaf, type JudgedRecords, judgeRecords, type Keys, keysOf, type LogRecord, readRecord } from './keys.ts';
import { type CheckedList, checkList, recordsOf, type Zones } from './list.ts';
import { checkLock, isMinority } from './lock.ts';
import type { Ack, Draw, Drawn } from './records.ts';
import { type Diary, hashOfSeal, readDiary, type ShownItem } from './seal.ts';
import { array, type Checked, integer, isObject, isString, object } from './shape.ts';
import { type Jws, openJws, parseJson } from './signature.ts';
import { hashOf, rootOfPaths, verifyConsistency } from './tree.ts';
import { type Bls, type CheckedValues, checkValues } from './values.ts';

const isBundle = object(
  {
    v: integer(1, 1),
    checkpoint: isString,
    want: object({ draw: isString, unit: isString }),
    diary: isString,
    leaves: array(object({ i: integer(), jws: isString, path: array(isString) })),
    lock: object({ size: integer(), root: isString, consistency: array(isString), acks: array(isString) }),
    published: array(isString),
  },
  { seen_consistency: array(isString) },
);

/** What a page loads for one diary (section 8). */
export type Bundle = Checked<typeof isBundle>;

/** Verifier keys and kids of leaf 0, each one or two, separated by a blank. Without either the result is not pinned. */
export type Pins = { readonly vkey?: string | null | undefined; readonly organiser?: string | null | undefined };

/** The head of this origin that the reader remembers. */
export type Memory = { readonly seen?: Head | undefined };

/** Finds a proof that `first` is a prefix of `second`, for instance from tiles of the larger; null when it cannot. */
export type Prover = (first: Head, second: Head) => Promise<readonly string[] | null>;

/** How leaves and other records are taken apart, and how their places in the tree are checked. Over many bundles of one log most has
 *  been done before (remembered.ts). */
export type Means = {
  readonly open: (jws: string) => Jws | null;
  readonly read: (index: number, leaf: string) => LogRecord | null;
  readonly isSigned: typeof isSigned;
  readonly isPrefix: typeof isPrefix;
  readonly areIncluded: typeof areIncluded;
};

/** What the caller lends. `stated`: what the server says of itself, used where the page pins nothing. `want`: what was
 *  asked for. `remembered`: for many bundles of one log. `passed` is called after each step, 0–10. */
export type VerifyOptions = {
  readonly stated?: Pins;
  readonly want?: { readonly draw: string; readonly unit: string };
  readonly prove?: Prover;
  readonly bls?: Bls;
  readonly zones?: Zones;
  readonly remembered?: Means;
  readonly passed?: (step: number) => void;
};

/** A diary that verifies. Times are Unix seconds; `sealedAt` is the device's word, `notLaterThan` the latest counted
 *  acknowledgement (null only where the rule asks for none); `head` is what to remember. */
export type VerifiedDiary = {
  readonly items: readonly ShownItem[];
  readonly zone: string;
  readonly week: string;
  readonly seal: string;
  readonly sealIndex: number;
  readonly sealedAt: number;
  readonly notLaterThan: number | null;
  readonly notices: readonly Notice[];
  readonly drawn: Drawn;
  readonly values: readonly Draw['values'][number][];
  readonly voids: readonly { readonly draw: string; readonly reason: string }[];
  readonly acks: readonly string[];
  readonly head: Head;
  readonly note: Note;
};

/** The verdict over a bundle; `pinned` says whether the page fixed both keys: without, success is amber, never a tick. */
export type Verdict =
  | ({ readonly ok: true; readonly pinned: boolean } & VerifiedDiary)
  | { readonly ok: false; readonly pinned: boolean; readonly failure: Failure; readonly step: number };

/** Verifies a bundle (text or parsed): one line for each step of section 9. The first failure stops; `step` says where. */
export async function verifyBundle(
  bundle: unknown,
  pins: Pins,
  memory: Memory = {},
  options: VerifyOptions = {},
): Promise<Verdict> {
  const { stated, want, prove, bls, zones, remembered = afresh } = options;
  const pinned = Boolean(pins.vkey && pins.organiser);
  const vkeys = pins.vkey || stated?.vkey;
  const organisers = pins.organiser || stated?.organiser;
  let step = 0;
  const pass = async <T>(check: T | Promise<T>): Promise<T> => {
    const found = await check;
    options.passed?.(step);
    step += 1;
    return found;
  };
  const verdict = await judged(async (): Promise<VerifiedDiary> => {
    const opened = await pass(openBundle(bundle, want, remembered));
    const note = readNote(opened.checkpoint);
    // Hashes and signatures take longest, so all are begun here, side by side; what they show is judged in its turn.
    const noteSigned = remembered.isSigned(note, vkeys);
    const kids = organisers ? organisers.split(/\s+/) : null;
    const signatures = judgeRecords(opened.records, note.origin, kids, remembered.open);
    const lockIsPrefix = remembered.isPrefix(opened.lock, note, opened.lock.consistency);
    const included = remembered.areIncluded(opened.records, opened.leaves, note);
    await pass(checkNote(noteSigned));
    const head = await pass(checkHistory(opened, note, lockIsPrefix, remembered, memory.seen, prove));
    const seal = await pass(checkInclusion(opened, included));
    const keys = await pass(checkSignatures(signatures));
    const diary = await pass(checkDiary(opened, seal, keys));
    const lot = await pass(checkCandidates(opened, seal, diary, zones));
    const acks = await pass(checkLocked(opened, lot, keys));
    const randomness = await pass(checkRandomness(opened, lot, bls));
    const drawn = await pass(checkDrawn(opened, lot, randomness));
    await pass(checkPublished(opened, drawn));
    return {
      items: diary.items,
      zone: diary.zone,
      week: lot.list.week,
      seal: diary.hash,
      sealIndex: seal.index,
      sealedAt: seal.iat,
      notLaterThan: acks.length > 0 ? Math.max(...acks.map(({ iat }) => iat)) : null,
      notices: noticesOf(opened, seal, keys, diary, lot, randomness),
      drawn,
      values: randomness.draw.values,
      voids: lot.voids,
      acks: acks.map(({ iss }) => iss).sort(),
      head,
      note,
    };
  });
  return verdict.ok ? { ok: true, pinned, ...verdict.value } : { ok: false, pinned, failure: verdict.problem, step };
}

/** Checks a fetched checkpoint against the pins and the remembered head (steps 1 and 2 for `<prefix>/checkpoint`): the head
 *  to remember, never smaller than the one before. */
export async function checkHead(
  checkpoint: string,
  vkeys: string | null | undefined,
  seen?: Head,
  prove?: Prover,
  remembered = afresh,
): Promise<Result<Head & { readonly note: Note }, Failure>> {
  const verdict = await judged(async () => {
    const note = readNote(checkpoint);
    await checkNote(remembered.isSigned(note, vkeys));
    must(await agrees(note, seen, [], prove, remembered), 'LOG_REWRITTEN');
    return { ...larger(note, seen), note };
  });
  return verdict.ok ? ok(verdict.value) : fail(verdict.problem);
}

/** Whether `first` is a prefix of `second`, by a proof in base64. */
export async function isPrefix(first: Head, second: Head, proof: readonly string[]): Promise<boolean> {
  const [firstRoot, secondRoot, ...path] = [first.root, second.root, ...proof].map((hash) => hashOf(hash));
  const nodes = path.flatMap((hash) => hash ?? []);
  if (!firstRoot || !secondRoot || nodes.length < proof.length) return false;
  return verifyConsistency(first.size, second.size, firstRoot, secondRoot, nodes);
}

/** Whether every leaf's path leads to the head; `records` are those of the leaves. */
export async function areIncluded(
  records: readonly LogRecord[],
  leaves: Bundle['leaves'],
  { size, root }: Head,
): Promise<boolean> {
  const hashed = records.map(async (record, n) => {
    return { index: record.index, hash: await hashOfLeaf(record), path: leaves[n]?.path ?? [] };
  });
  const reached = await rootOfPaths(await Promise.all(hashed), size);
  return reached !== null && b64(reached) === root;
}

/** The keys behind a pin attribute; texts that are no vkey are left out. */
export async function parseVkeys(pin: string): Promise<readonly Vkey[]> {
  const vkeys = await Promise.all(pin.split(/\s+/).map(parseVkey));
  return vkeys.flatMap((vkey) => vkey ?? []);
}

type Opened = Bundle & {
  readonly records: readonly LogRecord[];
  readonly rule: LogRecord;
  readonly list: LogRecord;
  readonly draw: LogRecord;
  readonly seal: string;
  readonly disclosures: readonly string[];
};
type HashedDiary = Diary & { readonly hash: string };

// Step 0: shape, JSON, known kinds of records; one rule, one list and one draw, not void, of what was asked for.
function openBundle(given: unknown, asked: VerifyOptions['want'], { read, open }: Means): Opened {
  const bundle = isString(given) ? parseJson(given) : given;
  malformedUnless(isBundle(bundle));
  const { want, leaves } = bundle;
  malformedUnless(!asked || (asked.draw === want.draw && asked.unit === want.unit));
  malformedUnless(leaves.every(({ i }, n) => n === 0 || (leaves[n - 1]?.i ?? 0) < i));
  const records = leaves.map(({ i, jws }) => {
    const record = read(i, jws);
    malformedUnless(record);
    return record;
  });
  const rule = theOnly(records.filter(({ typ }) => typ === 'wd-rule+jwt'));
  const list = theOnly(recordsOf(records, 'wd-list+jwt', want.draw));
  const draw = theOnly(recordsOf(records, 'wd-draw+jwt', want.draw));
  const [seal = '', ...disclosures] = bundle.diary.split('~');
  const opened = open(seal);
  malformedUnless(draw.payload.void === undefined && disclosures.pop() === '' && opened?.typ === 'wd-seal+sd-jwt');
  malformedUnless(opened.payload.iss === want.unit && opened.payload.week === list.payload.week);
  return { ...bundle, records, rule, list, draw, seal, disclosures };
}

// Step 1: grammar of the note, and its signature by a pinned key. Without any vkey only the grammar can be checked.
const checkNote = async (signed: Promise<boolean>): Promise<void> => must(await signed, 'CHECKPOINT_INVALID');

function readNote(checkpoint: string): Note {
  const note = parseNote(checkpoint);
  must(note, 'CHECKPOINT_INVALID');
  return note;
}

/** Whether the note is signed by a key of the pin; true where nothing is pinned. */
export const isSigned = async (note: Note, pin: string | null | undefined): Promise<boolean> =>
  !pin || noteVerifies(note, await parseVkeys(pin));

/** Remembers nothing: for a reader with one bundle. */
export const afresh: Means = { open: openJws, read: readRecord, isSigned, isPrefix, areIncluded };

// Step 2: the lock's head is a prefix of the checkpoint, and so is the remembered head, or the other way round. Gives the head
// to remember.
async function checkHistory(
  { seen_consistency = [] }: Opened,
  note: Note,
  lockIsPrefix: Promise<boolean>,
  remembered: Means,
  seen?: Head,
  prove?: Prover,
): Promise<Head> {
  must(await lockIsPrefix, 'LOG_REWRITTEN');
  must(await agrees(note, seen, seen_consistency, prove, remembered), 'LOG_REWRITTEN');
  return larger(note, seen);
}

// Step 3: every leaf is in the log, and the diary's seal is one of them. Gives its record.
async function checkInclusion({ records, seal }: Opened, included: Promise<boolean>): Promise<LogRecord> {
  must(await included, 'NOT_IN_LOG');
  const record = records.find(({ text }) => text === seal);
  must(record, 'NOT_IN_LOG');
  return record;
}

// Step 4: header, key and signature of each record; the first failure in the order of the log.
const checkSignatures = async (judged: Promise<JudgedRecords>): Promise<Keys> => keysOf(await judged);

// Step 5: text, cover and withheld items are as the leader's device signed them.
async function checkDiary({ records, disclosures }: Opened, seal: LogRecord, keys: Keys): Promise<HashedDiary> {
  const hash = await hashOfSeal(seal);
  const holds = records
    .filter(({ typ }) => typ === 'wd-hold+jwt')
    .map((record) => ({ ...record, reviewer: keys.added.get(record.kid ?? '')?.role === 'reviewer' }));
  return { hash, ...(await readDiary(seal.payload, hash, disclosures, holds)) };
}

// Step 6: rule and list hold; the diary was sealed before the list, and is the one that is listed.
async function checkCandidates(
  { records, rule, list, draw, want }: Opened,
  seal: LogRecord,
  { hash }: HashedDiary,
  zones?: Zones,
): Promise<CheckedList> {
  const lot = await checkList(records, rule, list, draw, zones);
  must(seal.index < lot.first, 'SEAL_LATE');
  const listed = lot.list.list.find(({ unit }) => unit === want.unit);
  must(listed?.seal === hash && listed.i === seal.index, 'SEAL_NOT_LISTED');
  return lot;
}

// Step 7: the list stood before the numbers came out, as enough devices say.
function checkLocked({ lock, list, draw }: Opened, lot: CheckedList, keys: Keys): Promise<readonly Ack[]> {
  const stated = draw.payload.lock;
  must(isObject(stated) && stated.size === lock.size && stated.root === lock.root, 'LIST_NOT_LOCKED');
  return checkLock(lock.acks, lock, lot, list.index, draw.index, keys);
}

// Step 8: nonces and values are those that the list named.
const checkRandomness = ({ records, list, draw }: Opened, lot: CheckedList, bls?: Bls): Promise<CheckedValues> =>
  checkValues(records, lot, list.index, draw.payload, bls);

// Step 9: the lot, run again, gives the recorded result; this unit is in it.
async function checkDrawn(
  { want }: Opened,
  { rule, list }: CheckedList,
  { draw, values }: CheckedValues,
): Promise<Drawn> {
  const drawn = await checkResult({ ...rule, ...list, values }, draw.drawn);
  must(
    drawn.some(({ unit }) => unit === want.unit),
    'NOT_DRAWN',
  );
  return drawn;
}

// Step 10: every drawn unit is published.
function checkPublished({ published }: Opened, drawn: Drawn): void {
  must(
    drawn.every(({ unit }) => published.includes(unit)),
    'DRAWN_NOT_PUBLISHED',
  );
}

// What stands beside the tick, sorted.
function noticesOf(
  { draw }: Opened,
  seal: LogRecord,
  { added, ended }: Keys,
  { items, kindUnknown }: Diary,
  { rule, voids, frozenEarly }: CheckedList,
  { drandUnchecked, nonceMissing, toCompare }: CheckedValues,
): readonly Notice[] {
  const key = added.get(seal.kid ?? '');
  const held = items.flatMap(({ record }) => record ?? []);
  const notices: readonly (readonly [Notice, boolean])[] = [
    ['DRAND_UNCHECKED', drandUnchecked],
    ['DRAW_RERUN', voids.length > 0],
    ['FROZEN_EARLY', frozenEarly],
    ['HELD_AFTER_DRAW', held.some(({ index }) => index > draw.index)],
    ['HELD_AFTER_SEAL', held.some(({ index }) => index < draw.index)],
    ['KEY_REPLACED', Boolean(key?.old ?? key?.why) || ended.has(key?.kid ?? '')],
    ['KIND_UNKNOWN', kindUnknown],
    ['LOCK_MINORITY', isMinority(rule)],
    ['NONCE_NOT_REVEALED', nonceMissing],
    ['VALUE_TO_COMPARE', toCompare.length > 0],
  ];
  return notices.filter(([, stands]) => stands).map(([notice]) => notice);
}

async function agrees(
  head: Head,
  seen: Head | undefined,
  proof: readonly string[],
  prove: Prover | undefined,
  { isPrefix: isProven }: Means,
): Promise<boolean> {
  if (!seen) return true;
  const [first, second] = seen.size < head.size ? [seen, head] : [head, seen];
  if (first.size === second.size) return first.root === second.root;
  if (await isProven(first, second, proof)) return true;
  const found = prove ? await prove(first, second) : null;
  return found !== null && isProven(first, second, found);
}

function larger(head: Head, seen?: Head): Head {
  const { size, root } = seen && seen.size > head.size ? seen : head;
  return { size, root };
}

function theOnly(found: readonly LogRecord[]): LogRecord {
  const [record, ...more] = found;
  malformedUnless(record && more.length === 0);
  return record;
}

function malformedUnless(holds: unknown): asserts holds {
  must(holds, 'BUNDLE_MALFORMED');
}
