/** All English words of the extension; typed as the Chinese ones, so that a missing or surplus word does not compile. */
import { words as domain } from '../../shared/locales/en.ts';
import { accounts } from './en/accounts.ts';
import { aggregate } from './en/aggregate.ts';
import { audit } from './en/audit.ts';
import { backup } from './en/backup.ts';
import { comments } from './en/comments.ts';
import { common } from './en/common.ts';
import { desk } from './en/desk.ts';
import { draws } from './en/draws.ts';
import { grid } from './en/grid.ts';
import { home } from './en/home.ts';
import { images } from './en/images.ts';
import { imports } from './en/imports.ts';
import { journal } from './en/journal.ts';
import { mail } from './en/mail.ts';
import { myTime } from './en/my-time.ts';
import { notices } from './en/notices.ts';
import { organisation } from './en/organisation.ts';
import { plan } from './en/plan.ts';
import { portrait } from './en/portrait.ts';
import { rates } from './en/rates.ts';
import { releases } from './en/releases.ts';
import { reviews } from './en/reviews.ts';
import { search } from './en/search.ts';
import { security } from './en/security.ts';
import { shell } from './en/shell.ts';
import { standIns } from './en/stand-ins.ts';
import { threads } from './en/threads.ts';
import { tickets } from './en/tickets.ts';
import { time } from './en/time.ts';
import { week } from './en/week.ts';
import { wording } from './en/wording.ts';
import { writing } from './en/writing.ts';
import type { zh } from './zh.ts';

export const en: typeof zh = {
  domain,
  accounts,
  aggregate,
  audit,
  backup,
  comments,
  common,
  desk,
  draws,
  grid,
  home,
  images,
  imports,
  journal,
  mail,
  myTime,
  notices,
  organisation,
  plan,
  portrait,
  rates,
  releases,
  reviews,
  search,
  security,
  shell,
  standIns,
  threads,
  tickets,
  time,
  week,
  wording,
  writing,
};
