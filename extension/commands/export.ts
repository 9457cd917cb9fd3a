/** Plain exports of a stretch of weeks: table, calendar, Sundial's own file. They read this device alone. */
import { Refusal } from '../../shared/api/refusal.ts';
import { modeOf } from '../../shared/diary/category.ts';
import { csvOf } from '../../shared/diary/export/csv.ts';
import { type Exported, entriesIn, textIn } from '../../shared/diary/export/entries.ts';
import { entryTable, type TableWords } from '../../shared/diary/export/entry-table.ts';
import { icsOf } from '../../shared/diary/export/ics.ts';
import { journalFile } from '../../shared/diary/journal-file.ts';
import { compareWeeks, weekAfter } from '../../shared/time/week.ts';
import { type Context, here } from '../device/context.ts';
import { profileOf } from '../store/database.ts';
import { tableOf, zoneOf } from '../store/organisation-facts.ts';
import { type Written, writtenIn } from '../store/queries.ts';
import { offsetOf } from '../store/today.ts';
import { heldBody } from './withhold.ts';

export type ExportFormat = 'csv' | 'ics' | 'json';

/** Weeks, both ends included. `withHeld`: texts that are withheld go into the file too. */
export interface ExportWish {
  readonly format: ExportFormat;
  readonly from: string;
  readonly to: string;
  readonly withHeld: boolean;
}

export interface ExportFile {
  readonly blob: Blob;
  /** How many entries stand in it. */
  readonly entries: number;
}

const types = { csv: 'text/csv', ics: 'text/calendar', json: 'application/json' } as const;

/** Makes the file. Refuses `FIELD_INVALID` where the last week is before the first. */
export async function exportJournal(
  { format, from, to, withHeld }: ExportWish,
  words: TableWords,
  context: Context = here,
): Promise<ExportFile> {
  if (compareWeeks(from, to) > 0) throw new Refusal('FIELD_INVALID', { field: 'to' });
  const profile = await profileOf(context.database);
  const zone = zoneOf(profile);
  const table = tableOf(profile);
  const all: Exported[] = [];
  for (let week = from; compareWeeks(week, to) <= 0; week = weekAfter(week))
    for (const written of await writtenIn(context.database, week)) all.push(exportedOf(written, withHeld));
  const entries = entriesIn(all);
  const text = {
    csv: () => csvOf(entryTable(entries, (body) => modeOf(body, table), words, offsetOf(zone))),
    ics: () =>
      icsOf(
        entries.map((entry) => eventOf(entry, words)),
        zone,
        context.now(),
      ),
    json: () => journalFile(zone, [...entries, ...all.filter(({ body }) => body.kind !== 'entry')]),
  }[format]();
  return { blob: new Blob([text], { type: `${types[format]};charset=utf-8` }), entries: entries.length };
}

/** A line that waits for the signing device is withheld too, though its body is whole. */
function exportedOf({ id, body, held }: Written, withHeld: boolean): Exported {
  if (held === null) return { id, body, prose: null };
  return {
    id,
    body: held.parked === null ? body : heldBody(body, held.hold, held.digest),
    prose: withHeld ? held.prose : null,
  };
}

function eventOf(entry: ReturnType<typeof entriesIn>[number], words: TableWords) {
  const { id, body } = entry;
  const more = (['detail', 'thinking', 'result', 'next'] as const).map((name) => textIn(entry, name));
  const held = body.hold === undefined ? '' : words.held(body.hold);
  return {
    id,
    start: body.start,
    end: body.end,
    summary: textIn(entry, 'text') || held,
    description: more.filter((text) => text !== '').join('\n\n'),
    location: textIn(entry, 'place'),
    category: body.category === undefined ? '' : words.category(body.category),
    isPrivate: body.hold !== undefined,
  };
}
