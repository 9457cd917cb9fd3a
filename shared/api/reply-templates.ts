/** Templates for answers of units (shared/feedback/reply-template.ts), kept by the organisation. */
import * as v from 'valibot';
import { templateLimits } from '../feedback/reply-template.ts';
import { endpoint } from './endpoint.ts';
import { Id, prose } from './field.ts';

export const ReplyTemplate = v.object({ id: Id, name: v.string(), text: v.string() });
export type ReplyTemplate = v.InferOutput<typeof ReplyTemplate>;

export const getReplyTemplates = endpoint({
  method: 'GET',
  path: '/api/v1/reply-templates',
  group: 'tickets',
  summary: 'Templates for answers, by name',
  access: 'tickets.read',
  answer: v.object({ rows: v.array(ReplyTemplate) }),
});

/** Adds one or changes it. Refused with FIELD_INVALID `text` where it has no gap: a template is completed, never sent as it is. */
export const putReplyTemplate = endpoint({
  method: 'PUT',
  path: '/api/v1/reply-templates/{id}',
  group: 'tickets',
  summary: 'Add or change a template for answers',
  access: 'tickets.dispatch',
  body: v.strictObject({ name: prose(templateLimits.name), text: prose(templateLimits.text) }),
  answer: ReplyTemplate,
  refusals: ['FIELD_INVALID'],
});

export const deleteReplyTemplate = endpoint({
  method: 'DELETE',
  path: '/api/v1/reply-templates/{id}',
  group: 'tickets',
  summary: 'Remove a template for answers',
  access: 'tickets.dispatch',
  refusals: ['NOT_FOUND'],
});
