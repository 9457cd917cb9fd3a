/** Words of the page at `/`, in English. */
import type { PortalWords } from '../zh/portal.ts';

export const portal: PortalWords = {
  lang: 'en',
  demo: 'A demonstration: units and contents are invented',
  nav: 'Site',
  diaries: 'Diaries',
  diariesTitle: 'How our heads of unit spend their weeks',
  diariesLead:
    'Every week a lot is drawn, and the diary it falls on is published word for word. Check it, comment on it, report a problem; what became of it stands under the same entry.',
  draw: 'The draw',
  drawTitle: 'The draw of the diaries',
  drawLead:
    'A lot decides whose diary is published. See the list, compare the numbers, and run the latest draw again yourself.',
  moderation: 'Moderation',
  without: (link) => `Your browser runs no scripts. See ${link}: every diary has a plain page.`,
  list: 'the list of diaries',
  host: (organisation) => `Published by ${organisation}`,
  privacy: 'Privacy',
};
