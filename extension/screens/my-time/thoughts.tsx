/** Facts of the last four full weeks without a verdict, and two things one may do about them. */
import { useState } from 'preact/hooks';
import { mostOn, type TotalTime } from '../../../shared/diary/time-total.ts';
import { setNotices, setThoughts } from '../../commands/notices.ts';
import { addTemplate } from '../../commands/templates.ts';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { useAct } from '../use-act.ts';
import type { LookBack } from './use-time.ts';

export function Thoughts({ lookBack, target }: { readonly lookBack: LookBack; readonly target: number | null }) {
  const words = useWords();
  const text = words.myTime;
  const { act, problem } = useAct();
  const show = (on: boolean) =>
    act(async () => {
      await setThoughts(on);
      await setNotices(['nudge'], on);
    });
  return (
    <section class="thoughts">
      <h2 class="h">{text.thoughts}</h2>
      {!lookBack.shown ? (
        <p class="meta">
          {text.thoughtsOff}{' '}
          <button type="button" class="link" onClick={() => void show(true)}>
            {text.thoughtsOn}
          </button>
        </p>
      ) : lookBack.total === null ? (
        <p class="meta">{text.fewWeeks}</p>
      ) : (
        <Facts total={lookBack.total} target={target} onNoMore={() => void show(false)} />
      )}
      {problem === null ? null : <Message tone="fail">{problem}</Message>}
    </section>
  );
}

function Facts({
  total,
  target,
  onNoMore,
}: {
  readonly total: TotalTime;
  readonly target: number | null;
  readonly onNoMore: () => void;
}) {
  const words = useWords();
  const text = words.myTime;
  const { act, problem } = useAct();
  const [kept, setKept] = useState(false);
  const { focusedShare, pieces } = total;
  const weekday = mostOn(pieces.shortByWeekday);
  const day = weekday === null ? null : text.weekday(weekday);
  return (
    <>
      {focusedShare === null ? null : <p>{shareSentence(focusedShare, target, words)}</p>}
      {day === null ? null : <p>{text.fragments(pieces.short, day)}</p>}
      <div class="how">
        {weekday === null || day === null || weekday > 5 || kept ? null : (
          <button
            type="button"
            class="link"
            onClick={() => void act(() => addTemplate(text.keepLine, [weekday])).then(setKept)}
          >
            {text.keepAfternoon(day)}
          </button>
        )}
        <button type="button" class="link" onClick={onNoMore}>
          {text.noMore}
        </button>
        <details>
          <summary>{words.common.howCounted}</summary>
          <p>{text.howThoughts}</p>
        </details>
      </div>
      <p class="meta" role="status">
        {kept && day !== null ? text.afternoonKept(day) : null}
      </p>
      {problem === null ? null : <Message tone="fail">{problem}</Message>}
    </>
  );
}

function shareSentence(share: number, target: number | null, { myTime }: ReturnType<typeof useWords>): string {
  const percent = Math.round(share * 100);
  if (target === null) return myTime.sharePlain(percent);
  return share * 100 < target ? myTime.shareBelow(percent, target) : myTime.shareReached(percent, target);
}
