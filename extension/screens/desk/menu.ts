/** The desk's menu: one line for each page, shown to whoever has a role that may do one of its actions. */

import type { Action } from '../../../shared/organisation/role.ts';
import type { IconName } from '../../components/icon.tsx';
import type { Desk } from './use-desk.ts';

export type PageId =
  | 'home'
  | 'week'
  | 'threads'
  | 'search'
  | 'my-time'
  | 'diaries'
  | 'plan'
  | 'draws'
  | 'review'
  | 'moderation'
  | 'mentions'
  | 'tickets'
  | 'rates'
  | 'portrait'
  | 'dossiers'
  | 'people'
  | 'organisation'
  | 'audit'
  | 'enrol'
  | 'files'
  | 'settings';

interface MenuLine {
  readonly page: PageId;
  readonly icon: IconName;
  /** Any of these opens the page; none: whoever is active. */
  readonly needs: readonly Action[];
}

const lines: readonly MenuLine[] = [
  { page: 'home', icon: 'home', needs: [] },
  { page: 'week', icon: 'week', needs: ['journal.write'] },
  { page: 'threads', icon: 'thread', needs: ['journal.write'] },
  { page: 'search', icon: 'search', needs: ['journal.write'] },
  { page: 'my-time', icon: 'chart', needs: ['journal.write'] },
  { page: 'portrait', icon: 'portrait', needs: ['journal.write'] },
  { page: 'diaries', icon: 'book', needs: ['diary.mine', 'comments.reply'] },
  { page: 'plan', icon: 'week', needs: ['draws.run'] },
  { page: 'draws', icon: 'lot', needs: ['draws.read'] },
  { page: 'review', icon: 'check', needs: ['reviews.decide'] },
  { page: 'moderation', icon: 'talk', needs: ['comments.moderate'] },
  { page: 'mentions', icon: 'list', needs: ['mentions.answer'] },
  { page: 'tickets', icon: 'flag', needs: ['tickets.read'] },
  { page: 'rates', icon: 'chart', needs: ['rates.read'] },
  { page: 'dossiers', icon: 'book', needs: ['dossiers.make'] },
  { page: 'people', icon: 'people', needs: ['invitations.manage'] },
  { page: 'organisation', icon: 'list', needs: ['organisation.change'] },
  { page: 'audit', icon: 'audit', needs: ['audit.read'] },
  { page: 'files', icon: 'file', needs: ['journal.write'] },
];

/** Pages that need nothing but what stands on this device. */
const local: ReadonlySet<PageId> = new Set(['week', 'threads', 'search', 'my-time', 'portrait', 'files']);

/** The pages of a person, in order. Before enrolment one may write and enrol; afterwards the roles decide; settings always. */
export function menuOf({ profile, may }: Pick<Desk, 'profile' | 'may'>): readonly Omit<MenuLine, 'needs'>[] {
  const isActive = profile.device?.state === 'active';
  const open = lines.filter(({ page, needs }) =>
    isActive
      ? needs.length === 0 || needs.some(may)
      : local.has(page) && (profile.device === null || may('journal.write')),
  );
  return [...(isActive ? [] : [{ page: 'enrol', icon: 'side' } as const]), ...open, { page: 'settings', icon: 'gear' }];
}

/** The page that opens without an address: the first of the menu, but the week of who is a leader and nothing else. */
export function firstPageOf(desk: Pick<Desk, 'profile' | 'may' | 'grants'>): PageId {
  const isLeaderOnly = desk.grants.length > 0 && desk.grants.every(({ role }) => role === 'leader');
  const [first] = menuOf(desk);
  return isLeaderOnly && first?.page === 'home' ? 'week' : (first?.page ?? 'settings');
}
