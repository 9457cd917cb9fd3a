/** Dossiers (design.md 2.5): the organiser asks, the leader reads first and may say something, then the organiser reads both. What a dossier
 *  says is made once and kept with its digest; every reading leaves an audit row. */
import * as v from 'valibot';
import type {
  Dossier,
  DossierContent,
  DossierRow,
  getDossiers,
  getPublicPart,
  postDossier,
} from '../../../shared/api/dossiers.ts';
import type { Answer, Output } from '../../../shared/api/endpoint.ts';
import { Refusal } from '../../../shared/api/refusal.ts';
import { b64u } from '../../../shared/base/bytes.ts';
import { sha256Text } from '../../../shared/base/digest.ts';
import { dayNameAt, endOfDay, type Reckoning } from '../../../shared/feedback/deadline.ts';
import type { Grant } from '../../../shared/organisation/role.ts';
import { Assessment, heads, plainAssessment } from '../../../shared/portrait/faces.ts';
import { portraitOf } from '../../../shared/portrait/portrait.ts';
import { parseDay } from '../../../shared/time/civil.ts';
import { addWorkingDays } from '../../../shared/time/workdays.ts';
import { type Context, secondsNow } from '../../context.ts';
import { writeAudit } from '../../database/audit.ts';
import { lockFor } from '../../database/lock.ts';
import type { Db } from '../../database/port.ts';
import { cursorAfter, pageFrom, readCursor } from '../../feedback/cursor.ts';
import { reckoningOf } from '../../feedback/reckoning.ts';
import { newId } from '../../ids.ts';
import { newestHead } from '../../log/prove.ts';
import { termsOf, unitsOf } from '../../organisation/read.ts';
import { drawsLock } from '../../records/lock.ts';
import { gather, responseFor, type Span, weeksIn } from './gather.ts';
import {
  authorsOf,
  type DossierRecord,
  dossierById,
  dossiersOf,
  insertAssessment,
  insertDossier,
  insertNote,
  leaderOf,
  markOnce,
  newestAssessment,
  notesOf,
  sameDossier,
  termById,
} from './queries.ts';

const pageSize = 50;
/** Longest period in days: three years. */
const longestPeriod = 1096;
const mostNotes = 20;
/** How long the same again is what was sent twice. */
const sameSeconds = 60;

/** Makes a dossier of a term and a period and lays it before the leader. Throws NOT_FOUND for an unknown term, FIELD_INVALID where no week
 *  of the term lies in the period and is over, or nobody leads the unit, NOT_ALLOWED where the asker is the leader in question. */
