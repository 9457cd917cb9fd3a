/** Invitation codes: 24 letters of Crockford base32 in fours. The first 8 find the invitation, the other 16 are its 80 secret bits. */
import { b64u } from '../../../shared/base/bytes.ts';
import { sha256Text } from '../../../shared/base/digest.ts';
import type { Context } from '../../context.ts';
import { randomLetters } from '../../ids.ts';

export interface InvitationCode {
  readonly locator: string;
  readonly secret: string;
}

/** A new code. */
export function newCode(context: Pick<Context, 'random'>): InvitationCode {
  return { locator: randomLetters(context, 8), secret: randomLetters(context, 16) };
}

/** As it is shown and put into a link. */
export const shownCode = ({ locator, secret }: InvitationCode): string =>
  (`${locator}${secret}`.toUpperCase().match(/.{4}/g) ?? []).join('-');

/** A code as a person typed it, or null when it cannot be one. */
export function readCode(typed: string): InvitationCode | null {
  const plain = typed.replace(/[\s-]/g, '').toLowerCase().replaceAll('o', '0').replace(/[il]/g, '1');
  return /^[0-9a-hjkmnp-tv-z]{24}$/.test(plain) ? { locator: plain.slice(0, 8), secret: plain.slice(8) } : null;
}

/** How the secret is kept. */
export const secretHash = async (secret: string): Promise<string> => b64u(await sha256Text(secret));
