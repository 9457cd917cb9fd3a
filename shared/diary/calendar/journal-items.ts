/** Sundial's own plain file as items: each keeps the id and every member of its entry. */
import { ok, type Result } from '../../base/result.ts';
import { parseDay, parseMinute } from '../../time/civil.ts';
import { judgeBody } from '../journal.ts';
import { type FiledEntry, type JournalFileProblem, readJournalFile } from '../journal-file.ts';
import { type FileNotice, notice } from './notice.ts';
import { type FileReading, type Item, inOrder, type Refused } from './reading.ts';

/** The entries of a file. Withheld ones are refused: their texts come back by a backup. Reviews and titles are counted in a notice. */
export function readJournalItems(text: string): Result<FileReading, JournalFileProblem> {
  const file = readJournalFile(text);
  if (!file.ok) return file;
  const items: Item[] = [];
  const refused: Refused[] = [];
  for (const [n, filed] of file.value.entries.entries()) {
    const read = itemOf(filed, n + 1);
    if ('reason' in read) refused.push(read);
    else items.push(read);
  }
  for (const { list, index, field } of file.value.left)
    if (list === 'entries') refused.push({ ...blank(index + 1), text: field ?? '', day: null, reason: 'NOT_AN_ENTRY' });
  const { reviews, titles } = file.value;
  const others = reviews.length + titles.length;
  const notices: FileNotice[] =
    others === 0 ? [] : [{ ...notice('REVIEWS_LEFT_OUT', null, String(others)), uid: null }];
  const days = items.map(({ day }) => day).sort((a, b) => a - b);
  const [from] = days;
  const to = days.at(-1);
  return ok({
    encoding: 'utf-8',
    items: inOrder(items),
    refused,
    notices,
    span: from === undefined || to === undefined ? null : { from, to },
  });
}

function itemOf(filed: FiledEntry, line: number): Item | Refused {
  const day = parseDay(filed.day);
  const start = parseMinute(filed.start);
  const end = parseMinute(filed.end);
  const refused = { ...blank(line), day, text: filed.text ?? '' };
  if (filed.hold !== undefined) return { ...refused, reason: 'HELD' };
  if (day === null || start === null || end === null || filed.text === undefined || !judgeBody(filed).ok)
    return { ...refused, reason: 'NOT_AN_ENTRY' };
  return {
    ...blank(line),
    filed,
    allDay: false,
    day,
    start,
    end,
    startInstant: null,
    endInstant: null,
    text: filed.text,
    place: filed.place ?? null,
    detail: filed.detail ?? null,
    category: filed.category ?? null,
    threads: filed.threads ?? [],
    notices: filed.images === undefined ? [] : [notice('IMAGES_LEFT_OUT', null)],
  };
}

function blank(line: number) {
  return { uid: null, recurrenceId: null, line };
}
