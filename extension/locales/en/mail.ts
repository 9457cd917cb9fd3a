/** Words of the settings of mail, in English. */
import type { mail as zh } from '../zh/mail.ts';

export const mail: typeof zh = {
  title: 'Mail',
  intro:
    'A mail when something waits for you, one of a kind in ten minutes. It says only what waits, no word of a diary, a comment or a ticket.',
  address: 'E-mail address',
  addressHint: 'A code is sent to it first; it is used once you have confirmed.',
  addressWrong: 'This does not look like an address. Check it; only ASCII letters, digits and common signs are taken.',
  send: 'Send a code',
  sentTo: (address) =>
    `A code was sent to ${address}; it works for an hour. If it has not come, look into the spam folder or take another address.`,
  code: 'Code',
  codeWrong: 'The code is wrong. Compare the 8 digits in the mail; after five wrong ones send a new one.',
  codeOver: 'The code has ended. Send a new one.',
  tooMany: 'Too many codes were sent. Try again in an hour.',
  confirm: 'Confirm',
  inUse: 'Sent to',
  change: 'Change the address',
  keep: 'Keep it',
  forget: 'No more mail',
  kinds: 'What I am told of',
  kindName: {
    commentDue: 'Comments near their deadline for review',
    reviewWaiting: 'Something waits for secrecy review',
    ticketToAssign: 'A ticket waits for dispatch',
    ticketDisputed: 'A unit objects to a dispatch',
    extensionAsked: 'A unit asks for an extension',
    ticketAssigned: 'A ticket comes to my unit',
    ticketDue: 'A ticket is due soon',
    ticketOverdue: 'A ticket is overdue or put under supervision',
    weekOpen: 'The week is not sealed on the eve of its deadline',
    drawn: 'The diary of my unit was drawn',
    offerDecided: 'What I offered to readers is decided',
  },
  failed: (when) => `On ${when} a mail could not be delivered. Check the address or take another one.`,
};
