/** Words of the page behind an invitation link, in English. */
import type { EnrolWords } from '../zh/enrol.ts';

export const enrol: EnrolWords = {
  lang: 'en',
  title: 'Join Sundial',
  lead: 'This is an invitation link. Open it in the Sundial extension.',
  steps: [
    'Install the Sundial browser extension. If you do not have it, ask the organisation department that sent you the link.',
    'Open the extension and choose "Enrol this device".',
    'Copy the whole link from the address bar, including what follows the #, and paste it into the extension.',
    'When the extension asks, read the fingerprint to the organisation department in person.',
  ],
  note: 'The link is good for 72 hours and works once. The code after the # stays in your browser and was not sent to the server when you opened this page; do not pass it on.',
};
