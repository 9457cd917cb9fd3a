/** Choices: radio buttons in frames, and a box to tick (look.md 7, Forms). */
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { useWords } from '../locales/use-words.ts';
import { Icon } from './icon.tsx';

export interface Option<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly hint?: string;
  /** A key that chooses it, shown before the label. */
  readonly shortcut?: string;
}

/** One out of a few, all in sight. `value` null: none chosen yet. */
export function RadioGroup<Value extends string>({
  label,
  hint,
  optional = false,
  options,
  value,
  error = null,
  columns = false,
  disabled = false,
  onChoose,
}: {
  readonly label: string;
  readonly hint?: string;
  readonly optional?: boolean;
  readonly options: readonly Option<Value>[];
  readonly value: Value | null;
  readonly error?: string | null;
  /** Two columns where there is room. */
  readonly columns?: boolean;
  readonly disabled?: boolean;
  readonly onChoose: (value: Value) => void;
}) {
  const words = useWords();
  const id = useId();
  return (
    <fieldset class="field" disabled={disabled} aria-describedby={error === null ? undefined : `${id}-error`}>
      <legend>
        {label}
        {optional ? <span class="optional"> {words.common.inBrackets(words.common.optional)}</span> : null}
      </legend>
      <div class={columns ? 'radios two' : 'radios'}>
        {options.map((option) => (
          <label key={option.value} class={option.value === value ? 'radio chosen' : 'radio'}>
            <input
              type="radio"
              name={id}
              value={option.value}
              checked={option.value === value}
              aria-invalid={error !== null}
              onChange={() => onChoose(option.value)}
            />
            {option.shortcut === undefined ? null : (
              <span aria-hidden="true">
                <kbd>{option.shortcut}</kbd>
              </span>
            )}
            <span>
              {option.label}
              {option.hint === undefined ? null : <span class="cap"> {option.hint}</span>}
            </span>
          </label>
        ))}
      </div>
      {error === null ? (
        hint === undefined ? null : (
          <p class="hint">{hint}</p>
        )
      ) : (
        <p class="error" id={`${id}-error`}>
          <Icon name="warn" small /> {error}
        </p>
      )}
    </fieldset>
  );
}

/** A box to tick. */
export function Tick({
  checked,
  error = null,
  disabled = false,
  children,
  onChange,
}: {
  readonly checked: boolean;
  readonly error?: string | null;
  readonly disabled?: boolean;
  readonly children: ComponentChildren;
  readonly onChange: (checked: boolean) => void;
}) {
  const id = useId();
  return (
    <div class="field">
      <label class="choice">
        <input
          type="checkbox"
          checked={checked}
          disabled={disabled}
          aria-invalid={error !== null}
          aria-describedby={error === null ? undefined : `${id}-error`}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        <span>{children}</span>
      </label>
      {error === null ? null : (
        <p class="error" id={`${id}-error`}>
          <Icon name="warn" small /> {error}
        </p>
      )}
    </div>
  );
}
