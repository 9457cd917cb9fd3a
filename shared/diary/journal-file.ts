/** Sundial's own plain file of a journal, format `sundial-journal` version 1: what an export writes and an import reads back. JSON (RFC 8259)
 *  in UTF-8: `{format, version, zone, entries, reviews, titles}`, each element a body of the journal with the `id` of its entry. Of a
 *  withheld one `hold` says ground and basis; its prose stands there only where the author asked for it. Images are named, their bytes are
 *  in the backup alone. */
import * as v from 'valibot';
import { Ulid } from '../api/field.ts';
import { type Body, EntryBody, Image, ReviewBody, TitleBody } from '../api/journal.ts';
import { fail, ok, type Result } from '../base/result.ts';
import { zoneOffset } from '../time/civil.ts';

export const journalFileName = 'sundial-journal';

export const FiledEntry = v.looseObject({ ...EntryBody.entries, id: Ulid });
export type FiledEntry = v.InferOutput<typeof FiledEntry>;
export const FiledReview = v.looseObject({ ...ReviewBody.entries, id: Ulid });
export type FiledReview = v.InferOutput<typeof FiledReview>;
export const FiledTitle = v.looseObject({ ...TitleBody.entries, id: Ulid });
export type FiledTitle = v.InferOutput<typeof FiledTitle>;

/** The frame: its parts are judged one by one, so that one bad entry never loses the file. */
const Frame = v.object({
  format: v.literal(journalFileName),
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  zone: v.pipe(
    v.string(),
    v.check((zone) => zoneOffset(zone) !== null, 'ZONE_UNKNOWN'),
  ),
  entries: v.array(v.unknown()),
  reviews: v.array(v.unknown()),
  titles: v.array(v.unknown()),
});

export interface JournalFile {
  readonly zone: string;
  readonly entries: readonly FiledEntry[];
  readonly reviews: readonly FiledReview[];
  readonly titles: readonly FiledTitle[];
}

/** An element that was left out: the list, its place there from 0, and the first member that does not fit. */
export interface FiledProblem {
  readonly list: 'entries' | 'reviews' | 'titles';
  readonly index: number;
  readonly field: string | null;
}

/** `NOT_JSON`; `OTHER_FORMAT`: some other JSON; `NEWER`: a version that this one does not know. */
export type JournalFileProblem = 'NOT_JSON' | 'OTHER_FORMAT' | 'NEWER';

/** Reads a file; what does not fit stands in `left`. */
export function readJournalFile(
  text: string,
): Result<JournalFile & { readonly left: readonly FiledProblem[] }, JournalFileProblem> {
  const json = v.safeParse(v.pipe(v.string(), v.parseJson()), text.replace(/^\uFEFF/, ''));
  if (!json.success) return fail('NOT_JSON');
  const frame = v.safeParse(Frame, json.output);
  if (!frame.success) return fail('OTHER_FORMAT');
  if (frame.output.version > 1) return fail('NEWER');
  const left: FiledProblem[] = [];
  const read = <S extends v.GenericSchema>(list: FiledProblem['list'], schema: S): v.InferOutput<S>[] =>
    frame.output[list].flatMap((element, index) => {
      const parsed = v.safeParse(schema, element);
      if (parsed.success) return [parsed.output];
      left.push({ list, index, field: v.getDotPath(parsed.issues[0]) });
      return [];
    });
  const entries = read('entries', FiledEntry);
  const reviews = read('reviews', FiledReview);
  return ok({ zone: frame.output.zone, entries, reviews, titles: read('titles', FiledTitle), left });
}

/** The file of what an author wrote, in the order given; `prose` of a withheld one where it is to stand there. */
export function journalFile(
  zone: string,
  written: readonly {
    readonly id: string;
    readonly body: Body;
    readonly prose: Readonly<Record<string, unknown>> | null;
  }[],
): string {
  const of = (kind: Body['kind']) =>
    written.filter(({ body }) => body.kind === kind).map(({ id, body, prose }) => ({ id, ...body, ...prose }));
  const file = {
    format: journalFileName,
    version: 1,
    zone,
    entries: of('entry'),
    reviews: of('review'),
    titles: of('title'),
  };
  return `${JSON.stringify(file, null, 1)}\n`;
}

/** The images that a body or an item object names; none where there are none of their shape. */
export function imagesIn(prose: Readonly<Record<string, unknown>>): readonly v.InferOutput<typeof Image>[] {
  const parsed = v.safeParse(v.array(Image), prose.images);
  return parsed.success ? parsed.output : [];
}
