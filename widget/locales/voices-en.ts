/** Words of comments and cases in English. */
import { commentKind, commentState, rejection, ticketState } from '../../shared/locales/en.ts';
import { many, within } from '../../shared/locales/plain-en.ts';
import type { VoiceWords } from './voices-zh.ts';

export const voiceWords: VoiceWords = {
  commentKind,
  commentState,
  rejection,
  ticketState,
  heading: 'Comments and cases',
  count: (total) => many(total, 'comment'),
  tickets: (n, loop, unsolved) =>
    `${many(n, 'ticket')}${loop + unsolved === 0 ? '' : `: ${[loop > 0 ? `${loop} closed in the loop` : '', unsolved > 0 ? `${unsolved} closed unsolved` : ''].filter(Boolean).join(', ')}`}`,
  write: 'Write a comment',
  report: 'Report a problem',
  follow: 'Follow a case',
  whole: 'the whole diary',
  mention: 'This diary names me',
  reply: 'Reply',
  flag: 'Report',
  moreReplies: (left) => `${left} more ${left === 1 ? 'reply' : 'replies'}`,
  photo: 'Photo of the reader',
  place: 'Place: ',
  closed: 'Comments are not taken here.',
  none: 'No comments yet.',
  loading: 'Loading comments',
  failed: 'The comments could not be loaded.',
  more: (left) => `${left} more`,
  on: 'On',
  entry: 'an entry of the diary',
  caseName: (number) => `Ticket ${number}`,
  caseCourse: 'What was done',
  official: 'Official reply',
  stub: (state, date, reason) => `${date}: ${state}${reason === null ? '' : ` (${within(reason)})`}.`,
  stubs: { withdrawn: 'withdrawn by its author', removed: 'this comment was taken down' },
};
