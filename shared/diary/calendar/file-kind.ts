/** What a file is, by what stands in it and not by its name. */
import { decodeText } from './decode.ts';

export type FileKind = 'calendar' | 'journal' | 'table';

/** A calendar begins or contains an event, Sundial's own file is JSON; any other text is a table. Null where it is no text. */
export function kindOf(bytes: Uint8Array): FileKind | null {
  // A calendar may be in no one encoding; its own reader copes with that.
  const start = new TextDecoder().decode(bytes.subarray(0, 4096)).replaceAll('\0', '');
  if (/^\s*BEGIN:V(?:CALENDAR|EVENT)/im.test(start)) return 'calendar';
  const text = decodeText(bytes)?.content;
  if (text === undefined || text.includes('\0')) return null;
  return text.trimStart().startsWith('{') ? 'journal' : 'table';
}
