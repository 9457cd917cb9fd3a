/** A time of day on the 24-hour clock, whatever the browser's own time control would show (look.md 4). */
import { TextField } from '../../components/field.tsx';
import { useWords } from '../../locales/use-words.ts';

/** `hinted` false: what is said of several such fields stands once, beside them. */
export function ClockField({
  label,
  value,
  error = null,
  hinted = true,
  onType,
  onLeave,
}: {
  readonly label: string;
  /** As it was typed. */
  readonly value: string;
  readonly error?: string | null;
  readonly hinted?: boolean;
  readonly onType: (text: string) => void;
  readonly onLeave?: () => void;
}) {
  const words = useWords();
  const unreadable = value.trim().length >= 4 && clockOf(value) === null ? words.desk.clockWrong : null;
  return (
    <TextField
      label={label}
      {...(hinted ? { hint: words.desk.clockHint } : {})}
      autocomplete="off"
      maxLength={8}
      value={value}
      error={error ?? unreadable}
      onInput={(event) => onType(event.currentTarget.value)}
      {...(onLeave === undefined ? {} : { onBlur: onLeave })}
    />
  );
}

/** `21:15` of what was typed (`21:15`, `21：15`, `9.30`, `2115`); null where it is no time of day. */
export function clockOf(typed: string): string | null {
  const plain = typed.normalize('NFKC').trim();
  const [, hours, minutes] = /^(\d{1,2})[:.](\d{2})$/.exec(plain) ?? /^(\d{2})(\d{2})$/.exec(plain) ?? [];
  if (hours === undefined || minutes === undefined || Number(hours) > 23 || Number(minutes) > 59) return null;
  return `${hours.padStart(2, '0')}:${minutes}`;
}
