/** The page on which one can do what a notice asks for. */
import type { Notice } from '../../shared/diary/notice.ts';

/** Address of a page of the extension; a day's evening opens on its rows, blanks and review, a
 *  drawn week with its text as it will appear. */
export function pageOf({ kind, about }: Pick<Notice, 'kind' | 'about'>): string {
  switch (kind) {
    case 'evening':
      return `sidepanel.html?day=${about}#review`;
    case 'lastDay':
    case 'sealDay':
    case 'sealHour':
    case 'reopenedHour':
    case 'reopenedShut':
      return `desk.html#/week/${about}`;
    case 'drawn':
    case 'release':
      return `desk.html?preview=${weekAbout(about)}#/week/${weekAbout(about)}`;
    case 'published':
      return `desk.html#/diaries/${drawAbout(about)}`;
    case 'tray':
    case 'unsent':
      return 'desk.html#/week';
    case 'ack':
    case 'log':
      return 'desk.html#/settings';
    case 'nudge':
      return 'desk.html#/my-time';
  }
}

/** The week that a notice of an own draw is about. */
function weekAbout(about: string): string {
  return about.split('/')[2] ?? '';
}

/** Draw and unit, as the address of a published diary has them. */
function drawAbout(about: string): string {
  return about.split('/').slice(0, 2).join('/');
}
