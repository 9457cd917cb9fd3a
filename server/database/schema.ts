/** Every table with its row type: text and integers only, JSON as text, times in Unix seconds. */
import type { AccountTables } from './tables/accounts.ts';
import type { CommentTables } from './tables/comments.ts';
import type { DrawTables } from './tables/draws.ts';
import type { HouseTables } from './tables/house.ts';
import type { JournalTables } from './tables/journal.ts';
import type { LogTables } from './tables/log.ts';
import type { OrganisationTables } from './tables/organisation.ts';

export type Schema = AccountTables &
  CommentTables &
  DrawTables &
  HouseTables &
  JournalTables &
  LogTables &
  OrganisationTables;
