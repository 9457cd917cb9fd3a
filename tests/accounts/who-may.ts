/** Who may call which route, by hand from the roles of design.md 1 and the moves of closed-loop.md: one row for every route, and a new route
 *  without a row fails the test.
 *
 *  `who`: letters of the roles that get through the door: L leader, O organiser, R reviewer, M moderator, H handler, A auditor; or `anybody`
 *  without a token, or the holder of a `receipt`. Everybody else is refused before anything is looked at.
 *
 *  `hides`: the route names a thing that not all of them may know of; `lists`: its answer may have the thing in it. `seenBy`: who finds it; a
 *  small letter stands for a role of the thing's own unit alone. To all others it is the same whether the thing is there. `body` is sent
 *  with it. */
export interface Row {
  readonly who: string;
  readonly hides?: Thing;
  readonly lists?: Thing;
  readonly seenBy?: string;
  readonly body?: unknown;
}

/** Things of unit lianpu that are there: a ticket under way with an action, a comment that nobody has decided, a second device of its leader,
 *  a dossier about its leader that waits for that leader, an image in its journal. And a diary of another unit that was sealed and not
 *  drawn. */
export type Thing = 'ticket' | 'comment' | 'device' | 'dossier' | 'image' | 'undrawn';

const all = 'LORMHA';
const desk = 'OMHA';

