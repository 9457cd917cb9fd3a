/** A text area that saves itself, with its state in words below. */
import { TextArea, TextField } from '../components/field.tsx';
import { Icon } from '../components/icon.tsx';
import { useWords } from '../locales/use-words.ts';
import { useSavedText } from './use-saved-text.ts';

/** `surface` names the draft; `most` is the limit in code points; `line`: one line instead of an area. */
export function SavedArea({
  surface,
  label,
  stored,
  save,
  most,
  hint,
  rows = 3,
  line = false,
  song = false,
  disabled = false,
  optional = false,
}: {
  readonly surface: string;
  readonly label: string;
  readonly stored: string;
  readonly save: (text: string, seen: string) => Promise<void>;
  readonly most: number;
  readonly hint?: string;
  readonly rows?: number;
  readonly line?: boolean;
  readonly song?: boolean;
  readonly disabled?: boolean;
  readonly optional?: boolean;
}) {
  const words = useWords();
  const saved = useSavedText(surface, stored, save);
  const length = [...saved.text].length;
  const error = length > most ? words.journal.tooLong(most) : saved.problem;
  const control = {
    label,
    value: saved.text,
    disabled,
    optional,
    error,
    ...(hint === undefined ? {} : { placeholder: hint }),
    onInput: (event: { currentTarget: { value: string }; isComposing: boolean }) =>
      saved.type(cleaned(event.currentTarget.value), event.isComposing),
    onCompositionEnd: (event: { currentTarget: { value: string } }) =>
      saved.type(cleaned(event.currentTarget.value), false),
    onBlur: saved.leave,
  };
  return (
    <div class="saved-area">
      {line ? <TextField {...control} /> : <TextArea {...control} rows={rows} class={song ? 'song' : ''} />}
      <p class="cap saved-state" role="status">
        {saved.state === 'typing' ? words.journal.draftKept : null}
        {saved.state === 'saved' ? (
          <>
            <Icon name="check" small /> {words.journal.saved}
          </>
        ) : null}
      </p>
    </div>
  );
}

/** Control characters other than line feed and tab do not get in (sync.md). */
export function cleaned(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  return text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');
}
