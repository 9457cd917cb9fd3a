/** What the plain exports take of a journal: entries, reviews and titles as their author sees them. */
import type { Body, EntryBody } from '../../api/journal.ts';

/** `prose`: the text of a withheld one, where its author wants it in the file. */
export interface Exported<B extends Body = Body> {
  readonly id: string;
  readonly body: B;
  readonly prose: Readonly<Record<string, unknown>> | null;
}

/** Those that are entries, by day, start and end. */
export function entriesIn(all: readonly Exported[]): readonly Exported<EntryBody>[] {
  const key = ({ body, id }: Exported<EntryBody>) => `${body.day} ${body.start} ${body.end} ${id}`;
  return all.filter(isEntry).toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

type TextName = 'text' | 'place' | 'detail' | 'thinking' | 'result' | 'next';

/** A text of an entry; empty where there is none, or where it is withheld and does not go into the file. */
export function textIn({ body, prose }: Exported<EntryBody>, name: TextName): string {
  const text = prose?.[name] ?? body[name];
  return typeof text === 'string' ? text : '';
}

function isEntry(exported: Exported): exported is Exported<EntryBody> {
  return exported.body.kind === 'entry';
}
