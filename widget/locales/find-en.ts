/** Words of the list, its search and filters in English. */
import { unitKind } from '../../shared/locales/en.ts';
import { many, months } from '../../shared/locales/plain-en.ts';
import type { FindWords } from './find-zh.ts';

export const findWords: FindWords = {
  list: {
    name: 'Weekly showing',
    heading: 'How the week was spent',
    lead: (total, last) =>
      `What is drawn is shown, word for word. ${many(total, 'diary', 'diaries')} so far${last === null ? '' : `, the latest on ${last}`}.`,
    more: (shown, total) => `Earlier ones (${shown} of ${total} listed)`,
    all: (total) => (total === 1 ? 'This is the only diary.' : `All ${total} diaries are listed.`),
    moreFailed: 'The earlier ones could not be loaded. Press again.',
    back: 'Back to the list',
    emptyNext: (week) => `The list of ${week} is locked; what is drawn is public the same day.`,
  },
  unitKind,
  label: 'Search titles and entries',
  filters: 'Filter',
  names: { unit: 'Unit', kind: 'Kind of unit', theme: 'Theme', thread: 'Thread', category: 'Category', when: 'Time' },
  every: {
    unit: 'All',
    kind: 'All',
    theme: 'All',
    thread: 'All',
    category: 'All',
    when: 'Any time',
  },
  month: (year, number) => `${months[number - 1] ?? ''} ${year}`,
  running: (seen, of) => (of === 0 ? 'Searching' : `${seen} of ${many(of, 'diary', 'diaries')} searched`),
  stop: 'Stop',
  goOn: 'Go on',
  more: 'Show more',
  exactly: (n) => many(n, 'diary', 'diaries'),
  least: (n) => `At least ${many(n, 'diary', 'diaries')}; not all searched yet`,
  clear: 'Clear all',
  none: 'Nothing found',
  noneHow: 'Try with one condition less. Only letters and digits count; what is withheld is not searched.',
  drop: (what) => `Without "${what}"`,
  moreOf: (n) => `${many(n, 'more place')} in this diary`,
  failed: 'The search did not finish.',
};
