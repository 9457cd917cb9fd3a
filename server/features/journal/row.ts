/** A stored entry as a device knows it. */
import type { Selectable } from 'kysely';
import * as v from 'valibot';
import { Row } from '../../../shared/api/journal.ts';
import type { EntryTable } from '../../database/tables/journal.ts';

export function readRow({ id, head, seq, schema, del, week, body }: Selectable<EntryTable>): Row {
  return v.parse(Row, { id, head, seq, schema, del: del === 1, week, body: body === null ? null : JSON.parse(body) });
}
