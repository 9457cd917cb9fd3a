// Checks over a whole log: what no single bundle can show (verification.md 10). For the command line, auditors and devices.
import { b64, utf8 } from '../base/bytes.ts';
import { jcs } from './canonical.ts';
import type { Head } from './checkpoint.ts';
import { firstListOf, latestSeals, restBefore, revealedNonces } from './history.ts';
import { admitRecord, type Keys, type LogRecord, noKeys, readRecord } from './keys.ts';
import { attemptsUpTo, recordsOf } from './list.ts';
import { nodesOf, rootOf } from './prove.ts';
import { isDraw, isList, isRule } from './records.ts';
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

/** All records of a log that are valid, the keys, and what was found; `findings` are sorted by code, then index. */
export type Audit = {
  readonly findings: readonly Found[];
  readonly codes: readonly Finding[];
  readonly records: readonly LogRecord[];
  readonly keys: Keys;
};

/** What to hold the log against. `organisers`: pinned kids of leaf 0, null for none; `seen`: a head from before. */
export type AuditOptions = {
  readonly origin: string;
  readonly organisers: readonly string[] | null;
  readonly seen?: Head;
};

/** Audits all leaves of a log under a head. An incomplete or rewritten log is not looked into further. */
export async function auditLog(leaves: readonly string[], head: Head, options: AuditOptions): Promise<Audit> {
  const nodes = nodesOf(await Promise.all(leaves.map((leaf) => leafHash(utf8(leaf)))));
  const rootAt = async (size: number) => (size <= leaves.length ? b64(await rootOf(size, nodes)) : null);
  const { seen } = options;
  const broken: Found[] = [];
  if (leaves.length !== head.size || (await rootAt(head.size)) !== head.root) {
    broken.push({ code: 'LOG_INCOMPLETE', index: leaves.length });
  } else if (seen && seen.size <= head.size && (await rootAt(seen.size)) !== seen.root) {
    broken.push({ code: 'LOG_REWRITTEN', index: seen.size });
  }
  if (broken.length > 0) return result(broken, [], noKeys());
  const { records, keys, findings } = await admitLeaves(leaves, options);
  const found = [...findings, ...keyConflicts(keys)];
  for (const list of ofKind(records, 'wd-list+jwt')) found.push(...(await checkOneList(list, records)));
  for (const draw of ofKind(records, 'wd-draw+jwt')) found.push(...(await checkOneDraw(draw, records)));
  return result(found, records, keys);
}

/** Header, key and signature of every leaf, in order (steps 1 to 4): the valid records, and what was found. */
export async function admitLeaves(
  leaves: readonly string[],
  { origin, organisers }: AuditOptions,
): Promise<{ readonly records: readonly LogRecord[]; readonly keys: Keys; readonly findings: readonly Found[] }> {
  const keys = noKeys();
  const records: LogRecord[] = [];
  const findings: Found[] = [];
  for (const [index, leaf] of leaves.entries()) {
    const record = readRecord(index, leaf);
    const code = record ? await admitRecord(record, keys, origin, organisers) : 'BUNDLE_MALFORMED';
    if (code !== null) findings.push({ code, index });
    else if (record) records.push(record);
  }
  return { records, keys, findings };
}

function result(found: readonly Found[], records: readonly LogRecord[], keys: Keys): Audit {
  const findings = [...found].sort((a, b) => (a.code === b.code ? a.index - b.index : a.code < b.code ? -1 : 1));
  return { findings, codes: [...new Set(findings.map(({ code }) => code))], records, keys };
}

const ofKind = (records: readonly LogRecord[], kind: string): readonly LogRecord[] =>
  records.filter(({ typ }) => typ === kind);

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

async function checkOneList({ index, payload }: LogRecord, records: readonly LogRecord[]): Promise<Found[]> {
  if (!isList(payload)) return [{ code: 'BUNDLE_MALFORMED', index }];
  const found: Found[] = [];
  const { draw, week, list, rest } = payload;
  const draws = (id: string | undefined) => recordsOf(records, 'wd-draw+jwt', id);
  const before = attemptsUpTo(draw, week)?.at(-2);
  const [firstOfDraw] = recordsOf(records, 'wd-list+jwt', draw);
  const isDuplicate = firstOfDraw !== undefined && firstOfDraw.index < index;
  const isAbandoned = draws(draw).length === 0 && ofKind(records, 'wd-list+jwt').some((later) => later.index > index);
  if (isDuplicate) found.push({ code: 'LIST_DUPLICATED', index });
  if (isAbandoned) found.push({ code: 'DRAW_ABANDONED', index });
  if (before && draws(before).some((record) => record.payload.void === undefined)) {
    found.push({ code: 'DRAW_DUPLICATED', index });
  }

  const rule = records.find((record) => record.index === payload.rule)?.payload;
  if (!isRule(rule)) return found;
  const seals = await latestSeals(records, week, firstListOf(records, week) ?? index);
  const listed = new Map(list.map((row) => [row.unit, row]));
  for (const { unit } of rule.roll) {
    const [row, seal] = [listed.get(unit), seals.get(unit)];
    if (row?.i !== seal?.index || row?.seal !== seal?.hash) found.push({ code: 'LIST_OMITS_SEAL', index, unit });
  }
  const right = jcs(restBefore(records, index, rule.window));
  if (right !== jcs(rest.map(({ unit, last }) => ({ unit, last })))) found.push({ code: 'REST_WRONG', index });
  return found;
}

async function checkOneDraw({ index, payload }: LogRecord, records: readonly LogRecord[]): Promise<Found[]> {
  const found: Found[] = [];
  const [firstOfDraw] = recordsOf(records, 'wd-draw+jwt', payload.draw);
  if (firstOfDraw && firstOfDraw.index < index) found.push({ code: 'DRAW_DUPLICATED', index });
  const listRecord = records.find((record) => record.index === payload.list);
  if (!isDraw(payload) || !isList(listRecord?.payload)) return found;
  const revealed = await revealedNonces(records, listRecord.index, listRecord.payload, payload.lock.size);
  for (const unit of revealed.keys()) {
    if (!payload.nonces.includes(unit)) found.push({ code: 'NONCE_OMITTED', index, unit });
  }
  return found;
}
