/** Every table with its row type: text and integers only, JSON as text, times in Unix seconds. */
import type { AccountTables } from './tables/accounts.ts';
import type { CommentTables } from './tables/comments.ts';
import type { DossierTables } from './tables/dossiers.ts';
import type { DrawTables } from './tables/draws.ts';
import type { HouseTables } from './tables/house.ts';
import type { ImportedTables } from './tables/imported.ts';
import type { JobTables } from './tables/jobs.ts';
import type { JournalTables } from './tables/journal.ts';
import type { ListingTables } from './tables/listing.ts';
import type { LogTables } from './tables/log.ts';
import type { ModerationTables } from './tables/moderation.ts';
import type { NoticeTables } from './tables/notices.ts';
import type { OrganisationTables } from './tables/organisation.ts';
import type { SignInTables } from './tables/sign-in.ts';
import type { StandInTables } from './tables/stand-ins.ts';
import type { TalkTables } from './tables/talk.ts';
import type { TicketTables } from './tables/tickets.ts';

export type Schema = AccountTables &
  CommentTables &
  DossierTables &
  DrawTables &
  HouseTables &
  JobTables &
  ImportedTables &
  JournalTables &
  ListingTables &
  LogTables &
  ModerationTables &
  NoticeTables &
  OrganisationTables &
  SignInTables &
  StandInTables &
  TalkTables &
  TicketTables;
