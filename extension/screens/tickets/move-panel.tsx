/** The moves that are allowed now, each with the members it must bring; a reply shows what the reader will see. */
import { useState } from 'preact/hooks';
import type { TicketView } from '../../../shared/api/tickets.ts';
import { type MoveMember, requiredFor } from '../../../shared/feedback/allowed.ts';
import { gapsOf } from '../../../shared/feedback/reply-template.ts';
import { contactWays, resolutionKinds, rootCauses, type TicketState } from '../../../shared/feedback/ticket.ts';
import { moveTicket } from '../../commands/tickets.ts';
import { Button } from '../../components/button.tsx';
import { RadioGroup, Tick } from '../../components/choice.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { focusInvalid } from '../../components/focus-invalid.ts';
import { Message } from '../../components/message.tsx';
import { useWords, type Words } from '../../locales/use-words.ts';
import { DraftArea, noteOf } from '../desk/draft-area.tsx';
import { useDesk } from '../desk/use-desk.ts';
import { useAct } from '../use-act.ts';
import { useDraft } from '../use-draft.ts';
import { blankMove, type Heard, hears, moveOf } from './move.ts';
import { readerAfter } from './reader.ts';
import { ReaderView } from './reader-view.tsx';
import { type ChosenPhoto, ReplyPhoto, sourceOf } from './reply-photo.tsx';
import { TemplatePicker } from './template-picker.tsx';

interface Props {
  readonly ticket: TicketView;
  readonly changed: (ticket: TicketView) => void;
  readonly again: () => Promise<void>;
}

/** Most that a note may have in code points. */
const noteMost = 4000;

export function MovePanel({ ticket, changed, again }: Props) {
  const words = useWords();
  const text = words.tickets;
  const { allowed } = ticket;
  const [chosen, setChosen] = useState<TicketState | null>(null);
  const to = allowed.find((state) => state === chosen) ?? firstOf(allowed);
  if (to === null)
    return (
      <section class="stack">
        <h2 class="h">{text.next}</h2>
        <p class="meta">
          {text.nothing}
          {words.desk.gap}
          {text.waitingFor[ticket.state]}
        </p>
      </section>
    );
  return (
    <section class="stack">
      <h2 class="h">
        {text.next}
        {to === 'replied' ? <small>{text.allThree}</small> : null}
      </h2>
      {allowed.length > 1 ? (
        <RadioGroup
          label={text.chooseMove}
          columns
          value={to}
          options={allowed.map((state) => ({ value: state, label: moveWord(text, ticket.state, state) }))}
          onChoose={setChosen}
        />
      ) : null}
      <MoveForm key={to} ticket={ticket} to={to} changed={changed} again={again} />
    </section>
  );
}

/** What is pressed to bring a ticket there: work that was held or extended goes on and does not begin. */
const moveWord = (text: Words['tickets'], from: TicketState, to: TicketState): string =>
  to === 'inProgress' && (from === 'extended' || from === 'onHold') ? text.goOn : text.move[to];

/** A reply stands before an extension or a hold, an assignment before a referral. */
const firstOf = (allowed: readonly TicketState[]): TicketState | null =>
  allowed.find((state) => state === 'replied' || state === 'assigned' || state === 'accepted') ?? allowed[0] ?? null;

