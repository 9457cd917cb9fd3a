/** The week's page: seven bands of light with what is unfolded beside them, hours, title and reviews, the list by day, and the seal. */
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { parseWeek } from '../../../shared/time/week.ts';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { dayFacts } from '../day/day-facts.ts';
import { DayRows } from '../day/day-rows.tsx';
import { NoticeList, useDue } from '../notices/notice-list.tsx';
import { useSaveState } from '../save-state.tsx';
import { TrayNotice, useTray } from '../tray/tray-notice.tsx';
import { type Journal, useJournal } from '../use-journal.ts';
import { DaySection } from './day-section.tsx';
import { SealDialog } from './seal-dialog.tsx';
import { useWeek } from './use-week.ts';
import { WeekBoard } from './week-board.tsx';
import { HoursByCategory } from './week-hours.tsx';

/** The week that the address names (`#/week/2026-W30`), else this week. */
export function WeekScreen() {
  const journal = useJournal();
  const [chosen, setChosen] = useState(weekInAddress);
  useEffect(() => {
    const follow = () => setChosen(weekInAddress());
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  // What stands above the grid is read before the grid is shown: it must not move under the pointer.
  const due = useDue(journal);
  const tray = useTray();
  if (journal === undefined || due === undefined || tray === undefined) return null;
  const shown = chosen ?? journal.week;
  return (
    <Week
      key={shown}
      week={shown}
      journal={journal}
      above={
        <>
          <TrayNotice items={tray} />
          <NoticeList due={due} journal={journal} />
        </>
      }
      onWeek={(next) => {
        setChosen(next);
        history.replaceState(null, '', next === journal.week ? '#/week' : `#/week/${next}`);
      }}
    />
  );
}

function weekInAddress(): string | null {
  const named = /^#\/week\/(.+)$/.exec(location.hash)?.[1];
  return named === undefined ? null : parseWeek(named);
}

function Week({
  week,
  journal,
  above,
  onWeek,
}: {
  readonly week: string;
  readonly journal: Journal;
  readonly above: ComponentChildren;
  readonly onWeek: (week: string) => void;
}) {
  const words = useWords();
  const save = useSaveState();
  const [sealing, setSealing] = useState(false);
  const state = useWeek(week, journal);
  if (state === undefined || save === undefined) return null;
  const { shut, standing, facts, late, isEmpty } = state;
  const [firstLate] = late;
  return (
    <div class="week">
      <WeekBoard
        week={week}
        journal={journal}
        state={state}
        save={save}
        onWeek={onWeek}
        onSeal={shut || isEmpty || !journal.signs ? null : () => setSealing(true)}
        above={
          <>
            {above}
            {shut ? (
              <Message icon="seal">{standing === 'frozen' ? words.grid.frozen : words.week.seal.locked}</Message>
            ) : null}
          </>
        }
      />
      {facts.entries === 0 ? null : <HoursByCategory facts={facts} table={journal.table} />}
      <section class="by-day">
        <h2 class="vh">{words.week.list}</h2>
        {facts.columns.map((column) => (
          <DaySection key={column.day} column={column} week={week} journal={journal} shut={shut} />
        ))}
        {firstLate === undefined ? null : (
          <section class="day">
            <h3 class="h">{words.week.lateHere}</h3>
            <DayRows
              facts={dayFacts(firstLate.body.day, late, journal)}
              journal={journal}
              shut={shut}
              onBlank={() => {}}
            />
          </section>
        )}
      </section>
      {sealing ? <SealDialog week={week} journal={journal} onClose={() => setSealing(false)} /> : null}
    </div>
  );
}
