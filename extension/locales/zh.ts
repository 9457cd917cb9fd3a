/** All Chinese words of the extension: one part for each capability, and the words of the domain. */
import { words as domain } from '../../shared/locales/zh.ts';
import { accounts } from './zh/accounts.ts';
import { backup } from './zh/backup.ts';
import { comments } from './zh/comments.ts';
import { common } from './zh/common.ts';
import { desk } from './zh/desk.ts';
import { draws } from './zh/draws.ts';
import { grid } from './zh/grid.ts';
import { images } from './zh/images.ts';
import { imports } from './zh/imports.ts';
import { journal } from './zh/journal.ts';
import { myTime } from './zh/my-time.ts';
import { notices } from './zh/notices.ts';
import { search } from './zh/search.ts';
import { security } from './zh/security.ts';
import { shell } from './zh/shell.ts';
import { threads } from './zh/threads.ts';
import { tickets } from './zh/tickets.ts';
import { time } from './zh/time.ts';
import { week } from './zh/week.ts';
import { wording } from './zh/wording.ts';
import { writing } from './zh/writing.ts';

export const zh = {
  domain,
  accounts,
  backup,
  comments,
  common,
  desk,
  draws,
  grid,
  images,
  imports,
  journal,
  myTime,
  notices,
  search,
  security,
  shell,
  threads,
  tickets,
  time,
  week,
  wording,
  writing,
};
