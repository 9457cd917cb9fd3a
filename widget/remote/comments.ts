// What readers said, and their photos: the dynamic part as far as it is read.
import type { PublicComment } from '../../shared/api/comments.ts';
import { type Bytes, fromB64 } from '../../shared/base/bytes.ts';
import { array, integer, isObject, isString, object } from '../../shared/proof/shape.ts';
import { ask, commentsAt, getFile, json } from './client.ts';

/** A list of comments, and of a whole diary how many hang on each entry. */
export interface CommentPage {
  readonly rows: readonly PublicComment[];
  readonly next: string | null;
  readonly total: number;
  readonly byItem?: Readonly<Record<string, number>>;
}

/** Which comments: of a diary, after a cursor; on one entry, under one comment, or a single one. */
export interface CommentQuery {
  readonly draw: string;
  readonly unit: string;
  readonly after?: string | null;
  readonly item?: number | null;
  readonly parent?: string;
  readonly only?: string;
}

/** Published comments, oldest first, 25 at a time; a row of a shape unknown here is left out. */
export async function getComments(api: string, of: CommentQuery, signal: AbortSignal): Promise<CommentPage> {
  const { draw, unit, ...more } = of;
  let address = commentsAt(api, draw, unit);
  for (const [name, value] of Object.entries(more))
    if (value !== null) address += `&${name}=${encodeURIComponent(value)}`;
  const { value } = await getFile(address, isCommentPage, signal);
  return { ...value, rows: value.rows.filter(isComment) };
}

/** The photo of a comment or of a reply, by its path below the dynamic part; null where it is gone. Throws `Unreachable`. */
export async function getPhoto(api: string, path: string, signal: AbortSignal): Promise<Bytes | null> {
  const response = await ask(api + path, { signal });
  const value = response.ok ? await json(response) : null;
  return isPhoto(value) ? fromB64(value.bytes) : null;
}

/** Unix seconds that no Date can say lie beyond (ECMA-262 21.4.1.1). */
const lastSecond = 8_640_000_000_000;
// What the widget leans on; everything else may come or go in later versions.
const isCommentShape = object({ id: isString, kind: isString, state: isString, at: integer(0, lastSecond) });
const isComment = (value: unknown): value is PublicComment => isCommentShape(value);
const isCommentPageShape = object({ rows: array(isObject), total: integer() });
const isCommentPage = (value: unknown): value is CommentPage => isCommentPageShape(value);
const isPhoto = object({ bytes: isString });
