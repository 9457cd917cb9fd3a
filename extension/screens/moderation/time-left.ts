/** What is left of the time to decide: working time, or by how much it has passed. */
import type { WaitingComment } from '../../../shared/api/comments.ts';
import type { Words } from '../../locales/use-words.ts';
import type { Desk } from '../desk/use-desk.ts';

export const timeLeft = (
  { decideBy, minutesLeft }: Pick<WaitingComment, 'decideBy' | 'minutesLeft'>,
  words: Words,
  desk: Desk,
): string =>
  decideBy < desk.now
    ? desk.remaining(decideBy)
    : words.comments.moderation.workingTimeLeft(words.time.duration(Math.max(1, minutesLeft)));
