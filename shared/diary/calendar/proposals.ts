/** What a reading offers for the journal: each line with what speaks for and against it; what is there already is recognised. */
import { b64u } from '../../base/bytes.ts';
import { sha256Text } from '../../base/digest.ts';
import { formatMinute } from '../../time/civil.ts';
import type { FiledEntry } from '../journal-file.ts';
import type { NoticeCode } from './notice.ts';
import type { FileReading, Item } from './reading.ts';

/** What an imported entry keeps of where it came from: a digest of UID and RECURRENCE-ID, so that the next import finds it. The words of a
 *  calendar's UID stay out of it, for the member travels with an entry that is withheld later. */
export interface Source {
  readonly kind: 'ics';
  readonly key: string;
}

/** An entry of the journal, as far as it tells that something is there already. */
export interface Known {
  readonly start: string;
  readonly end: string;
  readonly text: string | null;
  readonly sourceKey: string | null;
}

/** `new`: can be saved as it is. `doubt`: must be looked at, or lacks something. `note`: a whole day, which is no work of 24 hours. */
export type Status = 'new' | 'already' | 'doubt' | 'note';

export interface Proposal {
  /** Names the line on the page. */
  readonly key: string;
  readonly status: Status;
  readonly item: Item;
  readonly source: Source | null;
  /** Of Sundial's own file: the entry as it stands there. */
  readonly filed: FiledEntry | null;
}

/** The lines of a reading; an id that its exporter gave to several events says nothing of either. `known`: the entries of the days it speaks
 *  of; `ids`: those of the file that the journal has or had. */
export async function proposalsOf(
  reading: FileReading,
  known: readonly Known[],
  ids: ReadonlySet<string>,
): Promise<readonly Proposal[]> {
  const keys = new Set(known.flatMap(({ sourceKey }) => sourceKey ?? []));
  const spans = new Set(known.map(({ start, end, text }) => spanKey(start, end, text ?? '')));
  const repeated = new Set(reading.notices.flatMap(({ code, uid }) => (code === 'UID_REPEATED' ? [uid] : [])));
  const proposals: Proposal[] = [];
  for (const [n, item] of reading.items.entries()) {
    const source = repeated.has(item.uid) ? null : await sourceOf(item);
    const filed = item.filed ?? null;
    const end = item.end === null ? '' : formatMinute(item.end);
    const span = spanKey(formatMinute(item.start), end, item.text);
    const isThere =
      (source !== null && keys.has(source.key)) || (filed !== null && ids.has(filed.id)) || spans.has(span);
    proposals.push({ key: `${n}`, status: statusOf(item, isThere), item, source, filed });
    spans.add(span);
  }
  return proposals;
}

/** What stands in the way of saving an item, or asks for a second look. */
export function doubtsOf({ notices }: Pick<Item, 'notices'>): readonly NoticeCode[] {
  return notices.map(({ code }) => code).filter((code) => doubtful.has(code));
}

/** The key under which an occurrence of a calendar is kept; null where the calendar gives it no id. */
export async function sourceOf({ uid, recurrenceId }: Pick<Item, 'uid' | 'recurrenceId'>): Promise<Source | null> {
  if (uid === null) return null;
  return { kind: 'ics', key: b64u((await sha256Text(`${uid}\n${recurrenceId ?? ''}`)).subarray(0, 16)) };
}

/** The key in the `source` of a body; null where it has none of this shape. */
export function sourceKeyIn(source: unknown): string | null {
  if (typeof source !== 'object' || source === null || !('key' in source) || !('kind' in source)) return null;
  return source.kind === 'ics' && typeof source.key === 'string' ? source.key : null;
}

const doubtful: ReadonlySet<NoticeCode> = new Set([
  'ZONE_ASSUMED',
  'ZONE_BY_OFFSET',
  'NO_END',
  'TEXT_MISSING',
  'LONGER_THAN_A_DAY',
  'ASKS_DAY',
  'ASKS_LENGTH',
  'OVERRIDE_ALONE',
  'QUOTE_BROKEN',
  'CELLS_TOO_MANY',
]);

function statusOf(item: Item, isThere: boolean): Status {
  if (isThere) return 'already';
  if (item.allDay) return 'note';
  return doubtsOf(item).length > 0 ? 'doubt' : 'new';
}

function spanKey(start: string, end: string, text: string): string {
  return `${start} ${end} ${text.normalize('NFKC').replace(/\s+/g, '')}`;
}
