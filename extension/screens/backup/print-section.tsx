/** Printing a week: chosen here, laid out behind the page, opened in the browser's print dialog. */
import { useEffect, useState } from 'preact/hooks';
import { parseDay } from '../../../shared/time/civil.ts';
import { weekOf } from '../../../shared/time/week.ts';
import { Button } from '../../components/button.tsx';
import { Tick } from '../../components/choice.tsx';
import { TextField } from '../../components/field.tsx';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { useLive } from '../../store/live.ts';
import type { Journal } from '../use-journal.ts';
import { PrintWeek } from './print-week.tsx';
import { printedWeek } from './printed-week.ts';

export function PrintSection({ journal }: { readonly journal: Journal }) {
  const words = useWords();
  const text = words.backup;
  const [day, setDay] = useState(journal.today);
  const [withHeld, setWithHeld] = useState(false);
  const [printing, setPrinting] = useState(false);
  const parsed = parseDay(day);
  const week = parsed === null ? journal.week : weekOf(parsed);
  const printed = useLive(() => printedWeek(week), [week]);
  usePrintDialog(printing, text.exportName(week, week), () => setPrinting(false));
  return (
    <section class="stack" aria-labelledby="print-title">
      <h2 class="h" id="print-title">
        {text.printTitle}
      </h2>
      <p class="meta">{text.printAbout}</p>
      <div class="short">
        <TextField
          label={text.printDay}
          hint={words.time.week(week)}
          type="date"
          value={day}
          onChange={(event) => setDay(event.currentTarget.value)}
        />
      </div>
      <Tick checked={withHeld} onChange={setWithHeld}>
        {text.withHeld}
      </Tick>
      {printed?.written.length === 0 ? (
        <Message>{text.printNone}</Message>
      ) : (
        <p>
          <Button onClick={() => setPrinting(printed !== undefined)}>{text.print}</Button>
        </p>
      )}
      {printing && printed !== undefined ? <PrintWeek printed={printed} journal={journal} withHeld={withHeld} /> : null}
    </section>
  );
}

/** Opens the dialog once the sheet stands in the page; its title is the file's name where it is saved as PDF. */
function usePrintDialog(printing: boolean, name: string, done: () => void): void {
  useEffect(() => {
    if (!printing) return;
    const title = document.title;
    document.title = name;
    const after = () => {
      document.title = title;
      done();
    };
    window.addEventListener('afterprint', after, { once: true });
    window.print();
    return () => window.removeEventListener('afterprint', after);
  }, [printing, name]);
}
