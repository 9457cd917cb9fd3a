/** Due dates of the demonstration's tickets as its file states them: first contact, and reply, which is the extended one where it was extended in
 *  time. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';

const Rows = v.object({
  tickets: v.array(
    v.object({
      id: v.string(),
      firstContactDue: v.string(),
      due: v.string(),
      extendedDue: v.optional(v.nullable(v.string())),
    }),
  ),
});

const { tickets } = v.parse(
  Rows,
  JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'server', 'demo', 'data', 'tickets.json'), 'utf8')),
);

export function demoDue(id: string): { readonly contact: string; readonly due: string } {
  const row = tickets.find((ticket) => ticket.id === id);
  if (row === undefined) throw new RangeError(`no ticket ${id}`);
  return { contact: row.firstContactDue, due: row.extendedDue ?? row.due };
}
