/** Text of calendars and tables as an entry may hold it: no control characters but line feed and tab, no blanks around it. */

/** The text, and whether anything but line ends and outer blanks was changed. */
export function cleaned(text: string): { readonly text: string; readonly wasCleaned: boolean } {
  const lines = text.replace(/\r\n?/g, '\n').trim();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  const kept = lines.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '').toWellFormed();
  return { text: kept.trim(), wasCleaned: kept !== lines };
}
