/** Who asks: the device behind an access token, or the holder of a receipt. Nothing reads a cookie. */
import * as v from 'valibot';
import { GrantRow } from '../../shared/api/field.ts';
import { Refusal } from '../../shared/api/refusal.ts';
import { b64u } from '../../shared/base/bytes.ts';
import { sha256Text } from '../../shared/base/digest.ts';
import { isReceiptNumber, plainCode } from '../../shared/feedback/receipt.ts';
import type { Grant } from '../../shared/organisation/role.ts';
import { type Context, secondsNow } from '../context.ts';
import { grantsNow } from '../organisation/stand-ins.ts';

/** A signed-in device with what its person may do on it. */
export interface Session {
  readonly device: string;
  readonly person: { readonly id: string; readonly name: string };
  readonly grants: readonly Grant[];
}

/** A receipt as it was shown; `code` is its 16 letters of Crockford base32, upper case, without hyphens. Whether it fits is not judged. */
export interface Receipt {
  readonly number: string;
  readonly code: string;
  /** Network address that it came from, null where unknown. */
  readonly address: string | null;
}

/** How the server keeps a token: its hash. */
export const tokenHash = async (token: string): Promise<string> => b64u(await sha256Text(token));

/** The session of an `Authorization: Bearer` header. Throws TOKEN_MISSING without one, TOKEN_EXPIRED for an unknown or old token,
 *  DEVICE_REVOKED once the device was ended. */
export async function sessionOf(context: Context, authorization: string | undefined): Promise<Session> {
  const token = /^Bearer ([\w-]{20,128})$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) throw new Refusal('TOKEN_MISSING');
  const row = await context.database.db
    .selectFrom('access_token')
    .innerJoin('device', 'device.id', 'access_token.device')
    .innerJoin('person', 'person.id', 'device.person')
    .select(['device.id', 'device.state', 'device.grants', 'device.person', 'person.name', 'access_token.expires_at'])
    .where('access_token.hash', '=', await tokenHash(token))
    .executeTakeFirst();
  if (row === undefined) throw new Refusal('TOKEN_EXPIRED');
  if (row.state !== 'active') throw new Refusal('DEVICE_REVOKED');
  if (row.expires_at <= secondsNow(context)) throw new Refusal('TOKEN_EXPIRED');
  const grants = await grantsNow(context.database.db, row.person, grantsOf(row.grants), secondsNow(context));
  return { device: row.id, person: { id: row.person, name: row.name }, grants };
}

/** Grants as a row keeps them. */
export const grantsOf = (json: string) => v.parse(v.pipe(v.string(), v.parseJson(), v.array(GrantRow)), json);

/** The receipt of an `Authorization: Receipt <number>.<code>` header. Throws RECEIPT_INVALID when there is none or it cannot be one. */
export function receiptOf(authorization: string | undefined, address: string | null): Receipt {
  const [, number = '', typed = ''] = /^Receipt (\d+)\.([\w-]+)$/i.exec(authorization ?? '') ?? [];
  const code = plainCode(typed);
  if (!isReceiptNumber(number) || code === null) throw new Refusal('RECEIPT_INVALID');
  return { number, code, address };
}
