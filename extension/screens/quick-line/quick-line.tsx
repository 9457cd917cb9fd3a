/** The quick line: one line of text becomes one entry, its reading live beside it (quick-entry.md). The text is a draft from the first
 *  character on; Enter saves; what cannot be read opens a time picker and is never an error. */

import { useEffect, useId, useLayoutEffect, useState } from 'preact/hooks';
import { matchesInitials } from '../../../shared/diary/initials.ts';
import { secrecyWordIn } from '../../../shared/diary/wording.ts';
import { formatMinute, parseDay, weekday } from '../../../shared/time/civil.ts';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { HoldFields } from '../day/hold-fields.tsx';
import type { Journal } from '../use-journal.ts';
import { Underlined } from '../wording/underlined.tsx';
import { WordingHints } from '../wording/wording-hints.tsx';
import { AskDay } from './ask-day.tsx';
import { AskLength } from './ask-length.tsx';
import { CategoryChoice, nextCategory } from './category-choice.tsx';
import { CompletionList, optionId } from './completion-list.tsx';
import { LineTools } from './line-tools.tsx';
import { Overlapping } from './overlapping.tsx';
import { textFromOf } from './read-all.ts';
import { ReadSpan } from './read-span.tsx';
import { SeveralPreview } from './several-preview.tsx';
import { TimePicker } from './time-picker.tsx';
import { TimerBar } from './timer-bar.tsx';
import { useEnter } from './use-enter.ts';
import { useOffers } from './use-offers.ts';
import { useQuickLine } from './use-quick-line.ts';
import { useOfferable } from './use-recent.ts';
import { useTaken } from './use-taken.ts';
import { useTimer } from './use-timer.ts';

/** `surface` names the draft. `day`: lines without a date are read as of this day (the day shown), null for today. `seed` puts a text
 *  into the line, for one-tap blanks; a new object each time. `onText` tells what stands in the line, `onSaved` what
 *  was saved, `onReady` that draft and timer were read: what stands below then keeps its place. */
