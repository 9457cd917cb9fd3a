/** A text area that saves itself, with its state in words, proposals for its wording, and the warning that holds a save. */
import { secrecyWordIn } from '../../shared/diary/wording.ts';
import { TextArea, TextField } from '../components/field.tsx';
import { Icon } from '../components/icon.tsx';
import { Message } from '../components/message.tsx';
import { useWords } from '../locales/use-words.ts';
import { useSavedText } from './use-saved-text.ts';
import { SecrecyWarning } from './wording/secrecy-warning.tsx';
import { Underlined } from './wording/underlined.tsx';
import { useWordBook } from './wording/use-word-book.ts';
import { WordingHints } from './wording/wording-hints.tsx';

/** `surface` names the draft and the element, so that a check can lead to it; `most` is the limit in code points; `line`: one line instead
 *  of an area. */
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
  const book = useWordBook();
  const saved = useSavedText(surface, stored, save, (text, confirmed) => secrecyWordIn(text, book, confirmed));
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
    onKeyDown: (event: { altKey: boolean; code: string; preventDefault: () => void }) => {
      if (!event.altKey || event.code !== 'KeyK' || saved.warned === null) return;
      event.preventDefault();
      saved.confirm();
    },
  };
  return (
    <div class="saved-area" id={surface}>
      {line ? (
        <TextField {...control} />
      ) : (
        <TextArea
          {...control}
          rows={rows}
          class={song ? 'song' : ''}
          over={<Underlined text={saved.text} book={book} />}
        />
      )}
      <div class="field-foot">
        {disabled ? null : (
          <WordingHints text={saved.text} book={book} onText={(text) => saved.type(text, false)} keys />
        )}
        <p class="cap saved-state" role="status">
          {saved.state === 'typing' ? words.journal.draftKept : null}
          {saved.state === 'saved' ? (
            <>
              <Icon name="check" small /> {words.journal.saved}
            </>
          ) : null}
        </p>
      </div>
      {saved.other === null ? null : (
        <Message tone="amber" role="alert">
          <p>{saved.other === '' ? words.journal.emptiedElsewhere : words.journal.changedElsewhere}</p>
          {saved.other === '' ? null : <p class="prose">{saved.other}</p>}
          <p class="row">
            <button type="button" class="link" onClick={saved.keepOwn}>
              {words.journal.keepMine}
            </button>
            <button type="button" class="link" onClick={saved.takeOther}>
              {words.journal.keepOther}
            </button>
          </p>
        </Message>
      )}
      {saved.warned === null ? null : <SecrecyWarning word={saved.warned} onConfirm={saved.confirm} />}
    </div>
  );
}

/** Control characters other than line feed and tab do not get in (sync.md). */
export function cleaned(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  return text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');
}
