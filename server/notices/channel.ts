/** What a way out is to the sender: it tries one delivery and says how it went. */
import type { Bytes } from '../../shared/base/bytes.ts';
import type { DeliveryRow } from './queries.ts';

/** `final`: trying again is of no use. `isDown`: nothing else will get through just now either. `dropped`: nobody is there to be told any more. */
export type Outcome =
  | { readonly state: 'sent' | 'dropped' }
  | { readonly state: 'failed'; readonly problem: string; readonly final: boolean; readonly isDown: boolean };

export interface Channel {
  /** As `notice_delivery.channel` has it. */
  readonly name: string;
  readonly deliver: (delivery: DeliveryRow) => Promise<Outcome>;
  readonly close: () => void;
}

/** How long one call of a webhook may take, or one way to a mail server, in milliseconds. */
export const tryTimeoutMs = 15_000;
/** How long one mail may take in all, in milliseconds: many servers look into it before they take it. */
export const mailTimeoutMs = 60_000;
/** For how long a delivery is its sender's alone, in seconds: longer than any try. */
export const claimSeconds = 120;
/** How long deliveries are tried before they are given up, in seconds. */
export const triedForSeconds = 3 * 86_400;

const firstWaitSeconds = 60;
const longestWaitSeconds = 6 * 3600;
/** Where nothing gets through, the next try asks for all that waits. */
const longestDownSeconds = 900;

/** Seconds until the next try after `tries` of them: three times as long each time, up to six hours, a quarter of one where the channel is down,
 *  and of that a random half to whole, so that many do not come back at once. */
export function waitAfter(tries: number, isDown: boolean, random: (n: number) => Bytes): number {
  const longest = isDown ? longestDownSeconds : longestWaitSeconds;
  const whole = Math.min(firstWaitSeconds * 3 ** Math.max(0, tries - 1), longest);
  const [high = 0, low = 0] = random(2);
  return Math.round(whole * (0.5 + (high * 256 + low) / 131_072));
}