export function QuickLine({
  surface,
  journal,
  day = null,
  seed = null,
  onText,
  onSaved,
  onReady,
}: {
  readonly surface: string;
  readonly journal: Journal;
  readonly day?: string | null;
  readonly seed?: { readonly text: string } | null;
  readonly onText?: (text: string) => void;
  readonly onSaved?: (ids: readonly string[]) => void;
  readonly onReady?: () => void;
}) {
  const words = useWords();
  const id = useId();
  const line = useQuickLine(surface, journal, day, seed, onSaved);
  const { draft, single, readings, stopped } = line;
  const timer = useTimer(surface, journal, draft, line.act, (text) => secrecyWordIn(text, line.book) !== null);
  const isTyped = draft.text.trim() !== '';
  const offerable = useOfferable(line.recent, journal, weekday(parseDay(line.onDay) ?? 0));
  const isOffered = isTyped && !line.composing && readings.length <= 1;
  const textFrom = single === null ? 0 : textFromOf(single);
  const taken = useTaken(line.put);
  const offers = useOffers(
    isOffered ? { text: draft.text, caret: line.caret, textFrom } : null,
    offerable,
    matchesInitials,
    (offer) => taken.take(draft.text, offer),
  );
  const save = () => void line.save(false);
  const enter = useEnter(() => {
    if (!offers.takeActive()) save();
  });
  const turnCategory = (by: 1 | -1) =>
    line.choose({ category: nextCategory(line.category, journal.table, by), mode: null });
  useEffect(() => onText?.(draft.text), [draft.text]);
  const isReady = draft.ready && line.isRead && timer.ready;
  // The line is there at once; what stands under it comes when the line has its height.
  const [isPlaced, setPlaced] = useState(false);
  useLayoutEffect(() => {
    if (!isReady) return;
    setPlaced(true);
    onReady?.();
  }, [isReady]);
  const list = `${id}-list`;

  return (
    <div class="quickline">
      <div class="quick">
        <label class="vh" for={id}>
          {words.journal.line}
        </label>
        <div class="written">
          <Underlined text={draft.text} book={line.book} />
          <textarea
            id={id}
            ref={line.field}
            class="in"
            rows={1}
            autofocus
            placeholder={words.journal.linePlaceholder}
            aria-describedby={`${id}-read`}
            // A text area may not be a combobox (ARIA in HTML); these members of one it may have.
            aria-autocomplete="list"
            aria-haspopup="listbox"
            {...(offers.all.length === 0 ? {} : { 'aria-controls': list })}
            {...(offers.active < 0 ? {} : { 'aria-activedescendant': optionId(list, offers.active) })}
            autocomplete="off"
            spellcheck={false}
            value={draft.text}
            onInput={(event) => line.change(event.currentTarget.value, event.isComposing)}
            onKeyUp={line.lookAtCaret}
            onClick={line.lookAtCaret}
            onCompositionStart={() => line.setComposing(true)}
            onCompositionEnd={(event) => {
              enter.onCompositionEnd(event);
              line.setComposing(false);
              line.change(event.currentTarget.value);
            }}
            onKeyDown={(event) => {
              if (event.isComposing || event.keyCode === 229) return;
              if (offers.onKey(event) || taken.onKey(event, draft.text)) return;
              if (event.altKey && event.code === 'KeyC') turnCategory(event.shiftKey ? -1 : 1);
              else if (event.altKey && event.code === 'KeyT') timer.toggle();
              else if (event.altKey && event.code === 'KeyK' && stopped?.kind === 'secrecy') void line.save(true);
              else return enter.onKeyDown(event);
              event.preventDefault();
            }}
          />
        </div>
        {/* A kept draft may have several lines: what is read of it comes when the line is as high as it. */}
        {draft.ready ? (
          <div class="read" id={`${id}-read`} aria-live="polite">
            {readings.length === 0 ? (
              <span class="cap">{words.journal.lineHint}</span>
            ) : single !== null ? (
              <>
                <ReadSpan
                  reading={single}
                  span={line.span}
                  offset={journal.offset}
                  today={journal.today}
                  day={line.onDay}
                  onPick={() => line.stopFor({ kind: 'time', n: 0 })}
                />
                <CategoryChoice
                  category={line.category}
                  mode={line.mode}
                  table={journal.table}
                  onCategory={(category) => line.choose({ category, mode: null })}
                  onMode={(mode) => line.choose({ mode })}
                />
              </>
            ) : (
              <b>{words.journal.several(readings.length)}</b>
            )}
          </div>
        ) : null}
        {readings.length > 1 ? (
          <SeveralPreview
            readings={readings}
            picked={line.picked}
            offset={journal.offset}
            today={journal.today}
            stopped={stopped}
            text={draft.text}
            now={journal.now}
            onPick={line.pick}
            onSave={save}
          />
        ) : null}
        {single?.asks === 'day' ? (
          <AskDay
            reading={single}
            choice={line.choice}
            text={draft.text}
            now={journal.now}
            onChoose={(chosen) => line.choose(chosen)}
          />
        ) : null}
        <WordingHints text={draft.text} book={line.book} onText={(text) => line.put(text)} keys />
        {line.overlap === null ? null : <Overlapping overlap={line.overlap} onTrim={(span) => line.choose({ span })} />}
        {line.placement === null ? null : (
          <p class="term cap">{words.journal.lateInto(words.time.week(line.placement))}</p>
        )}
      </div>
      <p class="vh" role="status">
        {offers.all.length === 0 ? '' : words.writing.offered(offers.all.length)}
      </p>
      <CompletionList id={list} offers={offers} recent={line.recent} week={journal.week} />
      {single?.asks === 'length' && stopped?.kind === 'time' ? <AskLength span={line.choice.span} /> : null}
      {single !== null && stopped?.kind === 'time' ? (
        <TimePicker
          day={line.onDay}
          start={line.span === null ? null : formatMinute(line.span.start)}
          end={line.span === null ? null : formatMinute(line.span.end)}
          focus
          live
          onChange={({ day: picked, start, end }) => line.choose({ day: picked, span: { start, end } })}
          onUnread={() => line.choose({ span: null })}
          onSave={save}
        />
      ) : null}
      {isPlaced ? (
        <>
          <LineTools
            busy={line.busy}
            typed={isTyped}
            timing={timer.running !== null}
            shown={[day ?? journal.today]}
            heldOn={line.heldOn}
            onSave={save}
            onCategory={() => turnCategory(1)}
            onTimer={timer.start}
          />
          {timer.running === null ? null : <TimerBar timer={timer} running={timer.running} now={journal.now} />}
          {isTyped ? <HoldFields hold={line.hold} signs={journal.signs} /> : null}
        </>
      ) : null}
      {stopped?.kind === 'words' && single !== null ? (
        <Message tone="amber">{words.journal.textMissing}</Message>
      ) : null}
      {stopped?.kind === 'much' && single !== null ? (
        <Message tone="amber" role="alert">
          {words.journal.tooMuch(stopped.much)}
        </Message>
      ) : null}
      {stopped?.kind === 'secrecy' ? (
        <Message tone="amber" role="alert">
          <b>
            {single === null
              ? words.writing.secrecyIn(stopped.n + 1, stopped.word)
              : words.journal.secrecy(stopped.word)}
          </b>{' '}
          {words.journal.secrecyRule}{' '}
          <button type="button" class="link" onClick={() => void line.save(true)}>
            {words.journal.saveAnyway}
          </button>
        </Message>
      ) : null}
      {line.problem === null && !draft.unkept ? null : (
        <Message tone="fail" role="alert">
          {line.problem ?? words.common.storageFull}
        </Message>
      )}
    </div>
  );
}
