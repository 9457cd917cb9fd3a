/** A table as CSV (RFC 4180) that opens right in spreadsheets: UTF-8 with a byte order mark, CRLF, and no cell that runs as a formula
 *  (OWASP, CSV Injection). */

/** The file of these rows, the first of which names the columns. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;
}

/** A cell that begins like a formula gets an apostrophe before it, in full width too: a spreadsheet then shows the text. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
