/** Where a comment came from, as far as the desk may know: whether two came from one place, never from whom. */
import { createHmac } from 'node:crypto';
import type { Identity } from '../../shared/api/sign-in.ts';
import { anonymousNicknames } from '../../shared/feedback/comment.ts';
import { comparable } from '../../shared/feedback/similar.ts';
import type { Context } from '../context.ts';
import { identityKey } from './key.ts';

/** `r.…` of a signed-in reader: a keyed hash (RFC 2104) whose key lies outside the database. `n.…` of a nickname, which anybody may write. Null
 *  for the nickname of those who gave none. */
export function senderOf(context: Context, reader: Identity | null, nickname: string): string | null {
  if (reader !== null) {
    const { bytes } = identityKey(context, 'sender');
    return `r.${createHmac('sha256', bytes)
      .update(JSON.stringify([reader.issuer, reader.subject]))
      .digest('base64url')}`;
  }
  const plain = comparable(nickname);
  return plain === '' || anonymous.has(plain) ? null : `n.${plain}`;
}

/** Whether comments of this sender are surely of one reader. */
export const isSure = (sender: string): boolean => sender.startsWith('r.');

const anonymous: ReadonlySet<string> = new Set(Object.values(anonymousNicknames).map(comparable));
