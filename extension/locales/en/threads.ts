/** Words of threads over weeks and years. */
import { many } from '../../../shared/locales/plain-en.ts';
import type { threads as zh } from '../zh/threads.ts';

export const threads: typeof zh = {
  title: 'Threads',
  about: 'One piece of work from its beginning, over weeks and years',
  open: 'Under way',
  ended: 'Concluded',
  empty: 'There are no threads yet.',
  emptyHint:
    'Add #name to a line, as in "East gate shed powered up #Charging sheds". Whatever bears the same name comes together here.',
  toWeek: 'Write an entry',
  all: 'All threads',
  notHere: 'This thread has no entries yet.',
  entries: (count) => many(count, 'entry', 'entries'),
  span: (from, fromYear, to, toYear) =>
    from === to && fromYear === toYear
      ? `${from} ${fromYear}`
      : `${from}${fromYear === toYear ? '' : ` ${fromYear}`} – ${to} ${toYear}`,
  year: (year) => year,
  weekOfYear: (number) => `Week ${number}`,
  years: 'Go to a year',
  latest: 'Latest entry',
  steps: 'Entries before and after',
  keys: 'previous and next entry',
  line: 'Course',
  state: 'Where it stands',
  stateHint: 'How far it has come, what is missing',
  stateLocal: 'Stays on this device; not published.',
  results: 'Results',
  noResults: 'No result has been written down yet.',
  quarters: 'Hours by quarter',
  quarter: (year, number) => `Q${number} ${year}`,
  howCounted: 'By the day an entry is reported under; overlapping time counts once.',
  before: (day) => `Previous, ${day}`,
  after: (day) => `Next, ${day}`,
  first: 'First entry',
  last: 'Latest entry',
  names: 'Name and aliases',
  name: 'Name',
  given: 'This thread belongs to the organisation; its name stays. You can add aliases.',
  aliases: 'Aliases',
  aliasesHint: 'Separate them by commas. Typing one after # finds the thread. They stay on this device.',
  renameEffect: 'Entries not yet sealed take the new name; sealed ones keep the one they were signed with.',
  nameMissing: 'Write a name.',
  merge: 'Merge…',
  mergeTitle: (name) => `Merge "${name}" into another thread`,
  into: 'Into',
  choose: 'Choose a thread',
  chooseMissing: 'Choose the thread to merge into.',
  sameName: (name) => `${name} (same name)`,
  mergeEffect:
    'Entries not yet sealed are linked to the other thread and sent with the next sync. Sealed and withheld ones stay as they are and are shown together on this device only.',
  mergeDo: 'Merge',
  merged: 'Merged threads',
  mergedLocally: (count) =>
    `${count} of these ${count === 1 ? 'entry is' : 'entries are'} sealed or withheld; the old name stays, and they are shown here on this device only.`,
  unmerge: (name) => `Undo the merge of "${name}"`,
  unmergeNot: (name) => `"${name}" has been sealed since the merge; it cannot be undone`,
  end: 'Conclude',
  goOn: 'Take up again',
};
