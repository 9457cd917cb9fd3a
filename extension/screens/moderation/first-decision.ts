/** What was decided first, as a sentence, out of the facts of a refusal. */

import type { Facts } from '../../../shared/api/refusal.ts';
import { commentStates, rejectionReasons } from '../../../shared/feedback/comment.ts';
import type { Words } from '../../locales/use-words.ts';
import type { Desk } from '../desk/use-desk.ts';

/** `张主持 9月23日 14:02 已公开`; of one that was edited since, that it was. */
export function firstDecision(facts: Facts, words: Words, desk: Desk): string {
  const text = words.comments.moderation;
  const state = commentStates.find((each) => each === facts.state);
  if (state === undefined || state === 'waiting') return text.edited;
  const reason = rejectionReasons.find((each) => each === facts.reason);
  return text.first(
    typeof facts.by === 'string' ? facts.by : null,
    typeof facts.at === 'number' ? desk.moment(facts.at) : null,
    words.domain.commentState[state],
    reason === undefined ? null : words.domain.rejection[reason],
  );
}
