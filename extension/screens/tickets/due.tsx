/** The running deadline of a ticket in working days, and what the clock has told of it. */
import type { TicketRow } from '../../../shared/api/tickets.ts';
import { type AlertKind, closedStates, type TicketState } from '../../../shared/feedback/ticket.ts';
import { civilOf, dayOf, parseDay, zoneOffset } from '../../../shared/time/civil.ts';
import { plainCalendar, workingDaysBetween } from '../../../shared/time/workdays.ts';
import { useWords, type Words } from '../../locales/use-words.ts';
import { type Desk, useDesk } from '../desk/use-desk.ts';

type Row = Pick<TicketRow, 'state' | 'due' | 'repliedAt' | 'alerts' | 'extensionAsked'>;

/** `9月22日 17:30到期` and `还有9个工作日`; today in hours, once it has passed how long ago. A replied or closed ticket has none any more. */
export function Due({ row }: { readonly row: Row }) {
  const words = useWords();
  const desk = useDesk();
  const { tickets: text } = words;
  const runs = !closedStates.includes(row.state) && row.repliedAt === null;
  if (!runs)
    return (
      <span class="meta">
        {row.repliedAt === null ? text.ended : saidOf(row.state, text)(desk.moment(row.repliedAt))}
      </span>
    );
  const days = workdaysLeft(row.due, desk);
  const left = row.due < desk.now || days === 0 ? desk.remaining(row.due) : text.workdaysLeft(days);
  return (
    <>
      <span class="num">{text.dueAt(desk.moment(row.due))}</span>
      <br />
      <span class={row.due < desk.now ? 'cap num bad' : 'cap num'}>{left}</span>
    </>
  );
}

/** A reply that the reader did not take stands as the first one: work goes on, and no date runs for it any more. */
const saidOf = (state: TicketState, text: Words['tickets']) =>
  state === 'replied' || closedStates.includes(state) ? text.repliedAt : text.repliedFirst;

/** What is late or near, and a wish that waits, as words; the last of each kind. */
export function Alerts({ row }: { readonly row: Row }) {
  const { tickets: text } = useWords();
  if (closedStates.includes(row.state)) return null;
  const kinds = [...new Set(row.alerts.map(({ kind }) => kind))].filter((kind) => isTrue(kind, row));
  if (kinds.length === 0 && !row.extensionAsked) return null;
  return (
    <p class="row alerts">
      {row.extensionAsked ? <span class="kind">{text.extensionState.asked}</span> : null}
      {kinds.map((kind) => (
        <span key={kind} class={kind === 'dueSoon' || kind === 'reviewDue' ? 'kind' : 'kind bad'}>
          {text.alert[kind]}
        </span>
      ))}
    </p>
  );
}

/** What was told and holds no more is history: a ticket on hold was taken up again, a late one was dispatched or answered. */
function isTrue(kind: AlertKind, { state, repliedAt, alerts }: Row): boolean {
  if (kind === 'dueSoon') return repliedAt === null && !alerts.some((alert) => alert.kind === 'overdue');
  if (kind === 'overdue') return repliedAt === null;
  if (kind === 'dispatchOverdue') return state === 'registered';
  if (kind === 'contactOverdue')
    return state === 'registered' || state === 'assigned' || state === 'disputed' || state === 'accepted';
  if (kind === 'reviewDue') return state === 'onHold';
  return true;
}

/** Working days from today to the day of an instant, by the organisation's calendar; 0 today. */
function workdaysLeft(due: number, { profile, zone, now }: Desk): number {
  const offset = zoneOffset(zone) ?? (() => 0);
  const days = (names: readonly string[] = []) => new Set(names.flatMap((name) => parseDay(name) ?? []));
  const { holidays, makeUpWorkdays } = profile.organisation ?? {};
  const calendar = { ...plainCalendar, holidays: days(holidays), makeUpWorkdays: days(makeUpWorkdays) };
  return workingDaysBetween(dayOf(civilOf(now, offset)), dayOf(civilOf(due, offset)), calendar);
}
