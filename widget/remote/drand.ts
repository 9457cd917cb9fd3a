// The check of drand rounds, loaded when a draw first needs it.
import type { Bls } from '../../shared/proof/values.ts';
import { loadPart } from './part.ts';

let part: Promise<Bls | null> | undefined;

/** Checks a round; null where the page does not let the part in. */
export const loadedBls: Bls = async (...round) => {
  part ??= loadPart<Bls>('drand');
  return (await part)?.(...round) ?? null;
};
