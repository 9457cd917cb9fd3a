/** All Chinese words of the extension: one part for each capability, and the words of the domain. */
import { words as domain } from '../../shared/locales/zh.ts';
import { accounts } from './zh/accounts.ts';
import { aggregate } from './zh/aggregate.ts';
import { audit } from './zh/audit.ts';
import { backup } from './zh/backup.ts';
import { comments } from './zh/comments.ts';
import { common } from './zh/common.ts';
import { desk } from './zh/desk.ts';
import { draws } from './zh/draws.ts';
import { grid } from './zh/grid.ts';
import { home } from './zh/home.ts';
import { images } from './zh/images.ts';
import { imports } from './zh/imports.ts';
import { journal } from './zh/journal.ts';
import { mail } from './zh/mail.ts';
import { myTime } from './zh/my-time.ts';
import { notices } from './zh/notices.ts';
import { organisation } from './zh/organisation.ts';
import { plan } from './zh/plan.ts';
import { portrait } from './zh/portrait.ts';
import { rates } from './zh/rates.ts';
import { releases } from './zh/releases.ts';
import { reviews } from './zh/reviews.ts';
import { search } from './zh/search.ts';
import { security } from './zh/security.ts';
import { shell } from './zh/shell.ts';
import { standIns } from './zh/stand-ins.ts';
import { threads } from './zh/threads.ts';
import { tickets } from './zh/tickets.ts';
import { time } from './zh/time.ts';
import { week } from './zh/week.ts';
import { wording } from './zh/wording.ts';
import { writing } from './zh/writing.ts';

export const zh = {
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
