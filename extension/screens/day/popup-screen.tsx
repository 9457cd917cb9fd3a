/** The popup, 380 × 560: quick line, live reading, day strip, today's rows with one-tap blanks, the week's total (look.md 7). */
import { useState } from 'preact/hooks';
import { hoursOf } from '../../../shared/diary/hours.ts';
import { isShut } from '../../commands/judge.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { Logo } from '../../components/icon.tsx';
import { Message } from '../../components/message.tsx';
import { DayStrip } from '../../components/time-bar.tsx';
import { here } from '../../device/context.ts';
import { useWords } from '../../locales/use-words.ts';
import { useLive } from '../../store/live.ts';
import { entriesCountedIn, entriesOn, standingOf } from '../../store/queries.ts';
import { deadlineOfWeek } from '../deadline.ts';
import { openDesk, openSidePanel } from '../links.ts';
import { QuickLine } from '../quick-line/quick-line.tsx';
import { SaveState, useSaveState } from '../save-state.tsx';
import { SyncTrouble } from '../sync-trouble.tsx';
import { TemplateRows, useTemplates } from '../templates/template-rows.tsx';
import { TrayNotice, useTray } from '../tray/tray-notice.tsx';
import { useAct } from '../use-act.ts';
import { type Journal, useJournal } from '../use-journal.ts';
import { bandMinute, dayFacts } from './day-facts.ts';
import { DayRows } from './day-rows.tsx';

export function PopupScreen() {
  const journal = useJournal();
  return journal === undefined ? null : <Popup journal={journal} />;
}

function Popup({ journal }: { readonly journal: Journal }) {
  const words = useWords();
  const state = useSaveState();
  const { act, problem } = useAct();
  const tray = useTray();
  const templates = useTemplates();
  const [isLineReady, setLineReady] = useState(false);
  const [seed, setSeed] = useState<{ readonly text: string } | null>(null);
  const [text, setText] = useState('');
  const { today, week, table } = journal;
  const entries = useLive(() => entriesOn(here.database, today), [today]);
  const counted = useLive(() => entriesCountedIn(here.database, week), [week]);
  const standing = useLive(() => standingOf(here.database, week), [week]);
  const facts = dayFacts(today, entries ?? [], table);
  const total = words.time.duration(facts.hours.unionMinutes);
  const weekMinutes = hoursOf((counted ?? []).map(({ body }) => body)).unionMinutes;
  const deadline = deadlineOfWeek(journal, week, words);
  const shut = standing !== undefined && isShut(standing);
  // The line is there at once. What stands below comes when everything above it has its place.
  const isKnown = entries !== undefined && counted !== undefined && standing !== undefined && templates !== undefined;
  const isShown = isLineReady && isKnown && state !== undefined && tray !== undefined;
  const isSealed = standing === 'sealed' || standing === 'frozen';
  const end = isSealed ? words.journal.sealed : deadline === null ? null : words.journal.sealHour(deadline);
  const toPanel = () =>
    void act(async () => {
      await openSidePanel(text);
      setSeed({ text: '' });
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
          <>
            <TrayNotice items={tray} />
            <SyncTrouble state={state} />
            {!state.enrolled ? (
              <p class="meta enrol">
                {words.journal.enrolFirst}{' '}
                <button type="button" class="link" onClick={() => void act(() => openDesk('#/enrol'))}>
                  {words.journal.enrol}
                </button>
              </p>
            ) : null}
            <DayStrip
              blocks={facts.blocks}
              now={bandMinute(today, journal.now)}
              label={words.journal.dayStrip(entries.length, total)}
            />
            <p class="sumline">
              <b class="num">{total}</b>
              <span class="meta">
                {words.journal.total(entries.length)}
                {facts.blankMinutes === 0
                  ? ''
                  : ` · ${words.journal.blankTotal(words.time.duration(facts.blankMinutes))}`}
              </span>
            </p>
            {shut ? null : (
              <TemplateRows
                templates={templates}
                day={today}
                entries={entries}
                journal={journal}
                onLine={(line) => setSeed({ text: line })}
              />
            )}
            {entries.length === 0 ? (
              <p class="meta none">{words.journal.noEntries}</p>
            ) : (
              <DayRows
                facts={facts}
                journal={journal}
                short
                shut={shut}
                onBlank={(start, end) => setSeed({ text: `${start.slice(11)}-${end.slice(11)} ` })}
              />
            )}
          </>
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
