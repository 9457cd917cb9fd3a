/** Words of what a reader of calendars and tables has to say, in English. */
import type { notice as zhNotice, refusal as zhRefusal } from './calendar-zh.ts';

export const notice: typeof zhNotice = {
  ENCODING_GB18030: () => 'Read as Chinese text (GB 18030). Check that it looks right.',
  ENCODING_UTF16: () => 'Read as UTF-16.',
  QUOTE_BROKEN: () =>
    'A quote here is never closed, or text follows it; lines below may have run into this one. Correct the file and read it again.',
  CELLS_TOO_MANY: () =>
    'This line has more cells than there are headings; the rest was not read. Text with commas stands in quotes.',
  LINE_DAMAGED: () => 'This line has damaged characters; the rest of it was read.',
  LINE_WITHOUT_VALUE: (at) => `"${at}" has no value and was passed over.`,
  BLOCK_UNCLOSED: () => 'This event is cut off; what is there was read.',
  OLDER_SEQUENCE: (at) => `There is a newer version of "${at}"; the older one is not listed.`,
  SAME_EVENT_TWICE: (at) => `"${at}" is there twice; the newer one is listed.`,
  UID_REPEATED: (at) => `"${at}" has the id of another event; both are listed.`,
  EXDATE_BY_DATE: (at) => `The excluded time ${at} fits none; that day was excluded.`,
  EXDATE_WITHOUT_TIME: (at) => `The excluded ${at} has no time; that day was excluded.`,
  RECURRENCE_ID_BY_DATE: () => 'A changed occurrence; its original time does not fit, so it was found by its day.',
  OVERRIDE_ALONE: () => 'A changed occurrence of a day that the series does not have.',
  RANGE_IGNORED: () => 'The change was meant for later ones too; here it changes this one.',
  RULE_UNREAD: () => 'The rule of recurrence was not understood; only the first one is listed.',
  SERIES_CUT: () => 'Too many occurrences; 500 are listed.',
  PROPERTY_INVALID: (at) => `"${at}" cannot be right and was not used.`,
  ZONE_ASSUMED: (at) => `Unknown zone "${at}"; the clock time was kept.`,
  ZONE_BY_OFFSET: (at) => `Of the zone "${at}" only the offset in its name was used.`,
  NO_END: () => 'No end.',
  POINT: () => 'Start and end are the same: a point in time.',
  ALL_DAY: () => 'Whole day',
  TEXT_MISSING: () => 'No words.',
  LONGER_THAN_A_DAY: () => 'Over several days. An entry ends on the next day at the latest: change the end.',
  TOO_LONG_LEFT_OUT: (at) =>
    at === 'place'
      ? 'The place has over 200 characters and was left out.'
      : 'The description is too long and was left out.',
  TEXT_CLEANED: () => 'Invisible control characters were taken out.',
  ASKS_DAY: () => 'In the small hours: reported under the day before.',
  ASKS_LENGTH: () => 'Longer than 12 hours: check the end.',
  YEAR_ASSUMED: (at) => `"${at}" has no year; the nearest was taken.`,
  CATEGORY_UNKNOWN: (at) => `There is no category "${at}".`,
  IMAGES_LEFT_OUT: () => 'Images are not in this file; restore them from a backup.',
  REVIEWS_LEFT_OUT: (at) => `${at} reviews and titles besides; restore them from a backup.`,
};

export const refusal: typeof zhRefusal = {
  START_MISSING: 'no start',
  START_INVALID: 'the start is no time',
  END_BEFORE_START: 'ends before it starts',
  CANCELLED: 'cancelled',
  TEXT_TOO_LONG: 'over 10,000 characters',
  DATE_UNREAD: 'no date was found',
  TIME_UNREAD: 'no time was found',
  NOT_AN_ENTRY: 'no complete entry',
  HELD: 'withheld; restore it from a backup',
};
