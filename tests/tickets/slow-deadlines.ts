/** Deadlines worked out by walking the calendar day by day over what happened to a ticket, from the page alone: knows nothing of the code
 *  under test. Shanghai, Monday to Friday, holidays and days made up as given, 17:30 the end of a day. */

const dayMs = 86_400_000;
const zoneMs = 8 * 3_600_000;

/** `2026-10-08` days off and days made up. */
export interface Days {
  readonly off: readonly string[];
  readonly madeUp: readonly string[];
}

export interface Happened {
  readonly at: number;
  readonly what: 'registered' | 'clock' | 'assigned' | 'extended' | 'replied' | 'contacted' | 'other';
  /** The clock set, or the day of an extension. */
  readonly value?: string;
}

/** What a ticket's row must say, from its kind and what happened, oldest first. */
export function slowDeadlines(kind: string, events: readonly Happened[], days: Days) {
  const [registered] = events;
  const from = registered?.at ?? 0;
  let clock = registered?.value ?? 'standard';
  let [contactDue, due] = [contact(from, clock, days), answer(from, kind, clock, days)];
  let extendedDue: number | null = null;
  let disputeDue: number | null = null;
  let followUpDue: number | null = null;
  let contacted = false;
  let replied = false;
  for (const { at, what, value = '' } of events.slice(1)) {
    if (what === 'clock') {
      clock = value;
      if (!contacted && at <= contactDue) contactDue = contact(from, clock, days);
      if (!replied && extendedDue === null && at <= due) due = answer(from, kind, clock, days);
    }
    if (what === 'assigned') disputeDue = closing(count(at, 1, days));
    if (what === 'extended') extendedDue = closing(value);
    if (what === 'contacted') contacted = true;
    if (what === 'replied') {
      replied = true;
      followUpDue = closing(count(at, 5, days));
    }
  }
  return { contactDue, due, extendedDue, disputeDue, followUpDue };
}

/** The last day that an extension may name: fifteen working days after the due date. */
export const lastDayToAsk = (due: number, days: Days): string => count(due, 15, days);

/** The name of the Shanghai day of an instant. */
export const dayName = (at: number): string => new Date(at * 1000 + zoneMs).toISOString().slice(0, 10);

/** 17:30:00 of a day in Shanghai, in Unix seconds. */
const closing = (day: string): number => Date.parse(`${day}T17:30:00+08:00`) / 1000;

const contact = (at: number, clock: string, days: Days): number =>
  clock === 'risk' ? at + 7200 : closing(count(at, 1, days));

function answer(at: number, kind: string, clock: string, days: Days): number {
  if (clock === 'risk') return at + 7200;
  return closing(count(at, clock === 'complex' ? 15 : kind === 'question' ? 3 : 10, days));
}

/** The n-th working day after the day of receipt, which is the next working day where it came after 17:30:00 or on a day off. */
function count(at: number, n: number, days: Days): string {
  let day = dayName(at);
  if (at > closing(day)) day = next(day);
  while (!worked(day, days)) day = next(day);
  for (let left = n; left > 0; ) {
    day = next(day);
    if (worked(day, days)) left -= 1;
  }
  return day;
}

const next = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + dayMs).toISOString().slice(0, 10);

function worked(day: string, { off, madeUp }: Days): boolean {
  if (madeUp.includes(day)) return true;
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !off.includes(day);
}
