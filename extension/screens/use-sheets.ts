/** The journal in this page's memory, read once and kept for as long as the page is open. */
import { useEffect, useState } from 'preact/hooks';
import { here } from '../device/context.ts';
import { type Reading, SheetReader } from '../store/sheet-reader.ts';

let reader: SheetReader | null = null;

/** What was read so far; null before the first answer. Reading begins when the first screen asks. */
export function useSheets(): Reading | null {
  reader ??= new SheetReader(here.database);
  const followed = reader;
  const [, setTurn] = useState(0);
  useEffect(() => followed.subscribe(() => setTurn((turn) => turn + 1)), [followed]);
  return followed.reading;
}
