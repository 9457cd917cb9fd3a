/** Why a comment is not published or taken off: a key for each reason, and a word to the author. */
import { useState } from 'preact/hooks';
import { type RejectionReason, rejectionReasons } from '../../../shared/feedback/comment.ts';
import { erasesText } from '../../../shared/feedback/moderation.ts';
import { Button } from '../../components/button.tsx';
import { RadioGroup } from '../../components/choice.tsx';
import { useWords } from '../../locales/use-words.ts';
import { DraftArea, noteOf } from '../desk/draft-area.tsx';
import type { Draft } from '../use-draft.ts';

/** `word`: what the button does; `keyed`: the numbers choose. */
export function ReasonForm({
  reason,
  note,
  word,
  busy = false,
  keyed = false,
  choose,
  decide,
}: {
  readonly reason: RejectionReason | null;
  readonly note: Draft;
  readonly word: string;
  readonly busy?: boolean;
  readonly keyed?: boolean;
  readonly choose: (reason: RejectionReason) => void;
  readonly decide: (reason: RejectionReason, note: string | null) => void;
}) {
  const words = useWords();
  const text = words.comments.moderation;
  const [tried, setTried] = useState(false);
  return (
    <div class="stack reasons">
      <RadioGroup
        label={text.reasons}
        hint={reason === null || !erasesText(reason) ? text.reasonsHint : keyed ? text.erasesKeyed : text.erases}
        columns
        value={reason}
        error={tried && reason === null ? words.desk.chooseOne : null}
        options={rejectionReasons.map((value, n) => ({
          value,
          label: words.domain.rejection[value],
          ...(keyed ? { shortcut: String(n + 1) } : {}),
        }))}
        onChoose={choose}
      />
      <DraftArea draft={note} label={text.note} hint={text.noteHint} most={200} rows={2} optional />
      <p>
        <Button
          kind="danger"
          disabled={busy}
          onClick={() => {
            setTried(true);
            if (reason !== null) decide(reason, noteOf(note.text));
          }}
        >
          {word}
        </Button>
      </p>
    </div>
  );
}
