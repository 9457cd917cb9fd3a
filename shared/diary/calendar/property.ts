/** One content line of a calendar as name, parameters and value (RFC 5545 3.1), through ical.js, with what real exporters write beside it. */
import ICAL from 'ical.js';
import * as v from 'valibot';
import type { Line } from './unfold.ts';

/** `name` in small letters. `raw` is the value as it stands there, `text` with its escapes resolved (of one that is text). */
export interface Property {
  readonly name: string;
  readonly line: number;
  readonly zone: string | null;
  /** The VALUE parameter in small letters: `date`, `date-time`, `period`. */
  readonly type: string | null;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly raw: string;
  readonly text: string;
}

const Parsed = v.looseTuple([v.string(), v.record(v.string(), v.unknown()), v.string(), v.unknown()]);

/** The property of a line; null where the line is none. */
export function readProperty({ number, content }: Line<string>): Property | null {
  const line = quotedZone(content);
  const parsed = v.safeParse(
    Parsed,
    parsedBy(() => ICAL.parse.property(line)),
  );
  if (!parsed.success) return null;
  const [name, parameters, , first] = parsed.output;
  const { tzid, value } = parameters;
  return {
    name,
    line: number,
    // Some write TZID=TZID=Europe/Berlin, some leave the commas of a display name escaped.
    zone:
      typeof tzid === 'string'
        ? tzid
            .replace(/^TZID=/i, '')
            .replaceAll('\\', '')
            .trim()
        : null,
    type: valueType(line, value),
    parameters,
    raw: line.slice(valueAt(line)),
    text: typeof first === 'string' ? first : line.slice(valueAt(line)),
  };
}

/** Name of the property on a line, in small letters; empty where the line has none. */
export function nameOn(content: string): string {
  return (/^[A-Za-z0-9-]+(?=[;:])/.exec(content)?.[0] ?? '').toLowerCase();
}

/** Whether a line can be a property at all: a name, and a value behind a colon. */
export function hasValue(content: string): boolean {
  return nameOn(content) !== '' && content.includes(':');
}

// ical.js takes VALUE out of the parameters.
function valueType(line: string, value: unknown): string | null {
  if (typeof value === 'string') return value.toLowerCase();
  return /^[^:"]*;VALUE=([A-Za-z-]+)/i.exec(line)?.[1]?.toLowerCase() ?? null;
}

// TZID=(UTC+08:00) Beijing\, Chongqing:20150706T120000 without quotes: its colon would end the parameters.
function quotedZone(content: string): string {
  const found =
    /^([A-Za-z-]+(?:;[A-Za-z-]+=[^;:"]*)*;TZID=)(\([^";]*\)[^";:]*)((?:;[^:"]*)?:[0-9TZ,/PHMSDW+-]+)$/i.exec(content);
  return found === null ? content : `${found[1]}"${found[2]}"${found[3]}`;
}

// Behind the first colon that stands outside quotes.
function valueAt(content: string): number {
  let quoted = false;
  for (let at = 0; at < content.length; at += 1) {
    if (content[at] === '"') quoted = !quoted;
    else if (content[at] === ':' && !quoted) return at + 1;
  }
  return content.length;
}

/** What ical.js gives; null where it refuses what it was given. It says so by errors of every kind, a TypeError among them. */
export function parsedBy<T>(parse: () => T): T | null {
  try {
    return parse();
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
}
