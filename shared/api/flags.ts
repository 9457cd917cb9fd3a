/** Reports of readers about comments (举报): one a reader and comment, settled by a moderator, who
 *  finds them in the review queue (comments.ts). */
import * as v from 'valibot';
import { rejectionReasons } from '../feedback/comment.ts';
import { endpoint } from './endpoint.ts';
import { Hash } from './field.ts';

/** A reader says that a comment should not stand there. `reader` is a random number that this reader's browser keeps: one flag a reader and
 *  comment, and the same one again changes nothing. */
export const postFlag = endpoint({
  method: 'POST',
  path: '/api/v1/comments/{id}/flags',
  group: 'comments',
  summary: 'Report a comment to the moderators',
  access: 'public',
  proof: true,
  body: v.strictObject({ reader: Hash, reason: v.picklist(rejectionReasons) }),
  refusals: ['NOT_FOUND', 'ORIGIN_REFUSED', 'SIGN_IN_NEEDED', 'RATE_LIMITED'],
});

/** The comment stays: its open reports are settled. A removal settles them too. */
export const postFlagsDismissal = endpoint({
  method: 'POST',
  path: '/api/v1/moderation/{id}/flags-dismissal',
  group: 'moderation',
  summary: 'Let a reported comment stand',
  access: 'comments.moderate',
  refusals: ['NOT_FOUND'],
});
