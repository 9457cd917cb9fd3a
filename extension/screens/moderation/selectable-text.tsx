/** A text in which spans can be selected by mouse and by keyboard, and nothing can be changed. A read-only text area would show no caret,
 *  so that the keyboard could select nothing in it; here every change is refused instead. */
import type { Ref } from 'preact';
import { useId } from 'preact/hooks';

export function SelectableText({
  label,
  hint,
  text,
  areaRef,
}: {
  readonly label: string;
  readonly hint: string;
  readonly text: string;
  readonly areaRef: Ref<HTMLTextAreaElement>;
}) {
  const id = useId();
  return (
    <div class="field say">
      <label for={id}>{label}</label>
      <textarea
        id={id}
        ref={areaRef}
        rows={Math.min(14, Math.max(2, Math.ceil(text.length / 26)))}
        value={text}
        aria-readonly="true"
        aria-describedby={`${id}-hint`}
        data-selectable
        spellcheck={false}
        onBeforeInput={(event) => event.preventDefault()}
        onInput={(event) => {
          // An input method's composition cannot be prevented: what it wrote is taken back.
          event.currentTarget.value = text;
        }}
      />
      <p class="hint" id={`${id}-hint`}>
        {hint}
      </p>
    </div>
  );
}