export const rows: Readonly<Record<string, Row>> = {
  'GET /api/v1/time': { who: 'anybody' },
  'POST /api/v1/token': { who: 'anybody' },
  'GET /api/v1/me': { who: all },
  'POST /api/v1/invitations/look': { who: 'anybody' },
  'POST /api/v1/invitations': { who: 'O' },
  'GET /api/v1/invitations': { who: 'O' },
  'POST /api/v1/invitations/{id}/activation': { who: 'O' },
  'POST /api/v1/devices': { who: 'anybody' },
  'POST /api/v1/devices/rotation': { who: 'LOR' },
  'GET /api/v1/devices': { who: all, lists: 'device', seenBy: 'l' },
  'GET /api/v1/stand-ins': { who: 'O' },
  'POST /api/v1/stand-ins': { who: 'O' },
  'DELETE /api/v1/stand-ins/{id}': { who: 'O' },
  'POST /api/v1/hand-overs': { who: 'O' },
  'DELETE /api/v1/devices/{id}': { who: all, hides: 'device', seenBy: 'Ol' },

  'GET /api/v1/organisation': { who: all },
  'PUT /api/v1/units/{id}': { who: 'O' },
  'PUT /api/v1/terms/{id}': { who: 'O' },
  'POST /api/v1/units/table': { who: 'O' },
  'POST /api/v1/units/table/{id}/undo': { who: 'O' },
  'GET /api/v1/term-base/usage': { who: 'O' },
  'GET /api/v1/plan': { who: 'O' },
  'GET /api/v1/settings': { who: 'O' },
  'POST /api/v1/settings/{name}/preview': { who: 'O' },
  'PUT /api/v1/settings/{name}': { who: 'O' },
  'GET /api/v1/settings/{name}/versions': { who: 'O' },

  'GET /api/v1/mail': { who: all },
  'PUT /api/v1/mail/address': { who: all },
  'POST /api/v1/mail/code': { who: all },
  'PUT /api/v1/mail/kinds': { who: all },
  'DELETE /api/v1/mail': { who: all },

  'GET /api/v1/journal/hello': { who: 'L' },
  'POST /api/v1/journal/push': { who: 'L' },
  'GET /api/v1/journal/pull': { who: 'L' },
  'POST /api/v1/journal/seals': { who: 'L' },
  'GET /api/v1/journal/seals': { who: 'L' },
  'POST /api/v1/journal/weeks/{week}/reopen': { who: 'L' },
  'GET /api/v1/journal/weeks/{week}/leave': { who: 'L' },
  'PUT /api/v1/journal/weeks/{week}/leave': { who: 'L' },
  'PUT /api/v1/journal/blobs/{sha256}': { who: 'L' },
  'GET /api/v1/journal/blobs/{sha256}': { who: 'L', hides: 'image', seenBy: 'l' },

  'POST /api/v1/challenges': { who: 'anybody' },
  'POST /api/v1/reader-sessions': { who: 'anybody' },
  'DELETE /api/v1/reader-sessions': { who: 'anybody' },
  'GET /api/v1/comments': { who: 'anybody', lists: 'comment', seenBy: '' },
  'POST /api/v1/comments': { who: 'anybody' },
  'GET /api/v1/comments/{id}/photo': { who: 'anybody', hides: 'comment', seenBy: '' },
  'POST /api/v1/comments/{id}/flags': {
    who: 'anybody',
    hides: 'comment',
    seenBy: '',
    body: { reader: 'A'.repeat(43), reason: 'abuse' },
  },
  'POST /api/v1/comments/{id}/reply': { who: 'LH', hides: 'comment', seenBy: '', body: { text: '已收到' } },
  'GET /api/v1/receipt': { who: 'receipt' },
  'PUT /api/v1/receipt/text': { who: 'receipt' },
  'POST /api/v1/receipt/withdrawal': { who: 'receipt' },
  'POST /api/v1/receipt/appeal': { who: 'receipt' },
  'GET /api/v1/receipt/export': { who: 'receipt' },
  'POST /api/v1/receipt/erasure': { who: 'receipt' },
  'POST /api/v1/receipt/follow-up': { who: 'receipt' },

  'GET /api/v1/moderation/queue': { who: 'M', lists: 'comment', seenBy: 'M' },
  'GET /api/v1/moderation/published': { who: 'M', lists: 'comment', seenBy: '' },
  'GET /api/v1/moderation/{id}/beside': { who: 'M' },
  'POST /api/v1/moderation/{id}/lease': { who: 'M' },
  'POST /api/v1/moderation/wave-decision': { who: 'M' },
  'POST /api/v1/moderation/undo': { who: 'M' },
  'POST /api/v1/moderation/{id}/decision': { who: 'M' },
  'POST /api/v1/moderation/{id}/appeal': { who: 'M' },
  'POST /api/v1/moderation/{id}/flags-dismissal': { who: 'M' },
  'GET /api/v1/moderation/{id}/photo': { who: 'M' },
  'POST /api/v1/identities/{comment}/openings': { who: 'A' },
  'POST /api/v1/mentions': { who: 'anybody' },
  'GET /api/v1/mentions': { who: 'R' },
  'POST /api/v1/mentions/{id}/answer': { who: 'R' },

  'POST /api/v1/tickets': { who: 'M' },
  'GET /api/v1/tickets': { who: desk, lists: 'ticket', seenBy: 'OMAh' },
  'POST /api/v1/tickets/moves': { who: 'O' },
  'GET /api/v1/tickets/{number}': { who: desk, hides: 'ticket', seenBy: 'OMAh' },
  // An auditor reads and moves nothing: refused in words, since the ticket may be known.
  'POST /api/v1/tickets/{number}/moves': {
    who: desk,
    hides: 'ticket',
    seenBy: 'OMAh',
    body: { version: 0, to: 'replied', note: null, public: false },
  },
  'POST /api/v1/tickets/{number}/extension': {
    who: 'H',
    hides: 'ticket',
    seenBy: 'h',
    body: { version: 0, date: '2026-10-30', reason: '等零件' },
  },
  'POST /api/v1/tickets/{number}/extension/refusal': { who: 'O' },
  'POST /api/v1/tickets/{number}/clock': { who: 'M' },
  'POST /api/v1/tickets/{number}/notes': {
    who: desk,
    hides: 'ticket',
    seenBy: 'OMh',
    body: { kind: 'internal', text: '内部' },
  },
  'POST /api/v1/tickets/{number}/contact': { who: 'H', hides: 'ticket', seenBy: 'h' },
  'PUT /api/v1/tickets/{number}/actions/{id}': {
    who: 'H',
    hides: 'ticket',
    seenBy: 'h',
    body: { unit: 'lianpu', text: '装净化机', date: '2026-10-20', state: 'open', reason: null },
  },
  'GET /api/v1/tickets/{number}/photos/{sha256}': { who: 'anybody', hides: 'ticket', seenBy: '' },
  'GET /api/v1/reply-templates': { who: desk },
  'PUT /api/v1/reply-templates/{id}': { who: 'O' },
  'DELETE /api/v1/reply-templates/{id}': { who: 'O' },
  'GET /api/v1/rates': { who: desk },
  'GET /api/v1/rates/tickets': { who: desk },

  'GET /api/v1/aggregates': { who: 'O' },
  'GET /api/v1/aggregates/{quarter}': { who: 'O' },
  'POST /api/v1/aggregates': { who: 'O' },
  'POST /api/v1/dossiers': { who: 'O' },
  'GET /api/v1/dossiers': { who: 'O', lists: 'dossier', seenBy: 'O' },
  // The assessor knows that it is being read by its leader, and not a word of it before.
  'GET /api/v1/dossiers/{id}': { who: 'O', hides: 'dossier', seenBy: '' },
  'GET /api/v1/portrait/dossiers': { who: 'L', lists: 'dossier', seenBy: 'l' },
  'GET /api/v1/portrait/dossiers/{id}': { who: 'L', hides: 'dossier', seenBy: 'l' },
  'POST /api/v1/portrait/dossiers/{id}/notes': { who: 'L', hides: 'dossier', seenBy: 'l', body: { text: '说明' } },
  'POST /api/v1/portrait/dossiers/{id}/release': { who: 'L', hides: 'dossier', seenBy: 'l' },
  'GET /api/v1/portrait/response': { who: 'L' },
  'GET /api/v1/assessment': { who: all },
  'PUT /api/v1/assessment': { who: 'O' },

  'POST /api/v1/records': { who: 'LOR' },
  'GET /api/v1/draws': { who: all },
  'GET /api/v1/draws/freeze/{week}': { who: 'O' },
  'POST /api/v1/draws/{draw}/lock': { who: 'O' },
  'POST /api/v1/draws/trials': { who: 'O' },
  'GET /api/v1/reviews': { who: 'R' },
  // What is sealed and was not drawn is nobody's to read.
  'GET /api/v1/reviews/{draw}/{unit}': { who: 'R', hides: 'undrawn', seenBy: '' },
  'GET /api/v1/reviews/{draw}/{unit}/images/{sha256}': { who: 'R', hides: 'undrawn', seenBy: '' },
  'POST /api/v1/reviews/{draw}/{unit}/pass': { who: 'R', hides: 'undrawn', seenBy: '' },
  'POST /api/v1/reviews/{draw}/{unit}/release': {
    who: 'R',
    hides: 'undrawn',
    seenBy: '',
    body: { item: 0, why: '已解密', pass: true },
  },
  'GET /api/v1/acks': { who: 'L' },
  'POST /api/v1/acks': { who: 'L' },
  'GET /api/v1/diaries/mine': { who: 'L' },
  'GET /api/v1/diaries/mine/{draw}/{unit}/held': { who: 'L', hides: 'undrawn', seenBy: '' },
  'POST /api/v1/diaries/mine/{draw}/{unit}/held/offer': {
    who: 'L',
    hides: 'undrawn',
    seenBy: '',
    body: { item: 0, disclosure: 'AAAA', why: '已解密' },
  },
  'POST /api/v1/diaries/mine/{draw}/{unit}/held/withdraw': {
    who: 'L',
    hides: 'undrawn',
    seenBy: '',
    body: { item: 0 },
  },
  'PUT /api/v1/witness': { who: 'anybody' },
  'GET /api/v1/waiting': { who: all },
  'GET /api/v1/audit': { who: 'OA' },
};

/** Pages and files without a declaration: all of them are public. */
export const pages: readonly string[] = [
  'GET /',
  'GET /:name{sundial[-.0-9a-z]*\\.js}',
  'GET /api/openapi.json',
  'GET /desk',
  'GET /draw',
  'GET /embed',
  'GET /embed/configure.js',
  'GET /embed/embed.css',
  'GET /embed/preview',
  'GET /embed/preview.css',
  'GET /embed/script.json',
  'GET /embed/snippets.json',
  'GET /embed/themes/dsfr.css',
  'GET /embed/themes/govuk.css',
  'GET /embed/themes/plain.css',
  'GET /embed/themes/uswds.css',
  'GET /enrol',
  'GET /healthz',
  'GET /mark.svg',
  'GET /portal.css',
  'GET /privacy',
  'GET /public/*',
  'GET /readyz',
  'GET /robots.txt',
];
