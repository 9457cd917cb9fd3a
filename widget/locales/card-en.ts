/** Words of a diary in a list in English. */
import { many } from '../../shared/locales/plain-en.ts';
import type { CardWords } from './card-zh.ts';

export const cardWords: CardWords = {
  entries: (n) => many(n, 'entry', 'entries'),
  held: (n) => `${n} withheld`,
  imported: 'imported, not sealed',
  comments: (n) => many(n, 'comment'),
  tickets: (n, closed) => `${many(n, 'ticket')}${closed === 0 ? '' : `, ${closed} closed in the loop`}`,
  strip: (hours) =>
    `Seven days as columns, ${hours} in all, from 05:00 at the top to 05:00 the next day; the line is 22:00`,
  emptyList: 'No diary has been published yet',
  emptyHow: 'A draw is held every week, and what is drawn is shown.',
};
