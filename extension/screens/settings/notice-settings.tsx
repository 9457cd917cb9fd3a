/** Settings of notices: the evening's hour for each weekday, the kinds, and the own target. All stay on this device. */
import { useState } from 'preact/hooks';
import { type NoticePlan, noticeKinds } from '../../../shared/diary/notice.ts';
import { formatClock } from '../../../shared/time/civil.ts';
import { setEveningHour, setNotices } from '../../commands/notices.ts';
import { Tick } from '../../components/choice.tsx';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { ClockField, clockOf } from '../desk/clock-field.tsx';
import { TargetField } from '../my-time/target-field.tsx';
import { useAct } from '../use-act.ts';

/** `target`: the own one in percent, null without one. */
export function NoticeSettings({ plan, target }: { readonly plan: NoticePlan; readonly target: number | null }) {
  const words = useWords();
  const { act, problem } = useAct();
  const text = words.notices.settings;
  return (
    <section class="stack notice-settings">
      <h2 class="h">{text.title}</h2>
      <p class="meta">{text.intro}</p>
      <Evenings plan={plan} onHour={(weekday, minutes) => void act(() => setEveningHour(weekday, minutes))} />
      <fieldset class="field">
        <legend>{text.kinds}</legend>
        <div class="kinds">
          {noticeKinds.map((kind) => (
            <Tick
              key={kind}
              checked={!plan.off.includes(kind)}
              onChange={(on) => void act(() => setNotices([kind], on))}
            >
              {words.notices.said[kind].name}
            </Tick>
          ))}
        </div>
      </fieldset>
      <TargetField target={target} />
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
    </section>
  );
}

function Evenings({
  plan,
  onHour,
}: {
  readonly plan: NoticePlan;
  readonly onHour: (weekday: number, minutes: number | null) => void;
}) {
  const words = useWords();
  const text = words.notices.settings;
  return (
    <fieldset class="field">
      <legend>{text.evening}</legend>
      <div class="evenings">
        {plan.evening.map((minutes, at) => (
          <Hour
            key={words.time.weekdayLong(at + 1)}
            label={words.time.weekdayLong(at + 1)}
            minutes={minutes}
            onHour={(next) => onHour(at + 1, next)}
          />
        ))}
      </div>
      <p class="hint">{text.eveningHint}</p>
    </fieldset>
  );
}

/** Saved when it is left: while an hour is typed, the field passes through others. What cannot be read stays there and says so. */
function Hour({
  label,
  minutes,
  onHour,
}: {
  readonly label: string;
  readonly minutes: number | null;
  readonly onHour: (minutes: number | null) => void;
}) {
  const words = useWords();
  const [typed, setTyped] = useState<string | null>(null);
  const [wrong, setWrong] = useState(false);
  const leave = () => {
    if (typed === null) return;
    const clock = clockOf(typed);
    const isWrong = clock === null && typed.trim() !== '';
    setWrong(isWrong);
    if (isWrong) return;
    setTyped(null);
    const next = clock === null ? null : minutesOf(clock);
    if (next !== minutes) onHour(next);
  };
  return (
    <ClockField
      label={label}
      hinted={false}
      value={typed ?? (minutes === null ? '' : formatClock(minutes))}
      error={wrong ? words.desk.clockWrong : null}
      onType={(text) => {
        setTyped(text);
        setWrong(false);
      }}
      onLeave={leave}
    />
  );
}

/** Of a time as `clockOf` gives it. */
const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
