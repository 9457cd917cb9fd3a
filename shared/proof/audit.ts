// Checks over a whole log: what no single bundle can show (verification.md 10). For the command line, auditors and devices.
import { b64 } from '../base/bytes.ts';
import { jcs } from './canonical.ts';
import type { Head } from './checkpoint.ts';
import { firstListOf, latestSeals, restBefore, revealedNonces } from './history.ts';
import { admitRecord, hashOfLeaf, type Keys, keyRecord, type LogRecord, noKeys } from './keys.ts';
import { levelsOf } from './known-tree.ts';
import { attemptsUpTo, recordsOf } from './list.ts';
import { type NodeReader, nodesIn, rootOf } from './prove.ts';
import { isDrawing, isList, isRule } from './records.ts';
import { type Remembered, remembering } from './remembered.ts';
import { leafHash } from './tree.ts';

/** What a whole log can show to be wrong. */
export type Finding =
  | 'LOG_INCOMPLETE'
  | 'LOG_REWRITTEN'
  | 'BUNDLE_MALFORMED'
  | 'SIGNATURE_INVALID'
  | 'KEY_NOT_VALID'
  | 'LIST_OMITS_SEAL'
  | 'LIST_DUPLICATED'
  | 'DRAW_DUPLICATED'
  | 'DRAW_ABANDONED'
  | 'REST_WRONG'
  | 'NONCE_OMITTED'
  | 'KEY_HISTORY_CONFLICT';

/** A finding at the leaf where it shows; `unit` where it concerns one. LOG_INCOMPLETE stands at the end. */
export type Found = { readonly code: Finding; readonly index: number; readonly unit?: string };

/** All records of a log that are valid, the keys, and what was found; `findings` are sorted by code, then index. `nodes` of the tree
 *  over all leaves, whose root is the head's unless LOG_INCOMPLETE was found. */
export type Audit = {
  readonly findings: readonly Found[];
  readonly codes: readonly Finding[];
  readonly records: readonly LogRecord[];
  readonly keys: Keys;
  readonly nodes: NodeReader;
};

/** What to hold the log against. `organisers`: pinned kids of leaf 0, null for none; `seen`: a head from before; `remembered`: of the
 *  same log. */
export type AuditOptions = {
  readonly origin: string;
  readonly organisers: readonly string[] | null;
  readonly seen?: Head;
  readonly remembered?: Remembered;
};

/** A log whose tree was looked at, and nothing signed in it: what every leaf reads as (null: no record), and why it is not looked into further. */
export type OpenLog = Pick<Audit, 'nodes'> & {
  readonly read: readonly (LogRecord | null)[];
  readonly broken: readonly Found[];
};

/** Audits all leaves of a log under a head. An incomplete or rewritten log is not looked into further. */
export async function auditLog(leaves: readonly string[], head: Head, options: AuditOptions): Promise<Audit> {
  const given = { ...options, remembered: options.remembered ?? remembering() };
  return judgeLog(await openLog(leaves, head, given), given);
}

/** The first half of `auditLog`: whether these are the leaves under the head. */
export async function openLog(
  leaves: readonly string[],
  head: Head,
  { seen, remembered = remembering() }: AuditOptions,
): Promise<OpenLog> {
  const read = leaves.map((text, index) => remembered.read(index, text));
  // Apart from reading, as hashes that are asked for in one go keep the other threads awake.
  const hashes = read.map((record, index) => (record ? hashOfLeaf(record) : leafHash(leaves[index] ?? '')));
  const levels = await levelsOf(await Promise.all(hashes));
  const nodes = nodesIn(levels);
  const rootAt = async (size: number) => (size <= leaves.length ? b64(await rootOf(size, nodes)) : null);
  const broken: Found[] = [];
  if (leaves.length !== head.size || (await rootAt(head.size)) !== head.root) {
    broken.push({ code: 'LOG_INCOMPLETE', index: leaves.length });
  } else if (seen && seen.size <= head.size && (await rootAt(seen.size)) !== seen.root) {
    broken.push({ code: 'LOG_REWRITTEN', index: seen.size });
  } else remembered.learn(levels);
  return { read, broken, nodes };
}

/** The second half: signatures, and what records say together. */
export async function judgeLog({ read, broken, nodes }: OpenLog, options: AuditOptions): Promise<Audit> {
  if (broken.length > 0) return { ...sortedFindings(broken), records: [], keys: noKeys(), nodes };
  const { records, keys, findings } = await admitRead(read, options);
  const log = sorted(records);
  const drawing = [
    ...log.ofKind('wd-list+jwt').map((list) => checkOneList(list, log)),
    ...log.ofKind('wd-draw+jwt').map((draw) => checkOneDraw(draw, log)),
  ];
  const all = [...findings, ...keyConflicts(keys), ...(await Promise.all(drawing)).flat()];
  return { ...sortedFindings(all), records, keys, nodes };
}

type Admitted = Pick<Audit, 'records' | 'keys' | 'findings'>;

/** Header, key and signature of every leaf, in order (steps 1 to 4): the valid records, and what was found. */
export function admitLeaves(leaves: readonly string[], options: AuditOptions): Promise<Admitted> {
  const { remembered = remembering() } = options;
  return admitRead(
    leaves.map((leaf, index) => remembered.read(index, leaf)),
    { ...options, remembered },
  );
}

