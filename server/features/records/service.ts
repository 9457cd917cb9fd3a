/** Logs signed records: rule, list, nonce, draw and hold, each judged against the log's state in the transaction that appends it. */
import type { postRecord } from '../../../shared/api/draws.ts';
import type { Answer } from '../../../shared/api/endpoint.ts';
import { Refusal } from '../../../shared/api/refusal.ts';
import { reviewDue } from '../../../shared/feedback/deadline.ts';
import type { AuditAction } from '../../../shared/organisation/audit-action.ts';
import type { LogRecord } from '../../../shared/proof/keys.ts';
import { isHold, isList, type LogRole } from '../../../shared/proof/records.ts';
import { openJws } from '../../../shared/proof/signature.ts';
import { type Context, secondsNow } from '../../context.ts';
import { writeAudit } from '../../database/audit.ts';
import { lockFor } from '../../database/lock.ts';
import type { Db } from '../../database/port.ts';
import { reckoningOf } from '../../feedback/reckoning.ts';
import type { Session } from '../../http/session.ts';
import { appendLeaf, lockLog } from '../../log/append.ts';
import { publishDue } from '../../public/publish.ts';
import { admit, keysNamed } from '../../records/admit.ts';
import { judgeDrawRecord } from '../../records/draw.ts';
import { eraseItem } from '../../records/erase.ts';
import { freezeWeek } from '../../records/freeze-week.ts';
import { judgeHold } from '../../records/hold.ts';
import { logKeyRecord } from '../../records/keys.ts';
import { judgeListRecord } from '../../records/list.ts';
import { drawsLock, weekLock } from '../../records/lock.ts';
import { judgeNonce } from '../../records/nonce.ts';
import { alreadyDone, orRefuse, refused } from '../../records/problem.ts';
import {
  acksOf,
  countingSeals,
  drawById,
  earlierDraws,
  insertDraw,
  insertHold,
  insertNonce,
  insertRule,
  listOf,
  noncesOf,
  openStages,
  recordsAt,
  recordsOfDraw,
  ruleAt,
  ruleOfWeek,
  unitsOnLeave,
  updateDraw,
} from '../../records/queries.ts';
import { releaseOf } from '../../records/releases.ts';
import { hasDrawn, unitsOfPerson } from '../../records/reviews.ts';
import { judgeRule } from '../../records/rule.ts';
import { isLoggedRule, unitIds } from './queries.ts';

interface Step {
  readonly trx: Db;
  readonly context: Context;
  readonly session: Session;
  readonly record: LogRecord;
  readonly role: LogRole;
  /** Unix seconds. */
  readonly now: number;
}

/** What follows once the leaf is in the log, in the same transaction: index rows and whatever else hangs on it. Gives facts for the audit. */
type Follow = (size: number) => Promise<Readonly<Record<string, unknown>>>;

interface Judged {
  readonly action: AuditAction;
  readonly subject: string;
  readonly follow: Follow;
}

const judges: Readonly<Record<string, (step: Step) => Promise<Judged>>> = {
  'wd-rule+jwt': rule,
  'wd-list+jwt': list,
  'wd-nonce+jwt': nonce,
  'wd-draw+jwt': draw,
  'wd-hold+jwt': hold,
};

/** Logs one record signed by a log key of the caller. Throws RECORD_REFUSED, OUT_OF_ORDER or ALREADY_DONE with a `reason`, LOG_ABSENT before
 *  leaf 0. Nothing is written unless all of it is. */
export function logRecord(context: Context, session: Session, jws: string): Promise<Answer<typeof postRecord>> {
  const kind = openJws(jws)?.typ ?? '';
  if (kind === 'wd-key+jwt') return revokeKey(context, session, jws);
  const judge = judges[kind];
  if (judge === undefined) return Promise.reject(new Refusal('RECORD_REFUSED', { facts: { reason: 'TYP' } }));
  return context.database.transaction(async (trx) => {
    await lockFor(trx, drawsLock);
    const week = weekToLock(jws);
    if (week !== null) await lockFor(trx, weekLock(week));
    const index = await lockLog(trx);
    if (index === 0) throw new Refusal('LOG_ABSENT');
    const { record, key } = orRefuse(await admit(trx, jws, index));
    if (!session.grants.some(({ role, actor }) => role === key.role && actor === key.sub))
      throw new Refusal('NOT_ALLOWED');
    const now = secondsNow(context);
    const judged = await judge({ trx, context, session, record, role: key.role, now });
    const leaf = await appendLeaf(trx, context, jws);
    const facts = await judged.follow(leaf.size);
    await writeAudit(trx, {
      at: now,
      actor: key.sub,
      action: judged.action,
      subject: judged.subject,
      facts: { ...facts, index: leaf.index },
    });
    return { index: leaf.index, checkpoint: leaf.checkpoint };
  });
}

