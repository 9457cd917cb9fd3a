/** Plain files of a stretch of weeks. */
import { useState } from 'preact/hooks';
import { formatDay, parseDay } from '../../../shared/time/civil.ts';
import { compareWeeks, weekOf, weekStart } from '../../../shared/time/week.ts';
import { type ExportFormat, exportJournal } from '../../commands/export.ts';
import { Button } from '../../components/button.tsx';
import { RadioGroup, Tick } from '../../components/choice.tsx';
import { TextField } from '../../components/field.tsx';
import { categoryWord } from '../../components/mark.tsx';
import { Message } from '../../components/message.tsx';
import { useSaying } from '../../locales/use-saying.ts';
import { useLanguage, useWords } from '../../locales/use-words.ts';
import { useAct } from '../use-act.ts';
import type { Journal } from '../use-journal.ts';
import { download } from './download.ts';

const threeWeeks = 21;

export function ExportSection({ journal }: { readonly journal: Journal }) {
  const words = useWords();
  const language = useLanguage();
  const text = words.backup;
  const { act, problem, busy } = useAct();
  const [format, setFormat] = useState<ExportFormat>('csv');
  const [from, setFrom] = useState(() => formatDay(weekStart(journal.week) - threeWeeks));
  const [to, setTo] = useState(journal.today);
  const [withHeld, setWithHeld] = useState(false);
  const [done, sayDone] = useSaying();
  const weeks = weeksBetween(from, to);
  const make = async (first: string, last: string) => {
    sayDone(null);
    const tableWords = {
      columns: text.columns,
      category: (id: string) => categoryWord(id, journal.table, language),
      mode: words.domain.mode,
      held: (hold: { ground: keyof typeof words.domain.ground; basis: string }) =>
        text.heldBecause(words.domain.ground[hold.ground], hold.basis),
      enumeration: words.common.enumeration,
    };
    await act(async () => {
      const { blob, entries } = await exportJournal({ format, from: first, to: last, withHeld }, tableWords);
      if (entries === 0) return sayDone(({ backup }) => backup.noneToExport);
      const name = `${text.exportName(first, last)}.${format}`;
      download(name, blob);
      sayDone(({ backup }) => backup.exported(entries, name));
    });
  };
  return (
    <section class="stack" aria-labelledby="export-title">
      <h2 class="h" id="export-title">
        {text.exportTitle}
      </h2>
      <p class="meta">{text.exportAbout}</p>
      <RadioGroup
        label={text.format}
        value={format}
        options={[
          { value: 'csv', label: text.csv, hint: text.csvHint },
          { value: 'ics', label: text.ics, hint: text.icsHint },
          { value: 'json', label: text.json, hint: text.jsonHint },
        ]}
        onChoose={setFormat}
      />
      <div class="fields short">
        <TextField
          label={text.from}
          type="date"
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextField
          label={text.to}
          type="date"
          value={to}
          error={weeks === null ? text.orderWrong : null}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
      </div>
      {weeks === null ? null : (
        <p class="meta">{text.weeks(words.time.week(weeks.first), words.time.week(weeks.last))}</p>
      )}
      <Tick checked={withHeld} onChange={setWithHeld}>
        {text.withHeld}
      </Tick>
      {withHeld ? <Message tone="amber">{text.withHeldWarn}</Message> : null}
      <p>
        <Button
          disabled={busy}
          onClick={() => {
            if (weeks !== null) void make(weeks.first, weeks.last);
          }}
        >
          {text.doExport}
        </Button>
      </p>
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
      {done === null ? null : <Message icon="check">{done}</Message>}
    </section>
  );
}

/** The weeks of two days, null where there are none. */
function weeksBetween(from: string, to: string): { readonly first: string; readonly last: string } | null {
  const [start, end] = [parseDay(from), parseDay(to)];
  if (start === null || end === null) return null;
  const [first, last] = [weekOf(start), weekOf(end)];
  return compareWeeks(first, last) > 0 ? null : { first, last };
}
