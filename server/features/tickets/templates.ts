/** Templates for answers: kept by organisers, completed by handlers (shared/feedback/reply-template.ts). */
import type { Answer, Output } from '../../../shared/api/endpoint.ts';
import { Refusal } from '../../../shared/api/refusal.ts';
import type { getReplyTemplates, putReplyTemplate } from '../../../shared/api/reply-templates.ts';
import { gapsOf, templateLimits } from '../../../shared/feedback/reply-template.ts';
import type { Grant } from '../../../shared/organisation/role.ts';
import { type Context, secondsNow } from '../../context.ts';
import { writeAudit } from '../../database/audit.ts';
import { deleteTemplateRow, putTemplateRow, replyTemplates } from './queries.ts';

export async function listTemplates(context: Context): Promise<Answer<typeof getReplyTemplates>> {
  const rows = await replyTemplates(context.database.db);
  return { rows: rows.map(({ id, name, text }) => ({ id, name, text })) };
}

/** Throws FIELD_INVALID for a bad id, a text without a gap, and one more than an organisation may have. */
export async function putTemplate(
  context: Context,
  { actor }: Grant,
  id: string,
  { name, text }: Output<(typeof putReplyTemplate)['body']>,
): Promise<Answer<typeof putReplyTemplate>> {
  if (!/^[a-z0-9-]{1,32}$/.test(id)) throw new Refusal('FIELD_INVALID', { field: 'id' });
  if (gapsOf(text).length === 0) throw new Refusal('FIELD_INVALID', { field: 'text', facts: { reason: 'NO_GAP' } });
  const at = secondsNow(context);
  return context.database.transaction(async (trx) => {
    const known = await replyTemplates(trx);
    if (known.length >= templateLimits.count && !known.some((row) => row.id === id))
      throw new Refusal('FIELD_INVALID', { field: 'id', facts: { most: templateLimits.count } });
    await putTemplateRow(trx, { id, name, text, changed_at: at, changed_by: actor });
    await writeAudit(trx, { at, actor, action: 'replyTemplate.put', subject: id, facts: { name } });
    return { id, name, text };
  });
}

/** Throws NOT_FOUND. */
export async function removeTemplate(context: Context, { actor }: Grant, id: string): Promise<undefined> {
  const at = secondsNow(context);
  return context.database.transaction(async (trx) => {
    if (!(await deleteTemplateRow(trx, id))) throw new Refusal('NOT_FOUND');
    await writeAudit(trx, { at, actor, action: 'replyTemplate.delete', subject: id });
    return undefined;
  });
}
