/** The quick line: one line of text becomes one entry, its reading live beside it (quick-entry.md). The text is a draft from the first
 *  character on; Enter saves; what cannot be read opens a time picker and is never an error. */
import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks';
import type { Hold } from '../../../shared/api/journal.ts';
import { type Reading, readLine } from '../../../shared/diary/quick-entry.ts';
import { civilAt, dayOf, formatDay, formatMinute, parseDay } from '../../../shared/time/civil.ts';
import { addEntries } from '../../commands/journal.ts';
import { Button } from '../../components/button.tsx';
import { Message } from '../../components/message.tsx';
import { here } from '../../device/context.ts';
import { useWords } from '../../locales/use-words.ts';
import { useLive } from '../../store/live.ts';
import { newId } from '../../store/ops.ts';
import { entriesOn } from '../../store/queries.ts';
import { secrecyWordIn } from '../../store/secrecy.ts';
import { workingDayOf } from '../../store/today.ts';
import { HoldFields, useHold } from '../day/hold-fields.tsx';
import { cleaned } from '../saved-area.tsx';
import { useAct } from '../use-act.ts';
import { useDraft } from '../use-draft.ts';
import type { Journal } from '../use-journal.ts';
import { CategoryChoice, nextCategory } from './category-choice.tsx';
import { type Choice, entryOf, modeFor, noChoice, overlapOf, spanOfReading } from './reading.ts';
import { TimePicker } from './time-picker.tsx';
import { useEnter } from './use-enter.ts';
import { usePlacement } from './use-placement.ts';

/** `surface` names the draft. `day`: lines without a date are read as of this day (the day shown), null for today. `seed` puts a text
 *  into the line, for one-tap blanks; a new object each time. */
