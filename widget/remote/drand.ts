// The check of drand rounds, loaded when a draw first needs it.
import type { Bls } from '../../shared/proof/values.ts';
import { loadPart } from './part.ts';

let part: Promise<Bls | null> | undefined;

/** Checks a round; null where the part does not come: the next one asks for it anew. */
export const loadedBls: Bls = async (...round) => {
  part ??= loadPart<Bls>('drand');
  const bls = await part;
  if (bls === null) part = undefined;
  return bls?.(...round) ?? null;
};
