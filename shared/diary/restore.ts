/** Bringing a backup back without doubling and without overwriting: what is to be done for one entry, by what the backup and this device
 *  know of it. The server's truth is newer than a backup; what its author had not sent is older than nothing. */
import type { Body, Row } from '../api/journal.ts';
import { canonical } from '../proof/canonical.ts';

/** The last own op that waits to be sent; `body` null deletes. */
export interface Waiting {
  readonly op: string;
  readonly body: Body | null;
}

/** What one side knows of an entry: the server's row, and the last own op over it. */
export interface Known {
  readonly row: Pick<Row, 'head' | 'body' | 'del'> | null;
  readonly last: Waiting | null;
}

/** What this device knows. `parked`: a withheld line waits here; `knowsOp`: the backup's waiting op was made or restored here before. */
export interface Here extends Known {
  readonly parked: boolean;
  readonly knowsOp: boolean;
}

/** What to do: put the backup's row as unconfirmed server truth, make a new op, put a text into the tray. */
export interface Decision {
  readonly row: boolean;
  readonly op: { readonly parent: string | null; readonly body: Body | null } | null;
  readonly tray: Body | null;
}

/** Decides. `synced`: this device has all that the server knows, so that what it does not know the server does not know either. */
export function decide(backup: Known, here: Here, synced: boolean): Decision {
  const row = !synced && here.row === null && backup.row !== null;
  const base = row ? backup.row : here.row;
  const isUntouched = here.last === null && !here.parked;
  const waiting = here.knowsOp ? null : backup.last;
  if (waiting === null) {
    const lost = base === null && isUntouched ? liveBody(backup.row) : null;
    return { row, op: lost === null ? null : { parent: null, body: lost }, tray: null };
  }
  const seen = here.last === null ? liveBody(base) : here.last.body;
  if (canonical(seen) === canonical(waiting.body)) return { row, op: null, tray: null };
  if (isUntouched && (base === null || base.head === backup.row?.head)) {
    const isNothing = base === null && waiting.body === null;
    return { row, op: isNothing ? null : { parent: base?.head ?? null, body: waiting.body }, tray: null };
  }
  return { row, op: null, tray: waiting.body };
}

function liveBody(row: Known['row']): Body | null {
  return row === null || row.del ? null : row.body;
}
