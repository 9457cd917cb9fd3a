/** A backup as it was read into memory, without the bytes of its images. */
import type { About, BackupRecord, RecordOf } from './backup-record.ts';

export interface BackupContents {
  readonly about: About | null;
  readonly rows: Map<string, RecordOf<'row'>>;
  readonly waiting: RecordOf<'waiting'>[];
  readonly logged: RecordOf<'logged'>[];
  readonly tray: RecordOf<'tray'>[];
  readonly held: Map<string, RecordOf<'held'>>;
  readonly nonces: RecordOf<'nonce'>[];
  readonly seals: RecordOf<'seal'>[];
  readonly weeks: RecordOf<'week'>[];
  readonly templates: RecordOf<'template'>[];
  readonly threads: RecordOf<'thread'>[];
  readonly personal: RecordOf<'personal'>[];
  readonly drafts: RecordOf<'draft'>[];
  /** Names of the images: SHA-256 in hex. */
  readonly images: string[];
}

export const noContents = (): BackupContents => ({
  about: null,
  rows: new Map(),
  waiting: [],
  logged: [],
  tray: [],
  held: new Map(),
  nonces: [],
  seals: [],
  weeks: [],
  templates: [],
  threads: [],
  personal: [],
  drafts: [],
  images: [],
});

/** Puts a record where it belongs. */
export function takeRecord(contents: BackupContents, record: Exclude<BackupRecord, { kind: 'image' }>): BackupContents {
  switch (record.kind) {
    case 'about':
      return { ...contents, about: record.value };
    case 'row':
      contents.rows.set(record.value.id, record.value);
      return contents;
    case 'waiting':
      contents.waiting.push(record.value);
      return contents;
    case 'logged':
      contents.logged.push(record.value);
      return contents;
    case 'tray':
      contents.tray.push(record.value);
      return contents;
    case 'held':
      contents.held.set(record.value.id, record.value);
      return contents;
    case 'nonce':
      contents.nonces.push(record.value);
      return contents;
    case 'seal':
      contents.seals.push(record.value);
      return contents;
    case 'week':
      contents.weeks.push(record.value);
      return contents;
    case 'template':
      contents.templates.push(record.value);
      return contents;
    case 'thread':
      contents.threads.push(record.value);
      return contents;
    case 'personal':
      contents.personal.push(record.value);
      return contents;
    case 'draft':
      contents.drafts.push(record.value);
      return contents;
  }
}
