/** Which weeks of a calendar are listed. */
import type { FileReading } from '../../../shared/diary/calendar/reading.ts';
import { addDays, formatDay, parseDay } from '../../../shared/time/civil.ts';
import { compareWeeks, type Week, weekAfter, weekOf, weekStart } from '../../../shared/time/week.ts';
import { SelectField } from '../../components/field.tsx';
import { useWords } from '../../locales/use-words.ts';
import type { Weeks } from './open-file.ts';

/** A series may go on for ever: so many weeks from now on are offered. */
const weeksAhead = 8;
const mostWeeks = 1100;

export function WeeksChooser({
  weeks,
  span,
  today,
  onChoose,
}: {
  readonly weeks: Weeks;
  readonly span: FileReading['span'];
  readonly today: string;
  readonly onChoose: (weeks: Weeks) => void;
}) {
  const words = useWords();
  const text = words.imports;
  const offered = weeksOffered(weeks, span, parseDay(today) ?? 0);
  const option = (week: Week) => {
    const monday = weekStart(week);
    return (
      <option key={week} value={week}>
        {text.weekOption(words.time.week(week), words.time.dates(formatDay(monday), formatDay(addDays(monday, 6))))}
      </option>
    );
  };
  return (
    <div class="fields weeks">
      <SelectField
        label={text.fromWeek}
        value={weeks.from}
        onChange={({ currentTarget: { value } }) =>
          onChoose({ from: value, to: compareWeeks(value, weeks.to) > 0 ? value : weeks.to })
        }
      >
        {offered.map(option)}
      </SelectField>
      <SelectField
        label={text.toWeek}
        value={weeks.to}
        onChange={({ currentTarget: { value } }) =>
          onChoose({ from: compareWeeks(weeks.from, value) > 0 ? value : weeks.from, to: value })
        }
      >
        {offered.map(option)}
      </SelectField>
    </div>
  );
}

// From where the file begins to a few weeks after its last start or today, the newest first.
function weeksOffered(weeks: Weeks, span: FileReading['span'], today: number): readonly Week[] {
  const ends = [today + weeksAhead * 7, span?.to ?? today, weekStart(weeks.to)];
  const begins = [today - 7, span?.from ?? today, weekStart(weeks.from)];
  const last = Math.max(...ends);
  const offered: Week[] = [];
  for (
    let week = weekOf(Math.max(Math.min(...begins), last - mostWeeks * 7));
    weekStart(week) <= last;
    week = weekAfter(week)
  )
    offered.push(week);
  return offered.reverse();
}
