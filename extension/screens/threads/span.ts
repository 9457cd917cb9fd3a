/** From the first to the last day of a thread, in words. */
import type { ThreadFigures } from '../../../shared/diary/thread-line.ts';
import type { Words } from '../../locales/use-words.ts';

export function spanOfFigures({ from, to }: ThreadFigures, words: Words): string {
  return words.threads.span(words.time.date(from), from.slice(0, 4), words.time.date(to), to.slice(0, 4));
}
