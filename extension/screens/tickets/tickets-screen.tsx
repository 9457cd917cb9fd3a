/** Tickets: the list by state, and one ticket. */
import { useState } from 'preact/hooks';
import type { Answer } from '../../../shared/api/endpoint.ts';
import { getTickets, type TicketRow } from '../../../shared/api/tickets.ts';
import { closedStates, type TicketState, ticketStates } from '../../../shared/feedback/ticket.ts';
import { SelectField } from '../../components/field.tsx';
import { Empty, Loaded } from '../../components/loaded.tsx';
import { TicketStateBadge } from '../../components/ticket-state.tsx';
import { useWords } from '../../locales/use-words.ts';
import { call } from '../../remote/client.ts';
import { PageHead } from '../desk/page-head.tsx';
import { hrefOf, type Route } from '../desk/route.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useAnswer } from '../use-answer.ts';
import { TicketPage } from './ticket-page.tsx';

const readEveryMs = 20_000;
const pagesRead = 4;

type Filter = 'open' | 'all' | TicketState;

export function TicketsScreen({ route }: { readonly route: Route }) {
  const [number] = route;
  return number === undefined ? <List /> : <TicketPage key={number} number={number} />;
}

function List() {
  const words = useWords();
  const desk = useDesk();
  const text = words.tickets;
  const [filter, setFilter] = useState<Filter>('open');
  const read = useAnswer(() => readTickets(filter), [filter], readEveryMs);
  return (
    <>
      <PageHead title={text.title}>
        <div class="inline-field">
          <SelectField
            label={text.filter}
            value={filter}
            onChange={(event) => setFilter(filterNamed(event.currentTarget.value))}
          >
            <option value="open">{text.open}</option>
            <option value="all">{text.all}</option>
            {ticketStates.map((state) => (
              <option key={state} value={state}>
                {words.domain.ticketState[state]}
              </option>
            ))}
          </SelectField>
        </div>
      </PageHead>
      <Loaded answer={read.answer} again={read.again} clock={desk.clock}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty
              title={filter === 'all' || filter === 'open' ? text.empty : text.emptyFilter}
              hint={text.emptyHint}
            />
          ) : (
            <Rows rows={rows} />
          )
        }
      </Loaded>
    </>
  );
}

function filterNamed(name: string): Filter {
  return name === 'all' ? 'all' : (ticketStates.find((state) => state === name) ?? 'open');
}

async function readTickets(filter: Filter): Promise<readonly TicketRow[]> {
  const rows: TicketRow[] = [];
  const state = filter === 'open' || filter === 'all' ? {} : { state: filter };
  let after: string | null = null;
  for (let page = 0; page < pagesRead; page += 1) {
    const answer: Answer<typeof getTickets> = await call(getTickets, {
      query: { ...state, ...(after === null ? {} : { after }) },
    });
    rows.push(...answer.rows);
    after = answer.next;
    if (after === null) break;
  }
  return filter === 'open' ? rows.filter((row) => !closedStates.includes(row.state)) : rows;
}

function Rows({ rows }: { readonly rows: readonly TicketRow[] }) {
  const words = useWords();
  const desk = useDesk();
  const text = words.tickets;
  return (
    <div class="scroll">
      <table class="tickets">
        <thead>
          <tr>
            <th scope="col">{text.colNumber}</th>
            <th scope="col">{text.colState}</th>
            <th scope="col">{text.colText}</th>
            <th scope="col">{text.colUnit}</th>
            <th scope="col" class="n">
              {text.colDue}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.number}>
              <td class="num nowrap">
                <a href={hrefOf('tickets', row.number)}>{row.number}</a>
              </td>
              <td>
                <TicketStateBadge state={row.state} />
              </td>
              <td>
                <p class="clip">{row.text}</p>
                <p class="cap">
                  {words.domain.commentKind[row.kind]} · {words.domain.clock[row.clock]}
                </p>
              </td>
              <td>{row.unit === null ? <span class="meta">{text.notAssigned}</span> : desk.unitName(row.unit)}</td>
              <td class="n">
                <Due row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The running deadline of an open ticket; a closed one has none any more. */
export function Due({ row }: { readonly row: Pick<TicketRow, 'state' | 'due'> }) {
  const words = useWords();
  const desk = useDesk();
  const runs = !closedStates.includes(row.state) && row.state !== 'replied';
  return (
    <>
      <span class="num">{words.tickets.dueAt(desk.moment(row.due))}</span>
      {runs ? (
        <>
          <br />
          <span class={row.due < desk.now ? 'cap num bad' : 'cap num'}>{desk.remaining(row.due)}</span>
        </>
      ) : null}
    </>
  );
}
