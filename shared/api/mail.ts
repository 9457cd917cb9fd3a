/** The e-mail address at which an official wants to be told that something waits: set by the person, proved by a code. */
import * as v from 'valibot';
import { deskNoticeKinds } from '../organisation/desk-notice.ts';
import { endpoint } from './endpoint.ts';
import { Seconds } from './field.ts';

/** An addr-spec (RFC 5321 4.1.2) of dot-atoms in ASCII: no quotes, no comments, no address literal, so that nothing in it can end a header. */
export const MailAddress = v.pipe(
  v.string(),
  v.maxLength(254, 'MAIL_ADDRESS'),
  v.regex(
    /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/,
    'MAIL_ADDRESS',
  ),
);

const Kinds = v.array(v.picklist(deskNoticeKinds));
const Language = v.picklist(['zh', 'en']);

/** `address` is proved, `pending` waits for its code; `failedAt`: the last mail to it was refused or could not be sent for days. */
export const MailView = v.object({
  /** Whether this server sends mail at all. */
  offered: v.boolean(),
  address: v.nullable(v.string()),
  pending: v.nullable(v.string()),
  /** What the person is told of. */
  kinds: Kinds,
  /** What the person's roles can be told of. */
  available: Kinds,
  failedAt: v.nullable(Seconds),
});
export type MailView = v.InferOutput<typeof MailView>;

export const getMail = endpoint({
  method: 'GET',
  path: '/api/v1/mail',
  group: 'mail',
  summary: 'Where I am told by e-mail, and of what',
  access: 'device',
  answer: MailView,
});

/** Sends a code of eight digits to the address. The one that is proved already stays in use until the code comes back. */
export const putMailAddress = endpoint({
  method: 'PUT',
  path: '/api/v1/mail/address',
  group: 'mail',
  summary: 'Name an address; a code is sent to it',
  access: 'device',
  body: v.strictObject({ address: MailAddress, lang: Language }),
  answer: MailView,
  refusals: ['FIELD_INVALID', 'RATE_LIMITED', 'NOT_FOUND'],
});

/** Works once, within an hour; five wrong codes end it. */
export const postMailCode = endpoint({
  method: 'POST',
  path: '/api/v1/mail/code',
  group: 'mail',
  summary: 'Prove the address by the code sent to it',
  access: 'device',
  body: v.strictObject({ code: v.pipe(v.string(), v.regex(/^\d{8}$/)) }),
  answer: MailView,
  refusals: ['FIELD_INVALID', 'NOT_FOUND'],
});

export const putMailKinds = endpoint({
  method: 'PUT',
  path: '/api/v1/mail/kinds',
  group: 'mail',
  summary: 'Choose what I am told of',
  access: 'device',
  body: v.strictObject({ kinds: Kinds, lang: Language }),
  answer: MailView,
  refusals: ['FIELD_INVALID', 'NOT_FOUND'],
});

export const deleteMail = endpoint({
  method: 'DELETE',
  path: '/api/v1/mail',
  group: 'mail',
  summary: 'Forget my address; nothing is sent any more',
  access: 'device',
  answer: MailView,
});
