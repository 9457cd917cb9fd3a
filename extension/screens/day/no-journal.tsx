/** Where one would write, for whoever is enrolled to do other things: the way to the desk. */
import { grantFor } from '../../../shared/organisation/role.ts';
import { Button } from '../../components/button.tsx';
import { Logo } from '../../components/icon.tsx';
import { Message } from '../../components/message.tsx';
import { here } from '../../device/context.ts';
import { useWords } from '../../locales/use-words.ts';
import type { Profile } from '../../store/database.ts';
import { useLive } from '../../store/live.ts';
import { openDesk } from '../links.ts';
import { useAct } from '../use-act.ts';

/** Whether something is written here: before enrolment, as a leader, and where a text waits that was written before. Undefined until known. */
export function useWrites({ device, grants }: Profile): boolean | undefined {
  const may = device === null || grants.length === 0 || grantFor(grants, 'journal.write') !== null;
  const waiting = useLive(async () => (may ? 0 : here.database.outbox.count()), [may]);
  return may || (waiting === undefined ? undefined : waiting > 0);
}

export function NoJournal() {
  const words = useWords();
  const { act, problem } = useAct();
  return (
    <main class="no-journal stack">
      <h1 class="row">
        <Logo /> {words.common.product}
      </h1>
      <p>{words.journal.noJournal}</p>
      <p>
        <Button kind="primary" icon="home" onClick={() => void act(() => openDesk('#/home'))}>
          {words.journal.openDesk}
        </Button>
      </p>
      {problem === null ? null : <Message tone="fail">{problem}</Message>}
    </main>
  );
}
