/** What comes out of a file, of whatever kind it is: items that may become entries, and what was refused. */
import { type CivilDay, type CivilMinute, dayOf, minuteOfDay } from '../../time/civil.ts';
import type { FiledEntry } from '../journal-file.ts';
import type { FileNotice, Notice, RefusalReason } from './notice.ts';

/** One thing of the file. Times are on the user's wall. An all-day one runs from midnight to midnight (end excluded) and is a note, no work of
 *  24 hours. `recurrenceId` names the occurrence of a series. */
export interface Item {
  readonly uid: string | null;
  readonly recurrenceId: string | null;
  readonly allDay: boolean;
  /** The working day it would be reported under. */
  readonly day: CivilDay;
  readonly start: CivilMinute;
  readonly end: CivilMinute | null;
  /** Seconds since 1970-01-01T00:00Z; null of a whole day and of a table, which know no instant. */
  readonly startInstant: number | null;
  readonly endInstant: number | null;
  readonly text: string;
  readonly place: string | null;
  readonly detail: string | null;
  readonly category: string | null;
  /** Of a quick-entry line: the threads it names, with the id of a known one. */
  readonly threads: readonly { readonly id: string | null; readonly name: string }[];
  readonly line: number;
  readonly notices: readonly Notice[];
  /** Of Sundial's own file: the entry as it stands there. */
  readonly filed?: FiledEntry;
}

/** What is not offered. `day` is null where it is not known. */
export interface Refused {
  readonly uid: string | null;
  readonly recurrenceId: string | null;
  readonly day: CivilDay | null;
  readonly text: string;
  readonly line: number;
  readonly reason: RefusalReason;
}

export interface FileReading {
  readonly encoding: string;
  /** In the order of their days and starts. */
  readonly items: readonly Item[];
  readonly refused: readonly Refused[];
  readonly notices: readonly FileNotice[];
  /** First and last day on which something in the file begins, whatever was asked for; null where nothing does. */
  readonly span: { readonly from: CivilDay; readonly to: CivilDay } | null;
}

/** How far a reading has come. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}

/** The minute at which a working day begins (design.md 4). */
export const dayStart = 300;

/** The day under which what begins then is reported: before 05:00 the day before. */
export function workingDay(start: CivilMinute): CivilDay {
  return minuteOfDay(start) < dayStart ? dayOf(start) - 1 : dayOf(start);
}

/** Runs a reading to its end at once. */
export function whole<Value>(reading: Generator<Progress, Value>): Value {
  for (;;) {
    const step = reading.next();
    if (step.done === true) return step.value;
  }
}

/** By day and start; what stands first in the file first. */
export function inOrder(items: readonly Item[]): readonly Item[] {
  return items.toSorted((a, b) => a.day - b.day || a.start - b.start || a.line - b.line);
}
