/** A ticket as its reporter sees it by receipt: where it stands, what is done, the steps, the answer, and what the unit wrote. */
import type { PublicTicket } from '../../../shared/api/comments.ts';
import { dotted } from '../../components/dotted.ts';
import { TicketStateBadge } from '../../components/ticket-state.tsx';
import { useWords } from '../../locales/use-words.ts';
import { useDesk } from '../desk/use-desk.ts';

/** `photo`: address of a picture that goes with the reply, and what is to be seen. */
export function ReaderView({
  ticket,
  photo = null,
}: {
  readonly ticket: PublicTicket;
  readonly photo?: { readonly source: string; readonly alt: string } | null;
}) {
  const words = useWords();
  const desk = useDesk();
  const text = words.tickets;
  const { reply, followUp, messages = [], leading } = ticket;
  return (
    <div class="view reader">
      <p class="row">
        <TicketStateBadge state={ticket.state} />
        <span class="cap">{ticket.unit === null ? text.notAssigned : desk.unitName(ticket.unit)}</span>
      </p>
      {ticket.actions.length === 0 ? null : (
        <ul class="cap">
          {ticket.actions.map((row) => (
            <li key={row.id}>
              {dotted([row.text, desk.unitName(row.unit), words.time.date(row.date), text.action[row.state]])}
              {row.reason === null ? null : `${text.gap}${row.reason}`}
            </li>
          ))}
        </ul>
      )}
      <ol class="line">
        {ticket.steps.map((step, n) => (
          <li key={`${step.at} ${step.to} ${n}`} class={step.by === 'reader' ? 'voice' : ''}>
            <time class="num">{desk.moment(step.at)}</time>
            <b>{words.domain.ticketState[step.to]}</b>
            {step.unit === null ? null : <span class="meta">{desk.unitName(step.unit)}</span>}
            {step.note === null || (step.to === 'replied' && step.note === reply?.text) ? null : (
              <p class="prose">{step.note}</p>
            )}
            {step.by === 'reader' && followUp?.at === step.at ? (
              <p>{followUp.solved ? text.answerSolved : text.answerUnsolved}</p>
            ) : null}
          </li>
        ))}
      </ol>
      {messages.map((message) => (
        <div key={message.at}>
          <p class="cap">
            {text.messageFrom(desk.unitName(message.unit))} · {desk.moment(message.at)}
          </p>
          <p class="prose">{message.text}</p>
        </div>
      ))}
      {reply === null ? null : (
        <div>
          <p class="cap">{text.officialReply(desk.unitName(reply.unit))}</p>
          <p class="prose reading">{reply.text}</p>
          {photo === null && reply.photo !== undefined ? <p class="cap">{text.photoOf(reply.photo.alt)}</p> : null}
          {photo === null ? null : <img src={photo.source} alt={photo.alt} />}
          <p class="cap">
            {words.domain.resolutionKind[reply.resolutionKind]}
            {text.gap}
            {text.causeOf(words.domain.rootCause[reply.rootCause])}
          </p>
        </div>
      )}
      {ticket.state === 'replied' ? <p class="cap">{text.followUpAsk}</p> : null}
      {leading === undefined ? null : (
        <p class="cap">
          {text.follows(leading.number)} <TicketStateBadge state={leading.state} />
        </p>
      )}
    </div>
  );
}
