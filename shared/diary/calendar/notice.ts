/** What a reader of calendars and tables has to say of what it read: closed codes with facts, never sentences. */

/** Of the file as a whole. `ENCODING_*`: not UTF-8. `LINE_DAMAGED`: a line with bytes of no encoding. `LINE_WITHOUT_VALUE`: a line that is
 *  no property. `OLDER_SEQUENCE`, `SAME_EVENT_TWICE`: the event stands there again and only the newest counts. `UID_REPEATED`: two different
 *  events bear one id, both are kept. `BLOCK_UNCLOSED`: the file ends within an event.
 *  Of a series. `EXDATE_BY_DATE`: an excluded time that is none of the series; the day was excluded. `EXDATE_WITHOUT_TIME`: likewise, and it
 *  names no time. `RECURRENCE_ID_BY_DATE`: a changed occurrence was found by its day. `OVERRIDE_ALONE`: a changed occurrence of a series that
 *  has none there. `RANGE_IGNORED`: a change that was meant for all later ones too. `RULE_UNREAD`: a rule that is not understood, so that only
 *  the first occurrence is offered. `SERIES_CUT`: more occurrences in the asked weeks than can be meant; the rest was left out.
 *  Of one event. `PROPERTY_INVALID`: a value that cannot be; left out. `ZONE_ASSUMED`: the zone is unknown, the clock time was kept.
 *  `ZONE_BY_OFFSET`: only the offset in the zone's name was used. `NO_END`, `POINT` (end is start), `ALL_DAY`, `TEXT_MISSING`,
 *  `LONGER_THAN_A_DAY` (an entry ends on the next day at the latest), `TOO_LONG_LEFT_OUT` (a place or a description), `TEXT_CLEANED` (control
 *  characters were taken out).
 *  Of a row of a table. `QUOTE_BROKEN`, `CELLS_TOO_MANY`: its cells may not be those of its columns. `ASKS_DAY`, `ASKS_LENGTH`: as the quick-entry line asks.
 *  `YEAR_ASSUMED`: a date without a year. `CATEGORY_UNKNOWN`. `IMAGES_LEFT_OUT`: a
 *  file of entries names its images and does not hold them. `REVIEWS_LEFT_OUT`: reviews and titles, which come back by a backup. */
export type NoticeCode =
  | 'ENCODING_GB18030'
  | 'ENCODING_UTF16'
  | RowFault
  | 'LINE_DAMAGED'
  | 'LINE_WITHOUT_VALUE'
  | 'BLOCK_UNCLOSED'
  | 'OLDER_SEQUENCE'
  | 'SAME_EVENT_TWICE'
  | 'UID_REPEATED'
  | 'EXDATE_BY_DATE'
  | 'EXDATE_WITHOUT_TIME'
  | 'RECURRENCE_ID_BY_DATE'
  | 'OVERRIDE_ALONE'
  | 'RANGE_IGNORED'
  | 'RULE_UNREAD'
  | 'SERIES_CUT'
  | 'PROPERTY_INVALID'
  | 'ZONE_ASSUMED'
  | 'ZONE_BY_OFFSET'
  | 'NO_END'
  | 'POINT'
  | 'ALL_DAY'
  | 'TEXT_MISSING'
  | 'LONGER_THAN_A_DAY'
  | 'TOO_LONG_LEFT_OUT'
  | 'TEXT_CLEANED'
  | 'ASKS_DAY'
  | 'ASKS_LENGTH'
  | 'YEAR_ASSUMED'
  | 'CATEGORY_UNKNOWN'
  | 'IMAGES_LEFT_OUT'
  | 'REVIEWS_LEFT_OUT';

/** Why the cells of a record of a table cannot be those under the headings. */
export type RowFault = 'QUOTE_BROKEN' | 'CELLS_TOO_MANY';

/** `line` counts the lines of the file from 1; `at` is what stands there: a zone, a property, a date. */
export interface Notice {
  readonly code: NoticeCode;
  readonly line: number | null;
  readonly at: string | null;
}

/** A notice of the file or of a series, with the event it is about. */
export type FileNotice = Notice & { readonly uid: string | null };

/** Why something is not offered. `CANCELLED`: the calendar says that it did not take place. `HELD`: withheld texts come back by a backup. */
export type RefusalReason =
  | 'START_MISSING'
  | 'START_INVALID'
  | 'END_BEFORE_START'
  | 'CANCELLED'
  | 'TEXT_TOO_LONG'
  | 'DATE_UNREAD'
  | 'TIME_UNREAD'
  | 'NOT_AN_ENTRY'
  | 'HELD';

/** A notice with its facts. */
export function notice(code: NoticeCode, line: number | null = null, at: string | null = null): Notice {
  return { code, line, at: at === null ? null : short(at) };
}

function short(text: string): string {
  const signs = [...text];
  return signs.length > 120 ? `${signs.slice(0, 119).join('')}…` : text;
}
