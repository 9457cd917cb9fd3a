/** Where one would write, for whoever is enrolled to do other things: what waits for them, and the way to the desk. */
import type { ComponentType } from 'preact';
import { Button } from '../../components/button.tsx';
import { Logo } from '../../components/icon.tsx';
import { Message } from '../../components/message.tsx';
import { here } from '../../device/context.ts';
import { useLanguage, useWords } from '../../locales/use-words.ts';
import { progressOf } from '../../store/database.ts';
import { useLive } from '../../store/live.ts';
import { writesJournal } from '../../store/queries.ts';
import { deskOf } from '../desk/use-desk.ts';
import { WaitingKinds } from '../home/waiting-kinds.tsx';
import { openDesk } from '../links.ts';
import { useAct } from '../use-act.ts';
import { type Journal, useJournal } from '../use-journal.ts';

/** The page on which one writes, or the way to the desk for whoever writes none; nothing until that is known. */
export function WhereWritten({ page: Page }: { readonly page: ComponentType<{ readonly journal: Journal }> }) {
  const journal = useJournal();
  return journal === undefined ? null : <Known page={Page} journal={journal} />;
}

function Known({
  page: Page,
  journal,
}: {
  readonly page: ComponentType<{ readonly journal: Journal }>;
  readonly journal: Journal;
}) {
  const { profile } = journal;
  const writes = useLive(() => writesJournal(here.database, profile), [profile.device, profile.grants]);
  if (writes === undefined) return null;
  return writes ? <Page journal={journal} /> : <NoJournal journal={journal} />;
}

function NoJournal({ journal: { profile, nowMs } }: { readonly journal: Journal }) {
  const words = useWords();
  const language = useLanguage();
  const offsetMs = useLive(async () => (await progressOf(here.database)).offsetMs ?? 0, []) ?? 0;
  const { act, problem } = useAct();
  return (
    <main class="no-journal stack">
      <h1 class="row">
        <Logo /> {words.common.product}
      </h1>
      {profile.device?.state === 'active' ? (
        <WaitingKinds desk={deskOf(profile, nowMs, offsetMs, words, language)} />
      ) : null}
      <p class="meta">{words.journal.noJournal}</p>
      <p>
        <Button kind="primary" icon="home" onClick={() => void act(() => openDesk('#/home'))}>
          {words.journal.openDesk}
        </Button>
      </p>
      {problem === null ? null : <Message tone="fail">{problem}</Message>}
    </main>
  );
}
