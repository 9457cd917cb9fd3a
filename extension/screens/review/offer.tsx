/** The text of a withheld item that its author offers to readers, before its reviewer: shown to them, or withheld as before for a reason. */
import { useState } from 'preact/hooks';
import { longestReason } from '../../../shared/api/releases.ts';
import type { ReviewItem } from '../../../shared/api/reviews.ts';
import { decideOffer } from '../../commands/releases.ts';
import type { ReviewPlace } from '../../commands/reviews.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Message } from '../../components/message.tsx';
import type { Saying } from '../../locales/use-saying.ts';
import { useWords } from '../../locales/use-words.ts';
import { AnswerForm } from '../desk/answer-form.tsx';
import { useDesk } from '../desk/use-desk.ts';
import { useAct } from '../use-act.ts';
import { useDraft } from '../use-draft.ts';

export function OfferActs({
  offer,
  index,
  place,
  changed,
  say,
}: {
  readonly offer: NonNullable<ReviewItem['offer']>;
  readonly index: number;
  readonly place: ReviewPlace;
  readonly changed: () => Promise<void>;
  readonly say: (saying: Saying) => void;
}) {
  const words = useWords();
  const desk = useDesk();
  const text = words.releases;
  const { busy, problem, act } = useAct();
  const [declining, setDeclining] = useState(false);
  const read = { item: index, why: offer.why };
  const pass = async () => {
    const done = await act(() => decideOffer(place, read, null));
    if (done) say(({ releases }) => releases.saidPassed(desk.unitName(place.unit), index + 1));
    await changed();
  };
  return (
    <>
      <Message tone="amber">
        {text.asked(desk.moment(offer.at))}
        <span class="prose under">{offer.why}</span>
      </Message>
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
      <p class="keys">
        <Button kind="primary" disabled={busy} onClick={() => void pass()}>
          {text.pass}
        </Button>
        <Button disabled={busy} onClick={() => setDeclining(true)}>
          {text.decline}
        </Button>
      </p>
      {declining ? (
        <Decline
          read={read}
          place={place}
          onClose={() => setDeclining(false)}
          changed={changed}
          done={() => {
            setDeclining(false);
            say(({ releases }) => releases.saidDeclined(desk.unitName(place.unit), index + 1));
          }}
        />
      ) : null}
    </>
  );
}

function Decline({
  read,
  place,
  onClose,
  changed,
  done,
}: {
  readonly read: { readonly item: number; readonly why: string };
  readonly place: ReviewPlace;
  readonly onClose: () => void;
  readonly changed: () => Promise<void>;
  readonly done: () => void;
}) {
  const text = useWords().releases;
  const draft = useDraft(`release.${place.draw}.${place.unit}.${read.item}.decline`);
  return (
    <Dialog title={text.declineTitle(read.item + 1)} onClose={onClose}>
      <AnswerForm
        draft={draft}
        label={text.reason}
        hint={text.reasonHint}
        most={longestReason}
        word={text.declineSend}
        // Refused, it is another offer by now, or none.
        send={(reason) => decideOffer(place, read, reason).finally(changed)}
        done={async () => done()}
      />
    </Dialog>
  );
}
