/** Words of the mail that tells an official that something waits, and of the page behind its link, in English. */
import { many } from '../../../shared/locales/plain-en.ts';
import type { LetterWords } from '../zh/letter.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export const letter: LetterWords = {
  lang: 'en',
  subject: (title) => `Sundial: ${title}`,
  kinds: {
    commentDue: () => 'comments near their deadline for review',
    reviewWaiting: (count) => `${many(count, 'thing waits', 'things wait')} for your secrecy review`,
    ticketToAssign: (count) => `${many(count, 'ticket waits', 'tickets wait')} for dispatch`,
    ticketDisputed: (count) => `the unit objects to ${many(count, 'ticket', 'tickets')}`,
    extensionAsked: (count) => `an extension is asked for ${many(count, 'ticket', 'tickets')}`,
    ticketAssigned: (count) => `${many(count, 'ticket', 'tickets')} for your unit`,
    ticketDue: (count) => `${many(count, 'ticket is', 'tickets are')} due soon`,
    ticketOverdue: (count) => `${many(count, 'ticket is', 'tickets are')} overdue`,
    weekOpen: () => 'the week is not sealed yet',
    drawn: () => 'the diary of your unit was drawn',
    offerDecided: () => 'what you offered to readers is decided',
  },
  line: (subject, due) => (due === null ? subject : `${subject}, due ${due}`),
  earliest: (due) => `earliest deadline: ${due}`,
  when: (month, day, clock) => `${day} ${months[month - 1] ?? ''} ${clock}`,
  open: "Please open Sundial's desk in your browser. How to open it:",
  foot: 'This mail is sent by the system; please do not reply. It has no words of a diary, a comment or a ticket. To change what you are told of, open the settings of the desk.',
  codeSubject: 'Sundial: code for your address',
  code: (code, minutes) =>
    `Code: ${code}\n\nType it into the settings of the desk within ${minutes} minutes. If you did not ask for it, do nothing: this address gets no other mail.`,
  deskTitle: "Open Sundial's desk",
  deskLead: 'The desk is in the Sundial extension of your browser, not on a web page; so no link can open it.',
  deskSteps: [
    'Use the computer and the browser that have Sundial.',
    "Press Sundial's icon in the browser's toolbar, then the desk.",
    'Its first page lists what waits for you. Where the mail gives a number, look for that.',
  ],
  deskNote: 'If it is not installed, or the computer is a new one, ask the organisers for an invitation.',
};
