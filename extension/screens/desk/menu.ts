/** The desk's menu: one line for each page, shown to whoever has a role that may do one of its actions. */

import type { Action } from '../../../shared/organisation/role.ts';
import type { IconName } from '../../components/icon.tsx';
import type { Desk } from './use-desk.ts';

export type PageId =
  | 'week'
  | 'threads'
  | 'search'
  | 'my-time'
  | 'diaries'
  | 'draws'
  | 'moderation'
  | 'tickets'
  | 'people'
  | 'enrol'
  | 'files'
  | 'settings';

interface MenuLine {
  readonly page: PageId;
  readonly icon: IconName;
  /** Any of these opens the page. */
  readonly needs: readonly Action[];
}

const lines: readonly MenuLine[] = [
  { page: 'week', icon: 'week', needs: ['journal.write'] },
  { page: 'threads', icon: 'thread', needs: ['journal.write'] },
  { page: 'search', icon: 'search', needs: ['journal.write'] },
  { page: 'my-time', icon: 'chart', needs: ['journal.write'] },
  { page: 'diaries', icon: 'book', needs: ['diary.mine', 'comments.reply'] },
  { page: 'draws', icon: 'lot', needs: ['draws.read'] },
  { page: 'moderation', icon: 'talk', needs: ['comments.moderate'] },
  { page: 'tickets', icon: 'flag', needs: ['tickets.read'] },
  { page: 'people', icon: 'people', needs: ['invitations.manage'] },
  { page: 'files', icon: 'file', needs: ['journal.write'] },
];

/** Pages that need nothing but what stands on this device. */
const local: ReadonlySet<PageId> = new Set(['week', 'threads', 'search', 'my-time', 'files']);

/** The pages of a person, in order. Before enrolment one may write and enrol; afterwards the roles decide; settings always. */
export function menuOf({ profile, may }: Pick<Desk, 'profile' | 'may'>): readonly Omit<MenuLine, 'needs'>[] {
  const isActive = profile.device?.state === 'active';
  const open = lines.filter(({ page, needs }) =>
    isActive ? needs.some(may) : local.has(page) && (profile.device === null || may('journal.write')),
  );
  return [...(isActive ? [] : [{ page: 'enrol', icon: 'side' } as const]), ...open, { page: 'settings', icon: 'gear' }];
}
