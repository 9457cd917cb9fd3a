/** The running timer under the line: how long it runs, stop, and the question where it was forgotten. It never invents an end. */
import { useId, useState } from 'preact/hooks';
import { suggestCategory } from '../../../shared/diary/category.ts';
import { usualMinutes } from '../../../shared/diary/recent.ts';
import { endsProposed, stopAt, type Timer } from '../../../shared/diary/timer.ts';
import {
  type CivilMinute,
  dayOf,
  formatDay,
  formatMinute,
  minutesPerDay,
  parseMinute,
} from '../../../shared/time/civil.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { useWords } from '../../locales/use-words.ts';
import { clockOf } from './time-picker.tsx';
import type { LineTimer } from './use-timer.ts';

/** `now` is the wall clock; `running` is what `timer` has running. */
export function TimerBar({
  timer,
  running,
  now,
}: {
  readonly timer: LineTimer;
  readonly running: Timer;
  readonly now: CivilMinute;
}) {
  const words = useWords();
  const start = parseMinute(running.startedAt) ?? now;
  const kind = stopAt(start, now).kind;
  if (kind === 'forgotten') return <Forgotten timer={timer} running={running} start={start} now={now} />;
  return (
    <section class="timer" aria-label={words.journal.timer}>
      <Icon name="timer" small />
      <b class="num">{now === start ? words.writing.justStarted : words.time.duration(now - start)}</b>
      <span class="cap">{words.writing.running(words.time.clock(running.startedAt))}</span>
      <span class="what">{running.text}</span>
      <Button small onClick={timer.toggle}>
        {words.writing.stopTimer}
      </Button>
      {timer.asking && kind === 'short' ? (
        <p class="ask" role="alert">
          {words.writing.shortTimer}{' '}
          <button type="button" class="link" onClick={timer.goOn}>
            {words.writing.goOn}
          </button>{' '}
          <button type="button" class="link" onClick={timer.drop}>
            {words.writing.dropTimer}
          </button>
        </p>
      ) : null}
    </section>
  );
}

function Forgotten({
  timer,
  running,
  start,
  now,
}: {
  readonly timer: LineTimer;
  readonly running: Timer;
  readonly start: CivilMinute;
  readonly now: CivilMinute;
}) {
  const words = useWords();
  const id = useId();
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState(false);
  const { sameDay, recent } = timer.around;
  const nextStart = sameDay.map((body) => parseMinute(body.start) ?? 0).find((at) => at > start) ?? null;
  const usual = usualMinutes(running.text, suggestCategory(running.text), recent);
  const own = () => {
    const end = endAfter(start, typed);
    if (end === null) setWrong(true);
    else timer.stop(start, end);
  };
  return (
    <section class="timer forgotten" aria-label={words.journal.timer} role="alert">
      <p>
        <Icon name="timer" small /> {words.writing.forgotten(words.time.moment(running.startedAt))}
        {running.text === '' ? null : <span class="what">{running.text}</span>}
      </p>
      <div class="row">
        <b>{words.writing.whenStopped}</b>
        {endsProposed(start, now, { nextStart, usualMinutes: usual }).map((end) => (
          <Button key={end} small onClick={() => timer.stop(start, end)}>
            {words.time.span(formatMinute(start), formatMinute(end))}
          </Button>
        ))}
      </div>
      <div class="row own-end">
        <label for={id}>{words.writing.ownEnd}</label>
        <input
          id={id}
          value={typed}
          placeholder="17:30"
          autocomplete="off"
          aria-invalid={wrong}
          {...(wrong ? { 'aria-describedby': `${id}-error` } : {})}
          onInput={(event) => {
            setTyped(event.currentTarget.value);
            setWrong(false);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.isComposing) own();
          }}
        />
        <Button small onClick={own}>
          {words.writing.saveTimed}
        </Button>
        <button type="button" class="link" onClick={timer.drop}>
          {words.writing.dropTimer}
        </button>
      </div>
      {wrong ? (
        <p class="error" id={`${id}-error`}>
          <Icon name="warn" small /> {words.writing.endInvalid}
        </p>
      ) : null}
    </section>
  );
}

/** The first moment after a start at which the clock shows what was typed, within 12 hours; null where there is none. */
function endAfter(start: CivilMinute, typed: string): CivilMinute | null {
  const at = parseMinute(`${formatDay(dayOf(start))}T${clockOf(typed)}`);
  if (at === null) return null;
  const end = at > start ? at : at + minutesPerDay;
  return end - start <= 720 ? end : null;
}
