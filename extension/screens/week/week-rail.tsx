/** The rail beside the grid: hours, what is to do before the seal, title and review. */
import { setTitle } from '../../commands/journal.ts';
import { here } from '../../device/context.ts';
import { useWords } from '../../locales/use-words.ts';
import { useLive } from '../../store/live.ts';
import { type SaveState, sealOf, titleOf } from '../../store/queries.ts';
import { textOf } from '../day/day-facts.ts';
import { ReviewArea, useReview } from '../day/review-area.tsx';
import { SavedArea } from '../saved-area.tsx';
import type { Journal } from '../use-journal.ts';
import { SealStatus } from './seal-status.tsx';
import { useCheckList } from './use-check-list.ts';
import type { WeekFacts } from './week-facts.ts';
import { WeekTotal } from './week-hours.tsx';

export function WeekRail({
  week,
  facts,
  journal,
  save,
  shut,
}: {
  readonly week: string;
  readonly facts: WeekFacts;
  readonly journal: Journal;
  readonly save: SaveState;
  readonly shut: boolean;
}) {
  const words = useWords();
  const title = useLive(() => titleOf(here.database, week), [week]);
  const seal = useLive(() => sealOf(here.database, week), [week]);
  const list = useCheckList(week);
  const review = useReview(week, null);
  if (title === undefined || seal === undefined || list === undefined || review === undefined) return null;
  return (
    <aside class="rail">
      <section>
        <h2 class="h">{words.week.hours}</h2>
        <WeekTotal facts={facts} />
      </section>
      <SealStatus week={week} journal={journal} save={save} seal={seal} list={list} />
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
        <ReviewArea review={review} week={week} day={null} label={words.week.weekReview} rows={6} shut={shut} />
      </section>
    </aside>
  );
}
