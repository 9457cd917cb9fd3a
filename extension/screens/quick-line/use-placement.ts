/** Where a line of a shut week goes: the open week that takes it as a late entry. */
import { placeOf } from '../../commands/journal.ts';
import { useLive } from '../../store/live.ts';

/** The week a late entry would be written into; null where the day's own week is open, or no day is given. */
export function usePlacement(day: string | null): string | null {
  const placed = useLive(() => (day === null ? Promise.resolve(null) : placeOf(day)), [day]);
  return placed === null || placed === undefined || placed.lateFor === undefined ? null : placed.week;
}
