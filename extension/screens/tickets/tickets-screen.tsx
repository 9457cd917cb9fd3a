/** Tickets: the list, one ticket, and the templates for answers. */
import { useState } from 'preact/hooks';
import type { Answer } from '../../../shared/api/endpoint.ts';
import { getTickets, type TicketRow } from '../../../shared/api/tickets.ts';
import { Button } from '../../components/button.tsx';
import { Empty, Loaded } from '../../components/loaded.tsx';
import { TicketStateBadge } from '../../components/ticket-state.tsx';
import { useWords } from '../../locales/use-words.ts';
import { call } from '../../remote/client.ts';
import { PageHead } from '../desk/page-head.tsx';
import { hrefOf, type Route } from '../desk/route.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useAnswer } from '../use-answer.ts';
import { Alerts, Due } from './due.tsx';
import { everyday, Filters, type Wanted } from './filters.tsx';
import { ManyDialog } from './many-dialog.tsx';
import { TemplatesPage } from './templates-page.tsx';
import { TicketPage } from './ticket-page.tsx';

const readEveryMs = 20_000;
const templates = 'templates';

export function TicketsScreen({ route }: { readonly route: Route }) {
  const [number] = route;
  if (number === templates) return <TemplatesPage />;
  return number === undefined ? <List /> : <TicketPage key={number} number={number} />;
}

function List() {
  const words = useWords();
  const desk = useDesk();
  const text = words.tickets;
  const [wanted, setWanted] = useState<Wanted>(everyday);
  const [pages, setPages] = useState(1);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [many, setMany] = useState(false);
  const read = useAnswer(() => readTickets(wanted, pages), [JSON.stringify(wanted), pages], readEveryMs);
  const isEveryday = JSON.stringify(wanted) === JSON.stringify(everyday);
  return (
    <>
      <PageHead title={text.title}>
        <a class="btn text" href={hrefOf('tickets', templates)}>
          {text.templates}
        </a>
      </PageHead>
      <Filters
        wanted={wanted}
        change={(next) => {
          setWanted(next);
          setPages(1);
          setChosen(new Set());
        }}
      />
      <Loaded answer={read.answer} again={read.again} clock={desk.clock}>
        {({ rows, total, next }) => {
          const picked = rows.filter(({ number }) => chosen.has(number));
          return rows.length === 0 ? (
            <Empty title={isEveryday ? text.empty : text.emptyFilter} hint={text.emptyHint} />
          ) : (
            <>
              <Rows rows={rows} chosen={chosen} choose={desk.may('tickets.dispatch') ? setChosen : null} />
              <p class="row list-end">
                <span class="meta num">{text.shownOf(rows.length, total)}</span>
                {next === null ? null : (
                  <Button small onClick={() => setPages(pages + 1)}>
                    {text.more}
                  </Button>
                )}
                {desk.may('tickets.dispatch') ? (
                  <Button small disabled={picked.length === 0} onClick={() => setMany(true)}>
                    {text.manyOpen(picked.length)}
                  </Button>
                ) : null}
              </p>
              {many ? (
                <ManyDialog
                  rows={picked}
                  onDone={() => {
                    void read.again();
                  }}
                  onClose={() => {
                    setMany(false);
                    setChosen(new Set());
                  }}
                />
              ) : null}
            </>
          );
        }}
      </Loaded>
    </>
  );
}

type Page = Answer<typeof getTickets>;

/** The first pages of a list as one. */
async function readTickets(wanted: Wanted, pages: number): Promise<Page> {
  let page: Page = await call(getTickets, { query: wanted });
  const rows = [...page.rows];
  for (let n = 1; n < pages && page.next !== null; n += 1) {
    page = await call(getTickets, { query: { ...wanted, after: page.next } });
    rows.push(...page.rows);
  }
  return { ...page, rows };
}

/** `choose` null: nothing can be done with many. */
function Rows({
  rows,
  chosen,
  choose,
}: {
  readonly rows: readonly TicketRow[];
  readonly chosen: ReadonlySet<string>;
  readonly choose: ((chosen: ReadonlySet<string>) => void) | null;
}) {
  const words = useWords();
  const desk = useDesk();
  const text = words.tickets;
  const all = rows.every(({ number }) => chosen.has(number));
  const toggled = (number: string) =>
    new Set(chosen.has(number) ? [...chosen].filter((each) => each !== number) : [...chosen, number]);
  return (
    <div class="scroll">
      <table class="tickets stacks">
        <thead>
          <tr>
            {choose === null ? null : (
              <th scope="col">
                <label class="choose-all">
                  <input
                    type="checkbox"
                    aria-label={text.chooseAll}
                    checked={all}
                    onChange={() => choose(new Set(all ? [] : rows.map(({ number }) => number)))}
                  />
                  <span class="cap">{text.chooseAll}</span>
                </label>
              </th>
            )}
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
              {choose === null ? null : (
                <td>
                  <input
                    type="checkbox"
                    aria-label={text.choose(row.number)}
                    checked={chosen.has(row.number)}
                    onChange={() => choose(toggled(row.number))}
                  />
                </td>
              )}
              <td class="num nowrap">
                <a href={hrefOf('tickets', row.number)}>{row.number}</a>
              </td>
              <td>
                <TicketStateBadge state={row.state} />
              </td>
              <td class="prime">
                <p class="clip">{row.text}</p>
                <p class="cap">
                  {words.domain.commentKind[row.kind]} · {words.domain.clock[row.clock]}
                </p>
                <Alerts row={row} />
              </td>
              <td class="named">
                {row.unit === null ? <span class="meta">{text.notAssigned}</span> : desk.unitName(row.unit)}
              </td>
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
