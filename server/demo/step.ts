/** The demonstration is a list of dated steps, run in order under an injected clock. */
import { civilOf, instantOf, parseMinute, type ZoneOffset, zoneOffset } from '../../shared/time/civil.ts';

export interface Step {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly act: () => Promise<void>;
}

const shanghai = offsetOf('Asia/Shanghai');

function offsetOf(zone: string): ZoneOffset {
  const offset = zoneOffset(zone);
  if (offset === null) throw new TypeError(`no zone ${zone}`);
  return offset;
}

/** The instant of a civil minute `2026-07-29T10:00` in Asia/Shanghai, in milliseconds. */
export function at(civil: string): number {
  const minute = parseMinute(civil);
  if (minute === null) throw new TypeError(`no civil minute: ${civil}`);
  return instantOf(minute, shanghai) * 1000;
}

/** Minute of the civil day in Asia/Shanghai, 0 to 1439. */
export const minuteOfDay = (ms: number): number => civilOf(Math.floor(ms / 1000), shanghai) % 1440;