/** Ends a log key at once. Enrolments go with an activation, where both sides have compared the fingerprint. */
function revokeKey(context: Context, session: Session, jws: string): Promise<Answer<typeof postRecord>> {
  return context.database.transaction(async (trx) => {
    if ((await lockLog(trx)) === 0) throw new Refusal('LOG_ABSENT');
    const { payload, iss, index, checkpoint } = await logKeyRecord(trx, context, jws);
    if (payload.op !== 'revoke') return orRefuse(refused('ENROLMENT', 'op'));
    if (!session.grants.some(({ role, actor }) => role === 'organiser' && actor === iss))
      throw new Refusal('NOT_ALLOWED');
    const { sub, kid, why } = payload;
    await writeAudit(trx, {
      at: secondsNow(context),
      actor: iss,
      action: 'key.revoke',
      subject: sub,
      facts: { kid, why, index },
    });
    return { index, checkpoint };
  });
}

/** A list shuts a week, so no seal of that week may come between its judgement and its leaf. */
function weekToLock(jws: string): string | null {
  const payload = openJws(jws)?.payload;
  return isList(payload) ? payload.week : null;
}

async function rule({ trx, record }: Step): Promise<Judged> {
  const draws = await earlierDraws(trx);
  // Sent again, because its answer was lost.
  if (await isLoggedRule(trx, record.text)) return orRefuse(alreadyDone('RULE'));
  const state = { units: await unitIds(trx), isDrawOpen: draws.some((one) => one.isOpen) };
  const payload = orRefuse(judgeRule(record.payload, state));
  return {
    action: 'rule.set',
    subject: String(record.index),
    follow: async () => {
      await insertRule(trx, record.index, payload);
      return {};
    },
  };
}

async function list({ trx, record, now }: Step): Promise<Judged> {
  const week = String(record.payload.week);
  const state = {
    week,
    now,
    rule: await ruleOfWeek(trx, week),
    seals: await countingSeals(trx, week),
    leave: await unitsOnLeave(trx, week),
    draws: await earlierDraws(trx),
  };
  const payload = orRefuse(
    await judgeListRecord(record, state, async (said) => {
      const attempts = state.draws.filter((one) => one.week === week);
      const earlier = await Promise.all(attempts.map((one) => drawById(trx, one.draw)));
      return recordsAt(trx, [
        said.rule,
        ...said.list.map(({ i }) => i),
        ...earlier.flatMap((row) => [row?.list_idx, row?.record_idx].flatMap((at) => at ?? [])),
      ]);
    }),
  );
  return {
    action: 'list.freeze',
    subject: payload.draw,
    follow: async () => {
      await insertDraw(trx, {
        draw: payload.draw,
        week,
        stage: 'frozen',
        rule_idx: payload.rule,
        list_idx: record.index,
        list: JSON.stringify(payload),
        frozen_at: now,
        lock_size: null,
        lock_root: null,
        locked_at: null,
        record_idx: null,
        record: null,
        published_at: null,
        review_due: null,
      });
      const roll = state.rule?.payload.roll.map(({ unit }) => unit) ?? [];
      const reset = await freezeWeek(trx, week, payload.draw, roll);
      return { candidates: payload.list.length, absent: payload.absent.map(({ unit }) => unit), reset };
    },
  };
}

async function nonce({ trx, record }: Step): Promise<Judged> {
  const row = await drawById(trx, String(record.payload.draw));
  const said = row === undefined ? null : listOf(row);
  const listed = said?.list.find(({ unit }) => unit === record.iss);
  const [seal] = listed === undefined ? [] : await recordsAt(trx, [listed.i]);
  const known = row === undefined ? [] : await noncesOf(trx, row.draw);
  const payload = orRefuse(
    await judgeNonce(record.payload, {
      draw: row === undefined || said === null ? null : { stage: row.stage, list: said },
      commitment: seal === undefined ? null : String(seal.payload.nc),
      isKnown: known.some(({ unit }) => unit === record.iss),
    }),
  );
  return {
    action: 'nonce.reveal',
    subject: payload.draw,
    follow: async () => {
      await insertNonce(trx, { draw: payload.draw, unit: payload.iss, idx: record.index, nonce: payload.nonce });
      return {};
    },
  };
}

