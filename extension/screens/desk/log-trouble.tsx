/** What this device found wrong with the log, on every page of the desk: one message for what it remembers otherwise, one for all findings. */
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import type { Progress } from '../../store/database.ts';

/** Nothing while nothing was found. */
export function LogTrouble({ progress: { logProblem, auditProblems = [] } }: { readonly progress: Progress }) {
  const words = useWords();
  const isFault = auditProblems.some((code) => code !== 'KEY_ENDED');
  return (
    <>
      {logProblem === null ? null : (
        <Message tone="fail" role="alert">
          {words.desk.logProblem} <span class="code">{logProblem}</span>
        </Message>
      )}
      {auditProblems.length === 0 ? null : (
        <Message tone={isFault ? 'fail' : 'amber'} role="alert">
          {auditProblems.map((code) => (
            <p key={code}>
              {words.accounts.settings.finding[code]} <span class="code">{code}</span>
            </p>
          ))}
        </Message>
      )}
    </>
  );
}
