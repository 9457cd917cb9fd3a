/** Several entries in the line: one row for each, with a time picker for one that has no time. */
import type { Reading } from '../../../shared/diary/quick-entry.ts';
import { type CivilMinute, formatDay, formatMinute, type ZoneOffset } from '../../../shared/time/civil.ts';
import { Icon } from '../../components/icon.tsx';
import { useWords } from '../../locales/use-words.ts';
import { AskDay } from './ask-day.tsx';
import { AskLength } from './ask-length.tsx';
import { ReadSpan } from './read-span.tsx';
import { noChoice, spanOfReading } from './reading.ts';
import { type Picked, TimePicker } from './time-picker.tsx';
import { choiceAt, type Stopped } from './use-quick-line.ts';

/** `stopped` marks the row that keeps all of them from being saved. `text`: the whole line. */
export function SeveralPreview({
  readings,
  picked,
  offset,
  today,
  stopped,
  text,
  now,
  onPick,
  onSave,
}: {
  readonly readings: readonly Reading[];
  readonly picked: ReadonlyMap<number, Picked>;
  readonly offset: ZoneOffset;
  readonly today: string;
  readonly stopped: Stopped | null;
  readonly text: string;
  readonly now: CivilMinute;
  readonly onPick: (n: number, picked: Picked | null) => void;
  readonly onSave: () => void;
}) {
  const words = useWords();
  return (
    <ol class="preview">
      {readings.map((reading) => {
        const choice = choiceAt(picked.get(reading.n));
        const span = spanOfReading(reading, choice);
        const read = spanOfReading(reading, noChoice);
        const isOpen = stopped?.kind === 'time' && stopped.n === reading.n;
        return (
          <li key={reading.n} class={stopped?.n === reading.n ? 'stopped' : ''}>
            <ReadSpan
              reading={reading}
              span={span}
              offset={offset}
              today={today}
              day={formatDay(choice.day ?? reading.day)}
            />
            <span class="said">{reading.text}</span>
            {stopped?.n === reading.n && stopped.kind === 'words' ? (
              <span class="error">
                <Icon name="warn" small /> {words.journal.textMissing}
              </span>
            ) : null}
            {stopped?.n === reading.n && stopped.kind === 'much' ? (
              <span class="error">
                <Icon name="warn" small /> {words.journal.tooMuch(stopped.much)}
              </span>
            ) : null}
            {reading.asks === 'day' && read !== null ? (
              <AskDay
                reading={reading}
                choice={choice}
                text={text}
                now={now}
                onChoose={({ day, span: chosen }) => onPick(reading.n, { day, ...(chosen ?? read) })}
              />
            ) : null}
            {reading.asks === 'length' && isOpen ? <AskLength span={choice.span} /> : null}
            {reading.start === null || isOpen ? (
              <TimePicker
                day={formatDay(reading.day)}
                start={span === null ? null : formatMinute(span.start)}
                end={span === null ? null : formatMinute(span.end)}
                focus={isOpen}
                live
                onChange={(next) => onPick(reading.n, next)}
                onUnread={() => onPick(reading.n, null)}
                onSave={onSave}
              />
            ) : null}
          </li>
        );
      })}
    </ol>
  );
}
