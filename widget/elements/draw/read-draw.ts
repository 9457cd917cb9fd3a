// A draw's file as it can be read before anything is checked, and the lot run again over what it says.
import { noncesHash, type SelectionStep, selectionSteps } from '../../../shared/proof/draw.ts';
import type { Notice } from '../../../shared/proof/failure.ts';
import { type LogRecord, readRecord } from '../../../shared/proof/keys.ts';
import { deadlineOf } from '../../../shared/proof/list.ts';
import { isMinority } from '../../../shared/proof/lock.ts';
import {
  type Draw,
  isDraw,
  isList,
  isNonce,
  isRule,
  isVoid,
  type List,
  type Rule,
  type Value,
  type Void,
} from '../../../shared/proof/records.ts';
import { openJws } from '../../../shared/proof/signature.ts';
import type { DrawFile } from '../../../shared/proof/verify-draw.ts';
import { zoneOffset } from '../../../shared/time/civil.ts';

/** What a draw's file says. All of it is the server's word until the check has passed. Times are Unix seconds. */
export interface ReadDraw {
  readonly file: DrawFile;
  readonly rule: Rule;
  readonly list: List;
  readonly draw: Draw | null;
  readonly voided: Void | null;
  /** Units that opened their nonce, and when the last one did. */
  readonly nonces: readonly string[];
  readonly noncesAt: number | null;
  /** Times of the acknowledgements, by their own word. */
  readonly ackTimes: readonly number[];
  readonly deadline: number;
  /** Attempts of this week before, each with its reason. */
  readonly voids: readonly { readonly draw: string; readonly reason: string }[];
  readonly notices: readonly Notice[];
  /** The lot run again; null before the draw, and where the page is lent no SHA-256. */
  readonly steps: readonly SelectionStep[] | null;
  readonly isSame: boolean;
}

/** Reads a file and runs its lot; null where rule, list or record make no sense. */
export async function readDraw(file: DrawFile): Promise<ReadDraw | null> {
  const { rule, list, record } = file;
  const draw = isDraw(record) ? record : null;
  const voided = isVoid(record) ? record : null;
  if (!isRule(rule) || !isList(list) || (record !== null && draw === null && voided === null)) return null;
  const records = file.proof.leaves.flatMap(({ i, jws }) => readRecord(i, jws) ?? []);
  const of = (typ: string) => records.filter((each) => each.typ === typ);
  const nonces = of('wd-nonce+jwt').filter(({ payload }) => isNonce(payload) && payload.draw === list.draw);
  const voids = of('wd-draw+jwt').flatMap(({ payload }) =>
    isVoid(payload) && payload.draw !== list.draw ? [{ draw: payload.draw, reason: payload.void }] : [],
  );
  const acks = file.proof.lock?.acks.flatMap((jws) => Number(openJws(jws)?.payload.iat) || []) ?? [];
  const steps = draw && globalThis.crypto?.subtle ? await stepsOf(rule, list, draw, nonces) : null;
  return {
    file,
    rule,
    list,
    draw,
    voided,
    nonces: nonces.map(({ iss }) => iss),
    noncesAt: nonces.length > 0 ? Math.max(...nonces.map(({ iat }) => iat)) : null,
    ackTimes: acks,
    deadline: deadlineOf(rule, list.week, zoneOffset),
    voids,
    notices: noticesOf(rule, list, draw, voids.length > 0, of('wd-list+jwt')),
    steps,
    isSame:
      steps !== null &&
      steps.map(rowOf).join() === draw?.drawn.map(({ stratum, unit }) => rowOf({ stratum, taken: unit })).join(),
  };
}

const rowOf = ({ stratum, taken }: { readonly stratum: string; readonly taken: string }): string =>
  `${stratum} ${taken}`;

async function stepsOf(rule: Rule, list: List, draw: Draw, nonces: readonly LogRecord[]) {
  const opened = new Map(nonces.map(({ iss, payload }) => [iss, String(payload.nonce)]));
  const given = [...draw.values];
  const values: Value[] = [];
  for (const { kind } of list.sources) {
    const value = kind === 'nonces' ? await noncesHash(list.list, opened) : given.shift()?.value;
    values.push(value ?? '');
  }
  return selectionSteps({ ...rule, ...list, values });
}

function noticesOf(rule: Rule, list: List, draw: Draw | null, isRerun: boolean, lists: readonly LogRecord[]): Notice[] {
  const first = [list, ...lists.map(({ payload }) => payload)].filter(isList).sort((a, b) => a.iat - b.iat)[0] ?? list;
  const missed = [list, first].some(({ absent }) => absent.some(({ why }) => why === 'none'));
  const withNonces = list.sources.some(({ kind }) => kind === 'nonces');
  const stand: readonly (readonly [Notice, boolean])[] = [
    ['DRAW_RERUN', isRerun],
    ['FROZEN_EARLY', missed && first.iat < deadlineOf(rule, list.week, zoneOffset)],
    ['LOCK_MINORITY', isMinority(rule)],
    ['NONCE_NOT_REVEALED', withNonces && draw !== null && draw.nonces.length < list.list.length],
  ];
  return stand.filter(([, holds]) => holds).map(([notice]) => notice);
}