async function draw({ trx, context, record, now }: Step): Promise<Judged> {
  const row = await drawById(trx, String(record.payload.draw));
  const isOpen = row !== undefined && openStages.some((stage) => stage === row.stage);
  const said = row === undefined ? null : listOf(row);
  const acks = row === undefined ? [] : await acksOf(trx, [row.draw]);
  const kids = acks.flatMap((ack) => openJws(ack.jws)?.kid ?? []);
  const payload = orRefuse(
    await judgeDrawRecord(record, {
      now,
      draw:
        row === undefined || said === null
          ? null
          : {
              stage: row.stage,
              listIndex: row.list_idx,
              minAcks: (await ruleAt(trx, row.rule_idx)).min_acks,
              notBefore: Math.max(0, ...said.sources.map(({ not_before }) => not_before ?? 0)),
            },
      lock: row?.lock_size == null || row.lock_root === null ? null : { size: row.lock_size, root: row.lock_root },
      acks: acks.map((ack) => ack.jws),
      records: row !== undefined && isOpen ? await recordsOfDraw(trx, row) : [],
      keys: await keysNamed(trx, kids),
    }),
  );
  const isVoid = 'void' in payload;
  return {
    action: isVoid ? 'draw.void' : 'draw.record',
    subject: payload.draw,
    follow: async () => {
      await updateDraw(trx, payload.draw, {
        stage: isVoid ? 'void' : 'drawn',
        record_idx: record.index,
        record: JSON.stringify(payload),
        review_due: isVoid ? null : reviewDue(now, await reckoningOf(trx, context)),
      });
      const drawn = await drawById(trx, payload.draw);
      if (drawn !== undefined) await publishDue(trx, drawn, now);
      return 'drawn' in payload ? { drawn: payload.drawn.map(({ unit }) => unit) } : { reason: payload.void };
    },
  };
}

async function hold({ trx, context, session, record, role, now }: Step): Promise<Judged> {
  const said = isHold(record.payload) ? record.payload : null;
  const seal =
    said === null
      ? undefined
      : await trx.selectFrom('seal').selectAll().where('seal_hash', '=', said.seal).executeTakeFirst();
  const known =
    said === null
      ? undefined
      : await trx
          .selectFrom('hold')
          .select('idx')
          .where('seal_hash', '=', said.seal)
          .where('item', '=', said.item)
          .executeTakeFirst();
  const release = said === null ? undefined : await releaseOf(trx, said.seal, said.item);
  const cover: unknown = seal === undefined ? null : JSON.parse(seal.cover);
  const counting =
    seal === undefined ? undefined : (await countingSeals(trx, seal.week)).find(({ unit }) => unit === seal.unit);
  const isCounting = counting === undefined || counting.seal === said?.seal;
  const payload = orRefuse(
    judgeHold(record.payload, {
      seal: seal === undefined ? null : { unit: seal.unit, cover, isCounting },
      role,
      isKnown: known !== undefined,
      isReleased: release?.state === 'passed',
    }),
  );
  if (seal === undefined) return orRefuse(refused('SEAL_UNKNOWN', 'seal'));
  // A reviewer who leads or serves the unit withholds nothing of it, nor of what he wrote when he led it; its leader may, with the leader's key.
  const isOwn = seal.author === session.person.id || (await unitsOfPerson(trx, session)).has(seal.unit);
  if (role === 'reviewer' && isOwn) return orRefuse(refused('OWN_UNIT', 'iss'));
  // Who drew does not take back what the lot has drawn.
  const drew = role === 'reviewer' && (await hasDrawn(trx, session, seal));
  if (drew && !context.config.onePerson) return orRefuse(refused('DREW', 'iss'));
  return {
    action: 'item.hold',
    subject: `${payload.seal}/${payload.item}`,
    follow: async (size) => {
      await insertHold(trx, {
        seal_hash: payload.seal,
        item: payload.item,
        idx: record.index,
        iss: payload.iss,
        role,
        ground: payload.ground,
        basis: payload.basis,
        iat: payload.iat,
      });
      const files = await eraseItem(trx, context.config, seal, payload, { size, now });
      const { unit, week } = seal;
      return { unit, week, ground: payload.ground, files, ...(drew ? { onePerson: true } : {}) };
    },
  };
}
