/** `Cache-Control` of answers, for browsers and the caches between. */
import type { Caching, Endpoint } from '../../shared/api/endpoint.ts';

/** The header of each way of caching (RFC 9111). No `stale-while-revalidate`: browsers heed it too, and a reader who has just written would
 *  see the list as it was. */
const cacheControls: Readonly<Record<Caching, string>> = {
  none: 'no-store',
  ask: 'no-cache',
  moments: 'public, max-age=0, s-maxage=5, must-revalidate',
  minute: 'public, max-age=60, must-revalidate',
};

/** The header of an answer; what only some may see is `private`. */
export const cacheControlOf = ({ caching, access }: Endpoint): string =>
  caching === 'ask' && access !== 'public' ? 'private, no-cache' : cacheControls[caching];
