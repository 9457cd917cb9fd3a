/** Words of the domain in English. */
import type { Words } from './zh.ts';

const role: Words['role'] = {
  leader: 'Leader',
  organiser: 'Organiser',
  reviewer: 'Secrecy reviewer',
  moderator: 'Moderator',
  handler: 'Handler',
  auditor: 'Auditor',
};

export const unitKind: Words['unitKind'] = {
  department: 'Department',
  functionalZone: 'Functional zone',
  subdistrict: 'Subdistrict',
  soe: 'State-owned enterprise',
  institution: 'Institution',
};

export const mode: Words['mode'] = {
  collective: 'Collective',
  focused: 'Focused',
  oneToOne: 'One-to-one',
  emergency: 'Emergency',
  neutral: 'Outside the ratio',
};

export const ground: Words['ground'] = {
  'state-secret': 'State secret',
  'trade-secret': 'Trade secret',
  privacy: 'Personal privacy',
};

export const commentKind: Words['commentKind'] = {
  sympathy: 'Encouragement',
  question: 'Question',
  suggestion: 'Suggestion',
  complaint: 'Complaint',
  report: 'Problem report',
};

export const commentState: Words['commentState'] = {
  waiting: 'Waiting for review',
  published: 'Published',
  rejected: 'Not published',
  withdrawn: 'Withdrawn by its author',
  removed: 'Taken down',
};

export const rejection: Words['rejection'] = {
  abuse: 'Abusive',
  advertising: 'Advertising',
  unverifiedAccusation: 'Accuses a person without facts',
  privacy: "Somebody else's privacy",
  offTopic: 'Not about the diary',
  duplicate: 'Repeats another comment',
  classified: 'May be classified',
};

export const ticketState: Words['ticketState'] = {
  registered: 'Registered',
  assigned: 'Assigned',
  disputed: 'Assignment disputed',
  accepted: 'Accepted',
  inProgress: 'In progress',
  extended: 'Extended',
  onHold: 'On hold',
  replied: 'Replied, follow-up pending',
  reopened: 'Reopened',
  supervised: 'Under supervision',
  closedLoop: 'Closed in the loop',
  closedUnsolved: 'Closed unsolved',
  referred: 'Referred to a statutory channel',
  merged: 'Merged',
};

export const resolutionKind: Words['resolutionKind'] = {
  explained: 'Explained',
  fixed: 'Fixed',
  planned: 'Planned',
  notFeasible: 'Not feasible for now',
  notOurs: "Not this unit's task",
};

export const rootCause: Words['rootCause'] = {
  informationGap: 'Information gap',
  workGap: 'Not thought through',
  groupMissed: 'A group was missed',
  external: 'External cause',
};

const clock: Words['clock'] = { standard: 'Standard', complex: 'Complex', risk: 'Risk to life or property' };

const stage: Words['stage'] = {
  frozen: 'List frozen',
  locked: 'Awaiting witnesses',
  drawn: 'Drawn',
  published: 'Published',
  void: 'Void',
};

