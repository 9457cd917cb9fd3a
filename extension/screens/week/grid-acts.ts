/** What the grid asks of the page around it. */
import type { EntryBody } from '../../../shared/api/journal.ts';
import type { Saying } from '../../locales/use-saying.ts';
import type { Written } from '../../store/queries.ts';
import type { Place } from './band.ts';

export interface GridActs {
  readonly open: (entry: Written<EntryBody>) => void;
  /** A new entry at this place: its text is asked for. */
  readonly draw: (place: Place) => void;
  /** Stores a new place of an entry that stood at `from`; true when it was done. */
  readonly place: (entry: Written<EntryBody>, from: Place, to: Place) => Promise<boolean>;
  readonly remove: (entry: Written<EntryBody>) => void;
  /** Says why this one, or nothing here where it is null, can be changed. */
  readonly refuse: (entry: Written<EntryBody> | null) => void;
  readonly say: (saying: Saying) => void;
}
