/** One item of the queue: its text, what is hidden of it, and the decision. Keys work wherever no field has the focus. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { WaitingComment } from '../../../shared/api/comments.ts';
import type { Answer } from '../../../shared/api/endpoint.ts';
import type { getBeside } from '../../../shared/api/moderation.ts';
import { isActionable, masked, type RejectionReason, rejectionReasons } from '../../../shared/feedback/comment.ts';
import { erasesText } from '../../../shared/feedback/moderation.ts';
import { type TicketClock, ticketClocks } from '../../../shared/feedback/ticket.ts';
import {
  decideAppeal,
  decideWave,
  dismissFlags,
  type Outcome,
  publishComment,
  publishWithTicket,
  rejectComment,
  removeComment,
  type Span,
} from '../../commands/comments.ts';
import { Button } from '../../components/button.tsx';
import { SelectField } from '../../components/field.tsx';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { DraftArea, noteOf } from '../desk/draft-area.tsx';
import { useDesk } from '../desk/use-desk.ts';
import { useDraft } from '../use-draft.ts';
import { FlagsAndAppeal } from './flags-and-appeal.tsx';
import { wholeSpan, withSpan } from './masking.ts';
import { ReasonForm } from './reason-form.tsx';
import { ReportPhoto } from './report-photo.tsx';
import { SelectableText } from './selectable-text.tsx';
import { timeLeft } from './time-left.ts';
import type { Queue, Says } from './use-queue.ts';

type Wave = Answer<typeof getBeside>['wave'];

/** `wave`: the comments that say the same, null until they were read. `takesFocus`: the item before it was decided here. */
export function CommentPanel({
  comment,
  queue,
  wave,
  openBy,
  takesFocus,
}: {
  readonly comment: WaitingComment;
  readonly queue: Queue;
  readonly wave: Wave | null;
  readonly openBy: string | null;
  readonly takesFocus: boolean;
}) {
  const words = useWords();
  const desk = useDesk();
  const text = words.comments.moderation;
  const { why } = comment;
  const [masks, setMasks] = useState<readonly Span[]>([]);
  const [photo, setPhoto] = useState(true);
  const [isNothingSelected, setNothingSelected] = useState(false);
  const [rejecting, setRejecting] = useState(false);
  const [together, setTogether] = useState(false);
  const [reason, setReason] = useState<RejectionReason | null>(null);
  const [clock, setClock] = useState<TicketClock>('standard');
  const note = useDraft(`comment.${comment.id}.note`);
  const forHandler = useDraft(`comment.${comment.id}.ticket`);
  const area = useRef<HTMLTextAreaElement>(null);
  const panel = useRef<HTMLElement>(null);
  const actionable = why === 'waiting' && isActionable(comment.kind) && !together;
  const isWave = why === 'waiting' && comment.copies > 1;
  const isMine = comment.appeal?.mine === true;
  const hidden: readonly Span[] = [...comment.masks, ...masks];

  const decide = (command: () => Promise<readonly [Outcome, Says]>) => {
    queue.decide(together && wave !== null ? wave.map(({ id }) => id) : [comment.id], async () => {
      const done = await command();
      note.drop();
      forHandler.drop();
      return done;
    });
  };
  const publish = () => {
    if (isMine || (together && wave === null)) return;
    decide(async () => {
      if (together && wave !== null)
        return [await decideWave(wave, null, null), (says) => says.wavePublished(wave.length)];
      if (why === 'flagged') return [await dismissFlags(comment), (says) => says.kept(comment.nickname)];
      if (why === 'appeal')
        return [
          await decideAppeal(comment, 'granted', noteOf(note.text)),
          (says) => says.appealGranted(comment.nickname),
        ];
      return [await publishComment(comment, masks, photo), (says) => says.published(comment.nickname)];
    });
  };
  const publishTicket = () =>
    decide(async () => {
      const done = await publishWithTicket(comment, masks, clock, noteOf(forHandler.text), photo);
      return [done, (says) => says.publishedTicket(comment.nickname, done.number)];
    });
  const mask = () => {
    const { selectionStart = 0, selectionEnd = 0 } = area.current ?? {};
    const selected = wholeSpan(comment.text, selectionStart, selectionEnd);
    const likely = comment.likely.find(([from, to]) => !hidden.some(([a, b]) => a < to && from < b));
    const span = selected[0] < selected[1] ? selected : likely;
    setNothingSelected(span === undefined);
    if (span !== undefined) setMasks(withSpan(masks, span));
  };
  const reject = (given: RejectionReason, said: string | null) => {
    if (together && wave === null) return;
    decide(async () => {
      if (together && wave !== null)
        return [await decideWave(wave, given, said), (says) => says.waveRejected(wave.length)];
      if (why === 'flagged')
        return [await removeComment(comment, given, said), (says) => says.removed(comment.nickname)];
      return [await rejectComment(comment, given, said), (says) => says.rejected(comment.nickname)];
    });
  };
  const refuse = () =>
    decide(async () => [
      await decideAppeal(comment, 'refused', noteOf(note.text)),
      (says) => says.appealRefused(comment.nickname),
    ]);
  // What erases the text is chosen by one press and done by the next: it cannot be taken back.
  const press = (given: RejectionReason) =>
    erasesText(given) && reason !== given ? setReason(given) : reject(given, noteOf(note.text));

  const keys = useRef<(event: KeyboardEvent) => void>(() => undefined);
  keys.current = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
    const number = Number(event.key);
    const pressed =
      rejecting && why !== 'appeal' && Number.isInteger(number) ? rejectionReasons[number - 1] : undefined;
    const acts: Readonly<Record<string, (() => void) | undefined>> = {
      j: () => queue.step(1),
      k: () => queue.step(-1),
      u: queue.undo,
      p: publish,
      t: actionable ? publishTicket : undefined,
      m: why === 'waiting' && !together ? mask : undefined,
      a: isWave ? () => setTogether(!together) : undefined,
      r: isMine ? undefined : () => setRejecting(!rejecting),
    };
    const run = pressed === undefined ? acts[event.key.toLowerCase()] : () => press(pressed);
    if (run === undefined || event.repeat) return;
    event.preventDefault();
    run();
  };
  // Before the item is painted: who decides by what he sees presses the next key at once.
  useLayoutEffect(() => {
    // A text that was put in leaves the caret at its end; selecting with the keyboard begins at the front.
    area.current?.setSelectionRange(0, 0);
    if (takesFocus && document.activeElement === document.body) panel.current?.focus({ preventScroll: true });
    const listen = (event: KeyboardEvent) => keys.current(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);

  const word = text.acts[why];
  return (
    <section class="stack item" ref={panel} tabIndex={-1} aria-labelledby="item-head">
      <h2 class="h" id="item-head">
        {words.domain.commentKind[comment.kind]}
        <small class="num">
          <span class="nowrap">{desk.moment(comment.at)} ·</span>{' '}
          <span class={comment.decideBy < desk.now ? 'nowrap bad' : 'nowrap'}>{timeLeft(comment, words, desk)} ·</span>{' '}
          <span class="nowrap">{text.dueBy(desk.moment(comment.decideBy))}</span>
        </small>
      </h2>
      <p>
        <b>{comment.nickname}</b>
      </p>
      {openBy === null ? null : <Message tone="amber">{text.openBy(openBy)}</Message>}
      <FlagsAndAppeal comment={comment} />
      {why === 'waiting' ? (
        <SelectableText
          label={text.original}
          hint={isNothingSelected ? text.selectFirst : text.originalHint}
          text={comment.text}
          areaRef={area}
        />
      ) : (
        <p class="prose reading">{comment.text === '' ? text.textErased : comment.text}</p>
      )}
      {why === 'waiting' ? <ReportPhoto comment={comment} keep={photo} onKeep={setPhoto} /> : null}
      {hidden.length === 0 ? null : (
        <div class="shown-as">
          <h3>{text.shown}</h3>
          <p class="prose reading">{masked(comment.text, hidden)}</p>
          {comment.masks.length === 0 ? null : <p class="cap">{text.proposed}</p>}
          {masks.length === 0 ? null : (
            <ul class="own-masks" aria-label={text.ownMasks}>
              {masks.map(([from, to]) => (
                <li key={from}>
                  {text.masked(comment.text.slice(from, to))}{' '}
                  <Button
                    kind="text"
                    small
                    aria-label={text.unmask(comment.text.slice(from, to))}
                    onClick={() => setMasks(masks.filter((each) => each[0] !== from))}
                  >
                    {words.common.undo}
                  </Button>
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
      {isWave ? (
        <p class="row">
          <Button aria-pressed={together} onClick={() => setTogether(!together)}>
            {text.together(comment.copies)} <Key>A</Key>
          </Button>
          <span class="cap">{text.togetherHint(comment.copies)}</span>
        </p>
      ) : null}
      <div class="keys">
        {actionable ? (
          <Button kind="primary" onClick={publishTicket}>
            {text.publishAndTicket} <Key>T</Key>
          </Button>
        ) : null}
        <Button kind={actionable ? 'quiet' : 'primary'} disabled={isMine} onClick={publish}>
          {word.keep} <Key>P</Key>
        </Button>
        {why === 'waiting' && !together ? (
          <Button onClick={mask}>
            {text.mask} <Key>M</Key>
          </Button>
        ) : null}
        <Button aria-expanded={rejecting} disabled={isMine} onClick={() => setRejecting(!rejecting)}>
          {word.reject} <Key>R</Key>
        </Button>
      </div>
      {rejecting && why === 'appeal' ? (
        <div class="stack reasons">
          <DraftArea draft={note} label={text.note} hint={text.noteHint} most={200} rows={2} optional />
          <p>
            <Button kind="danger" onClick={refuse}>
              {word.confirm}
            </Button>
          </p>
        </div>
      ) : rejecting ? (
        <ReasonForm keyed reason={reason} note={note} word={word.confirm} choose={setReason} decide={reject} />
      ) : null}
      {actionable ? (
        <details class="ticket-more">
          <summary>{text.clockIs(words.domain.clock[clock])}</summary>
          <div class="stack">
            <SelectField
              label={text.clock}
              hint={text.clockHint}
              value={clock}
              onChange={(event) =>
                setClock(ticketClocks.find((each) => each === event.currentTarget.value) ?? 'standard')
              }
            >
              {ticketClocks.map((each) => (
                <option key={each} value={each}>
                  {words.domain.clock[each]}
                </option>
              ))}
            </SelectField>
            <DraftArea draft={forHandler} label={text.ticketNote} most={1000} rows={2} optional />
          </div>
        </details>
      ) : null}
      <p class="cap">
        <kbd>J</kbd> {text.next} <kbd>K</kbd> {text.previous} <kbd>U</kbd> {text.undo}
      </p>
    </section>
  );
}

/** The key that does the same; a screen reader hears the words alone. */
function Key({ children }: { readonly children: string }) {
  return (
    <span aria-hidden="true">
      <kbd>{children}</kbd>
    </span>
  );
}

/** Whether a key belongs to a field. The text of the comment takes none but for moving and selecting. */
function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement) return target.dataset.selectable === undefined;
  if (target instanceof HTMLInputElement) return target.type !== 'radio' && target.type !== 'checkbox';
  return target instanceof HTMLSelectElement || (target instanceof HTMLElement && target.closest('dialog') !== null);
}
