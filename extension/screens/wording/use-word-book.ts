/** The organisation's wording as this device knows it. */
import { useMemo } from 'preact/hooks';
import { type WordBook, wordBook } from '../../../shared/diary/wording.ts';
import { here } from '../../device/context.ts';
import { profileOf } from '../../store/database.ts';
import { useLive } from '../../store/live.ts';

/** Term base, secrecy words and posts; the default ones until the profile was read and where the organisation has none. */
export function useWordBook(): WordBook {
  const profile = useLive(() => profileOf(here.database), []);
  const organisation = profile?.organisation ?? null;
  return useMemo(() => wordBook(organisation), [organisation]);
}
