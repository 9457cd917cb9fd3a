/** Units and terms of office as the organiser changes them. */
import * as v from 'valibot';
import type { Output } from '../../../shared/api/endpoint.ts';
import { Id } from '../../../shared/api/field.ts';
import type { putTerm, putUnit } from '../../../shared/api/organisation.ts';
import { Refusal } from '../../../shared/api/refusal.ts';
import { isActorLike } from '../../../shared/organisation/config.ts';
import { type Context, secondsNow } from '../../context.ts';
import { writeAudit } from '../../database/audit.ts';
import { lockFor } from '../../database/lock.ts';
import { insertOrUpdateTerm, insertOrUpdateUnit, termsOfUnit, unitById } from './queries.ts';

/** Adds a unit or renames one. Throws FIELD_INVALID for an id that looks like an actor's. */
export async function changeUnit(
  context: Context,
  actor: string,
  id: string,
  body: Output<(typeof putUnit)['body']>,
): Promise<undefined> {
  if (!v.is(Id, id) || isActorLike(id)) throw new Refusal('FIELD_INVALID', { field: 'id' });
  for (const [language, name] of Object.entries(body.name))
    if (name.trim() === '' || name.length > 200) throw new Refusal('FIELD_INVALID', { field: `name.${language}` });
  await context.database.transaction(async (trx) => {
    await lockFor(trx, 'organisation');
    await insertOrUpdateUnit(trx, { id, kind: body.kind, zh: body.name.zh, en: body.name.en });
    await writeAudit(trx, { at: secondsNow(context), actor, action: 'unit.change', subject: id, facts: body });
  });
}

/** Adds a term of office or changes its dates. Terms of one unit never overlap, so that each diary has one. */
export async function changeTerm(
  context: Context,
  actor: string,
  id: string,
  body: Output<(typeof putTerm)['body']>,
): Promise<undefined> {
  if (!v.is(Id, id)) throw new Refusal('FIELD_INVALID', { field: 'id' });
  if (body.to !== null && body.to < body.from) throw new Refusal('FIELD_INVALID', { field: 'to' });
  await context.database.transaction(async (trx) => {
    await lockFor(trx, 'organisation');
    if ((await unitById(trx, body.unit)) === undefined) throw new Refusal('NOT_FOUND', { field: 'unit' });
    const others = (await termsOfUnit(trx, body.unit)).filter((term) => term.id !== id);
    const overlaps = others.some(
      (term) => (body.to === null || term.from_day <= body.to) && (term.to_day === null || term.to_day >= body.from),
    );
    if (overlaps) throw new Refusal('FIELD_INVALID', { field: 'from', facts: { reason: 'TERMS_OVERLAP' } });
    const written = await insertOrUpdateTerm(trx, {
      id,
      unit: body.unit,
      post: body.post,
      from_day: body.from,
      to_day: body.to,
    });
    if (!written) throw new Refusal('FIELD_INVALID', { field: 'unit', facts: { reason: 'TERM_OF_OTHER_UNIT' } });
    await writeAudit(trx, { at: secondsNow(context), actor, action: 'term.change', subject: id, facts: body });
  });
}
