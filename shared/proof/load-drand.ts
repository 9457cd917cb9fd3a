// Loads the check of drand rounds when a draw first needs it. Not for the widget, which is one file (widget/remote/drand.ts).
import type { Bls } from './values.ts';

/** Checks a round with `drand.ts`. */
export const loadedBls: Bls = async (...round) => (await import('./drand.ts')).verifyRound(...round);
