/** Content lines of a calendar file, unfolded as bytes (RFC 5545 3.1): a fold may cut a character in two, so text comes only afterwards. */

/** A content line; `number` is where it begins in the file, from 1. */
export interface Line<Content> {
  readonly number: number;
  readonly content: Content;
}

const lf = 10;
const cr = 13;
const space = 32;
const tab = 9;

/** The lines without their ends. CR LF, LF and CR each end one; a blank or tab behind an end is the fold of the line before. Empty lines are
 *  left out. A byte-order mark must be gone already. */
export function unfold(bytes: Uint8Array): readonly Line<Uint8Array>[] {
  const lines: Line<Uint8Array>[] = [];
  let pieces: Uint8Array[] = [];
  let begunAt = 1;
  let number = 1;
  let at = 0;
  const close = () => {
    const content = joined(pieces);
    if (content.length > 0) lines.push({ number: begunAt, content });
    pieces = [];
  };
  while (at < bytes.length) {
    const end = endOfLine(bytes, at);
    const isFold = number > 1 && (bytes[at] === space || bytes[at] === tab);
    if (!isFold) {
      close();
      begunAt = number;
    }
    pieces.push(bytes.subarray(isFold ? at + 1 : at, end));
    at = end + (bytes[end] === cr && bytes[end + 1] === lf ? 2 : 1);
    number += 1;
  }
  close();
  return lines;
}

function endOfLine(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== lf && bytes[at] !== cr) at += 1;
  return at;
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined) return only;
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
