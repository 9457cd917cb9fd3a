/** All Chinese words of the extension: one part for each capability, and the words of the domain. */
import { words as domain } from '../../shared/locales/zh.ts';
import { common } from './zh/common.ts';
import { journal } from './zh/journal.ts';
import { time } from './zh/time.ts';
import { week } from './zh/week.ts';

export const zh = { domain, common, time, journal, week };
