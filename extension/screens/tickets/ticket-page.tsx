/** One ticket: what the reader said, what is to be done, the history, and the moves that are allowed now. */
import { getTicket, type TicketEvent, type TicketView } from '../../../shared/api/tickets.ts';
import { closedStates, type TicketState, ticketClocks } from '../../../shared/feedback/ticket.ts';
import { changeClock } from '../../commands/tickets.ts';
import { dotted } from '../../components/dotted.ts';
import { SelectField } from '../../components/field.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { TicketStateBadge } from '../../components/ticket-state.tsx';
import { useWords } from '../../locales/use-words.ts';
import { call } from '../../remote/client.ts';
import { PageHead } from '../desk/page-head.tsx';
import { hrefOf } from '../desk/route.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useAct } from '../use-act.ts';
import { useAnswer } from '../use-answer.ts';
import { Actions } from './actions.tsx';
import { Alerts, Due } from './due.tsx';
import { ExtensionPanel } from './extension-panel.tsx';
import { MovePanel } from './move-panel.tsx';
import { Notes } from './notes.tsx';
import { ReaderView } from './reader-view.tsx';
import { ReporterContact } from './reporter-contact.tsx';

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
        about={dotted([
          words.domain.commentKind[ticket.kind],
          words.domain.clock[ticket.clock],
          ticket.unit === null ? text.notAssigned : desk.unitName(ticket.unit),
        ])}
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
        <span class="meta">
          {text.waitingFor[ticket.state]}
          {ticket.disputeDue === null ? null : `${words.desk.gap}${text.disputeUntil(desk.moment(ticket.disputeDue))}`}
          {ticket.reviewOn === null ? null : `${words.desk.gap}${text.reviewAt(words.time.date(ticket.reviewOn))}`}
          {ticket.state === 'replied' && ticket.followUpDue !== null
            ? `${words.desk.gap}${text.followUpUntil(desk.moment(ticket.followUpDue))}`
            : null}
        </span>
      </p>
      <Alerts row={ticket} />
      <Flow state={ticket.state} />
      <div class="ticket">
        <section>
          <h2 class="h">
            {text.readerSays}{' '}
            <small>
              {comment.nickname} · {words.domain.commentState[comment.state]}
            </small>
          </h2>
          {ticket.text === '' ? <p class="meta">{text.erased}</p> : <p class="prose reading asked">{ticket.text}</p>}
          {ticket.hasContact ? <ReporterContact number={ticket.number} /> : null}
          {ticket.mergedInto === null ? null : (
            <p class="cap">
              {text.mergedInto} <a href={hrefOf('tickets', ticket.mergedInto)}>{ticket.mergedInto}</a>
            </p>
          )}
          {ticket.mergedFrom.length === 0 ? null : (
            <p class="cap">
              {text.mergedFrom}{' '}
              {ticket.mergedFrom.map((each) => (
                <a key={each} class="num" href={hrefOf('tickets', each)}>
                  {each}{' '}
                </a>
              ))}
            </p>
          )}
          <p class="cap">
            {desk.unitName(ticket.diaryUnit)}
            {' · '}
            <a href={desk.publicAddress(`d/${ticket.draw}/${ticket.diaryUnit}.html`)} target="_blank" rel="noreferrer">
              {text.diary}
            </a>
          </p>
        </section>
        <div class="stack wide-gap ticket-acts">
          <MovePanel key={ticket.state} ticket={ticket} changed={changed} again={again} />
          <ExtensionPanel ticket={ticket} changed={changed} again={again} />
          {desk.may('tickets.register') && !closedStates.includes(ticket.state) ? (
            <Clock ticket={ticket} changed={changed} />
          ) : null}
          {ticket.allowed.length === 0 ? (
            <section class="stack">
              <h2 class="h">{text.readerNow}</h2>
              <ReaderView ticket={ticket.reader} />
            </section>
          ) : null}
        </div>
        <div class="stack wide-gap">
          <Actions ticket={ticket} changed={changed} />
          <Notes ticket={ticket} changed={changed} />
          <section>
            <h2 class="h">{text.history}</h2>
            <ol class="line">
              {ticket.events.map((event) => (
                <Event key={`${event.at} ${event.to} ${event.actor}`} event={event} />
              ))}
            </ol>
          </section>
        </div>
      </div>
    </>
  );
}

/** The moderator's clock; deadlines that are missed, met or extended stay. */
function Clock({ ticket, changed }: { readonly ticket: TicketView; readonly changed: (ticket: TicketView) => void }) {
  const words = useWords();
  const { busy, problem, act } = useAct();
  return (
    <section class="stack">
      <div class="short">
        <SelectField
          label={words.tickets.clock}
          hint={words.tickets.clockHint}
          error={problem}
          disabled={busy}
          value={ticket.clock}
          onChange={(event) => {
            const chosen = ticketClocks.find((each) => each === event.currentTarget.value);
            if (chosen !== undefined) void act(async () => changed(await changeClock(ticket, chosen)));
          }}
        >
          {ticketClocks.map((each) => (
            <option key={each} value={each}>
              {words.domain.clock[each]}
            </option>
          ))}
        </SelectField>
      </div>
    </section>
  );
}

function Event({ event }: { readonly event: TicketEvent }) {
  const words = useWords();
  const desk = useDesk();
  const text = words.tickets;
  const voice = event.actor === 'reader';
  const isSeen = event.public || voice || event.contactBy === 'message';
  return (
    <li class={voice ? 'voice' : isSeen || event.note === null ? '' : 'int'}>
      <time class="num">{desk.moment(event.at)}</time>
      <b>{words.domain.ticketState[event.to]}</b>
      {event.contactBy === null ? null : <span class="kind">{text.noteKind[event.contactBy]}</span>}{' '}
      {isSeen || event.note === null ? null : <span class="kind">{text.internal}</span>}{' '}
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
