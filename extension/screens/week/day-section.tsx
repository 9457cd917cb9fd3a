/** One day of the week's list: its rows, a line to add to it, its review. */
import { useState } from 'preact/hooks';
import { Button } from '../../components/button.tsx';
import { useWords } from '../../locales/use-words.ts';
import { dayFacts } from '../day/day-facts.ts';
import { DayRows } from '../day/day-rows.tsx';
import { ReviewArea } from '../day/review-area.tsx';
import { QuickLine } from '../quick-line/quick-line.tsx';
import type { Journal } from '../use-journal.ts';
import type { Column } from './week-facts.ts';

export function DaySection({
  column,
  week,
  journal,
  shut,
}: {
  readonly column: Column;
  readonly week: string;
  readonly journal: Journal;
  readonly shut: boolean;
}) {
  const words = useWords();
  const [adding, setAdding] = useState(false);
  const [seed, setSeed] = useState<{ readonly text: string } | null>(null);
  const { day, entries, hours } = column;
  const facts = dayFacts(day, entries, journal.table);
  return (
    <section class="day" aria-labelledby={`day-${day}`}>
      <h3 class="h" id={`day-${day}`}>
        {words.time.day(day)}
        <small>
          {entries.length === 0
            ? words.journal.noEntries
            : `${words.journal.total(entries.length)} · ${words.time.duration(hours.unionMinutes)}`}
        </small>
      </h3>
      {entries.length === 0 ? null : (
        <DayRows
          facts={facts}
          journal={journal}
          shut={shut}
          onBlank={(start, end) => {
            setSeed({ text: `${start.slice(11)}-${end.slice(11)} ` });
            setAdding(true);
          }}
        />
      )}
      {adding ? (
        <QuickLine surface={`desk:${day}`} journal={journal} day={day} seed={seed} />
      ) : (
        <p class="row">
          <Button
            kind="text"
            small
            icon="plus"
            aria-label={words.week.addOn(words.time.day(day))}
            onClick={() => setAdding(true)}
          >
            {words.journal.line}
          </Button>
        </p>
      )}
      <ReviewArea week={week} day={day} label={words.week.dayReviewOf(words.time.day(day))} rows={2} shut={shut} />
    </section>
  );
}
