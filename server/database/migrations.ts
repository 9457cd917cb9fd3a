/** The migrations in their order. One that has run anywhere is never changed. A number only sorts: none was ever 0018. */
import type { Migration } from 'kysely';
import { up as foundation } from './migrations/0001-foundation.ts';
import { up as draws } from './migrations/0002-draws.ts';
import { up as comments } from './migrations/0003-comments.ts';
import { up as leave } from './migrations/0004-leave.ts';
import { up as witness } from './migrations/0005-witness.ts';
import { up as talk } from './migrations/0006-talk.ts';
import { up as listing } from './migrations/0007-listing.ts';
import { up as signIn } from './migrations/0008-sign-in.ts';
import { up as auditChain } from './migrations/0009-audit-chain.ts';
import { up as settings } from './migrations/0010-settings.ts';
import { up as review } from './migrations/0011-review.ts';
import { up as moderation } from './migrations/0012-moderation.ts';
import { up as tickets } from './migrations/0013-tickets.ts';
import { up as notices } from './migrations/0014-notices.ts';
import { up as dossiers } from './migrations/0015-dossiers.ts';
import { up as standIns } from './migrations/0016-stand-ins.ts';
import { up as backup } from './migrations/0017-backup.ts';
import { up as jobs } from './migrations/0019-jobs.ts';
import { up as aggregates } from './migrations/0020-aggregates.ts';
import { up as imports } from './migrations/0021-imports.ts';
import { up as imported } from './migrations/0022-imported.ts';
import { up as commentItems } from './migrations/0023-comment-items.ts';
import { up as ticketFigures } from './migrations/0024-ticket-figures.ts';
import { up as search } from './migrations/0025-search.ts';
import { up as tokenDevice } from './migrations/0026-token-device.ts';
import { up as erasedTickets } from './migrations/0027-erased-tickets.ts';
import { up as imagesByAge } from './migrations/0028-images-by-age.ts';
import { up as releases } from './migrations/0029-releases.ts';
import { up as receipts } from './migrations/0030-receipts.ts';

export const migrations: Readonly<Record<string, Migration>> = {
  '0001-foundation': { up: foundation },
  '0002-draws': { up: draws },
  '0003-comments': { up: comments },
  '0004-leave': { up: leave },
  '0005-witness': { up: witness },
  '0006-talk': { up: talk },
  '0007-listing': { up: listing },
  '0008-sign-in': { up: signIn },
  '0009-audit-chain': { up: auditChain },
  '0010-settings': { up: settings },
  '0011-review': { up: review },
  '0012-moderation': { up: moderation },
  '0013-tickets': { up: tickets },
  '0014-notices': { up: notices },
  '0015-dossiers': { up: dossiers },
  '0016-stand-ins': { up: standIns },
  '0017-backup': { up: backup },
  '0019-jobs': { up: jobs },
  '0020-aggregates': { up: aggregates },
  '0021-imports': { up: imports },
  '0022-imported': { up: imported },
  '0023-comment-items': { up: commentItems },
  '0024-ticket-figures': { up: ticketFigures },
  '0025-search': { up: search },
  '0026-token-device': { up: tokenDevice },
  '0027-erased-tickets': { up: erasedTickets },
  '0028-images-by-age': { up: imagesByAge },
  '0029-releases': { up: releases },
  '0030-receipts': { up: receipts },
};