async function admitRead(
  read: OpenLog['read'],
  { origin, organisers, remembered = remembering() }: AuditOptions,
): Promise<Admitted> {
  const keys = noKeys(remembered.open);
  const judged: Promise<Finding | null>[] = [];
  for (const [index, record] of read.entries()) {
    const verdict = record ? admitRecord(record, keys, origin, organisers) : Promise.resolve(malformed);
    judged.push(verdict);
    // Keys must be known before the next record; and no more signatures are under way than a machine can hold.
    await (record?.typ === keyRecord ? verdict : index % atOnce === 0 && judged[index - atOnce]);
  }
  const codes = await Promise.all(judged);
  return {
    records: read.flatMap((record, index) => (record && codes[index] === null ? record : [])),
    keys,
    findings: codes.flatMap((code, index) => (code ? { code, index } : [])),
  };
}

/** How far the signatures that are begun are ahead of those that are checked: some megabytes. */
const atOnce = 4096;

function sortedFindings(found: readonly Found[]): Pick<Audit, 'findings' | 'codes'> {
  const findings = [...found].sort((a, b) => (a.code === b.code ? a.index - b.index : a.code < b.code ? -1 : 1));
  return { findings, codes: [...new Set(findings.map(({ code }) => code))] };
}

const seal = 'wd-seal+sd-jwt';
const nonce = 'wd-nonce+jwt';
const malformed: Finding = 'BUNDLE_MALFORMED';

// Records by kind, seals of one week and nonces of one draw, so that a long log is not walked again for every draw.
type Sorted = {
  readonly ofKind: (typ: string) => readonly LogRecord[];
  readonly sealsOf: (week: string) => readonly LogRecord[];
  readonly noncesOf: (draw: string) => readonly LogRecord[];
};

function sorted(records: readonly LogRecord[]): Sorted {
  const groups = new Map<string, LogRecord[]>();
  for (const record of records) {
    const { typ, payload } = record;
    for (const name of [typ, `${typ} ${typ === seal ? payload.week : payload.draw}`]) {
      const group = groups.get(name) ?? [];
      group.push(record);
      groups.set(name, group);
    }
  }
  const ofKind = (name: string) => groups.get(name) ?? [];
  return { ofKind, sealsOf: (week) => ofKind(`${seal} ${week}`), noncesOf: (draw) => ofKind(`${nonce} ${draw}`) };
}

// Of each actor and role one key at a time: a second needs a reason, and the end of the one before.
function keyConflicts({ added, ended }: Keys): Found[] {
  const found: Found[] = [];
  const current = new Map<string, string>();
  for (const { kid, sub, role, why, from } of added.values()) {
    const before = current.get(`${sub} ${role}`);
    const replaced = before === undefined || (why !== undefined && (ended.get(before) ?? from + 1) <= from);
    if (!replaced) found.push({ code: 'KEY_HISTORY_CONFLICT', index: from, unit: sub });
    current.set(`${sub} ${role}`, kid);
  }
  return found;
}

async function checkOneList({ index, payload }: LogRecord, log: Sorted): Promise<Found[]> {
  if (!isList(payload)) return [{ code: malformed, index }];
  const found: Found[] = [];
  const { draw, week, list, rest } = payload;
  const lists = log.ofKind('wd-list+jwt');
  const draws = log.ofKind('wd-draw+jwt');
  const endsOf = (id: string) => recordsOf(draws, 'wd-draw+jwt', id);
  const before = attemptsUpTo(draw, week)?.at(-2);
  const [firstOfDraw] = recordsOf(lists, 'wd-list+jwt', draw);
  const isDuplicate = firstOfDraw !== undefined && firstOfDraw.index < index;
  const isAbandoned = endsOf(draw).length === 0 && lists.some((later) => later.index > index);
  if (isDuplicate) found.push({ code: 'LIST_DUPLICATED', index });
  if (isAbandoned) found.push({ code: 'DRAW_ABANDONED', index });
  // A void record that came later than this list did not make it a re-run.
  if (before && endsOf(before).some((end) => end.payload.void === undefined || end.index > index)) {
    found.push({ code: 'DRAW_DUPLICATED', index });
  }

  const rule = log.ofKind('wd-rule+jwt').find((record) => record.index === payload.rule)?.payload;
  if (!isRule(rule)) return found;
  const seals = await latestSeals(log.sealsOf(week), week, firstListOf(lists, week) ?? index);
  const listed = new Map(list.map((row) => [row.unit, row]));
  for (const { unit } of rule.roll) {
    const [row, sealed] = [listed.get(unit), seals.get(unit)];
    if (row?.i !== sealed?.index || row?.seal !== sealed?.hash) found.push({ code: 'LIST_OMITS_SEAL', index, unit });
  }
  const right = jcs(restBefore(draws, index, rule.window));
  if (right !== jcs(rest.map(({ unit, last }) => ({ unit, last })))) found.push({ code: 'REST_WRONG', index });
  return found;
}

async function checkOneDraw({ index, payload }: LogRecord, log: Sorted): Promise<Found[]> {
  const found: Found[] = [];
  const [firstOfDraw] = recordsOf(log.ofKind('wd-draw+jwt'), 'wd-draw+jwt', payload.draw);
  if (firstOfDraw && firstOfDraw.index < index) found.push({ code: 'DRAW_DUPLICATED', index });
  const listRecord = log.ofKind('wd-list+jwt').find((record) => record.index === payload.list);
  const list = listRecord?.payload;
  if (!isDrawing(payload) || !listRecord || !isList(list)) return found;
  const evidence = [...log.sealsOf(list.week), ...log.noncesOf(list.draw)];
  const revealed = await revealedNonces(evidence, listRecord.index, list, payload.lock.size);
  for (const unit of revealed.keys()) {
    if (!payload.nonces.includes(unit)) found.push({ code: 'NONCE_OMITTED', index, unit });
  }
  return found;
}
