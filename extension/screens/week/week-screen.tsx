/** The week's page: seven bands of light, hours, title and reviews, the list by day, and the seal. */
import { useEffect, useState } from 'preact/hooks';
import type { EntryBody } from '../../../shared/api/journal.ts';
import { formatDay, parseDay } from '../../../shared/time/civil.ts';
import { daysOf, parseWeek, weekAfter, weekBefore, weekOf } from '../../../shared/time/week.ts';
import { setTitle } from '../../commands/journal.ts';
import { isShut } from '../../commands/judge.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Message } from '../../components/message.tsx';
import { here } from '../../device/context.ts';
import { useWords } from '../../locales/use-words.ts';
import { useLive } from '../../store/live.ts';
import { entriesCountedIn, lateEntriesIn, standingOf, titleOf, type Written } from '../../store/queries.ts';
import { bandMinute, dayFacts, textOf } from '../day/day-facts.ts';
import { DayRows } from '../day/day-rows.tsx';
import { EntryEditor } from '../day/entry-editor.tsx';
import { ReviewArea } from '../day/review-area.tsx';
import { QuickLine } from '../quick-line/quick-line.tsx';
import { SaveState, useSaveState } from '../save-state.tsx';
import { SavedArea } from '../saved-area.tsx';
import { TrayNotice } from '../tray/tray-notice.tsx';
import { type Journal, useJournal } from '../use-journal.ts';
import { DaySection } from './day-section.tsx';
import { SealDialog } from './seal-dialog.tsx';
import { SealStatus } from './seal-status.tsx';
import { weekFacts } from './week-facts.ts';
import { WeekGrid } from './week-grid.tsx';
import { HoursByCategory, WeekTotal } from './week-hours.tsx';

/** The week that the address names (`#/week/2026-W30`), else this week. */
export function WeekScreen() {
  const journal = useJournal();
  const [chosen, setChosen] = useState(weekInAddress);
  useEffect(() => {
    const follow = () => setChosen(weekInAddress());
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  if (journal === undefined) return null;
  const shown = chosen ?? journal.week;
  return (
    <Week
      key={shown}
      week={shown}
      journal={journal}
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
  onWeek,
}: {
  readonly week: string;
  readonly journal: Journal;
  readonly onWeek: (week: string) => void;
}) {
  const words = useWords();
  const save = useSaveState();
  const [seed, setSeed] = useState<{ readonly day: string; readonly text: string } | null>(null);
  const [open, setOpen] = useState<string | null>(null);
  const [sealing, setSealing] = useState(false);
  const counted = useLive(() => entriesCountedIn(here.database, week), [week]);
  const late = useLive(() => lateEntriesIn(here.database, week), [week]);
  const standing = useLive(() => standingOf(here.database, week), [week]);
  const title = useLive(() => titleOf(here.database, week), [week]);
  if (counted === undefined || late === undefined || standing === undefined || title === undefined) return null;
  const facts = weekFacts(week, counted, journal.table);
  const days = daysOf(week).map((number) => formatDay(number));
  const [first = '', last = ''] = [days[0], days.at(-1)];
  const shut = isShut(standing);
  const today = days.includes(journal.today) ? journal.today : first;
  const opened = [...counted, ...late].find(({ id }) => id === open) ?? null;
  const hasSomething = counted.length + late.length > 0 || title !== null;
  const dayOfEntry = (entry: Written<EntryBody>) => words.time.day(entry.body.day);
  return (
    <div class="week">
      <header class="top">
        <h1>{words.time.week(week)}</h1>
        <span class="meta num">{words.time.dates(first, last)}</span>
        <span class="row nav-weeks">
          <IconButton icon="left" label={words.week.previous} onClick={() => onWeek(weekBefore(week))} />
          <IconButton icon="right" label={words.week.following} onClick={() => onWeek(weekAfter(week))} />
          {week === journal.week ? null : (
            <Button kind="text" small onClick={() => onWeek(weekOf(parseDay(journal.today) ?? 0))}>
              {words.week.backToNow}
            </Button>
          )}
        </span>
        <span class="end row">
          <SaveState state={save} nowMs={journal.nowMs} />
          <Button icon="plus" onClick={() => setSeed({ day: today, text: '' })}>
            {words.week.addEntry}
          </Button>
          {shut || !hasSomething ? null : (
            <Button kind="primary" icon="seal" onClick={() => setSealing(true)}>
              {standing === 'reopened' ? words.week.seal.openAgain : words.week.seal.open}
            </Button>
          )}
        </span>
      </header>
      <TrayNotice />
      {shut ? <Message icon="seal">{words.week.seal.locked}</Message> : null}
      <div class="wk">
        <WeekGrid
          facts={facts}
          table={journal.table}
          today={journal.today}
          now={bandMinute(journal.today, journal.now)}
          onEntry={setOpen}
          onBlank={
            shut
              ? null
              : (start, end) => setSeed({ day: start.slice(0, 10), text: `${start.slice(11)}-${end.slice(11)} ` })
          }
        />
        <aside class="rail">
          <section>
            <h2 class="h">{words.week.hours}</h2>
            <WeekTotal facts={facts} />
          </section>
          <SealStatus week={week} facts={facts} journal={journal} save={save} />
          <section class="stack">
            <SavedArea
              key={week}
              surface={`title:${week}`}
              label={words.week.title}
              stored={title === null ? '' : (textOf(title) ?? '')}
              save={(text, seen) => setTitle(week, text, seen)}
              most={120}
              hint={words.week.titleHint}
              line
              disabled={shut || title?.body.hold !== undefined}
              optional
            />
            <ReviewArea week={week} day={null} label={words.week.weekReview} rows={6} shut={shut} />
          </section>
        </aside>
      </div>
      {facts.entries === 0 ? null : <HoursByCategory facts={facts} table={journal.table} />}
      <section class="by-day">
        <h2 class="vh">{words.week.list}</h2>
        {facts.columns.map((column) => (
          <DaySection key={column.day} column={column} week={week} journal={journal} shut={shut} />
        ))}
        {late.length === 0 ? null : (
          <section class="day">
            <h3 class="h">{words.week.lateHere}</h3>
            <DayRows
              facts={dayFacts(late[0]?.body.day ?? first, late, journal.table)}
              journal={journal}
              shut={shut}
              onBlank={() => {}}
            />
          </section>
        )}
      </section>
      {seed === null ? null : (
        <Dialog title={words.week.addEntryOn(words.time.day(seed.day))} onClose={() => setSeed(null)}>
          <QuickLine
            surface={`desk:${seed.day}`}
            journal={journal}
            day={seed.day}
            seed={seed.text === '' ? null : seed}
          />
        </Dialog>
      )}
      {opened === null ? null : (
        <Dialog
          title={`${dayOfEntry(opened)} ${words.time.span(opened.body.start, opened.body.end)}`}
          onClose={() => setOpen(null)}
        >
          {shut ? <p class="prose">{textOf(opened) ?? words.journal.held}</p> : null}
          <EntryEditor entry={opened} journal={journal} shut={shut} onGone={() => setOpen(null)} />
        </Dialog>
      )}
      {sealing ? <SealDialog week={week} journal={journal} onClose={() => setSealing(false)} /> : null}
    </div>
  );
}
