/** All Chinese words of the extension: one part for each capability, and the words of the domain. */
import { words as domain } from '../../shared/locales/zh.ts';
import { accounts } from './zh/accounts.ts';
import { comments } from './zh/comments.ts';
import { common } from './zh/common.ts';
import { desk } from './zh/desk.ts';
import { draws } from './zh/draws.ts';
import { journal } from './zh/journal.ts';
import { tickets } from './zh/tickets.ts';
import { time } from './zh/time.ts';
import { week } from './zh/week.ts';

export const zh = { domain, common, time, journal, week, desk, accounts, draws, comments, tickets };
