/** A time before the day begins: the day it belongs to, with its date, or whether the afternoon was meant. */
import { useId } from 'preact/hooks';
import type { Reading } from '../../../shared/diary/quick-entry.ts';
import { type CivilMinute, dayOf, formatDay, formatMinute } from '../../../shared/time/civil.ts';
import { useWords } from '../../locales/use-words.ts';
import { afternoonOf, type Choice } from './reading.ts';

/** `text`: the line it was read in. `now`: the wall clock, which says what yesterday and today are. */
export function AskDay({
  reading,
  choice,
  text,
  now,
  onChoose,
}: {
  readonly reading: Reading;
  readonly choice: Choice;
  readonly text: string;
  readonly now: CivilMinute;
  readonly onChoose: (choice: { readonly day: number; readonly span: Choice['span'] }) => void;
}) {
  const words = useWords();
  const id = useId();
  const afternoon = afternoonOf(reading, text, now);
  const isAfternoon = afternoon !== null && choice.span?.start === afternoon.start;
  const today = dayOf(now);
  return (
    <fieldset class="term">
      <legend class="vh">{words.journal.askDay}</legend>
      {[reading.day, reading.day + 1].map((day) => {
        const date = words.time.dayShort(formatDay(day));
        const near = day === today ? words.journal.today : day === today - 1 ? words.journal.yesterday : null;
        return (
          <label class="choice" key={day}>
            <input
              type="radio"
              name={id}
              checked={!isAfternoon && (choice.day ?? reading.day) === day}
              onChange={() => onChoose({ day, span: null })}
            />
            {near === null ? (
              words.journal.otherDay(date)
            ) : (
              <span>
                {near} <span class="cap">{date}</span>
              </span>
            )}
          </label>
        );
      })}
      {afternoon === null ? null : (
        <label class="choice">
          <input
            type="radio"
            name={id}
            checked={isAfternoon}
            onChange={() => onChoose({ day: dayOf(afternoon.start), span: afternoon })}
          />
          {words.journal.afternoon} {words.time.span(formatMinute(afternoon.start), formatMinute(afternoon.end))}
        </label>
      )}
    </fieldset>
  );
}
