/** The popup, 380 × 560: quick line, live reading, day strip, today's rows with one-tap blanks, the week's total (look.md 7). */
import { useState } from 'preact/hooks';
import { hoursOf } from '../../../shared/diary/hours.ts';
import { isShut } from '../../commands/judge.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { Logo } from '../../components/icon.tsx';
import { Message } from '../../components/message.tsx';
import { here } from '../../device/context.ts';
import { useWords } from '../../locales/use-words.ts';
import { useLive } from '../../store/live.ts';
import { entriesCountedIn, entriesOn, standingOf } from '../../store/queries.ts';
import { deadlineOfWeek } from '../deadline.ts';
import { openDesk, openSidePanel } from '../links.ts';
import { QuickLine } from '../quick-line/quick-line.tsx';
import { SaveState, useSaveState } from '../save-state.tsx';
import { useTemplates } from '../templates/template-rows.tsx';
import { useTray } from '../tray/tray-notice.tsx';
import { useAct } from '../use-act.ts';
import type { Journal } from '../use-journal.ts';
import { DayList } from './day-list.tsx';
import { WhereWritten } from './no-journal.tsx';

export const PopupScreen = () => <WhereWritten page={Popup} />;

function Popup({ journal }: { readonly journal: Journal }) {
  const words = useWords();
  const state = useSaveState();
  const { act, problem } = useAct();
  const tray = useTray();
  const templates = useTemplates();
  const [isLineReady, setLineReady] = useState(false);
  const [seed, setSeed] = useState<{ readonly text: string } | null>(null);
  const [text, setText] = useState('');
  const { today, week } = journal;
  const entries = useLive(() => entriesOn(here.database, today), [today]);
  const counted = useLive(() => entriesCountedIn(here.database, week), [week]);
  const standing = useLive(() => standingOf(here.database, week), [week]);
  const weekMinutes = hoursOf(
    (counted ?? []).map(({ body }) => body),
    journal.offset,
  ).unionMinutes;
  const deadline = deadlineOfWeek(journal, week, words);
  const shut = standing !== undefined && isShut(standing);
  // The line is there at once. What stands below comes when everything above it has its place.
  const isKnown = entries !== undefined && counted !== undefined && standing !== undefined && templates !== undefined;
  const isShown = isLineReady && isKnown && state !== undefined && tray !== undefined;
  const isSealed = standing === 'sealed' || standing === 'frozen';
  const end = isSealed ? words.journal.sealed : deadline === null ? null : words.journal.sealHour(deadline);
  const put = (line: string) => setSeed({ text: line });
  const toPanel = () =>
    void act(async () => {
      await openSidePanel(text);
      put('');
    });
  return (
    <main class="pop">
      <header class="hd">
        <Logo />
        <div>
          <h1>{words.time.dayShort(today)}</h1>
          {journal.profile.organisation?.demo === true ? <p class="cap">{words.common.demo}</p> : null}
        </div>
        <span class="end">
          <SaveState state={state} nowMs={journal.nowMs} />
        </span>
        <IconButton icon="side" label={words.journal.openPanel} onClick={toPanel} />
      </header>
      <div class="bd">
        <QuickLine surface="popup" journal={journal} seed={seed} onText={setText} onReady={() => setLineReady(true)} />
        {problem === null ? null : <Message tone="fail">{problem}</Message>}
        {isShown ? (
          <DayList
            day={today}
            entries={entries}
            templates={templates}
            tray={tray}
            state={state}
            journal={journal}
            put={put}
            short
            shut={shut}
          />
        ) : null}
      </div>
      <footer class="ft">
        <span class="cap">
          {isKnown ? words.journal.weekTotal(words.time.duration(weekMinutes)) : null}
          {isKnown && end !== null ? `${words.common.separator}${end}` : null}
        </span>
        <Button icon="week" onClick={() => void act(() => openDesk('#/week'))}>
          {words.journal.openWeek}
        </Button>
        <Button kind="text" onClick={toPanel}>
          {words.journal.review}
        </Button>
      </footer>
    </main>
  );
}
