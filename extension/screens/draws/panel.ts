import type { DrawRow } from '../../../shared/api/draws.ts';
import type { Devices } from './units.tsx';

/** What the panels of a draw need. `relay`: where a beacon's rounds are fetched, null where they are pasted. `changed` is called after every
 *  act, so that the page reads anew; `onVoid` opens the dialog of a void. */
export interface Panel {
  readonly row: DrawRow;
  readonly devices: Devices;
  readonly relay: string | null;
  readonly changed: () => Promise<void>;
  readonly onVoid: () => void;
}
