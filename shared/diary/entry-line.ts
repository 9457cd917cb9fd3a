/** An entry as the line that would have made it: for templates, and for offering what was written before. */
import { type CivilMinute, dayOf, minuteOfDay, minutesPerDay, two } from '../time/civil.ts';

/** What a line says beside its time. */
export type LineText = {
  readonly text: string;
  readonly place?: string | null | undefined;
  readonly threads?: readonly { readonly name: string }[] | undefined;
};

/** `8:30-10:00` of a span; an end at the next midnight as 24:00, a later one as its clock time, which is read as the next day. */
export function spanLine(start: CivilMinute, end: CivilMinute): string {
  const isMidnight = end === (dayOf(start) + 1) * minutesPerDay;
  return `${clock(minuteOfDay(start))}-${isMidnight ? '24:00' : clock(minuteOfDay(end))}`;
}

/** The text with its marks behind it: 例会，过安全 #一单到港 @芦汀港区. A mark that stands in the text is not said again. */
export function textLine({ text, place, threads = [] }: LineText): string {
  const marks = [
    ...threads.map(({ name }) => markOf('#', name)),
    ...(place === null || place === undefined ? [] : [markOf('@', place)]),
  ];
  return [text, ...marks.filter((mark) => !text.includes(mark))].join(' ');
}

/** `#name` or `@name`; in quotes where the name has a blank or a stop, at which a bare one would end. */
export function markOf(sign: '#' | '@', name: string): string {
  return /[\s#@,;:!?，。；：！？、()[\]【】<>《》|]/.test(name) ? `${sign}“${name}”` : `${sign}${name}`;
}

function clock(minute: number): string {
  return `${Math.floor(minute / 60)}:${two(minute % 60)}`;
}
