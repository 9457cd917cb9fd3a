/** What a witness that runs on tells of its looks. */
import type { Look } from './round.ts';

/** What was told last: what came of the look, the sentence, and when, in seconds of any clock that only goes forward. */
export interface Told {
  readonly is: Look['is'];
  readonly line: string;
  readonly at: number;
}

const day = 86_400;

/** Whether a look is told: the first one, what is another than was told last, and once a day whatever is so, so that a day of silence means that
 *  the witness does not run. That nothing is new after what was signed is no news. */
export function isTold({ is, line, at }: Told, last: Told | null): boolean {
  if (last === null || at - last.at >= day) return true;
  if (is === 'known' && (last.is === 'signed' || last.is === 'known')) return false;
  return line !== last.line;
}