export const refusal: Words['refusal'] = {
  MALFORMED: 'The request could not be read and nothing was changed. Update the extension and try again.',
  FIELD_INVALID: 'One field does not fit and nothing was sent. Mend it as shown and send again.',
  TOKEN_MISSING: 'Not signed in. Open the extension to connect again.',
  TOKEN_EXPIRED: 'The session has expired. The extension signs in again by itself; your text is kept.',
  DEVICE_REVOKED: 'This device has been ended. Your text is still here and can be exported; ask the organiser.',
  DEVICE_PENDING: 'The organiser has not compared the fingerprint yet. Read it to the organiser in person.',
  ASSERTION_INVALID: "Sign-in was refused. Check this machine's clock and try again.",
  RECEIPT_INVALID: 'Number or code is wrong. Compare both with the receipt.',
  SIGN_IN_NEEDED: 'Sign in before you send; a sign-in lasts 30 minutes. Your text is kept.',
  SIGN_IN_INVALID: 'This sign-in did not succeed, or its time is over. Please sign in again.',
  NOT_AUTHOR: 'Only the author can write this diary.',
  NOT_ALLOWED: 'Your role cannot do this.',
  ORIGIN_REFUSED: 'This page may not send comments. Please use the official page.',
  NOT_FOUND: 'Not found. It may have been taken down, or the address is wrong.',
  EPOCH_CHANGED: 'The server was restored; syncing again. Your text is kept.',
  SEAL_STALE: 'Something changed before the seal. Read the text once more and seal again.',
  WEEK_SEALED: 'This week is sealed. Reopen it first to change it.',
  WEEK_FROZEN: 'The candidate list is frozen; this week can no longer change. Write a correction in the open week.',
  NOT_SEALED: 'This week is not sealed yet.',
  VERSION_STALE: 'Somebody has just dealt with this. Look at the latest state, then decide.',
  MOVE_NOT_ALLOWED: 'This step is not possible now. See which steps are.',
  OUT_OF_ORDER: 'Not yet: finish the steps before this one.',
  ALREADY_DONE: 'Already done; it was not done twice.',
  LOG_ABSENT: 'The log has not begun. The first organiser enrols a device first.',
  RECORD_REFUSED: 'The signed record did not pass the checks and was not logged.',
  SCHEMA_TOO_OLD: 'The extension is too old. Update it; your text is kept and will be delivered.',
  INVITATION_INVALID: 'The invitation link is wrong, used or expired. Ask the organiser for a new one.',
  GONE: 'This version is no longer available.',
  BATCH_TOO_BIG: 'Too much at once; sending in smaller parts.',
  TOO_LARGE: 'Too large and not sent. Shorten the text or compress the image.',
  ENCODING_REFUSED:
    'The server takes no compressed content; nothing was sent. Update the extension or reload the page, then try again.',
  IDEMPOTENCY_REUSED: 'The same submission had other content. Please send it again.',
  RATE_LIMITED: 'Too fast. Your text is kept; try again in a while.',
  INTERNAL: 'The server failed and nothing was done. Your text is kept; try again later.',
  UNAVAILABLE: 'The server is not available now. Your text is kept; try again later.',
};

export const failure: Words['failure'] = {
  BUNDLE_MALFORMED: 'The proof is incomplete',
  CHECKPOINT_INVALID: "The log's signature is wrong",
  LOG_REWRITTEN: 'The log has been rewritten',
  NOT_IN_LOG: 'This record is not in the log',
  KEY_NOT_VALID: "The signer's key is not enrolled or was revoked",
  SIGNATURE_INVALID: 'A signature is wrong',
  TEXT_ALTERED: 'The text differs from what was signed',
  DIARY_INVALID: 'The diary breaks the format',
  HOLD_INVALID: 'A withholding has no valid ground or signer',
  ENTRY_MISSING: 'An entry was taken out without a word',
  LIST_INVALID: 'The candidate list breaks the rule',
  SEAL_LATE: 'Sealed after the list was frozen',
  SEAL_NOT_LISTED: 'This is not the text that took part in the draw',
  LIST_NOT_LOCKED: 'Nothing proves that the list came before the lot',
  RANDOMNESS_INVALID: 'The source of chance is wrong',
  DRAW_MISMATCH: 'Running the lot again gives another result',
  NOT_DRAWN: 'This diary was not drawn',
  DRAWN_NOT_PUBLISHED: 'Not every drawn diary is public',
};

const notice: Words['notice'] = {
  HELD_AFTER_SEAL: 'Withheld by review after the seal',
  HELD_AFTER_DRAW: 'Withheld only after the draw',
  NONCE_NOT_REVEALED: 'A unit did not open its random number',
  LOCK_MINORITY: 'Fewer than half witnessed',
  FROZEN_EARLY: 'The list was frozen before its published deadline',
  DRAW_RERUN: 'An earlier draw was void',
  KEY_REPLACED: 'The key has been replaced',
  KIND_UNKNOWN: 'Some entries are of a kind unknown to this page',
  VALUE_TO_COMPARE: 'Compare issue and numbers with the official notice',
  DRAND_UNCHECKED: "The beacon's signature was not checked",
};

export const words: Words = {
  role,
  unitKind,
  mode,
  ground,
  commentKind,
  commentState,
  rejection,
  ticketState,
  resolutionKind,
  rootCause,
  clock,
  stage,
  refusal,
  failure,
  notice,
};
