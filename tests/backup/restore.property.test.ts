import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Body } from '../../shared/api/journal.ts';
import { decide, type Here, type Known } from '../../shared/diary/restore.ts';

const body = (text: string): Body => ({ kind: 'title', week: '2026-W47', text });
const bodies = fc.constantFrom('甲', '乙', '丙').map(body);
const rows = fc.option(
  fc.record({ head: fc.constantFrom('h1', 'h2'), body: bodies, del: fc.boolean() }).map((row) => ({
    ...row,
    body: row.del ? null : row.body,
  })),
);
const waiting = fc.option(fc.record({ op: fc.constantFrom('o1', 'o2'), body: fc.option(bodies) }));
const known: fc.Arbitrary<Known> = fc.record({ row: rows, last: waiting });
const present: fc.Arbitrary<Here> = fc.record({
  row: rows,
  last: waiting,
  parked: fc.boolean(),
  knowsOp: fc.boolean(),
});

const textOf = ({ row, last }: Known) => (last === null ? row?.body?.text : last.body?.text);

test('no text of a backup is lost, nothing here is overwritten unseen, and a second time nothing is done', () => {
  fc.assert(
    fc.property(known, present, fc.boolean(), (backup, here, synced) => {
      const { row, op, tray } = decide(backup, here, synced);
      const wanted = here.knowsOp || backup.last === null ? null : backup.last.body;
      // A text that its author had not sent stands here afterwards, or in the tray.
      const after: Here = {
        ...here,
        row: row ? backup.row : here.row,
        last: op === null ? here.last : { op: 'new', body: op.body },
        knowsOp: here.knowsOp || op !== null || tray !== null,
      };
      if (wanted !== null) expect([textOf(after), tray?.text]).toContain(wanted.text);
      // The server's row and an own op that waits are never replaced.
      if (here.row !== null) expect(row).toBe(false);
      if (here.last !== null || here.parked) expect(op).toBeNull();
      // An edit goes over what its author was looking at.
      if (op !== null && after.row !== null) expect(op.parent).toBe(backup.row?.head);
      expect(decide(backup, after, synced)).toEqual({ row: false, op: null, tray: null });
    }),
    { numRuns: 2000 },
  );
});
