/** A live page as far as the judges of its parts need to know it. */
import type { Policy } from './policy.ts';

export interface Page {
  readonly at: string;
  /** Against which its addresses are read. */
  readonly base: string;
  readonly policies: readonly Policy[];
  /** Whether a browser has WebCrypto there. */
  readonly isSafe: boolean;
}

/** The absolute http address that a page means; null where it is none. */
export function addressIn(text: string, base: string): string | null {
  const url = URL.parse(text.trim(), base);
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : null;
}
