// A reader's verification of one published diary: steps 0 to 10 of verification.md 9. Nothing is taken on trust but the pins.
import { type Bytes, fromB64, utf8 } from '../base/bytes.ts';
import { fail, ok, type Result } from '../base/result.ts';
import { type Head, type Note, noteVerifies, parseNote, parseVkey, type Vkey } from './checkpoint.ts';
import { isSameResult, select } from './draw.ts';
import { type Failure, judged, must, type Notice } from './failure.ts';
import { admitRecord, type Keys, type LogRecord, noKeys, readRecord } from './keys.ts';
import { checkList, recordsOf, type Zones } from './list.ts';
import { countedAcks, isMinority } from './lock.ts';
import { type Draw, type Drawn, isDraw } from './records.ts';
import { readDiary, type ShownItem, sealHash } from './seal.ts';
import { array, type Checked, integer, isObject, isString, object } from './shape.ts';
import { openJws, parseJson } from './signature.ts';
import { leafHash, verifyConsistency, verifyInclusion } from './tree.ts';
import { type Bls, checkValues } from './values.ts';

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

/** What the caller lends. `stated`: what the server says of itself, used where the page pins nothing. `want`: what was
 *  asked for. `passed` is called after each step, 0–10. */
export type VerifyOptions = {
  readonly stated?: Pins;
  readonly want?: { readonly draw: string; readonly unit: string };
  readonly prove?: Prover;
  readonly bls?: Bls;
  readonly zones?: Zones;
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

/** Verifies a bundle (text or parsed). The first failure stops; `step` says where. */
export async function verifyBundle(
  bundle: unknown,
  pins: Pins,
  memory: Memory = {},
  options: VerifyOptions = {},
): Promise<Verdict> {
  const pinned = Boolean(pins.vkey && pins.organiser);
  const vkeys = pins.vkey || options.stated?.vkey;
  const organisers = pins.organiser || options.stated?.organiser;
  let step = 0;
  const passed = () => {
    options.passed?.(step);
    step += 1;
  };
  const verdict = await judged(async (): Promise<VerifiedDiary> => {
    const opened = openBundle(bundle, options.want);
    const { records, list: listRecord, draw: drawRecord, sealText, disclosures } = opened;
    const { lock, want, published, checkpoint } = opened.bundle;
    passed();
    const note = await checkNote(checkpoint, vkeys);
    passed();
    const head = await checkHistory(opened.bundle, note, memory.seen, options.prove);
    passed();
    await checkInclusion(opened.bundle, note);
    const sealRecord = records.find(({ text }) => text === sealText);
    must(sealRecord, 'NOT_IN_LOG');
    passed();
    const keys = await checkSignatures(records, note.origin, organisers);
    passed();
    const seal = await sealHash(sealText);
    const holds = records
      .filter(({ typ }) => typ === 'wd-hold+jwt')
      .map((record) => ({ ...record, reviewer: keys.added.get(record.kid ?? '')?.role === 'reviewer' }));
    const { items, zone, kindUnknown } = await readDiary(sealRecord.payload, seal, disclosures, holds);
    passed();
    const checked = await checkList(records, opened.rule, listRecord, drawRecord, options.zones);
    const { rule, list, first, voids, frozenEarly } = checked;
    must(sealRecord.index < first, 'SEAL_LATE');
    const listed = list.list.find(({ unit }) => unit === want.unit);
    must(listed?.seal === seal && listed.i === sealRecord.index, 'SEAL_NOT_LISTED');
    passed();
    const draw = drawRecord.payload;
    const drawLock = isObject(draw.lock) ? draw.lock : {};
    must(drawLock.size === lock.size && drawLock.root === lock.root, 'LIST_NOT_LOCKED');
    must(listRecord.index < lock.size && lock.size <= drawRecord.index, 'LIST_NOT_LOCKED');
    const acks = await countedAcks(lock.acks, lock, rule, list, keys);
    must(acks.length >= rule.min_acks, 'LIST_NOT_LOCKED');
    passed();
    must(isDraw(draw), 'RANDOMNESS_INVALID');
    const randomness = await checkValues(records, checked, listRecord.index, draw, options.bls);
    passed();
    const drawn = await select({ ...rule, ...list, values: randomness.values });
    must(isSameResult(drawn, draw.drawn), 'DRAW_MISMATCH');
    must(
      drawn.some(({ unit }) => unit === want.unit),
      'NOT_DRAWN',
    );
    passed();
    must(
      drawn.every(({ unit }) => published.includes(unit)),
      'DRAWN_NOT_PUBLISHED',
    );
    passed();

    const key = keys.added.get(sealRecord.kid ?? '');
    const held = items.flatMap(({ record }) => record ?? []);
    const notices: readonly (readonly [Notice, boolean])[] = [
      ['DRAND_UNCHECKED', randomness.drandUnchecked],
      ['DRAW_RERUN', voids.length > 0],
      ['FROZEN_EARLY', frozenEarly],
      ['HELD_AFTER_DRAW', held.some(({ index }) => index > drawRecord.index)],
      ['HELD_AFTER_SEAL', held.some(({ index }) => index < drawRecord.index)],
      ['KEY_REPLACED', Boolean(key?.old ?? key?.why) || keys.ended.has(key?.kid ?? '')],
      ['KIND_UNKNOWN', kindUnknown],
      ['LOCK_MINORITY', isMinority(rule)],
      ['NONCE_NOT_REVEALED', randomness.nonceMissing],
      ['VALUE_TO_COMPARE', randomness.toCompare.length > 0],
    ];
    return {
      items,
      zone,
      week: list.week,
      seal,
      sealIndex: sealRecord.index,
      sealedAt: sealRecord.iat,
      notLaterThan: acks.length > 0 ? Math.max(...acks.map(({ iat }) => iat)) : null,
      notices: notices.filter(([, stands]) => stands).map(([notice]) => notice),
      drawn,
      values: draw.values,
      voids,
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
): Promise<Result<Head & { readonly note: Note }, Failure>> {
  const verdict = await judged(async () => {
    const note = await checkNote(checkpoint, vkeys);
    must(await agrees(note, seen, [], prove), 'LOG_REWRITTEN');
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

/** The keys behind a pin attribute; texts that are no vkey are left out. */
export async function parseVkeys(pin: string): Promise<readonly Vkey[]> {
  const vkeys = await Promise.all(pin.split(/\s+/).map(parseVkey));
  return vkeys.flatMap((vkey) => vkey ?? []);
}

type Opened = {
  readonly bundle: Bundle;
  readonly records: readonly LogRecord[];
  readonly rule: LogRecord;
  readonly list: LogRecord;
  readonly draw: LogRecord;
  readonly sealText: string;
  readonly disclosures: readonly string[];
};

// Step 0.
function openBundle(given: unknown, asked: VerifyOptions['want']): Opened {
  const bundle = isString(given) ? parseJson(given) : given;
  malformedUnless(isBundle(bundle));
  const { want, leaves } = bundle;
  malformedUnless(!asked || (asked.draw === want.draw && asked.unit === want.unit));
  malformedUnless(leaves.every(({ i }, n) => n === 0 || (leaves[n - 1]?.i ?? 0) < i));
  const records = leaves.map(({ i, jws }) => {
    const record = readRecord(i, jws);
    malformedUnless(record);
    return record;
  });
  const rule = theOnly(records.filter(({ typ }) => typ === 'wd-rule+jwt'));
  const list = theOnly(recordsOf(records, 'wd-list+jwt', want.draw));
  const draw = theOnly(recordsOf(records, 'wd-draw+jwt', want.draw));
  const [sealText = '', ...disclosures] = bundle.diary.split('~');
  const seal = openJws(sealText);
  malformedUnless(draw.payload.void === undefined && disclosures.pop() === '' && seal?.typ === 'wd-seal+sd-jwt');
  malformedUnless(seal.payload.iss === want.unit && seal.payload.week === list.payload.week);
  return { bundle, records, rule, list, draw, sealText, disclosures };
}

// Step 1. Without any vkey only the grammar can be checked.
async function checkNote(checkpoint: string, pin: string | null | undefined): Promise<Note> {
  const note = parseNote(checkpoint);
  must(note && (!pin || (await noteVerifies(note, await parseVkeys(pin)))), 'CHECKPOINT_INVALID');
  return note;
}

// Step 2: gives the head to remember.
async function checkHistory({ lock, seen_consistency = [] }: Bundle, note: Note, seen?: Head, prove?: Prover) {
  must(await isPrefix(lock, note, lock.consistency), 'LOG_REWRITTEN');
  must(await agrees(note, seen, seen_consistency, prove), 'LOG_REWRITTEN');
  return larger(note, seen);
}

async function agrees(head: Head, seen: Head | undefined, proof: readonly string[], prove?: Prover): Promise<boolean> {
  if (!seen) return true;
  const [first, second] = seen.size < head.size ? [seen, head] : [head, seen];
  if (first.size === second.size) return first.root === second.root;
  if (await isPrefix(first, second, proof)) return true;
  const found = prove ? await prove(first, second) : null;
  return found !== null && isPrefix(first, second, found);
}

function larger(head: Head, seen?: Head): Head {
  const { size, root } = seen && seen.size > head.size ? seen : head;
  return { size, root };
}

// Step 3.
async function checkInclusion({ leaves }: Bundle, { size, root }: Note): Promise<void> {
  const rootHash = hashOf(root);
  for (const { i, jws, path } of leaves) {
    const nodes = path.flatMap((hash) => hashOf(hash) ?? []);
    must(rootHash && nodes.length === path.length, 'NOT_IN_LOG');
    must(await verifyInclusion(await leafHash(utf8(jws)), i, size, nodes, rootHash), 'NOT_IN_LOG');
  }
}

// Step 4.
async function checkSignatures(records: readonly LogRecord[], origin: string, pin?: string | null): Promise<Keys> {
  const keys = noKeys();
  for (const record of records) {
    const failure = await admitRecord(record, keys, origin, pin ? pin.split(/\s+/) : null);
    if (failure) must(false, failure);
  }
  return keys;
}

function hashOf(text: string): Bytes | null {
  const bytes = fromB64(text);
  return bytes?.length === 32 ? bytes : null;
}

function theOnly(found: readonly LogRecord[]): LogRecord {
  const [record, ...more] = found;
  malformedUnless(record && more.length === 0);
  return record;
}

function malformedUnless(holds: unknown): asserts holds {
  must(holds, 'BUNDLE_MALFORMED');
}