export async function make(
  context: Context,
  grant: Grant,
  asker: string,
  { term: id, from, to }: Output<(typeof postDossier)['body']>,
): Promise<DossierRow> {
  return context.database.transaction(async (trx) => {
    const now = secondsNow(context);
    const by = await reckoningOf(trx, context);
    const term = await termById(trx, id);
    if (term === undefined) throw new Refusal('NOT_FOUND', { field: 'term' });
    const [begin, end] = [dayNamed(from, 'from'), dayNamed(to, 'to')];
    if (end < begin || end - begin > longestPeriod) throw new Refusal('FIELD_INVALID', { field: 'to' });
    const span: Span = {
      from: from > term.from_day ? from : term.from_day,
      to: term.to_day !== null && term.to_day < to ? term.to_day : to,
    };
    const today = dayNameAt(now, by);
    if (weeksIn(span, today).length === 0) throw new Refusal('FIELD_INVALID', { field: 'from' });
    const person = await personOf(trx, term, today);
    if (person === null) throw new Refusal('FIELD_INVALID', { field: 'term' });
    if (person === asker) throw new Refusal('NOT_ALLOWED');
    const same = await sameDossier(trx, { term: id, ...span, madeBy: grant.actor, since: now - sameSeconds });
    if (same !== undefined) return rowShown(same, now);
    // A hold has it too: no name is taken from a text that is withheld meanwhile.
    await lockFor(trx, drawsLock);
    const { leaderWorkingDays, mapping } = await assessmentNow(trx);
    const portrait = portraitOf(await gather(trx, context, by, term.unit, person, span));
    const unit = (await unitsOf(trx)).find((each) => each.id === term.unit);
    const named = (await termsOf(trx)).find((each) => each.id === id);
    if (unit === undefined || named === undefined) throw new Refusal('NOT_FOUND', { field: 'term' });
    const head = await newestHead(trx);
    const content: DossierContent = {
      v: 1,
      organisation: context.config.name,
      unit: { id: unit.id, name: unit.name },
      term: named,
      ...span,
      asOf: now,
      zone: context.config.zone,
      heads: heads.map((each) => ({
        head: each,
        faces: portrait.faces.map(({ face }) => face).filter((face) => mapping[face] === each),
      })),
      faces: [...portrait.faces],
      sources: [...portrait.sources],
      log: head === null ? null : { origin: context.config.origin, size: head.size, root: head.root },
    };
    const text = JSON.stringify(content);
    const row = {
      id: newId(context),
      term: id,
      unit: term.unit,
      person,
      from_day: span.from,
      to_day: span.to,
      made_by: grant.actor,
      made_at: now,
      content: text,
      digest: b64u(await sha256Text(text)),
      open_at: openAt(now, leaderWorkingDays, by),
      seen_at: null,
      released_at: null,
    };
    await insertDossier(trx, row);
    await writeAudit(trx, {
      at: now,
      actor: grant.actor,
      action: 'dossier.make',
      subject: row.id,
      facts: { term: id, ...span, digest: row.digest, openAt: row.open_at },
    });
    return rowShown({ ...row, post: term.post }, now);
  });
}

/** Dossiers about one person, or all; newest first. */
export async function listOf(
  context: Context,
  person: string | null,
  after: string | undefined,
): Promise<Answer<typeof getDossiers>> {
  const found = await dossiersOf(context.database.db, person, readCursor(after), pageSize + 1);
  const { page, next } = pageFrom(found, pageSize, ({ made_at, id }) => cursorAfter(made_at, id));
  return { rows: page.map((row) => rowShown(row, secondsNow(context))), next };
}

/** Throws NOT_FOUND while its leader has it. */
export async function readByAssessor(context: Context, grant: Grant, id: string): Promise<Dossier> {
  return context.database.transaction(async (trx) => {
    const now = secondsNow(context);
    const row = await dossierById(trx, id);
    if (row === undefined || rowShown(row, now).state === 'waiting') throw new Refusal('NOT_FOUND');
    const shown = await shownWhole(trx, row, now);
    await writeAudit(trx, { at: now, actor: grant.actor, action: 'dossier.read', subject: id });
    return shown;
  });
}

/** Throws NOT_FOUND where it is about somebody else. */
export async function readByLeader(context: Context, grant: Grant, person: string, id: string): Promise<Dossier> {
  return context.database.transaction(async (trx) => {
    const now = secondsNow(context);
    await ownDossier(trx, person, id);
    await markOnce(trx, id, 'seen_at', now);
    const shown = await shownWhole(trx, await ownDossier(trx, person, id), now);
    await writeAudit(trx, { at: now, actor: grant.actor, action: 'dossier.readByLeader', subject: id });
    return shown;
  });
}

/** Adds what the leader says; nothing said before is replaced. Throws NOT_FOUND, RATE_LIMITED after twenty. */
export async function addNote(
  context: Context,
  grant: Grant,
  person: string,
  id: string,
  text: string,
): Promise<Dossier> {
  return context.database.transaction(async (trx) => {
    const now = secondsNow(context);
    await lockFor(trx, `dossier ${id}`);
    const row = await ownDossier(trx, person, id);
    const notes = await notesOf(trx, id);
    const n = notes.length;
    const last = notes.at(-1);
    if (last?.text === text && last.at > now - sameSeconds) return shownWhole(trx, row, now);
    if (n >= mostNotes) throw new Refusal('RATE_LIMITED');
    await insertNote(trx, { dossier: id, n, at: now, text });
    const shown = await shownWhole(trx, row, now);
    await writeAudit(trx, { at: now, actor: grant.actor, action: 'dossier.note', subject: id, facts: { n } });
    return shown;
  });
}

