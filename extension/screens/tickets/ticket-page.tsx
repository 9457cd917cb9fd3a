/** One ticket: what the reader said, what is to be done, the history, and the moves that are allowed now. */
import { getTicket, type TicketEvent, type TicketView } from '../../../shared/api/tickets.ts';
import type { TicketState } from '../../../shared/feedback/ticket.ts';
import { Loaded } from '../../components/loaded.tsx';
import { TicketStateBadge } from '../../components/ticket-state.tsx';
import { useWords } from '../../locales/use-words.ts';
import { call } from '../../remote/client.ts';
import { PageHead } from '../desk/page-head.tsx';
import { hrefOf } from '../desk/route.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useAnswer } from '../use-answer.ts';
import { Actions } from './actions.tsx';
import { MovePanel } from './move-panel.tsx';
import { Due } from './tickets-screen.tsx';

const readEveryMs = 20_000;

export function TicketPage({ number }: { readonly number: string }) {
  const desk = useDesk();
  const read = useAnswer(() => call(getTicket, { params: { number } }), [number], readEveryMs);
  return (
    <Loaded answer={read.answer} again={read.again} clock={desk.clock}>
      {(ticket) => <Ticket ticket={ticket} changed={read.replace} again={read.again} />}
    </Loaded>
  );
}

function Ticket({
  ticket,
  changed,
  again,
}: {
  readonly ticket: TicketView;
  readonly changed: (ticket: TicketView) => void;
  readonly again: () => Promise<void>;
}) {
  const words = useWords();
  const desk = useDesk();
  const text = words.tickets;
  const { comment } = ticket;
  return (
    <>
      <PageHead
        title={ticket.number}
        about={[
          words.domain.commentKind[ticket.kind],
          words.domain.clock[ticket.clock],
          ticket.unit === null ? text.notAssigned : desk.unitName(ticket.unit),
        ].join(' · ')}
      >
        <span class="meta due">
          <Due row={ticket} />
        </span>
        <a class="btn text" href={hrefOf('tickets')}>
          {text.back}
        </a>
      </PageHead>
      <p class="row ticket-state">
        <TicketStateBadge state={ticket.state} />
        <span class="meta">{text.waitingFor[ticket.state]}</span>
      </p>
      <Flow state={ticket.state} />
      <div class="ticket">
        <div class="stack wide-gap">
          <section>
            <h2 class="h">
              {text.readerSays}{' '}
              <small>
                {comment.nickname} · {words.domain.commentState[comment.state]}
              </small>
            </h2>
            <p class="prose reading asked">{ticket.text}</p>
            <p class="cap">
              {desk.unitName(ticket.diaryUnit)}
              {' · '}
              <a
                href={desk.publicAddress(`d/${ticket.draw}/${ticket.diaryUnit}.html`)}
                target="_blank"
                rel="noreferrer"
              >
                {text.diary}
              </a>
            </p>
          </section>
          <Actions ticket={ticket} changed={changed} />
          <section>
            <h2 class="h">{text.history}</h2>
            <ol class="line">
              {ticket.events.map((event) => (
                <Event key={`${event.at} ${event.to} ${event.actor}`} event={event} />
              ))}
            </ol>
          </section>
        </div>
        <MovePanel key={`${ticket.state}`} ticket={ticket} changed={changed} again={again} />
      </div>
    </>
  );
}

function Event({ event }: { readonly event: TicketEvent }) {
  const words = useWords();
  const desk = useDesk();
  const text = words.tickets;
  const voice = event.actor === 'reader';
  return (
    <li class={voice ? 'voice' : event.public ? '' : 'int'}>
      <time class="num">{desk.moment(event.at)}</time>
      <b>{words.domain.ticketState[event.to]}</b>
      {event.public || voice ? null : <span class="kind">{text.internal}</span>}{' '}
      {voice ? <span class="kind">{text.byReader}</span> : null}
      {event.actor === 'system' ? <span class="kind">{text.bySystem}</span> : null}{' '}
      {event.unit === null ? null : <span class="meta">{desk.unitName(event.unit)}</span>}
      {event.note === null ? null : <p class="prose">{event.note}</p>}
    </li>
  );
}

const flow = ['registered', 'assigned', 'accepted', 'inProgress', 'replied', 'closedLoop'] as const;
type FlowStep = (typeof flow)[number];

/** Where a state stands in the usual way of a ticket; null for those that leave it. */
const place: Readonly<Record<TicketState, FlowStep | null>> = {
  registered: 'registered',
  assigned: 'assigned',
  disputed: 'assigned',
  accepted: 'accepted',
  inProgress: 'inProgress',
  extended: 'inProgress',
  onHold: 'inProgress',
  replied: 'replied',
  reopened: 'registered',
  supervised: 'accepted',
  closedLoop: 'closedLoop',
  closedUnsolved: null,
  referred: null,
  merged: null,
};

function Flow({ state }: { readonly state: TicketState }) {
  const words = useWords();
  const at = place[state];
  if (at === null) return null;
  const reached = flow.indexOf(at);
  return (
    <ol class="flow" aria-label={words.tickets.flow}>
      {flow.map((step, n) => (
        <li
          key={step}
          class={n < reached ? 'past' : n === reached ? 'current' : ''}
          aria-current={n === reached ? 'step' : undefined}
        >
          {words.domain.ticketState[step]}
        </li>
      ))}
    </ol>
  );
}
