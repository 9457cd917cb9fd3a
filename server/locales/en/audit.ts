/** Words of `sundial audit`, in English. */
import { many } from '../../../shared/locales/plain-en.ts';
import type { AuditWords } from '../zh/audit.ts';

export const audit: AuditWords = {
  usage: `sundial audit [FILE] [--anchors SOURCE] [--json]

Checks the audit trail: works out every hash anew from the first row on, and compares with the hashes published daily.
  FILE       the JSON that the audit page exports (all of it, without a search); without it the configured database
  --anchors  a copy of audit.json that was kept elsewhere, a file or an address. Without one only those of the database
             itself are compared: whoever can change the database can change them too, so keep copies
  --json     prints JSON

Exit codes: 0 whole; 1 something does not fit; 2 wrong usage, or a file that is of no use.`,
  whole: (rows, anchored) =>
    `${rows === 1 ? 'The one row fits' : `All ${rows} rows fit`}, and so ${anchored === 1 ? 'does the 1 daily hash' : `do the ${anchored} daily hashes`}.`,
  ownAnchors:
    'The daily hashes come from the same database. To show that nothing was rewritten, give a copy of audit.json kept elsewhere: --anchors.',
  unlinked: (rows) =>
    `${many(rows, 'row has', 'rows have')} no place in the chain: this system did not write ${rows === 1 ? 'it' : 'them'}.`,
  fault: {
    ROW_ALTERED: (n) => `Row ${n} does not fit its hash: it, or the one before it, was changed.`,
    ROW_MISSING: (n) => `Row ${n} is gone.`,
    ANCHOR_DIFFERS: (n, day) =>
      `Up to row ${n} the trail differs from what was published on ${day}: it was rewritten since.`,
    ANCHOR_BEYOND: (n, day) => `Row ${n} was there on ${day} and is gone now.`,
  },
  unreadable: (name) => `${name} is of no use. Give the JSON that the audit page exports, or audit.json of the server.`,
};
