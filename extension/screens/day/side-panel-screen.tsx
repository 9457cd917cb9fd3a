/** The side panel: the main writing place. One day at a time, every entry unfolds, the day's review below. */
import { useState } from 'preact/hooks';
import { hoursOf } from '../../../shared/diary/hours.ts';
import { dateOfDay, formatDay, parseDay, weekday } from '../../../shared/time/civil.ts';
import { daysOf, weekAfter, weekBefore, weekOf } from '../../../shared/time/week.ts';
import { isShut } from '../../commands/judge.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { Logo } from '../../components/icon.tsx';
import { Message } from '../../components/message.tsx';
import { here } from '../../device/context.ts';
import { useWords } from '../../locales/use-words.ts';
import { useLive } from '../../store/live.ts';
import { entriesCountedIn, entriesOn, standingOf, type Written } from '../../store/queries.ts';
import { deadlineOfWeek } from '../deadline.ts';
import { openDesk } from '../links.ts';
import { QuickLine } from '../quick-line/quick-line.tsx';
import { SaveState, useSaveState } from '../save-state.tsx';
import { useTemplates } from '../templates/template-rows.tsx';
import { TemplatesDialog } from '../templates/templates-dialog.tsx';
import { useTray } from '../tray/tray-notice.tsx';
import { useAct } from '../use-act.ts';
import type { Journal } from '../use-journal.ts';
import { dayInAddress, useReviewInAddress } from './day-in-address.ts';
import { DayList } from './day-list.tsx';
import { WhereWritten } from './no-journal.tsx';
import { ReviewArea, useReview } from './review-area.tsx';

export const SidePanelScreen = () => <WhereWritten page={SidePanel} />;

function SidePanel({ journal }: { readonly journal: Journal }) {
  const words = useWords();
  const state = useSaveState();
  const { act, problem } = useAct();
  const tray = useTray();
  const templates = useTemplates();
  const [isLineReady, setLineReady] = useState(false);
  const [chosen, setChosen] = useState(dayInAddress);
  const [seed, setSeed] = useState<{ readonly text: string } | null>(null);
  const [listing, setListing] = useState(false);
  const day = chosen ?? journal.today;
  const week = weekOf(parseDay(day) ?? 0);
  const entries = useLive(() => entriesOn(here.database, day), [day]);
  const counted = useLive(() => entriesCountedIn(here.database, week), [week]);
  const standing = useLive(() => standingOf(here.database, week), [week]);
  const review = useReview(week, day);
  useReviewInAddress(isLineReady && review !== undefined);
  if (state === undefined || tray === undefined || templates === undefined || review === undefined) return null;
  if (entries === undefined || counted === undefined || standing === undefined) return null;
  const shut = isShut(standing);
  const deadline = deadlineOfWeek(journal, week, words);
  return (
    <main class="side">
      <header class="hd">
        <Logo />
        <h1>{words.time.day(day)}</h1>
        {journal.profile.organisation?.demo === true ? <span class="demo">{words.common.demo}</span> : null}
        <span class="end">
          <SaveState state={state} nowMs={journal.nowMs} />
        </span>
      </header>
      <Days
        day={day}
        week={week}
        journal={journal}
        counted={counted}
        onChoose={(next) => {
          setChosen(next === journal.today ? null : next);
          setSeed(null);
        }}
      />
      <QuickLine surface="sidepanel" journal={journal} day={day} seed={seed} onReady={() => setLineReady(true)} />
      {problem === null ? null : <Message tone="fail">{problem}</Message>}
      {isLineReady ? (
        <>
          <DayList
            day={day}
            entries={entries}
            templates={templates}
            tray={tray}
            state={state}
            journal={journal}
            put={(line) => setSeed({ text: line })}
            shut={shut}
          >
            {shut ? (
              <Message icon="seal">{standing === 'frozen' ? words.grid.frozen : words.week.seal.locked}</Message>
            ) : null}
          </DayList>
          <div id="review">
            <ReviewArea review={review} week={week} day={day} label={words.journal.dayReview} shut={shut} />
          </div>
          <footer class="ft">
            <span class="cap">
              {words.journal.weekTotal(
                words.time.duration(
                  hoursOf(
                    counted.map(({ body }) => body),
                    journal.offset,
                  ).unionMinutes,
                ),
              )}
              {deadline === null || shut ? '' : `${words.common.separator}${words.journal.sealHour(deadline)}`}
            </span>
            <Button kind="text" onClick={() => setListing(true)}>
              {words.writing.templates}
            </Button>
            <Button icon="week" onClick={() => void act(() => openDesk(`#/week/${week}`))}>
              {words.journal.openWeek}
            </Button>
          </footer>
        </>
      ) : null}
      {listing ? <TemplatesDialog onClose={() => setListing(false)} /> : null}
    </main>
  );
}

/** The days of a week with their hours, and the ways to the weeks beside it. */
function Days({
  day,
  week,
  journal,
  counted,
  onChoose,
}: {
  readonly day: string;
  readonly week: string;
  readonly journal: Journal;
  readonly counted: readonly Written[];
  readonly onChoose: (day: string) => void;
}) {
  const words = useWords();
  const offset = (parseDay(day) ?? 0) - (daysOf(week)[0] ?? 0);
  const inWeek = (other: string) => formatDay((daysOf(other)[0] ?? 0) + offset);
  return (
    <nav class="days" aria-label={words.journal.days}>
      <IconButton icon="left" label={words.week.previous} onClick={() => onChoose(inWeek(weekBefore(week)))} />
      {daysOf(week).map((number) => {
        const name = formatDay(number);
        const entries = counted.flatMap(({ body }) => (body.kind === 'entry' && body.day === name ? [body] : []));
        const minutes = hoursOf(entries, journal.offset).unionMinutes;
        return (
          <button
            key={name}
            type="button"
            class={minutes === 0 ? 'none' : ''}
            aria-current={name === day ? 'date' : undefined}
            aria-label={`${words.time.day(name)}${name === journal.today ? ` ${words.journal.isToday}` : ''} ${words.time.duration(minutes)}`}
            onClick={() => onChoose(name)}
          >
            {words.time.weekdayShort(weekday(number))}
            <b>{dateOfDay(number).day}</b>
            <span>{minutes === 0 ? '—' : words.time.short(minutes)}</span>
          </button>
        );
      })}
      <IconButton icon="right" label={words.week.following} onClick={() => onChoose(inWeek(weekAfter(week)))} />
    </nav>
  );
}