function MoveForm({ ticket, to, changed, again }: Props & { readonly to: TicketState }) {
  const words = useWords();
  const desk = useDesk();
  const text = words.tickets;
  const from = ticket.state;
  const [typed, setTyped] = useState(blankMove);
  const [photo, setPhoto] = useState<ChosenPhoto | null>(null);
  const [tried, setTried] = useState(false);
  const note = useDraft(`ticket.${ticket.number}.${to}`);
  const said = useDraft(`ticket.${ticket.number}.${to}.words`);
  const { busy, problem, refusal, act } = useAct();
  const required = requiredFor(from, to);
  const records = desk.may('tickets.close') && hears(to);
  const { move, missing } = moveOf(from, to, typed, noteOf(note.text), noteOf(said.text), records);
  const refused = refusal?.code === 'FIELD_INVALID' ? refusal.field : undefined;
  const change = (next: Partial<typeof typed>) => setTyped({ ...typed, ...next });
  const lacks = (member: MoveMember) => tried && missing.includes(member);
  const isFirstContact = required.includes('firstContact');
  const isRead = move.public || (isFirstContact && typed.contactBy === 'message');
  const gaps = isRead ? gapsOf(note.text) : [];
  const lacksAlt = photo !== null && photo.alt.trim() === '';

  const send = () => {
    setTried(true);
    if (missing.length > 0 || gaps.length > 0 || lacksAlt) return;
    let next: TicketView | null = null;
    void act(async () => {
      next = await moveTicket(ticket, photo === null ? move : { ...move, photo });
    }).then(() => {
      if (next === null) return;
      note.drop();
      said.drop();
      changed(next);
    });
  };

  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        focusInvalid(event.currentTarget);
        send();
      }}
    >
      {required.includes('unit') ? (
        <SelectField
          label={text.unit}
          value={typed.unit}
          error={lacks('unit') ? words.desk.chooseOne : null}
          onChange={(event) => change({ unit: event.currentTarget.value })}
        >
          <option value="">{words.desk.choose}</option>
          {desk.units.map(({ id }) => (
            <option key={id} value={id}>
              {desk.unitName(id)}
            </option>
          ))}
        </SelectField>
      ) : null}
      {to === 'extended' && ticket.extension !== null ? (
        <p>{text.extensionOf(desk.moment(ticket.extension.askedAt), words.time.date(ticket.extension.date))}</p>
      ) : null}
      {isFirstContact ? (
        <RadioGroup
          label={text.contactBy}
          value={typed.contactBy}
          options={contactWays.map((way) => ({ value: way, label: text.contactWay[way] }))}
          onChoose={(contactBy) => change({ contactBy })}
        />
      ) : null}
      {to === 'replied' ? (
        <TemplatePicker put={(given) => note.type(note.text === '' ? given : `${note.text}\n${given}`)} />
      ) : null}
      {to === 'onHold' ? (
        <div class="short">
          <TextField
            label={text.reviewOn}
            hint={text.reviewOnHint}
            type="date"
            value={typed.date}
            error={lacks('date') ? words.desk.fillIn : refused === 'date' ? text.dateWrong : null}
            onInput={(event) => change({ date: event.currentTarget.value })}
          />
        </div>
      ) : null}
      {required.includes('into') ? (
        <div class="short">
          <TextField
            label={text.into}
            hint={text.intoHint}
            value={typed.into}
            error={lacks('into') ? words.desk.fillIn : refused === 'into' ? text.intoWrong : null}
            onInput={(event) => change({ into: event.currentTarget.value })}
          />
        </div>
      ) : null}
      {to === 'accepted' || to === 'extended' ? null : (
        <DraftArea
          draft={note}
          label={isFirstContact ? text.firstContact[typed.contactBy] : text.note[to]}
          {...(isFirstContact
            ? { hint: text.firstContactHint[typed.contactBy] }
            : required.includes('public')
              ? { hint: text.alwaysPublic }
              : {})}
          rows={to === 'replied' ? 5 : 3}
          most={noteMost}
          optional={!required.includes('note')}
          error={lacks('note') ? words.desk.fillIn : gaps.length > 0 ? text.gapsLeft(gaps) : null}
        />
      )}
      {required.includes('public') || to === 'accepted' || to === 'extended' ? null : (
        <Tick checked={typed.isPublic} onChange={(isPublic) => change({ isPublic })}>
          {text.public}
        </Tick>
      )}
      {to === 'replied' ? (
        <div class="fields">
          <SelectField
            label={text.resolutionKind}
            value={typed.resolutionKind ?? ''}
            error={lacks('resolutionKind') ? words.desk.chooseOne : null}
            onChange={(event) =>
              change({ resolutionKind: resolutionKinds.find((each) => each === event.currentTarget.value) ?? null })
            }
          >
            <option value="">{words.desk.choose}</option>
            {resolutionKinds.map((kind) => (
              <option key={kind} value={kind}>
                {words.domain.resolutionKind[kind]}
              </option>
            ))}
          </SelectField>
          <SelectField
            label={text.rootCause}
            value={typed.rootCause ?? ''}
            error={lacks('rootCause') ? text.rootCauseMissing : null}
            onChange={(event) =>
              change({ rootCause: rootCauses.find((each) => each === event.currentTarget.value) ?? null })
            }
          >
            <option value="">{words.desk.choose}</option>
            {rootCauses.map((cause) => (
              <option key={cause} value={cause}>
                {words.domain.rootCause[cause]}
              </option>
            ))}
          </SelectField>
        </div>
      ) : null}
      {to === 'replied' ? <ReplyPhoto photo={photo} lacksAlt={tried && lacksAlt} choose={setPhoto} /> : null}
      {records ? (
        <fieldset class="stack follow-up">
          <legend>{text.followUp}</legend>
          {to === 'closedUnsolved' ? (
            <RadioGroup<Heard>
              label={text.answered}
              value={typed.heard}
              error={lacks('followUp') || refused === 'followUp' ? words.desk.chooseOne : null}
              options={[
                { value: 'unsolved', label: text.answerUnsolved },
                { value: 'none', label: text.answerNone },
              ]}
              onChoose={(heard) => change({ heard })}
            />
          ) : (
            <p>{to === 'closedLoop' ? text.answerSolved : text.answerUnsolved}</p>
          )}
          {to === 'closedUnsolved' && typed.heard !== 'unsolved' ? null : (
            <>
              <div class="short">
                <SelectField
                  label={text.rating}
                  optional
                  value={typed.rating === null ? '' : String(typed.rating)}
                  onChange={(event) => change({ rating: ratingOf(event.currentTarget.value) })}
                >
                  <option value="">{text.ratingNone}</option>
                  {[5, 4, 3, 2, 1].map((rating) => (
                    <option key={rating} value={String(rating)}>
                      {text.ratingOf(rating)}
                    </option>
                  ))}
                </SelectField>
              </div>
              <DraftArea draft={said} label={text.words} rows={2} most={2000} optional />
            </>
          )}
        </fieldset>
      ) : null}
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {refusal?.code === 'VERSION_STALE' ? text.kept : problem}{' '}
          {refusal?.code === 'VERSION_STALE' || refusal?.code === 'MOVE_NOT_ALLOWED' ? (
            <button type="button" class="link" onClick={() => void again()}>
              {words.desk.refresh}
            </button>
          ) : null}
        </Message>
      )}
      <p>
        <Button kind="primary" type="submit" disabled={busy}>
          {moveWord(text, from, to)}
        </Button>
      </p>
      <details class="ticket-more" open={isRead}>
        <summary>{text.preview}</summary>
        <ReaderView
          ticket={readerAfter(ticket, move, desk.grants, desk.now)}
          photo={photo === null ? null : { source: sourceOf(photo), alt: photo.alt }}
        />
      </details>
    </form>
  );
}

function ratingOf(value: string): number | null {
  return /^[1-5]$/.test(value) ? Number(value) : null;
}
