/** The review of a day or a week; saves itself. */
import { longest } from '../../../shared/diary/longest.ts';
import { setReview } from '../../commands/journal.ts';
import { here } from '../../device/context.ts';
import { useWords } from '../../locales/use-words.ts';
import { useLive } from '../../store/live.ts';
import { reviewOf } from '../../store/queries.ts';
import { SavedArea } from '../saved-area.tsx';
import { textOf } from './day-facts.ts';

/** The review of a day, or of the week where `day` is null; undefined until the first answer, so that a page can wait for it. */
export const useReview = (week: string, day: string | null): Review | undefined =>
  useLive(() => reviewOf(here.database, week, day), [week, day]);

type Review = Awaited<ReturnType<typeof reviewOf>>;

/** `review` as `useReview` gives it for the same week and day. */
export function ReviewArea({
  review,
  week,
  day,
  label,
  rows = 3,
  shut = false,
}: {
  readonly review: Review;
  readonly week: string;
  readonly day: string | null;
  readonly label: string;
  readonly rows?: number;
  readonly shut?: boolean;
}) {
  const words = useWords();
  const isHeld = review?.body.hold !== undefined;
  return (
    <SavedArea
      key={`${week} ${day}`}
      surface={`review:${week}:${day ?? ''}`}
      label={label}
      stored={review === null ? '' : (textOf(review) ?? words.journal.held)}
      save={(text, seen) => setReview(week, day, text, seen)}
      most={longest.text}
      rows={rows}
      hint={day === null ? words.week.weekReviewHint : words.journal.dayReviewHint}
      song
      disabled={shut || isHeld}
      optional
    />
  );
}