/** Hands it over before the time runs out. Throws NOT_FOUND, ALREADY_DONE. */
export async function release(context: Context, grant: Grant, person: string, id: string): Promise<Dossier> {
  return context.database.transaction(async (trx) => {
    const now = secondsNow(context);
    await ownDossier(trx, person, id);
    if (!(await markOnce(trx, id, 'released_at', now))) throw new Refusal('ALREADY_DONE');
    const shown = await shownWhole(trx, await ownDossier(trx, person, id), now);
    const facts = { digest: shown.digest };
    await writeAudit(trx, { at: now, actor: grant.actor, action: 'dossier.release', subject: id, facts });
    return shown;
  });
}

/** Comments and tickets for a portrait on the leader's own device. */
export async function ownResponse(
  context: Context,
  grant: Grant,
  person: string,
  span: Output<(typeof getPublicPart)['query']>,
): Promise<Answer<typeof getPublicPart>> {
  const [begin, end] = [dayNamed(span.from, 'from'), dayNamed(span.to, 'to')];
  if (end < begin || end - begin > longestPeriod) throw new Refusal('FIELD_INVALID', { field: 'to' });
  const { db } = context.database;
  return responseFor(db, context, await reckoningOf(db, context), grant.unit ?? '', person, span);
}

export async function assessmentNow(db: Db): Promise<Assessment> {
  const row = await newestAssessment(db);
  return row === undefined ? plainAssessment : v.parse(Assessment, JSON.parse(row.value));
}

/** Holds for dossiers made from now on; those that are made keep theirs. */
export async function setAssessment(context: Context, grant: Grant, assessment: Assessment): Promise<Assessment> {
  return context.database.transaction(async (trx) => {
    await lockFor(trx, 'assessment');
    const at = secondsNow(context);
    const revision = ((await newestAssessment(trx))?.revision ?? 0) + 1;
    await insertAssessment(trx, { revision, value: JSON.stringify(assessment), at, actor: grant.actor });
    await writeAudit(trx, {
      at,
      actor: grant.actor,
      action: 'assessment.change',
      subject: String(revision),
      facts: assessment,
    });
    return assessment;
  });
}

/** Whom a term is about: who sealed most of its weeks; where nobody did, who signs for the unit while the term lasts. */
async function personOf(
  trx: Db,
  term: { readonly unit: string; readonly from_day: string; readonly to_day: string | null },
  today: string,
): Promise<string | null> {
  const weeks = weeksIn({ from: term.from_day, to: term.to_day ?? today }, today);
  const [author] = await authorsOf(trx, term.unit, weeks[0] ?? '', weeks.at(-1) ?? '');
  return author ?? (term.to_day === null || term.to_day >= today ? leaderOf(trx, term.unit) : null);
}

async function ownDossier(trx: Db, person: string, id: string): Promise<DossierRecord> {
  const row = await dossierById(trx, id);
  if (row === undefined || row.person !== person) throw new Refusal('NOT_FOUND');
  return row;
}

async function shownWhole(trx: Db, row: DossierRecord, now: number): Promise<Dossier> {
  const notes = (await notesOf(trx, row.id)).map(({ at, text }) => ({ at, text }));
  return { ...rowShown(row, now), content: row.content, notes };
}

function rowShown(row: DossierRecord, now: number): DossierRow {
  return {
    id: row.id,
    unit: row.unit,
    term: row.term,
    post: row.post,
    from: row.from_day,
    to: row.to_day,
    madeAt: row.made_at,
    openAt: row.open_at,
    state: row.released_at !== null ? 'released' : now > row.open_at ? 'elapsed' : 'waiting',
    seenAt: row.seen_at,
    releasedAt: row.released_at,
    digest: row.digest,
  };
}

const openAt = (now: number, days: number, by: Reckoning): number =>
  endOfDay(addWorkingDays(now + by.offset(now) * 60, days, by.calendar), by);

function dayNamed(text: string, field: string): number {
  const day = parseDay(text);
  if (day === null) throw new Refusal('FIELD_INVALID', { field });
  return day;
}
