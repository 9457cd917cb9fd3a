// What a leader's device checks before it acknowledges a head (verification.md 7.4): pure, over the leaves that it has
// downloaded itself.
import { b64 } from '../base/bytes.ts';
import { fail, ok, type Result } from '../base/result.ts';
import { type AuditOptions, admitLeaves } from './audit.ts';
import type { Head } from './checkpoint.ts';
import { firstListOf, latestSeals, listAt } from './history.ts';
import { deadlineOf, recordsOf, type Zones } from './list.ts';
import { earliestKnown } from './lock.ts';
import { nodesOf, rootOf } from './prove.ts';
import { type Ack, isRule } from './records.ts';
import { sealHash } from './seal.ts';
import { leafHash } from './tree.ts';

/** Why a device does not acknowledge. `LEAF_INVALID`: a leaf below the head is no valid record. `index`: the leaf. */
export type AckProblem =
  | {
      readonly code:
        | 'HEAD_WRONG'
        | 'LOG_REWRITTEN'
        | 'ROOT_ALREADY_SIGNED'
        | 'LIST_ABSENT'
        | 'FROZEN_EARLY'
        | 'TOO_LATE';
    }
  | { readonly code: 'LEAF_INVALID' | 'KEY_UNKNOWN' | 'LIST_DUPLICATED'; readonly index: number }
  | { readonly code: 'SEAL_NOT_LOGGED' | 'SEAL_NOT_LISTED'; readonly seal: string | null };

/** What the device knows. Times are Unix seconds by its own clock.
 *  `leaves`: all below the head and below every head in `acked`, those that it has signed. `kids`: keys of its unit that it
 *  knows to be right. `ownSeals`: JWS of the week's seals that the server has confirmed. `firstSeen`: when it first
 *  saw a head with the leaf at this index; which leaf the list is, it does not let anybody tell it. */
export type DeviceKnowledge = AuditOptions & {
  readonly unit: string;
  readonly draw: string;
  readonly head: Head;
  readonly leaves: readonly string[];
  readonly acked: readonly Head[];
  readonly kids: readonly string[];
  readonly ownSeals: readonly string[];
  readonly firstSeen: (index: number) => number;
  readonly now: number;
  readonly zones?: Zones;
};

/** The acknowledgement to sign, or the first reason not to. */
export async function checkBeforeAck(known: DeviceKnowledge): Promise<Result<Ack, AckProblem>> {
  const { unit, head, now } = known;
  const { length } = known.leaves;
  const nodes = nodesOf(await Promise.all(known.leaves.map((leaf) => leafHash(leaf))));
  const hasRoot = async ({ size, root }: Head) => size <= length && b64(await rootOf(size, nodes)) === root;
  if (!(await hasRoot(head))) return fail({ code: 'HEAD_WRONG' });
  for (const acked of known.acked) {
    if (acked.size === head.size && acked.root !== head.root) return fail({ code: 'ROOT_ALREADY_SIGNED' });
    if (!(await hasRoot(acked))) return fail({ code: 'LOG_REWRITTEN' });
  }
  const leaves = known.leaves.slice(0, head.size);
  const { records, keys, findings } = await admitLeaves(leaves, known);
  const [invalid] = findings;
  if (invalid) return fail({ code: 'LEAF_INVALID', index: invalid.index });
  for (const { sub, role, kid, from } of keys.added.values()) {
    if (sub === unit && role === 'leader' && !known.kids.includes(kid))
      return fail({ code: 'KEY_UNKNOWN', index: from });
  }

  const [record, second] = recordsOf(records, 'wd-list+jwt', known.draw);
  // Which of two lists is drawn from would be the organiser's choice.
  if (second) return fail({ code: 'LIST_DUPLICATED', index: second.index });
  const found = record ? listAt(records, record.index) : null;
  const rule = records.find(({ index }) => index === found?.list.rule)?.payload;
  if (found === null || !isRule(rule)) return fail({ code: 'LIST_ABSENT' });
  const { list } = found;
  const { week } = list;
  const first = firstListOf(records, week) ?? found.index;
  const seal = (await latestSeals(records, week, first)).get(unit);
  const listed = list.list.find((row) => row.unit === unit);
  const logged = new Set(known.leaves);
  const lost = known.ownSeals.find((jws) => !logged.has(jws));
  if (lost !== undefined) return fail({ code: 'SEAL_NOT_LOGGED', seal: await sealHash(lost) });
  const onRoll = rule.roll.some((row) => row.unit === unit);
  if (onRoll && (listed?.i !== seal?.index || listed?.seal !== seal?.hash)) {
    return fail({ code: 'SEAL_NOT_LISTED', seal: seal?.hash ?? null });
  }

  const everyUnitListed = rule.roll.every((row) => list.list.some((candidate) => candidate.unit === row.unit));
  // With the week's first list the seals stand still, also for every re-run.
  const isEarly = known.firstSeen(first) < deadlineOf(rule, week, known.zones);
  if (isEarly && !everyUnitListed) return fail({ code: 'FROZEN_EARLY' });
  if (now >= earliestKnown(list)) return fail({ code: 'TOO_LATE' });
  return ok({ iss: unit, iat: now, size: head.size, root: head.root });
}
