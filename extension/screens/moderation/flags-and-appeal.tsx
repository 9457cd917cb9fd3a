/** Why an item that was decided before is in the queue again: what readers reported, what its author says against the decision. */
import type { WaitingComment } from '../../../shared/api/comments.ts';
import { rejectionReasons } from '../../../shared/feedback/comment.ts';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';

export function FlagsAndAppeal({ comment: { flags, appeal } }: { readonly comment: WaitingComment }) {
  const words = useWords();
  const text = words.comments.flags;
  const said = rejectionReasons.filter((reason) => flags?.reasons[reason] !== undefined);
  const against = rejectionReasons.find((reason) => reason === appeal?.reason);
  return (
    <>
      {flags === null ? null : (
        <p class="meta">
          <b>{text.title}</b>{' '}
          {said
            .map((each) => text.reason(words.domain.rejection[each], flags.reasons[each] ?? 0))
            .join(words.common.separator)}
          {flags.unproven === 0 ? null : ` ${text.unproven(flags.unproven)}`}
        </p>
      )}
      {appeal === null ? null : (
        <>
          <p class="meta">
            {text.appealAgainst(against === undefined ? null : words.domain.rejection[against], appeal.note)}
          </p>
          <blockquote class="prose quoted">{appeal.words}</blockquote>
          {appeal.mine ? <Message>{text.appealMine}</Message> : null}
        </>
      )}
    </>
  );
}
