/** Times by hand: opens where a line has none, and in the editor of an entry. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { civilAt, parseDay, parseMinute } from '../../../shared/time/civil.ts';
import { TextField } from '../../components/field.tsx';
import { useWords } from '../../locales/use-words.ts';
import { dayStart } from '../../store/today.ts';

export interface Picked {
  readonly day: number;
  readonly start: number;
  readonly end: number;
}

/** Day, start and end; a start before 05:00 is of the night after the day, an end not after the start is of the next day. `onChange` is
 *  called whenever the three make a span. Enter saves. */
export function TimePicker({
  day,
  start,
  end,
  focus = false,
  onChange,
  onSave,
}: {
  readonly day: string;
  readonly start: string | null;
  readonly end: string | null;
  readonly focus?: boolean;
  readonly onChange: (picked: Picked) => void;
  readonly onSave?: () => void;
}) {
  const words = useWords();
  const [typed, setTyped] = useState({ day, start: start?.slice(11) ?? '', end: end?.slice(11) ?? '' });
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (focus) first.current?.focus();
  }, [focus]);
  const set = (change: Partial<typeof typed>) => {
    const next = { ...typed, ...change };
    setTyped(next);
    const picked = pickedOf(next.day, next.start, next.end);
    if (picked !== null) onChange(picked);
  };
  const enter = (event: { key: string; preventDefault: () => void }) => {
    if (event.key !== 'Enter' || onSave === undefined) return;
    event.preventDefault();
    onSave();
  };
  return (
    <div class="fields picker">
      <TextField
        type="date"
        label={words.journal.day}
        value={typed.day}
        onInput={(event) => set({ day: event.currentTarget.value })}
        onKeyDown={enter}
      />
      <TextField
        label={words.journal.start}
        value={typed.start}
        placeholder="08:30"
        autocomplete="off"
        inputRef={first}
        onInput={(event) => set({ start: event.currentTarget.value })}
        onKeyDown={enter}
      />
      <TextField
        label={words.journal.end}
        value={typed.end}
        placeholder="10:00"
        autocomplete="off"
        onInput={(event) => set({ end: event.currentTarget.value })}
        onKeyDown={enter}
      />
    </div>
  );
}

/** The span that a day and two clock times mean, null while one is missing. */
export function pickedOf(day: string, start: string, end: string): Picked | null {
  const dayNumber = parseDay(day);
  const from = parseMinute(`${day}T${clockOf(start)}`);
  const to = parseMinute(`${day}T${clockOf(end)}`);
  if (dayNumber === null || from === null || to === null) return null;
  const night = from < civilAt(dayNumber, dayStart) ? 1440 : 0;
  const startsAt = from + night;
  const endsAt = to + night > startsAt ? to + night : to + night + 1440;
  return { day: dayNumber, start: startsAt, end: to + night === startsAt ? startsAt : endsAt };
}

/** `08:30` of what is typed into a time field: 8:30, 8：30, 830, 0830, 8. The 24-hour clock always, whatever the browser's own. */
function clockOf(typed: string): string {
  const found = /^(\d{1,2})(?:[:.]?(\d{2}))?$/.exec(typed.normalize('NFKC').trim());
  return found === null ? '' : `${(found[1] ?? '').padStart(2, '0')}:${found[2] ?? '00'}`;
}