export function QuickLine({
  surface,
  journal,
  day = null,
  seed = null,
}: {
  readonly surface: string;
  readonly journal: Journal;
  readonly day?: string | null;
  readonly seed?: { readonly text: string } | null;
}) {
  const words = useWords();
  const id = useId();
  const draft = useDraft(surface);
  const field = useRef<HTMLTextAreaElement>(null);
  const [composing, setComposing] = useState(false);
  const [read, setRead] = useState('');
  const [choice, setChoice] = useState<Choice>(noChoice);
  const [picking, setPicking] = useState(false);
  const [warned, setWarned] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const hold = useHold();
  const { act, problem, busy } = useAct();

  // Read on commit of a composition, not on each of its steps.
  useEffect(() => {
    if (!composing) setRead(draft.text);
  }, [draft.text, composing]);

  useEffect(() => {
    if (seed === null) return;
    draft.type(seed.text);
    setChoice(noChoice);
    const control = field.current;
    control?.focus();
    requestAnimationFrame(() => control?.setSelectionRange(seed.text.length, seed.text.length));
  }, [seed]);

  const readings = useMemo(() => readAll(read, day, journal), [read, day, journal.now, journal.threads]);
  const first = readings[0];
  const single = readings.length === 1 && first !== undefined ? first : null;
  const category = single === null ? null : choice.category === undefined ? single.category : choice.category;
  const mode = modeFor(category, choice.mode, journal.table);
  const span = single === null ? null : spanOfReading(single, choice);
  const onDay = formatDay(choice.day ?? first?.day ?? 0);
  const others = useLive(
    () => (first === undefined ? Promise.resolve([]) : entriesOn(here.database, onDay)),
    [onDay, first === undefined],
  );
  const overlap = span === null || others === undefined ? null : overlapOf(span, others);
  const placement = usePlacement(first === undefined ? null : onDay);

  const change = (text: string, isComposing: boolean) => {
    draft.type(cleaned(text), isComposing);
    setChoice((before) => ({ ...noChoice, category: before.category, mode: before.mode }));
    setWarned(null);
    setSaid('');
  };

  const save = async (checked: boolean) => {
    const fresh = readAll(draft.text, day, journal);
    if (fresh.length === 0 || busy) return;
    const chosen = fresh.length === 1 ? choice : noChoice;
    const entries = fresh.map((reading) => entryOf(reading, chosen, journal.table, () => newId(here)));
    const complete = entries.flatMap((entry) => entry ?? []);
    if (complete.length < entries.length || (fresh[0]?.asks === 'length' && choice.span === null)) {
      setPicking(true);
      return;
    }
    const word = secrecyWordIn(draft.text);
    if (word !== null && !checked) return setWarned(word);
    const ground: Hold | null | 'missing' = hold.value();
    if (ground === 'missing') return;
    const done = await act(() => addEntries(complete, ground));
    if (!done) return;
    draft.drop();
    setChoice(noChoice);
    setPicking(false);
    setWarned(null);
    hold.reset();
    setSaid(words.journal.saved);
    field.current?.focus();
  };
  const enter = useEnter(() => void save(false));

  return (
    <div class="quickline">
      <div class="quick">
        <label class="vh" for={id}>
          {words.journal.line}
        </label>
        <textarea
          id={id}
          ref={field}
          class="in"
          rows={1}
          autofocus
          placeholder={words.journal.linePlaceholder}
          aria-describedby={`${id}-read`}
          autocomplete="off"
          spellcheck={false}
          value={draft.text}
          onInput={(event) => change(event.currentTarget.value, event.isComposing)}
          onCompositionStart={() => setComposing(true)}
          onCompositionEnd={(event) => {
            enter.onCompositionEnd(event);
            setComposing(false);
            change(event.currentTarget.value, false);
          }}
          onKeyDown={(event) => {
            if (event.altKey && event.code === 'KeyC') {
              event.preventDefault();
              setChoice((before) => ({ ...before, category: nextCategory(category, journal.table), mode: null }));
            } else if (event.altKey && event.code === 'KeyK' && warned !== null) {
              event.preventDefault();
              void save(true);
            } else enter.onKeyDown(event);
          }}
        />
        <div class="read" id={`${id}-read`} aria-live="polite">
          {readings.length === 0 ? (
            <span class="cap">{said === '' ? words.journal.lineHint : said}</span>
          ) : single !== null ? (
            <>
              <ReadSpan reading={single} span={span} today={journal.today} day={onDay} />
              <CategoryChoice
                category={category}
                mode={mode}
                table={journal.table}
                onCategory={(next) => setChoice((before) => ({ ...before, category: next, mode: null }))}
                onMode={(next) => setChoice((before) => ({ ...before, mode: next }))}
              />
            </>
          ) : (
            <b>{words.journal.several(readings.length)}</b>
          )}
        </div>
        {readings.length > 1 ? (
          <ol class="preview">
            {readings.map((reading) => (
              <li key={reading.n}>
                <ReadSpan
                  reading={reading}
                  span={spanOfReading(reading, noChoice)}
                  today={journal.today}
                  day={formatDay(reading.day)}
                />
                <span>{reading.text}</span>
              </li>
            ))}
          </ol>
        ) : null}
        {single?.asks === 'day' ? (
          <fieldset class="term">
            <legend class="vh">{words.journal.askDay}</legend>
            {[0, 1].map((later) => (
              <label class="choice" key={later}>
                <input
                  type="radio"
                  name={`${id}-day`}
                  checked={(choice.day ?? single.day) === single.day + later}
                  onChange={() => setChoice((before) => ({ ...before, day: single.day + later }))}
                />
                {later === 0 ? words.journal.yesterday : words.journal.today}
              </label>
            ))}
          </fieldset>
        ) : null}
        {overlap === null ? null : (
          <p class="term">
            <span class="cap">
              {words.journal.overlap(words.time.clock(overlap.with.body.start), words.time.duration(overlap.minutes))}
            </span>
            {overlap.trimmed === null ? null : (
              <button
                type="button"
                class="link"
                onClick={() => setChoice((before) => ({ ...before, span: overlap.trimmed }))}
              >
                {words.journal.trim}
              </button>
            )}
          </p>
        )}
        {placement === null ? null : <p class="term cap">{words.journal.lateInto(words.time.week(placement))}</p>}
      </div>
      {single !== null && (picking || (single.start === null && draft.text.trim() !== '')) ? (
        <TimePicker
          day={onDay}
          start={span === null ? null : formatMinute(span.start)}
          end={span === null ? null : formatMinute(span.end)}
          focus={picking}
          live
          onChange={(picked) =>
            setChoice((before) => ({ ...before, day: picked.day, span: { start: picked.start, end: picked.end } }))
          }
          onSave={() => void save(false)}
        />
      ) : null}
      {draft.text.trim() === '' ? null : (
        <div class="row tools">
          <HoldFields hold={hold} signs={journal.signs} />
          <span class="end">
            <Button kind="primary" small disabled={busy} onClick={() => void save(false)}>
              {words.common.save}
            </Button>
          </span>
        </div>
      )}
      {warned === null ? null : (
        <Message tone="amber" role="alert">
          <b>{words.journal.secrecy(warned)}</b> {words.journal.secrecyRule}{' '}
          <button type="button" class="link" onClick={() => void save(true)}>
            {words.journal.saveAnyway}
          </button>
        </Message>
      )}
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
    </div>
  );
}

/** The reading in the form in which it will be shown: span, length, day where it is another one. */
function ReadSpan({
  reading,
  span,
  today,
  day,
}: {
  readonly reading: Reading;
  readonly span: { readonly start: number; readonly end: number } | null;
  readonly today: string;
  readonly day: string;
}) {
  const words = useWords();
  if (span === null) return <span>{words.journal.noTime}</span>;
  return (
    <>
      <b class="num">{words.time.span(formatMinute(span.start), formatMinute(span.end))}</b>
      <span>{words.time.duration(span.end - span.start)}</span>
      {day === today ? null : <span class="other-day">{words.journal.otherDay(words.time.day(day))}</span>}
      {reading.end === null && reading.start !== null ? <span class="cap">{words.journal.proposedEnd}</span> : null}
    </>
  );
}

/** Reads a line as of now; on another day's page as of that day's noon, so that a bare time means that day. Between midnight and 05:00
 *  a time that has not come yet means the working day that is just ending: at 02:30, 20:00-21:40 was last evening. */
function readAll(text: string, day: string | null, journal: Journal): readonly Reading[] {
  const { now, threads, today } = journal;
  const shown = day === null || day === today ? null : parseDay(day);
  if (shown !== null) return readLine(text, { now: civilAt(shown, 720), threads });
  const readings = readLine(text, { now, threads });
  const isNight = workingDayOf(now) < dayOf(now);
  const inFuture = readings.some(({ start }) => start !== null && start > now);
  return isNight && inFuture ? readLine(text, { now: civilAt(workingDayOf(now), 1439), threads }) : readings;
}
