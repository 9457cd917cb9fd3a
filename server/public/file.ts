/** A file of the public tree, and how files are made. */
import { type Bytes, utf8 } from '../../shared/base/bytes.ts';
import type { Context } from '../context.ts';

/** A file of the tree. `immutable` files never change under their path. */
export interface PublicFile {
  readonly type: string;
  readonly body: Bytes;
  readonly cacheControl: string;
  readonly immutable: boolean;
}

/** Which tree: the one of a live server, or one to be carried away, which has no dynamic part. `from`: size of the head that the reader of a
 *  bundle remembers. */
export interface TreeOptions {
  readonly isStatic: boolean;
  readonly from?: number | null;
}

/** Makes the file of a path out of the groups that its pattern found; null for one that the tree does not have. */
export type Maker = (
  context: Context,
  found: readonly string[],
  options: TreeOptions,
) => Promise<PublicFile | 'gone' | null>;

/** Everything but full tiles may change: a reader asks again after a minute. */
export const changing = 'public, max-age=60, must-revalidate';

export const htmlType = 'text/html; charset=utf-8';
export const jsonType = 'application/json; charset=utf-8';

export const jsonFile = (value: unknown): PublicFile => textFile(jsonType, JSON.stringify(value));

/** The file of a value that may not be there. */
export const orNull = (value: unknown): PublicFile | null => (value === null ? null : jsonFile(value));

export const textFile = (type: string, text: string): PublicFile => ({
  type,
  body: utf8(text),
  cacheControl: changing,
  immutable: false,
});
