/** More time: the handler asks before expiry, the organiser refuses with a reason; consent is a move (move-panel.tsx). */
import { useState } from 'preact/hooks';
import type { TicketView } from '../../../shared/api/tickets.ts';
import { gapsOf } from '../../../shared/feedback/reply-template.ts';
import { askExtension, refuseExtension } from '../../commands/tickets.ts';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { focusInvalid } from '../../components/focus-invalid.ts';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { AnswerForm } from '../desk/answer-form.tsx';
import { DraftArea, noteOf } from '../desk/draft-area.tsx';
import { useDesk } from '../desk/use-desk.ts';
import { useAct } from '../use-act.ts';
import { useDraft } from '../use-draft.ts';

interface Props {
  readonly ticket: TicketView;
  readonly changed: (ticket: TicketView) => void;
  readonly again: () => Promise<void>;
}

export function ExtensionPanel(props: Props) {
  const words = useWords();
  const desk = useDesk();
  const text = words.tickets;
  const { extension, mayAskUntil, number } = props.ticket;
  const [asks, setAsks] = useState(false);
  if (extension === null && mayAskUntil === null) return null;
  return (
    <section class="stack">
      <h2 class="h">{text.extension}</h2>
      {extension === null ? null : (
        <>
          <p>
            <b>{text.extensionState[extension.state]}</b>{' '}
            <span class="meta">
              {text.extensionOf(desk.moment(extension.askedAt), words.time.date(extension.date))}
            </span>
          </p>
          <p class="prose">{extension.reason}</p>
          {extension.note === null ? null : (
            <p class="prose">
              <span class="meta">{text.extensionWhyNot}</span> {extension.note}
            </p>
          )}
        </>
      )}
      {props.ticket.allowed.includes('extended') ? <Refusal key={number} {...props} /> : null}
      {mayAskUntil === null ? null : asks ? (
        <Ask {...props} until={mayAskUntil} onClose={() => setAsks(false)} />
      ) : (
        <p>
          <Button small onClick={() => setAsks(true)}>
            {text.extensionAsk}
          </Button>
        </p>
      )}
    </section>
  );
}

function Ask({ ticket, changed, until, onClose }: Props & { readonly until: string; readonly onClose: () => void }) {
  const words = useWords();
  const text = words.tickets;
  const [date, setDate] = useState('');
  const [tried, setTried] = useState(false);
  const reason = useDraft(`ticket.${ticket.number}.extension`);
  const { busy, problem, refusal, act } = useAct();
  const said = noteOf(reason.text);
  const gaps = gapsOf(reason.text);
  const wrongDate = refusal?.code === 'FIELD_INVALID' && refusal.field === 'date';
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        focusInvalid(event.currentTarget);
        setTried(true);
        if (said === null || date === '' || gaps.length > 0) return;
        let next: TicketView | null = null;
        void act(async () => {
          next = await askExtension(ticket, date, said);
        }).then(() => {
          if (next === null) return;
          reason.drop();
          changed(next);
          onClose();
        });
      }}
    >
      <div class="short">
        <TextField
          label={text.extensionDate}
          hint={text.extensionUntil(words.time.date(until))}
          type="date"
          max={until}
          value={date}
          error={tried && date === '' ? words.desk.fillIn : wrongDate ? text.dateWrong : null}
          onInput={(event) => setDate(event.currentTarget.value)}
        />
      </div>
      <DraftArea
        draft={reason}
        label={text.extensionReason}
        hint={text.extensionReasonHint}
        most={1000}
        error={tried && said === null ? words.desk.fillIn : gaps.length > 0 ? text.gapsLeft(gaps) : null}
      />
      {problem === null || wrongDate ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
      <p class="row">
        <Button small type="submit" disabled={busy}>
          {text.extensionSend}
        </Button>
        <Button small kind="text" onClick={onClose}>
          {words.common.cancel}
        </Button>
      </p>
    </form>
  );
}

function Refusal({ ticket, changed }: Props) {
  const text = useWords().tickets;
  const why = useDraft(`ticket.${ticket.number}.extension.refusal`);
  const [open, setOpen] = useState(false);
  if (!open)
    return (
      <p>
        <Button small onClick={() => setOpen(true)}>
          {text.extensionRefuse}
        </Button>
      </p>
    );
  let next: TicketView | null = null;
  return (
    <AnswerForm
      draft={why}
      label={text.extensionWhyNot}
      hint={text.extensionWhyNotHint}
      most={1000}
      word={text.extensionRefuse}
      send={async (said) => {
        next = await refuseExtension(ticket, said);
      }}
      done={async () => {
        if (next !== null) changed(next);
      }}
    />
  );
}
