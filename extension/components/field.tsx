/** A labelled field: label above, hint below, one sentence of error with what to do (look.md 7, Forms). */
import type {
  ComponentChildren,
  Ref,
  TargetedCompositionEvent,
  TargetedEvent,
  TargetedFocusEvent,
  TargetedInputEvent,
  TargetedKeyboardEvent,
} from 'preact';
import { useId } from 'preact/hooks';
import { useWords } from '../locales/use-words.ts';
import { Icon } from './icon.tsx';

interface Shell {
  readonly label: string;
  readonly hint?: string;
  /** Says （可不填） behind the label. */
  readonly optional?: boolean;
  readonly error?: string | null;
}

/** What a field passes on to its control. */
interface Control<Element extends HTMLElement> extends Shell {
  readonly value?: string;
  readonly name?: string;
  readonly lang?: string;
  readonly disabled?: boolean;
  readonly required?: boolean;
  readonly readOnly?: boolean;
  readonly maxLength?: number;
  readonly placeholder?: string;
  readonly autocomplete?: 'on' | 'off';
  /** In a dialog: where the focus is once it opens. */
  readonly autofocus?: boolean;
  readonly inputRef?: Ref<Element>;
  readonly onInput?: (event: TargetedInputEvent<Element>) => void;
  readonly onChange?: (event: TargetedEvent<Element>) => void;
  readonly onBlur?: (event: TargetedFocusEvent<Element>) => void;
  readonly onKeyDown?: (event: TargetedKeyboardEvent<Element>) => void;
  readonly onCompositionEnd?: (event: TargetedCompositionEvent<Element>) => void;
}

/** One line of text, a date, a number. */
export function TextField({
  label,
  hint,
  optional,
  error,
  inputRef,
  type = 'text',
  min,
  max,
  ...input
}: Control<HTMLInputElement> & {
  readonly type?: 'text' | 'date' | 'number' | 'password';
  readonly min?: string;
  readonly max?: string;
  /** Id of a `datalist` with what may be meant. */
  readonly list?: string;
}) {
  const id = useId();
  const props = {
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(inputRef === undefined ? {} : { ref: inputRef }),
    ...input,
    ...described(id, hint, error),
  };
  return (
    <Frame id={id} label={label} hint={hint} optional={optional} error={error}>
      {type === 'date' ? (
        <input type="date" {...props} />
      ) : type === 'number' ? (
        <input type="number" {...props} />
      ) : type === 'password' ? (
        <input type="password" {...props} />
      ) : (
        <input type="text" {...props} />
      )}
    </Frame>
  );
}

/** Several lines of text. */
export function TextArea({
  label,
  hint,
  optional,
  error,
  inputRef,
  rows = 3,
  class: className,
  over,
  ...area
}: Control<HTMLTextAreaElement> & {
  readonly rows?: number;
  readonly class?: string;
  /** What lies over the letters and takes no pointer. */
  readonly over?: ComponentChildren;
}) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} optional={optional} error={error}>
      <div class="written">
        {over}
        <textarea
          rows={rows}
          class={className ?? ''}
          {...(inputRef === undefined ? {} : { ref: inputRef })}
          {...area}
          {...described(id, hint, error)}
        />
      </div>
    </Frame>
  );
}

/** A choice out of a list of options. */
export function SelectField({
  label,
  hint,
  optional,
  error,
  value,
  disabled = false,
  name,
  onChange,
  children,
}: Shell & {
  readonly value?: string;
  readonly disabled?: boolean;
  readonly name?: string;
  readonly onChange?: (event: TargetedEvent<HTMLSelectElement>) => void;
  readonly children: ComponentChildren;
}) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} optional={optional} error={error}>
      <select
        disabled={disabled}
        {...(value === undefined ? {} : { value })}
        {...(name === undefined ? {} : { name })}
        {...(onChange === undefined ? {} : { onChange })}
        {...described(id, hint, error)}
      >
        {children}
      </select>
    </Frame>
  );
}

function described(id: string, hint: string | undefined, error: string | null | undefined) {
  const wrong = error !== undefined && error !== null;
  const by = wrong ? `${id}-error` : hint === undefined ? undefined : `${id}-hint`;
  return { id, ...(by === undefined ? {} : { 'aria-describedby': by }), ...(wrong ? { 'aria-invalid': true } : {}) };
}

function Frame({
  id,
  label,
  hint,
  optional,
  error,
  children,
}: {
  readonly id: string;
  readonly label: string;
  readonly hint: string | undefined;
  readonly optional: boolean | undefined;
  readonly error: string | null | undefined;
  readonly children: ComponentChildren;
}) {
  const words = useWords();
  return (
    <div class="field">
      <label for={id}>
        {label}
        {optional === true ? <span class="optional"> {words.common.inBrackets(words.common.optional)}</span> : null}
      </label>
      {children}
      {error ? (
        <p class="error" id={`${id}-error`}>
          <Icon name="warn" small /> {error}
        </p>
      ) : hint === undefined ? null : (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
