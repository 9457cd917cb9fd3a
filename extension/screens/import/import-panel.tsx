/** Reading in calendars and tables: file, drop or paste, a preview with a tick for each line, then entries. */
export function ImportPanel() {
  return null;
}
