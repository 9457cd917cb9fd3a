/** Which pages may post for readers: those of the organisation's list, and the server's own. A courtesy against copied pages, no defence. */
import { Refusal } from '../../shared/api/refusal.ts';
import type { Context } from '../context.ts';

/** Throws ORIGIN_REFUSED for every other page and where no page is named. */
export function requireOrigin({ config }: Context, origin: string | undefined): void {
  const isListed =
    origin !== undefined && (config.allowedOrigins.includes(origin) || origin === new URL(config.issuer).origin);
  if (!isListed) throw new Refusal('ORIGIN_REFUSED');
}
