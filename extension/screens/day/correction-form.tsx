/** The correction of a sealed entry: its text as a draft to change, its times, and where it will be written. */
import { useEffect, useState } from 'preact/hooks';
import type { EntryBody } from '../../../shared/api/journal.ts';
import { secrecyWordIn } from '../../../shared/diary/wording.ts';
import { formatDay, formatMinute } from '../../../shared/time/civil.ts';
import { correctEntry } from '../../commands/corrections.ts';
import { Button } from '../../components/button.tsx';
import { TextArea } from '../../components/field.tsx';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import type { Written } from '../../store/queries.ts';
import { type Picked, TimePicker } from '../quick-line/time-picker.tsx';
import { usePlacement } from '../quick-line/use-placement.ts';
import { cleaned } from '../saved-area.tsx';
import { useAct } from '../use-act.ts';
import { useDraft } from '../use-draft.ts';
import type { Journal } from '../use-journal.ts';
import { SecrecyWarning } from '../wording/secrecy-warning.tsx';
import { Underlined } from '../wording/underlined.tsx';
import { useWordBook } from '../wording/use-word-book.ts';
import { WordingHints } from '../wording/wording-hints.tsx';
import { textOf } from './day-facts.ts';

/** Where the draft of a correction is kept. */
export const correctionSurface = (id: string) => `correction:${id}`;

/** `onClose` is called when it was saved or given up. */
export function CorrectionForm({
  entry,
  journal,
  onClose,
}: {
  readonly entry: Written<EntryBody>;
  readonly journal: Journal;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const book = useWordBook();
  const { act, problem, busy } = useAct();
  const sealed = textOf(entry) ?? '';
  const draft = useDraft(correctionSurface(entry.id));
  const [picked, setPicked] = useState<Picked | null>(null);
  const [warned, setWarned] = useState<string | null>(null);
  const week = usePlacement(entry.body.day);
  const isBlank = draft.ready && draft.text === '' && !draft.kept;
  useEffect(() => {
    if (isBlank) draft.type(sealed);
  }, [isBlank]);
  const type = (text: string, composing: boolean) => {
    draft.type(cleaned(text), composing);
    setWarned(null);
  };
  const close = () => {
    draft.drop();
    onClose();
  };
  const save = async (checked: boolean) => {
    const word = checked ? null : secrecyWordIn(draft.text, book, sealed);
    setWarned(word);
    if (word !== null) return;
    const { text } = draft;
    const span =
      picked === null
        ? {}
        : { day: formatDay(picked.day), start: formatMinute(picked.start), end: formatMinute(picked.end) };
    if (await act(() => correctEntry(entry, { text, ...span }))) close();
  };
  return (
    <div class="edit correction">
      <TextArea
        label={words.wording.corrected}
        value={draft.text}
        rows={2}
        over={<Underlined text={draft.text} book={book} />}
        onInput={(event) => type(event.currentTarget.value, event.isComposing)}
        onCompositionEnd={(event) => type(event.currentTarget.value, false)}
        onKeyDown={(event) => {
          if (!event.altKey || event.code !== 'KeyK' || warned === null) return;
          event.preventDefault();
          void save(true);
        }}
      />
      <div class="field-foot">
        <WordingHints text={draft.text} book={book} onText={(text) => type(text, false)} keys />
        <p class="cap saved-state">{draft.kept ? words.journal.draftKept : ''}</p>
      </div>
      <TimePicker day={entry.body.day} start={entry.body.start} end={entry.body.end} live onChange={setPicked} />
      {warned === null ? null : <SecrecyWarning word={warned} onConfirm={() => void save(true)} />}
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
      <p class="cap">{words.wording.correctionGoes(words.time.week(week ?? journal.week))}</p>
      <p class="row">
        <Button kind="primary" small disabled={busy} onClick={() => void save(false)}>
          {words.wording.saveCorrection}
        </Button>
        <Button small onClick={close}>
          {words.common.cancel}
        </Button>
      </p>
    </div>
  );
}
