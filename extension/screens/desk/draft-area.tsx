/** A text that matters (a reply, a reason): what is typed is a draft under its surface and outlives failure, tab and browser. */
import { TextArea } from '../../components/field.tsx';
import { useWords } from '../../locales/use-words.ts';
import { cleaned } from '../saved-area.tsx';
import type { Draft } from '../use-draft.ts';

/** `most`: limit in code points. `error` is shown before the length is judged. */
export function DraftArea({
  draft,
  label,
  most,
  rows = 3,
  hint,
  optional = false,
  error = null,
}: {
  readonly draft: Draft;
  readonly label: string;
  readonly most: number;
  readonly rows?: number;
  readonly hint?: string;
  readonly optional?: boolean;
  readonly error?: string | null;
}) {
  const words = useWords();
  const tooLong = [...draft.text].length > most ? words.desk.tooLong(most) : null;
  return (
    <div class="draft-area">
      <TextArea
        label={label}
        rows={rows}
        optional={optional}
        value={draft.text}
        error={error ?? tooLong}
        {...(hint === undefined ? {} : { hint })}
        onInput={(event) => draft.type(cleaned(event.currentTarget.value), event.isComposing)}
        onCompositionEnd={(event) => draft.type(cleaned(event.currentTarget.value))}
      />
      <p class="cap draft-state" role="status">
        {draft.kept && draft.text !== '' ? words.desk.draftKept : null}
      </p>
    </div>
  );
}

/** A typed text as the wire takes it: null where nothing but blanks was typed. */
export const noteOf = (text: string): string | null => (text.trim() === '' ? null : text.trim());
