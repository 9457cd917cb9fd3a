/** Photos of reports: made small by the reader's device, public once the comment is. */
import * as v from 'valibot';
import { endpoint } from './endpoint.ts';

/** A photo of a report; its bytes have an address of their own. */
export const Photo = v.object({ sha256: v.string(), width: v.number(), height: v.number() });
export type Photo = v.InferOutput<typeof Photo>;

/** The photo of a published comment. */
export const getPhoto = endpoint({
  method: 'GET',
  path: '/api/v1/comments/{id}/photo',
  group: 'comments',
  summary: 'The photo of a published comment',
  access: 'public',
  caching: 'minute',
  answer: v.object({ type: v.literal('image/jpeg'), bytes: v.string() }),
  refusals: ['NOT_FOUND'],
});

/** The photo of a unit's public reply, named by its hash. */
export const getReplyPhoto = endpoint({
  method: 'GET',
  path: '/api/v1/tickets/{number}/photos/{sha256}',
  group: 'tickets',
  summary: 'A photo on a public reply',
  access: 'public',
  caching: 'minute',
  answer: v.object({ type: v.literal('image/jpeg'), bytes: v.string() }),
  refusals: ['NOT_FOUND'],
});

/** The photo of a comment in whatever state, for its review. */
export const getWaitingPhoto = endpoint({
  method: 'GET',
  path: '/api/v1/moderation/{id}/photo',
  group: 'moderation',
  summary: 'The photo of a comment under review',
  access: 'comments.moderate',
  answer: v.object({ type: v.literal('image/jpeg'), bytes: v.string() }),
  refusals: ['NOT_FOUND'],
});
