/** Times by hand: opens where a line has none, and in the editor of an entry. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { readLine } from '../../../shared/diary/quick-entry.ts';
import { civilAt, formatMinute, parseDay, parseMinute } from '../../../shared/time/civil.ts';
import { TextField } from '../../components/field.tsx';
import { useWords } from '../../locales/use-words.ts';
import { dayStart } from '../../store/today.ts';

export interface Picked {
  readonly day: number;
  readonly start: number;
  readonly end: number;
}

/** Day, start and end; a start before 05:00 is of the night after the day, an end not after the start is of the next day. `onChange` is
 *  called with every key that makes a span when `live`, `onUnread` with every one that makes none, else when a field is left with another
 *  span than it was given. Enter saves. */
export function TimePicker({
  day,
  start,
  end,
  focus = false,
  live = false,
  onChange,
  onUnread,
  onSave,
}: {
  readonly day: string;
  readonly start: string | null;
  readonly end: string | null;
  readonly focus?: boolean;
  readonly live?: boolean;
  readonly onChange: (picked: Picked) => void;
  readonly onUnread?: () => void;
  readonly onSave?: () => void;
}) {
  const words = useWords();
  // Fields that were left: what is typed halfway is not wrong yet.
  const [left, setLeft] = useState<{ readonly start?: boolean; readonly end?: boolean }>({});
  const [typed, setTyped] = useState({ day, start: start?.slice(11) ?? '', end: end?.slice(11) ?? '' });
  // Another span was given: by this picker's own change, or by another page.
  useEffect(() => {
    if (!live) setTyped({ day, start: start?.slice(11) ?? '', end: end?.slice(11) ?? '' });
  }, [day, start, end, live]);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (focus) first.current?.focus();
  }, [focus]);
  const set = (change: Partial<typeof typed>) => {
    const next = { ...typed, ...change };
    setTyped(next);
    const picked = pickedOf(next.day, next.start, next.end);
    if (!live) return;
    if (picked === null) onUnread?.();
    else onChange(picked);
  };
  const leave = () => {
    const picked = pickedOf(typed.day, typed.start, typed.end);
    const given = pickedOf(day, start?.slice(11) ?? '', end?.slice(11) ?? '');
    const isOther = picked?.day !== given?.day || picked?.start !== given?.start || picked?.end !== given?.end;
    if (!live && picked !== null && isOther) onChange(picked);
  };
  const enter = (event: { key: string; preventDefault: () => void }) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    setLeft({ start: true, end: true });
    leave();
    onSave?.();
  };
  const unread = (name: 'start' | 'end') =>
    left[name] === true && typed[name].trim() !== '' && clockOf(typed[name]) === '' ? words.journal.timeUnread : null;
  const leaveField = (name: 'start' | 'end') => {
    setLeft((before) => ({ ...before, [name]: true }));
    leave();
  };
  return (
    <div class="fields picker">
      <TextField
        type="date"
        label={words.journal.day}
        value={typed.day}
        onInput={(event) => set({ day: event.currentTarget.value })}
        onKeyDown={enter}
        onBlur={leave}
      />
      <TextField
        label={words.journal.start}
        value={typed.start}
        placeholder="08:30"
        autocomplete="off"
        inputRef={first}
        error={unread('start')}
        onInput={(event) => set({ start: event.currentTarget.value })}
        onKeyDown={enter}
        onBlur={() => leaveField('start')}
      />
      <TextField
        label={words.journal.end}
        value={typed.end}
        placeholder="10:00"
        autocomplete="off"
        error={unread('end')}
        onInput={(event) => set({ end: event.currentTarget.value })}
        onKeyDown={enter}
        onBlur={() => leaveField('end')}
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

/** `08:30` of what is typed into a time field: 8:30, 8：30, 830, 0830, 8, 24:00, and as the line reads it, 8点半, 下午2点, 2:30 pm. Empty where it
 *  is no time. The 24-hour clock always, whatever the browser's own. */
export function clockOf(typed: string): string {
  const found = /^(\d{1,2})(?:[:.]?(\d{2}))?$/.exec(typed.normalize('NFKC').trim());
  if (found !== null) {
    const clock = `${(found[1] ?? '').padStart(2, '0')}:${found[2] ?? '00'}`;
    if (clock === '24:00') return '00:00';
    return parseMinute(`2000-01-01T${clock}`) === null ? '' : clock;
  }
  const [reading, ...more] = readLine(typed, { now: civilAt(0, 720) });
  const isAlone = reading !== undefined && more.length === 0 && reading.text === '' && reading.end === null;
  return isAlone && reading.start !== null ? formatMinute(reading.start).slice(11) : '';
}
