/** A day in the popup and in the side panel: what must be known first, the day as a strip and as hours, lines to take over, its rows. */
import type { ComponentChildren } from 'preact';
import type { EntryBody } from '../../../shared/api/journal.ts';
import { DayStrip } from '../../components/time-bar.tsx';
import { useWords } from '../../locales/use-words.ts';
import type { Template, TrayItem } from '../../store/database.ts';
import type { SaveState, Written } from '../../store/queries.ts';
import { SyncTrouble } from '../sync-trouble.tsx';
import { TemplateRows } from '../templates/template-rows.tsx';
import { TrayNotice } from '../tray/tray-notice.tsx';
import type { Journal } from '../use-journal.ts';
import { bandMinute, dayFacts } from './day-facts.ts';
import { DayRows } from './day-rows.tsx';

/** `put` gets what the quick line is to begin with. `short` and `shut`: as of the rows. `children` stand above the strip. */
export function DayList({
  day,
  entries,
  templates,
  tray,
  state,
  journal,
  put,
  short = false,
  shut,
  children,
}: {
  readonly day: string;
  readonly entries: readonly Written<EntryBody>[];
  readonly templates: readonly Template[];
  readonly tray: readonly TrayItem[];
  readonly state: SaveState;
  readonly journal: Journal;
  readonly put: (line: string) => void;
  readonly short?: boolean;
  readonly shut: boolean;
  readonly children?: ComponentChildren;
}) {
  const words = useWords();
  const text = words.journal;
  const facts = dayFacts(day, entries, journal);
  const { unionMinutes, sumMinutes } = facts.hours;
  const total = words.time.duration(unionMinutes);
  return (
    <>
      <TrayNotice items={tray} />
      <SyncTrouble state={state} />
      {children}
      <DayStrip blocks={facts.blocks} now={bandMinute(day, journal.now)} label={text.dayStrip(entries.length, total)} />
      <p class="sumline">
        <b class="num">{total}</b>
        <span class="meta">
          {text.total(entries.length)}
          {facts.blankMinutes === 0 ? '' : ` · ${text.blankTotal(words.time.duration(facts.blankMinutes))}`}
          {sumMinutes === unionMinutes ? '' : ` · ${text.sumDiffers(words.time.duration(sumMinutes))}`}
        </span>
      </p>
      {shut ? null : <TemplateRows templates={templates} day={day} entries={entries} journal={journal} onLine={put} />}
      {entries.length === 0 ? (
        <p class="meta none">{text.noEntries}</p>
      ) : (
        <DayRows
          facts={facts}
          journal={journal}
          short={short}
          shut={shut}
          onBlank={(start, end) => put(`${start.slice(11)}-${end.slice(11)} `)}
        />
      )}
    </>
  );
}
