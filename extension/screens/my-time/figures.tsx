/** The main figures of a period, the same by week as a table, and how each was counted. */
import type { ComponentChildren } from 'preact';
import { isFullWeek } from '../../../shared/diary/time-total.ts';
import { civilOf, formatMinute } from '../../../shared/time/civil.ts';
import { lengthOf } from '../../../shared/time/interval.ts';
import { useWords } from '../../locales/use-words.ts';
import { ChartSection } from './chart-section.tsx';
import { FigureTable } from './figure-table.tsx';
import type { PeriodTime } from './use-time.ts';

export function Figures({ time }: { readonly time: PeriodTime }) {
  const words = useWords();
  const text = words.myTime;
  const { total, period } = time;
  const { pieces, longest } = total;
  const isWeek = period.kind === 'week';
  const inAll = words.time.duration(total.minutes);
  return (
    <ChartSection
      title={text.figures}
      how={text.howFigures}
      picture={
        <dl class="figs">
          <Figure
            name={isWeek ? text.thisWeek : text.average}
            note={
              isWeek
                ? text.entries(total.entries)
                : total.averageMinutes === null
                  ? text.noFullWeek(inAll)
                  : text.averageOver(total.fullWeeks, inAll)
            }
          >
            <Length minutes={isWeek ? total.minutes : total.averageMinutes} />
          </Figure>
          <Figure name={text.share} note={shareNote(time, words)}>
            {total.focusedShare === null ? text.unknown : text.percent(total.focusedShare)}
          </Figure>
          <Figure
            name={text.longest}
            note={
              longest === null
                ? text.noLongest
                : words.time.moment(formatMinute(civilOf(longest.start * 60, time.reading.offset)))
            }
          >
            <Length minutes={longest === null ? null : lengthOf(longest)} />
          </Figure>
          <Figure
            name={text.pieces}
            note={
              pieces.medianMinutes === null
                ? text.noPieces
                : text.piecesOf(pieces.count, words.time.duration(Math.round(pieces.medianMinutes)))
            }
          >
            {pieces.short}
            <small>{text.pieceUnit}</small>
          </Figure>
          <Figure name={text.late} note={text.nights(total.lateNights)}>
            <Length minutes={total.lateMinutes} />
          </Figure>
          <Figure name={text.early} note={text.mornings(total.earlyMornings)}>
            <Length minutes={total.earlyMinutes} />
          </Figure>
          <Figure
            name={text.daysOff}
            note={
              time.knowsHolidays
                ? text.daysOffParts(
                    words.time.duration(total.weekendMinutes),
                    words.time.duration(total.holidayMinutes),
                  )
                : text.weekendsOnly
            }
          >
            <Length minutes={total.weekendMinutes + total.holidayMinutes} />
          </Figure>
          <Figure name={text.blanks} note={text.blankCount(total.blanks)}>
            <Length minutes={total.blankMinutes} />
          </Figure>
        </dl>
      }
      table={<FigureTable time={time} />}
    />
  );
}

function Figure({
  name,
  note,
  children,
}: {
  readonly name: string;
  readonly note: string;
  readonly children: ComponentChildren;
}) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <span class="value">{children}</span>
        <span class="cap">{note}</span>
      </dd>
    </div>
  );
}

/** Hours and minutes, the numbers large. */
function Length({ minutes }: { readonly minutes: number | null }) {
  const words = useWords();
  if (minutes === null) return <>{words.myTime.unknown}</>;
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return (
    <>
      {hours === 0 ? null : (
        <>
          {hours}
          <small>{words.time.hours}</small>
        </>
      )}
      {rest === 0 && hours > 0 ? null : (
        <>
          {rest}
          <small>{words.time.minutes}</small>
        </>
      )}
    </>
  );
}

function shareNote({ total, weeks, target, period, running }: PeriodTime, words: ReturnType<typeof useWords>): string {
  const text = words.myTime;
  if (total.focusedShare === null) return text.noShare;
  if (target === null) return text.noTarget;
  if (period.kind === 'week') return text.targetWeek(target);
  const shares = weeks.flatMap((week) =>
    isFullWeek(week, running) && week.focusedShare !== null ? [week.focusedShare] : [],
  );
  if (shares.length === 0) return text.targetWeek(target);
  return text.targetWeeks(target, shares.length, shares.filter((share) => share * 100 < target).length);
}
