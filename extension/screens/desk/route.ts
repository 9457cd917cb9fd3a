/** Addresses of the desk's pages: `#/tickets/2026-0012`. */
import { useEffect, useState } from 'preact/hooks';

/** The parts of the address after `#/`; none: the first page. */
export type Route = readonly string[];

/** Reads an address; what is not there is the first page. */
export function routeOf(hash: string): Route {
  return hash
    .replace(/^#\/?/, '')
    .split('/')
    .filter((part) => part !== '')
    .map((part) => decoded(part));
}

/** The address of a page. */
export const hrefOf = (...parts: readonly string[]): string => `#/${parts.map(encodeURIComponent).join('/')}`;

/** The present page; follows links and the browser's own buttons. */
export function useRoute(): Route {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const follow = () => setHash(location.hash);
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  return routeOf(hash);
}

/** Goes to a page. */
export function goTo(...parts: readonly string[]): void {
  location.hash = hrefOf(...parts);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) return part;
    throw error;
  }
}
