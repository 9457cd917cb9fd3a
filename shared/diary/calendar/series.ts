/** Events of one calendar brought together by UID: a series and its changed occurrences; of what stands there twice, the newest. */
import type { CalendarEvent } from './event.ts';
import { instantOfMoment } from './moment.ts';
import { type FileNotice, type NoticeCode, notice } from './notice.ts';

/** An event with the changes of its occurrences; `event` is null where only changes stand in the file. */
export interface Series {
  readonly event: CalendarEvent | null;
  readonly changes: readonly CalendarEvent[];
}

/** The series of a file, in the order in which they begin there. Adds to `notices` what was passed over. */
export function seriesOf(events: readonly CalendarEvent[], notices: FileNotice[]): readonly Series[] {
  const byUid = new Map<string, CalendarEvent[]>();
  for (const event of events) {
    const uid = event.uid ?? `\n${event.line}`;
    const same = byUid.get(uid);
    if (same === undefined) byUid.set(uid, [event]);
    else same.push(event);
  }
  return [...byUid.values()].flatMap((same) => {
    const masters = mastersOf(
      same.filter(({ recurrenceId }) => recurrenceId === null),
      notices,
    );
    const changes = changesOf(
      same.filter(({ recurrenceId }) => recurrenceId !== null),
      notices,
    );
    const [first = null, ...others] = masters;
    return [{ event: first, changes }, ...others.map((event) => ({ event, changes: [] }))];
  });
}

// SEQUENCE decides; of equal ones with one start the newer; of equal ones that begin at other times both, for some exporters give one UID
// to all their events.
function mastersOf(masters: readonly CalendarEvent[], notices: FileNotice[]): readonly CalendarEvent[] {
  if (masters.length < 2) return masters;
  const highest = Math.max(...masters.map(({ sequence }) => sequence));
  const kept = new Map<string, CalendarEvent>();
  for (const event of masters) {
    if (event.sequence < highest) {
      say(notices, 'OLDER_SEQUENCE', event);
      continue;
    }
    const start = startKey(event);
    const other = kept.get(start);
    if (other === undefined) {
      if (kept.size > 0) say(notices, 'UID_REPEATED', event);
      kept.set(start, event);
    } else {
      const [older, newer] = event.stamp >= other.stamp ? [other, event] : [event, other];
      say(notices, 'SAME_EVENT_TWICE', older);
      kept.set(start, newer);
    }
  }
  return [...kept.values()];
}

function changesOf(changes: readonly CalendarEvent[], notices: FileNotice[]): readonly CalendarEvent[] {
  const kept = new Map<string, CalendarEvent>();
  for (const change of changes) {
    const id = change.recurrenceId?.at ?? '';
    const other = kept.get(id);
    if (other === undefined) kept.set(id, change);
    else {
      const isNewer =
        change.sequence > other.sequence || (change.sequence === other.sequence && change.stamp >= other.stamp);
      say(
        notices,
        change.sequence === other.sequence ? 'SAME_EVENT_TWICE' : 'OLDER_SEQUENCE',
        isNewer ? other : change,
      );
      if (isNewer) kept.set(id, change);
    }
  }
  return [...kept.values()];
}

function startKey({ start, text }: CalendarEvent): string {
  return start.kind === 'date' ? `${start.day} ${text}` : `${instantOfMoment(start, start.zone)} ${text}`;
}

function say(notices: FileNotice[], code: NoticeCode, { line, uid, text }: CalendarEvent): void {
  notices.push({ ...notice(code, line, text), uid });
}
