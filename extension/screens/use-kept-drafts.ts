/** The drafts that are kept and not saved yet, by their surface. */
import { useEffect, useState } from 'preact/hooks';
import { keptDrafts, onDrafts } from '../device/drafts.ts';

/** Undefined until the first read; follows what is typed here and in other pages. */
export function useKeptDrafts(): ReadonlyMap<string, string> | undefined {
  const [drafts, setDrafts] = useState<ReadonlyMap<string, string>>();
  useEffect(() => {
    let gone = false;
    const read = () =>
      void keptDrafts().then((kept) => {
        if (!gone) setDrafts(kept);
      });
    read();
    const end = onDrafts(read);
    return () => {
      gone = true;
      end();
    };
  }, []);
  return drafts;
}
