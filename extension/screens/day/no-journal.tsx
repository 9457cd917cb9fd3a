/** Where one would write, for whoever is enrolled to do other things: the way to the desk. */
import { Button } from '../../components/button.tsx';
import { Logo } from '../../components/icon.tsx';
import { Message } from '../../components/message.tsx';
import { here } from '../../device/context.ts';
import { useWords } from '../../locales/use-words.ts';
import type { Profile } from '../../store/database.ts';
import { useLive } from '../../store/live.ts';
import { writesJournal } from '../../store/queries.ts';
import { openDesk } from '../links.ts';
import { useAct } from '../use-act.ts';

/** `writesJournal` as it stands; undefined until known. */
export const useWrites = (profile: Profile): boolean | undefined =>
  useLive(() => writesJournal(here.database, profile), [profile.device, profile.grants]);

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
