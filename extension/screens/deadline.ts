/** Until when a week may be sealed, by the rule in force. */
import { deadlineOf } from '../../shared/proof/list.ts';
import { formatMinute } from '../../shared/time/civil.ts';
import type { Words } from '../locales/use-words.ts';
import { wallClock } from '../store/today.ts';
import type { Journal } from './use-journal.ts';

/** Day and hour in the organisation's zone; null while no rule is known. */
export function deadlineOfWeek(journal: Journal, week: string, words: Words): string | null {
  const instant = deadlineSeconds(journal, week);
  return instant === null ? null : words.time.dayAndClock(formatMinute(wallClock(journal.zone, instant * 1000)));
}

/** The same as an instant in Unix seconds. */
export function deadlineSeconds(journal: Journal, week: string): number | null {
  const { rule } = journal.profile;
  return rule === null ? null : deadlineOf(rule, week);
}
