/** The page's side of `bundleVerifyVsRawCrypto`: built like the readers' window and run where readers run it. */
import { type Pins, verifyBundle } from '../../../shared/proof/verify.ts';
import { callsOf, rawCrypto } from './floor.ts';
import { type Ratio, ratioTo, wall } from './ratio.ts';

/** What one fresh page saw. */
export interface PageFigures extends Ratio {
  /** Milliseconds of the first verification, of which nothing was compiled before. */
  readonly firstMs: number;
}

/** Verifies the bundle once, and then over and over beside the WebCrypto calls that it makes. */
export async function measureInPage(text: string, pins: Pins): Promise<PageFigures> {
  const began = wall();
  await verifies(text, pins);
  const firstMs = wall() - began;
  const calls = await callsOf(() => verifies(text, pins));
  const ratios = await ratioTo(
    () => rawCrypto(calls),
    () => verifies(text, pins),
    100,
    60,
    { wall },
  );
  return { firstMs, ...ratios.wall };
}

/** Verifies the bundle; throws where it does not hold, so that nothing else was measured. */
export async function verifies(text: string, pins: Pins): Promise<void> {
  const verdict = await verifyBundle(text, pins);
  if (!verdict.ok) throw new Error(`${verdict.failure} in step ${verdict.step}`);
}
