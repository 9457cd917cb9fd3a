/** One day of the week's list: its rows, a line to add to it, its review. */
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../components/button.tsx';
import { useWords } from '../../locales/use-words.ts';
import { readDraft } from '../../store/drafts.ts';
import { dayFacts, standing } from '../day/day-facts.ts';
import { DayRows } from '../day/day-rows.tsx';
import { dayId } from '../day/jump.ts';
import { ReviewArea, useReview } from '../day/review-area.tsx';
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
  const [reviewing, setReviewing] = useState(false);
  const review = useReview(week, column.day);
  // A review begun and not saved yet must not hide.
  useEffect(() => {
    void readDraft(`review:${week}:${column.day}`).then((draft) => {
      if (draft !== null) setReviewing(true);
    });
  }, [week, column.day]);
  const [seed, setSeed] = useState<{ readonly text: string } | null>(null);
  const { day, entries, hours } = column;
  const facts = dayFacts(day, entries, journal);
  return (
    <section class="day" id={dayId(day)} aria-labelledby={`${dayId(day)}-name`}>
      <h3 class="h" id={`${dayId(day)}-name`}>
        {words.time.day(day)}
        <small>
          {entries.length === 0
            ? words.journal.noEntries
            : `${words.journal.total(standing(entries).length)} · ${words.time.duration(hours.unionMinutes)}`}
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
      {adding ? <QuickLine surface={`desk:${day}`} journal={journal} day={day} seed={seed} /> : null}
      <p class="row">
        {adding ? null : (
          <Button
            kind="text"
            small
            icon="plus"
            aria-label={words.week.addOn(words.time.day(day))}
            onClick={() => setAdding(true)}
          >
            {words.journal.line}
          </Button>
        )}
        {reviewing || shut || (review !== undefined && review !== null) ? null : (
          <Button
            kind="text"
            small
            icon="edit"
            aria-label={words.week.dayReviewOf(words.time.day(day))}
            onClick={() => setReviewing(true)}
          >
            {words.journal.dayReview}
          </Button>
        )}
      </p>
      {review === undefined || (review === null && !reviewing) ? null : (
        <ReviewArea
          review={review}
          week={week}
          day={day}
          label={words.week.dayReviewOf(words.time.day(day))}
          rows={2}
          shut={shut}
        />
      )}
    </section>
  );
}
