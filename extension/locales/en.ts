/** All English words of the extension; typed as the Chinese ones, so that a missing or surplus word does not compile. */
import { words as domain } from '../../shared/locales/en.ts';
import { accounts } from './en/accounts.ts';
import { comments } from './en/comments.ts';
import { common } from './en/common.ts';
import { desk } from './en/desk.ts';
import { draws } from './en/draws.ts';
import { journal } from './en/journal.ts';
import { tickets } from './en/tickets.ts';
import { time } from './en/time.ts';
import { week } from './en/week.ts';
import type { zh } from './zh.ts';

export const en: typeof zh = { domain, common, time, journal, week, desk, accounts, draws, comments, tickets };
