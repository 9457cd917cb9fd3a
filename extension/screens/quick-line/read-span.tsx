/** A reading in the form in which it will be shown: span, length, day where it is another one. */

import { realMinute } from '../../../shared/diary/hours.ts';
import type { Reading } from '../../../shared/diary/quick-entry.ts';
import { type CivilMinute, formatMinute, type ZoneOffset } from '../../../shared/time/civil.ts';
import { useWords } from '../../locales/use-words.ts';

/** `span` null: no time was read; `onPick` opens the picker. */
export function ReadSpan({
  reading,
  span,
  offset,
  today,
  day,
  onPick,
}: {
  readonly reading: Reading;
  readonly span: { readonly start: CivilMinute; readonly end: CivilMinute } | null;
  readonly offset: ZoneOffset;
  readonly today: string;
  readonly day: string;
  readonly onPick?: () => void;
}) {
  const words = useWords();
  if (span === null)
    return (
      <span>
        {words.writing.timeMissing}{' '}
        {onPick === undefined ? null : (
          <button type="button" class="link" onClick={onPick}>
            {words.writing.pickTime}
          </button>
        )}
      </span>
    );
  const isProposed = reading.end === null && reading.start !== null && span.end === reading.proposedEnd;
  return (
    <>
      <b class="num">{words.time.span(formatMinute(span.start), formatMinute(span.end))}</b>
      <span>{words.time.duration(realMinute(span.end, offset) - realMinute(span.start, offset))}</span>
      {day === today ? null : <span class="other-day">{words.journal.otherDay(words.time.day(day))}</span>}
      {isProposed ? <span class="cap">{words.journal.proposedEnd}</span> : null}
    </>
  );
}
