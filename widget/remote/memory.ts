// What stays in this browser, and only there: the last log head, and once the reader types, drafts and receipts. A browser that lends no
// storage gets everything but the memory.
import type { Head } from '../../shared/proof/checkpoint.ts';
import { array, integer, isRoot, isString, object, oneOf } from '../../shared/proof/shape.ts';
import type { ReceiptKey } from './post.ts';

const isHead = object({ size: integer(), root: isRoot });

/** The head of this log origin that was seen last. */
export function rememberedHead(origin: string): Head | undefined {
  const head = read(`head:${origin}`);
  return isHead(head) ? head : undefined;
}

/** Remembers a head; it only grows. */
export function rememberHead(origin: string, { size, root }: Head): void {
  if (size > (rememberedHead(origin)?.size ?? -1)) write(`head:${origin}`, { size, root });
}

const isDraft = object({
  kind: isString,
  text: isString,
  nickname: isString,
  place: isString,
  seed: isString,
  along: array(oneOf('photo', 'contact')),
});

/** What a reader has typed and not sent. From the secret `seed` come key and receipt code of what is sent, so that the same words are the same
 *  comment from try to try; `along` says what went with the last try that no draft keeps. */
export type Draft = {
  readonly kind: string;
  readonly text: string;
  readonly nickname: string;
  readonly place: string;
  readonly seed: string;
  readonly along: readonly ('photo' | 'contact')[];
};

/** The draft kept under a name (site, diary, entry and form), or null. */
export function keptDraft(name: string): Draft | null {
  const draft = read(`draft:${name}`);
  return isDraft(draft) ? draft : null;
}

/** Keeps a draft, or drops it with null; false when the browser keeps nothing. */
export const keepDraft = (name: string, draft: Draft | null): boolean => write(`draft:${name}`, draft);

/** A text of its own that is being written (an edit, words to an answer), '' where there is none. */
export function keptText(name: string): string {
  const text = read(`text:${name}`);
  return isString(text) ? text : '';
}

/** Keeps such a text, or drops it with ''. */
export const keepText = (name: string, text: string): boolean => write(`text:${name}`, text || null);

/** The number under which this browser reports comments: made when first needed, so that one reader counts once. */
export function readerNumber(made: string): string {
  const known = read('reader');
  if (isString(known)) return known;
  write('reader', made);
  return made;
}

const isReceipts = array(object({ number: isString, code: isString, label: isString }));

/** A receipt that the reader let this device remember. */
export type KeptReceipt = ReceiptKey & { readonly label: string };

/** Receipts of this tree, newest first. */
export function keptReceipts(tree: string): readonly KeptReceipt[] {
  const receipts = read(`receipts:${tree}`);
  return isReceipts(receipts) ? receipts : [];
}

/** Remembers a receipt, or forgets it; false when the browser keeps nothing. */
export function keepReceipt(tree: string, receipt: KeptReceipt, keep: boolean): boolean {
  const others = keptReceipts(tree).filter(({ number }) => number !== receipt.number);
  const left = keep ? [receipt, ...others] : others;
  return write(`receipts:${tree}`, left.length > 0 ? left : null);
}

function storage(): Storage | null {
  try {
    return localStorage;
  } catch (error) {
    if (error instanceof DOMException) return null; // blocked for this site, or a sandboxed frame
    throw error;
  }
}

function read(name: string): unknown {
  try {
    return JSON.parse(storage()?.getItem(`sundial:${name}`) ?? 'null');
  } catch (error) {
    // Another program's doing, or a damaged file of the browser.
    if (error instanceof SyntaxError || error instanceof DOMException) return null;
    throw error;
  }
}

function write(name: string, value: unknown): boolean {
  const store = storage();
  if (store === null) return false;
  try {
    if (value === null) store.removeItem(`sundial:${name}`);
    else store.setItem(`sundial:${name}`, JSON.stringify(value));
    return true;
  } catch (error) {
    if (error instanceof DOMException) return false; // full
    throw error;
  }
}
