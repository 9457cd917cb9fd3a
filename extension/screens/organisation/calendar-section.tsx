/** The calendar of working days: its editor, and a year filled in from announced days or from a file. */
import { useState } from 'preact/hooks';
import { type DaysOff, daysOffIn } from '../../../shared/organisation/day-file.ts';
import { civilOf, dateOfDay, dayOf, zoneOffset } from '../../../shared/time/civil.ts';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { Message } from '../../components/message.tsx';
import { useSaying } from '../../locales/use-saying.ts';
import { useWords } from '../../locales/use-words.ts';
import { type Desk, useDesk } from '../desk/use-desk.ts';
import { chineseDaysOf, chineseYears } from './chinese-days.ts';
import { FileButton } from './file-button.tsx';
import { SettingSection, type Standing } from './setting-section.tsx';
import { type Cells, calendarShape } from './shape.ts';

export function CalendarSection({
  standing,
  again,
}: {
  readonly standing: Standing<'calendar'>;
  readonly again: () => Promise<void>;
}) {
  return (
    <SettingSection
      shape={calendarShape(useWords())}
      standing={standing}
      again={again}
      tools={([row = {}], change) => <FillYear row={row} change={(next) => change([next])} />}
    />
  );
}

function FillYear({ row, change }: { readonly row: Cells; readonly change: (row: Cells) => void }) {
  const words = useWords();
  const desk = useDesk();
  const text = words.organisation;
  const [typed, setTyped] = useState(() => String(yearOf(desk)));
  const [isDone, setDone] = useState(false);
  const [said, say] = useSaying();
  const year = Number(typed);
  const fill = ({ holidays, makeUpWorkdays }: DaysOff) => {
    change({
      ...row,
      holidays: withYear(row.holidays, year, holidays),
      makeUpWorkdays: withYear(row.makeUpWorkdays, year, makeUpWorkdays),
    });
    setDone(true);
    say(({ organisation }) => organisation.filledYear(year, holidays.length, makeUpWorkdays.length));
  };
  const read = (bytes: Uint8Array) => {
    const found = daysOffIn(bytes, year);
    if (found.ok) return fill(found.value);
    setDone(false);
    say(({ organisation }) =>
      found.problem === 'NOT_READ' ? organisation.dayFileNotRead : organisation.dayFileNoDays(year),
    );
  };
  return (
    <fieldset class="wish">
      <legend>{text.fillYear}</legend>
      <div class="row ends">
        <div class="short">
          <TextField
            label={text.year}
            type="number"
            min="1970"
            max="2100"
            value={typed}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        </div>
        <Button disabled={!chineseYears.includes(year)} onClick={() => fill(chineseDaysOf(year))}>
          {text.chineseDays(year)}
        </Button>
        <FileButton
          label={text.fromDayFile}
          accept=".ics,.csv,.tsv,.txt,text/calendar,text/csv,text/plain"
          take={read}
        />
      </div>
      <p class="cap">{text.chineseSource}</p>
      {said === null ? null : (
        <Message tone={isDone ? 'plain' : 'fail'} role={isDone ? 'status' : 'alert'}>
          {said}
        </Message>
      )}
    </fieldset>
  );
}

/** Lines of dates in which one year's are replaced. */
function withYear(lines: string | undefined, year: number, days: readonly string[]): string {
  const others = (lines ?? '').split('\n').filter((line) => line.trim() !== '' && !line.startsWith(`${year}-`));
  return [...others, ...days].sort().join('\n');
}

const yearOf = ({ now, zone }: Desk): number => dateOfDay(dayOf(civilOf(now, zoneOffset(zone) ?? (() => 0)))).year;
