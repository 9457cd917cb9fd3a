/** A week of leave, declared by its leader before the list is frozen: the server then knows why there is no seal. */
import { useState } from 'preact/hooks';
import { getLeave, putLeave } from '../../../shared/api/journal.ts';
import { Tick } from '../../components/choice.tsx';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { call } from '../../remote/client.ts';
import { useAct } from '../use-act.ts';
import { useAnswer } from '../use-answer.ts';

/** Shown on a device that is enrolled, for a week that is not sealed. */
export function LeaveTick({ week }: { readonly week: string }) {
  const words = useWords();
  const { answer, again } = useAnswer(() => call(getLeave, { params: { week } }), [week]);
  const [wished, setWished] = useState<boolean | null>(null);
  const { busy, problem, act } = useAct();
  const said = answer.state === 'ready' ? answer.value.leave : false;
  const declare = async (leave: boolean) => {
    setWished(leave);
    if (await act(() => call(putLeave, { params: { week }, body: { leave } }))) await again();
    setWished(null);
  };
  return (
    <div class="stack">
      <Tick
        checked={wished ?? said}
        disabled={answer.state !== 'ready'}
        onChange={(leave) => (busy ? undefined : void declare(leave))}
      >
        {words.week.leave}
        <span class="cap under">{words.week.leaveHow}</span>
      </Tick>
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
    </div>
  );
}
