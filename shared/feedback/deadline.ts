/** Deadlines of comments and tickets in working days and hours (closed-loop.md "Deadlines"). All instants are Unix seconds; a deadline
 *  is the last second that is still in time. */
import { type CivilDay, civilOf, dayOf, formatDay, instantOf, type ZoneOffset } from '../time/civil.ts';
import {
  addWorkingDays,
  addWorkingHours,
  closingOf,
  type WorkCalendar,
  workdaysAfter,
  workingMinutesBetween,
} from '../time/workdays.ts';
import type { CommentKind } from './comment.ts';
import type { TicketClock } from './ticket.ts';

/** How long each step may take. Names say the unit: working hours, working days, or hours by the wall clock. */
export interface DeadlineRules {
  readonly moderationWorkingHours: number;
  readonly dispatchWorkingDays: number;
  readonly firstContactWorkingDays: number;
  readonly questionWorkingDays: number;
  readonly suggestionWorkingDays: number;
  readonly complaintWorkingDays: number;
  readonly reportWorkingDays: number;
  readonly complexWorkingDays: number;
  readonly riskHours: number;
  readonly extensionWorkingDaysMax: number;
  readonly disputeWorkingDays: number;
  readonly followUpWorkingDays: number;
  /** 0: drawn diaries are published with the draw record. */
  readonly reviewWorkingDays: number;
}

/** The defaults of closed-loop.md; an organisation may set each. */
export const defaultRules: DeadlineRules = {
  moderationWorkingHours: 4,
  dispatchWorkingDays: 1,
  firstContactWorkingDays: 1,
  questionWorkingDays: 3,
  suggestionWorkingDays: 10,
  complaintWorkingDays: 10,
  reportWorkingDays: 10,
  complexWorkingDays: 15,
  riskHours: 2,
  extensionWorkingDaysMax: 15,
  disputeWorkingDays: 1,
  followUpWorkingDays: 5,
  reviewWorkingDays: 2,
};

/** What every deadline is reckoned by. */
export interface Reckoning {
  readonly calendar: WorkCalendar;
  readonly offset: ZoneOffset;
  readonly rules: DeadlineRules;
}

/** When a comment must be decided. */
export const moderationDue = (at: number, by: Reckoning): number =>
  instantOf(addWorkingHours(wall(at, by), by.rules.moderationWorkingHours, by.calendar), by.offset);

/** Minutes of working time that are left until a deadline; 0 once it has passed. */
export const workingMinutesLeft = (now: number, due: number, by: Reckoning): number =>
  workingMinutesBetween(wall(now, by), wall(due, by), by.calendar);

/** Working days in which somebody whom a diary names is answered. */
const mentionWorkingDays = 2;

/** When somebody who says that a diary names them must be answered. */
export const mentionDue = (at: number, by: Reckoning): number => endOfWorkday(at, mentionWorkingDays, by);

/** When the reader must have been contacted first; a risk to life or property counts by the wall clock. */
export const firstContactDue = (at: number, clock: TicketClock, by: Reckoning): number =>
  clock === 'risk' ? at + by.rules.riskHours * 3600 : endOfWorkday(at, by.rules.firstContactWorkingDays, by);

/** When the reply is due, counted from registration. */
export function replyDue(at: number, kind: CommentKind, clock: TicketClock, by: Reckoning): number {
  if (clock === 'risk') return at + by.rules.riskHours * 3600;
  return endOfWorkday(at, clock === 'complex' ? by.rules.complexWorkingDays : daysOf(kind, by.rules), by);
}

/** When a registered ticket must have been dispatched. */
export const dispatchDue = (at: number, by: Reckoning): number => endOfWorkday(at, by.rules.dispatchWorkingDays, by);

/** Until when a unit may object to a dispatch. */
export const objectionDue = (at: number, by: Reckoning): number => endOfWorkday(at, by.rules.disputeWorkingDays, by);

/** End of the window in which the reader is asked after a reply. */
export const followUpDue = (at: number, by: Reckoning): number => endOfWorkday(at, by.rules.followUpWorkingDays, by);

/** When the review of drawn diaries ends and they are published; `at`: when the draw record was logged. */
export const reviewDue = (at: number, by: Reckoning): number =>
  by.rules.reviewWorkingDays === 0 ? at : endOfWorkday(at, by.rules.reviewWorkingDays, by);

/** The last day to which an extension may move a due date: so many working days after its day, at whatever hour it is due. */
export const latestExtension = (due: number, by: Reckoning): CivilDay =>
  workdaysAfter(dayAt(due, by), by.rules.extensionWorkingDaysMax, by.calendar);

/** End of the working hours of a civil day. */
export const endOfDay = (day: CivilDay, by: Reckoning): number => instantOf(closingOf(day, by.calendar), by.offset);

/** The civil day on which an instant lies, and its name. */
export const dayAt = (at: number, by: Reckoning): CivilDay => dayOf(civilOf(at, by.offset));
export const dayNameAt = (at: number, by: Reckoning): string => formatDay(dayAt(at, by));

function endOfWorkday(at: number, days: number, by: Reckoning): number {
  return endOfDay(addWorkingDays(wall(at, by), days, by.calendar), by);
}

const wall = (at: number, by: Reckoning): number => Math.floor(at) + by.offset(at) * 60;

function daysOf(kind: CommentKind, rules: DeadlineRules): number {
  switch (kind) {
    case 'question':
      return rules.questionWorkingDays;
    case 'suggestion':
      return rules.suggestionWorkingDays;
    case 'complaint':
      return rules.complaintWorkingDays;
    case 'report':
    case 'sympathy':
      return rules.reportWorkingDays;
  }
}
