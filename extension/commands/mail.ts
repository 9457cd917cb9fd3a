/** The own e-mail address for notices: named, proved, what one is told of, and forgotten. */
import { deleteMail, type MailView, postMailCode, putMailAddress, putMailKinds } from '../../shared/api/mail.ts';
import type { DeskNoticeKind } from '../../shared/organisation/desk-notice.ts';
import { type Context, here } from '../device/context.ts';
import { call } from '../remote/client.ts';

type Language = 'zh' | 'en';

/** Has a code sent to an address. Refuses `FIELD_INVALID` for what is no address, `RATE_LIMITED` after several. */
export const nameAddress = (address: string, lang: Language, context: Context = here): Promise<MailView> =>
  call(putMailAddress, { body: { address: address.trim(), lang } }, context);

/** Proves it by the code. Refuses `FIELD_INVALID` for a wrong one, `NOT_FOUND` where none is awaited any more. */
export const proveAddress = (code: string, context: Context = here): Promise<MailView> =>
  call(postMailCode, { body: { code: code.normalize('NFKC').replace(/\D/g, '') } }, context);

/** Sets what one is told of, in the language of the desk. */
export const chooseKinds = (
  kinds: readonly DeskNoticeKind[],
  lang: Language,
  context: Context = here,
): Promise<MailView> => call(putMailKinds, { body: { kinds: [...kinds], lang } }, context);

/** Forgets address and choices. */
export const forgetMail = (context: Context = here): Promise<MailView> => call(deleteMail, {}, context);
