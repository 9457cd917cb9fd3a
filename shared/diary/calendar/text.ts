/** Text of calendars and tables as an entry may hold it: no control characters but line feed and tab, no blanks around it. */
import { codePointLength } from '../../base/text.ts';
import { longest } from '../longest.ts';
import { type Notice, notice } from './notice.ts';

/** The text, and whether anything but line ends and outer blanks was changed. */
export function cleaned(text: string): { readonly text: string; readonly wasCleaned: boolean } {
  const lines = text.replace(/\r\n?/g, '\n').trim();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  const kept = lines.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '').toWellFormed();
  return { text: kept.trim(), wasCleaned: kept !== lines };
}

/** A place or a description as an entry may hold it; null where there is none, or it is too long, which is said. */
export function member(name: 'place' | 'detail', text: string, line: number, notices: Notice[]): string | null {
  const own = cleaned(text);
  if (own.wasCleaned) notices.push(notice('TEXT_CLEANED', line, name));
  if (codePointLength(own.text) > longest[name]) {
    notices.push(notice('TOO_LONG_LEFT_OUT', line, name));
    return null;
  }
  return own.text === '' ? null : own.text;
}
