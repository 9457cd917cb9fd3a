/** The timer of the line: starts with its words, and becomes an entry or, where something is missing, a line to finish by hand. */
import { useState } from 'preact/hooks';
import type { EntryBody } from '../../../shared/api/journal.ts';
import { spanLine } from '../../../shared/diary/entry-line.ts';
import type { Timer } from '../../../shared/diary/timer.ts';
import { stopAt } from '../../../shared/diary/timer.ts';
import { type CivilMinute, formatDay, parseMinute } from '../../../shared/time/civil.ts';
import type { EntryInput } from '../../commands/journal.ts';
import { endTimer, runningTimer, saveTimed, startTimer } from '../../commands/timer.ts';
import { here } from '../../device/context.ts';
import { keepDraft } from '../../store/drafts.ts';
import { useLive } from '../../store/live.ts';
import { newId } from '../../store/ops.ts';
import { entriesOn, recentEntries } from '../../store/queries.ts';
import { wallClock, workingDayOf } from '../../store/today.ts';
import type { Draft } from '../use-draft.ts';
import type { Journal } from '../use-journal.ts';
import { readAll } from './read-all.ts';
import { entryOf, noChoice } from './reading.ts';

export interface LineTimer {
  /** False until the store was asked. */
  readonly ready: boolean;
  readonly running: Timer | null;
  /** From what ends of the running one are proposed: entries of the day on which it began, and recent ones. */
  readonly around: Around;
  /** True after a stop that needs an answer. */
  readonly asking: boolean;
  readonly start: () => void;
  /** Stops where that needs no question, else asks. */
  readonly toggle: () => void;
  readonly stop: (start: CivilMinute, end: CivilMinute) => void;
  readonly goOn: () => void;
  readonly drop: () => void;
}

interface Around {
  readonly sameDay: readonly EntryBody[];
  readonly recent: readonly EntryBody[];
}

const nothingAround: Around = { sameDay: [], recent: [] };

/** `warns`: whether a text must be looked at before it is saved. A running timer is touched by nothing else than its own controls. */
export function useTimer(
  surface: string,
  journal: Journal,
  draft: Draft,
  act: (command: () => Promise<unknown>) => Promise<boolean>,
  warns: (text: string) => boolean,
): LineTimer {
  const [asking, setAsking] = useState(false);
  const known = useLive(timerAndAround, []);
  const running = known?.running ?? null;
  const now = () => wallClock(journal.zone, here.now());

  const start = () =>
    void act(async () => {
      await startTimer(now(), draft.text);
      draft.drop();
    });

  const stop = (from: CivilMinute, to: CivilMinute) =>
    void act(async () => {
      if (running === null) return;
      setAsking(false);
      const line = lineOf(from, to, running.text, journal.today);
      const entry = warns(line) ? null : timedEntry(line, from, to, journal);
      if (entry !== null) return saveTimed(entry);
      const text = joined(draft.text, line);
      draft.type(text);
      await keepDraft(surface, text);
      await endTimer();
    });

  const toggle = () => {
    const from = running === null ? null : parseMinute(running.startedAt);
    if (from === null) return start();
    const stopped = stopAt(from, now());
    if (stopped.kind === 'entry') stop(stopped.start, stopped.end);
    else setAsking(true);
  };

  return {
    ready: known !== undefined,
    running,
    around: known?.around ?? nothingAround,
    asking,
    start,
    toggle,
    stop,
    goOn: () => setAsking(false),
    drop: () => {
      setAsking(false);
      void act(() => endTimer());
    },
  };
}

async function timerAndAround(): Promise<{ readonly running: Timer | null; readonly around: Around }> {
  const running = await runningTimer(here.database);
  const start = running === null ? null : parseMinute(running.startedAt);
  if (start === null) return { running, around: nothingAround };
  const sameDay = await entriesOn(here.database, formatDay(workingDayOf(start)));
  const recent = await recentEntries(here.database);
  return { running, around: { sameDay: sameDay.map(({ body }) => body), recent: recent.map(({ body }) => body) } };
}

/** The line of a span and its words; with its date where it is not of today. */
function lineOf(start: CivilMinute, end: CivilMinute, text: string, today: string): string {
  const day = formatDay(workingDayOf(start));
  return `${day === today ? '' : `${day} `}${spanLine(start, end)} ${text}`;
}

function timedEntry(line: string, start: CivilMinute, end: CivilMinute, journal: Journal): EntryInput | null {
  const [reading, another] = readAll(line, { ...journal, day: null });
  if (reading === undefined || another !== undefined) return null;
  const choice = { ...noChoice, span: { start, end }, day: workingDayOf(start) };
  return entryOf(reading, choice, journal.table, () => newId(here));
}

/** The timed line with what stood in the draft: as its words where it has none, else on a line of its own. */
function joined(draft: string, line: string): string {
  if (draft.trim() === '') return line;
  return line.endsWith(' ') && !draft.includes('\n') ? `${line}${draft}` : `${draft}\n${line}`;
}
