/** A new entry at a place chosen in the grid: the quick line with its time already in it. A text that was begun and not saved comes with it. */
import { useEffect, useState } from 'preact/hooks';
import { civilAt, dateOfDay, formatMinute } from '../../../shared/time/civil.ts';
import { useWords } from '../../locales/use-words.ts';
import { readDraft } from '../../store/drafts.ts';
import { QuickLine } from '../quick-line/quick-line.tsx';
import type { Journal } from '../use-journal.ts';
import type { Place } from './band.ts';
import { SidePanel } from './side-panel.tsx';

const surface = 'grid';

/** `place` is null where only the day was chosen. `onSaved` gets the ids of what was saved. */
export function NewPanel({
  day,
  place,
  journal,
  onClose,
  onSaved,
}: {
  readonly day: string;
  readonly place: Place | null;
  readonly journal: Journal;
  readonly onClose: () => void;
  readonly onSaved: (ids: readonly string[]) => void;
}) {
  const words = useWords();
  const [seed, setSeed] = useState<{ readonly text: string } | null>(null);
  const [isRead, setRead] = useState(false);
  useEffect(() => {
    void readDraft(surface).then((draft) => {
      setSeed(place === null ? null : { text: `${lineOf(place)} ${withoutTime(draft ?? '')}` });
      setRead(true);
    });
  }, [place]);
  return (
    <SidePanel title={words.grid.newTitle(words.time.day(day))} focusing={false} onClose={onClose}>
      {isRead ? <QuickLine surface={surface} journal={journal} day={day} seed={seed} onSaved={onSaved} /> : null}
    </SidePanel>
  );
}

/** The time of a place as it is typed. After midnight the date stands with it, because 1:00 alone would be the night before. */
export function lineOf({ day, start, end }: Place): string {
  const clock = (minute: number) => formatMinute(minute).slice(11);
  const span = `${clock(start)}-${clock(end)}`;
  if (start < civilAt(day + 1, 0)) return span;
  const { year, month, day: ofMonth } = dateOfDay(day + 1);
  return `${year}-${month}-${ofMonth} ${span}`;
}

/** A begun line without the time that an earlier choice put before it. */
export function withoutTime(line: string): string {
  return line.replace(/^(?:\d{4}-\d{1,2}-\d{1,2} )?\d{2}:\d{2}-\d{2}:\d{2} ?/, '');
}
