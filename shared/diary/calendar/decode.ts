/** Text out of bytes whose encoding nobody names: UTF-8 where it is that, else GB 18030 (GBK and GB 2312 are part of it), as Chinese office
 *  software writes; UTF-16 by its byte-order mark. */
import { utf8 } from '../../base/bytes.ts';
import { type Notice, notice } from './notice.ts';
import { type Line, unfold } from './unfold.ts';

export type Encoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be';

export interface Decoded<Content> {
  readonly encoding: Encoding;
  readonly content: Content;
  readonly notices: readonly Notice[];
}

/** A whole text, its byte-order mark gone; null where it is in no encoding that is known here. */
export function decodeText(bytes: Uint8Array): Decoded<string> | null {
  for (const encoding of encodingsOf(bytes)) {
    const content = decoded(bytes, encoding);
    if (content !== null) return { encoding, content, notices: encodingNotices(encoding) };
  }
  return null;
}

/** The content lines of a calendar. Where most lines that are not plain ASCII are UTF-8, all are read as that, and a damaged one is named. */
export function decodeLines(bytes: Uint8Array): Decoded<readonly Line<string>[]> {
  const [first] = encodingsOf(bytes);
  const isWide = first === 'utf-16le' || first === 'utf-16be';
  const wide = isWide ? decodeText(bytes) : null;
  const lines = unfold(wide === null ? withoutMark(bytes) : utf8(wide.content));
  const read = lines.map(({ content }) => decoded(content, 'utf-8'));
  const bad = read.filter((text) => text === null).length;
  const good = read.filter((text) => text !== null && /[^\0-\x7f]/.test(text)).length;
  const asGb = bad > good ? lines.map(({ content }) => decoded(content, 'gb18030')) : null;
  const encoding = wide?.encoding ?? (asGb === null ? 'utf-8' : 'gb18030');
  const notices = [...encodingNotices(encoding)];
  const content = lines.map((line, n) => {
    const text = asGb === null ? read[n] : asGb[n];
    if (typeof text === 'string') return { number: line.number, content: text };
    notices.push(notice('LINE_DAMAGED', line.number));
    return { number: line.number, content: damaged(line.content, asGb === null ? 'utf-8' : 'gb18030') };
  });
  return { encoding, content, notices };
}

function encodingsOf(bytes: Uint8Array): readonly Encoding[] {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return ['utf-16le'];
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return ['utf-16be'];
  return ['utf-8', 'gb18030'];
}

function encodingNotices(encoding: Encoding): readonly Notice[] {
  if (encoding === 'utf-8') return [];
  return [notice(encoding === 'gb18030' ? 'ENCODING_GB18030' : 'ENCODING_UTF16')];
}

function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

const strict = new Map<Encoding, TextDecoder>();

function decoded(bytes: Uint8Array, encoding: Encoding): string | null {
  let decoder = strict.get(encoding);
  if (decoder === undefined) {
    decoder = new TextDecoder(encoding, { fatal: true });
    strict.set(encoding, decoder);
  }
  try {
    return decoder.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

function damaged(bytes: Uint8Array, encoding: Encoding): string {
  return new TextDecoder(encoding).decode(bytes);
}
