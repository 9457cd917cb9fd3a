/** Words of the notice for readers, in English. */
import type { PrivacyWords } from '../zh/privacy.ts';

export const privacy: PrivacyWords = {
  lang: 'en',
  title: 'How your personal data are used',
  who: 'Who',
  whoText: ({ organisation, contact }) =>
    `${organisation} is responsible for your personal data. ${contact === null ? 'To see, correct or erase them, or to complain, turn to its office.' : `Contact: ${contact}.`}`,
  what: 'What, and what for',
  whatList: ({ identityDays, byNumber }) => [
    'What you write, your nickname, the place and the photo: published once you tick that you agree, and handed to the unit that handles it. Telephone and identity-card numbers are masked before that.',
    'A telephone number or e-mail address that you choose to leave with a report: seen only by those who handle that ticket, and every look is recorded; used to ask you for details, never published.',
    'What you write because a diary names you: seen only by the secrecy reviewers, not published.',
    'Your reason when you report a comment, and the digest of a random number of your browser: so that one reader counts once.',
    'Your rating and words at the follow-up: to judge whether it was solved.',
    'The digest of the code on your receipt: the code shows that it is you; the code itself is not on the server.',
    ...(identityDays === null
      ? []
      : [
          'Who you signed in as: kept apart from the comment and encrypted, seen by nobody who moderates or handles; only an auditor can open it, on a stated basis, and that is recorded. The law requires it for comments.',
        ]),
    ...(byNumber
      ? [
          'The mobile number you sign in with: handed to the message service of this office to send you the code, and for nothing else.',
        ]
      : []),
  ],
  basis:
    'The ground is your consent (Personal Information Protection Law, article 13 (1)) and the duties of this public body (article 13 (3)). What you do not agree to publish is not published; everything can be read without writing anything.',
  not: 'What is not done',
  notList: [
    'No cookies, no scripts of third parties, no record of your network address, no profile, and no decision by a program instead of a person.',
    'Nothing is sold or given to advertisers; what is not public is seen by nobody but those who handle it.',
    'The data lie on the servers of this body in its own country and are not sent abroad.',
  ],
  children: 'Under fourteen',
  childrenText:
    'Before you send you are asked whether you are fourteen or older. If not, ask a parent or guardian to write. What was taken by mistake is erased when you say so.',
  keeping: 'For how long',
  keepingHead: ['What', 'How long', 'Counted from'],
  kinds: {
    originals:
      'A comment as typed, before numbers were masked (erased once it is decided, after this time at the latest)',
    refused: 'A comment that was not published or was removed: text, nickname, appeal',
    mentions: 'What you wrote because a diary names you, and the answer',
    contacts: 'The private contact of a report',
    identities: 'Who signed in (encrypted, kept apart)',
    sessions: 'A session of a sign-in',
    waves: 'Marks by which copies of a comment are found',
    repeats: 'Records by which a second sending counts once',
    rates: 'Counts that limit how often',
    senders:
      'Keyed hashes of network addresses that posted, signed in or sent a wrong receipt, only to limit how often',
    tokens: "What officials' devices signed in with",
    images: 'Pictures that officials did not use',
    dossiers: 'Dossiers about leaders, with what the leaders say of them',
    notices: 'Records of notices to officials',
    addresses: 'The e-mail address of an official who left',
  },
  from: {
    written: 'when it was written or uploaded',
    decided: 'the decision',
    answered: 'the answer',
    ended: 'the end of the ticket, or sending where there is none',
    expired: 'when it expired',
    used: 'its last use',
    sent: 'when it was sent',
    left: 'when the last device was ended',
  },
  days: (days) =>
    days === 0
      ? 'erased at once'
      : days < 1
        ? `${Math.round(days * 24)} ${Math.round(days * 24) === 1 ? 'hour' : 'hours'}`
        : `${Math.round(days)} ${Math.round(days) === 1 ? 'day' : 'days'}`,
  keepingAfter:
    'A published comment stays until you withdraw it or have it erased. When a time is over, a program erases.',
  rights: 'What you can do',
  rightsList: [
    'See and copy: open your receipt under "Follow a case" and press "Export my data"; you get one file with everything kept under it.',
    'Correct: while it waits for review you can change it.',
    'Withdraw your consent: at any time; this does not affect what was public before.',
    'Erase: open your receipt and press "Erase my data"; it is done at once, and you need not say why.',
  ],
  lost: 'Without the receipt and without a sign-in nobody can tell which one is yours; write which one and why, and a moderator will see to it.',
  complain: ({ authority }) =>
    `If you think that something is wrong, turn to this body first, or to ${authority ?? 'the authority that protects personal information (in China the cyberspace administration)'}, or to a court.`,
  stays: 'What stays after that',
  staysList: ({ identityDays, backupDays }) => [
    'Where a comment was public, one line: when its author withdrew it.',
    'The course of a ticket: when it went to whom, and the answer. Your words, those of the follow-up, and what was said between you and the office are erased.',
    'The record that something was erased and when, without who and what.',
    ...(identityDays === null
      ? []
      : [`Who signed in: the law wants it kept; it stays encrypted until ${identityDays} days are over.`]),
    `Backups: for ${backupDays} more days at most, used for nothing else.`,
  ],
  named: 'A diary names you',
  namedText:
    'Diaries publish official work; names of people who hold no office are masked. If a diary names you and should not, press "This diary names me" below it; the answer comes within two working days.',
};
