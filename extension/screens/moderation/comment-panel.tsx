/** One waiting comment: its text, what is hidden of it, and the decision. Keys work wherever no field has the focus. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { WaitingComment } from '../../../shared/api/comments.ts';
import { isActionable, masked, type RejectionReason, rejectionReasons } from '../../../shared/feedback/comment.ts';
import { type TicketClock, ticketClocks } from '../../../shared/feedback/ticket.ts';
import { publishComment, publishWithTicket, rejectComment, type Span } from '../../commands/comments.ts';
import { Button } from '../../components/button.tsx';
import { RadioGroup } from '../../components/choice.tsx';
import { SelectField } from '../../components/field.tsx';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { DraftArea, noteOf } from '../desk/draft-area.tsx';
import { useDesk } from '../desk/use-desk.ts';
import { useAct } from '../use-act.ts';
import { useDraft } from '../use-draft.ts';
import { wholeSpan, withSpan } from './masking.ts';
import { SelectableText } from './selectable-text.tsx';

export function CommentPanel({
  comment,
  step,
  decided,
  stale,
}: {
  readonly comment: WaitingComment;
  readonly step: (by: number) => void;
  readonly decided: (id: string, sentence: string) => void;
  readonly stale: () => Promise<void>;
}) {
  const words = useWords();
  const desk = useDesk();
  const text = words.comments.moderation;
  const [masks, setMasks] = useState<readonly Span[]>([]);
  const [hint, setHint] = useState<string | null>(null);
  const [rejecting, setRejecting] = useState(false);
  const [reason, setReason] = useState<RejectionReason | null>(null);
  const [tried, setTried] = useState(false);
  const [clock, setClock] = useState<TicketClock>('standard');
  const note = useDraft(`comment.${comment.id}.note`);
  const forHandler = useDraft(`comment.${comment.id}.ticket`);
  const area = useRef<HTMLTextAreaElement>(null);
  const { busy, problem, refusal, act } = useAct();
  const actionable = isActionable(comment.kind);
  const hidden: readonly Span[] = [...comment.masks, ...masks];

  const decide = (command: () => Promise<string>) => {
    if (busy) return;
    let sentence = '';
    void act(async () => {
      sentence = await command();
    }).then((done) => {
      if (!done) return;
      note.drop();
      forHandler.drop();
      decided(comment.id, sentence);
    });
  };
  const publish = () =>
    decide(async () => {
      await publishComment(comment, masks);
      return text.published(comment.nickname);
    });
  const publishTicket = () =>
    decide(async () => {
      const number = await publishWithTicket(comment, masks, clock, noteOf(forHandler.text));
      return text.publishedTicket(comment.nickname, number);
    });
  const mask = () => {
    const { selectionStart = 0, selectionEnd = 0 } = area.current ?? {};
    const span = wholeSpan(comment.text, selectionStart, selectionEnd);
    setHint(span[0] < span[1] ? null : text.selectFirst);
    setMasks(withSpan(masks, span));
  };
  const reject = () => {
    setTried(true);
    if (reason === null) return;
    decide(async () => {
      await rejectComment(comment, reason, noteOf(note.text));
      return text.rejected(comment.nickname);
    });
  };

  const keys = useRef<(event: KeyboardEvent) => void>(() => undefined);
  keys.current = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
    const number = Number(event.key);
    const chosen = rejecting && Number.isInteger(number) ? rejectionReasons[number - 1] : undefined;
    const acts: Readonly<Record<string, (() => void) | undefined>> = {
      j: () => step(1),
      k: () => step(-1),
      p: publish,
      t: actionable ? publishTicket : undefined,
      m: mask,
      r: () => setRejecting(!rejecting),
    };
    const run = chosen === undefined ? acts[event.key.toLowerCase()] : () => setReason(chosen);
    if (run === undefined) return;
    event.preventDefault();
    run();
  };
  // A text that was put in leaves the caret at its end; selecting with the keyboard begins at the front.
  useEffect(() => area.current?.setSelectionRange(0, 0), []);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => keys.current(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);

  return (
    <section class="stack">
      <h2 class="h">
        {words.domain.commentKind[comment.kind]}
        <small class="num">
          {desk.moment(comment.at)} · {desk.remaining(comment.decideBy)}
        </small>
      </h2>
      <p>
        <b>{comment.nickname}</b>
      </p>
      <SelectableText label={text.original} hint={hint ?? text.originalHint} text={comment.text} areaRef={area} />
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
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}{' '}
          {refusal?.code === 'VERSION_STALE' || refusal?.code === 'NOT_FOUND' ? (
            <button type="button" class="link" onClick={() => void stale()}>
              {words.desk.refresh}
            </button>
          ) : null}
        </Message>
      )}
      <div class="keys">
        {actionable ? (
          <Button kind="primary" disabled={busy} onClick={publishTicket}>
            {text.publishAndTicket} <Key>T</Key>
          </Button>
        ) : null}
        <Button kind={actionable ? 'quiet' : 'primary'} disabled={busy} onClick={publish}>
          {text.publish} <Key>P</Key>
        </Button>
        <Button disabled={busy} onClick={mask}>
          {text.mask} <Key>M</Key>
        </Button>
        <Button aria-expanded={rejecting} disabled={busy} onClick={() => setRejecting(!rejecting)}>
          {text.reject} <Key>R</Key>
        </Button>
      </div>
      {rejecting ? (
        <div class="stack reasons">
          <RadioGroup
            label={text.reasons}
            hint={text.reasonsHint}
            columns
            value={reason}
            error={tried && reason === null ? words.desk.chooseOne : null}
            options={rejectionReasons.map((value, n) => ({
              value,
              label: words.domain.rejection[value],
              shortcut: String(n + 1),
            }))}
            onChoose={setReason}
          />
          <DraftArea draft={note} label={text.note} hint={text.noteHint} most={200} rows={2} optional />
          <p>
            <Button kind="danger" disabled={busy} onClick={reject}>
              {text.rejectConfirm}
            </Button>
          </p>
        </div>
      ) : null}
      {actionable ? (
        <details class="ticket-more">
          <summary>
            {text.clock}：{words.domain.clock[clock]}
          </summary>
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
        <kbd>J</kbd> {text.next} <kbd>K</kbd> {text.previous}
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
