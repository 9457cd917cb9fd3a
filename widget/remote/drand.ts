// The check of drand rounds, loaded when a draw first needs it.
import type { Bls } from '../../shared/proof/values.ts';
import { loadPart } from './part.ts';

/** File and integrity of the part, which the build puts in (rollup.config.js). */
declare const drandPart: readonly [file: string, integrity: string];

let part: Promise<Bls | null> | undefined;

/** Checks a round; null where the page does not let the part in. */
export const loadedBls: Bls = async (...round) => {
  part ??= loadPart<Bls>(...drandPart);
  return (await part)?.(...round) ?? null;
};
