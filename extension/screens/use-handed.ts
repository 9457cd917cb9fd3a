/** Takes what was handed to this surface into its draft, on lines of its own behind what stands there. */
import { useEffect, useRef } from 'preact/hooks';
import { forgetHanded, handedTexts, onHanded } from '../device/handed.ts';
import { keepDraft } from '../store/drafts.ts';
import type { Draft } from './use-draft.ts';

/** `taken` is called after a text came in, to move the caret there. */
export function useHanded(surface: string, draft: Draft, taken: () => void): void {
  const latest = useRef({ draft, taken });
  latest.current = { draft, taken };
  useEffect(() => {
    if (!draft.ready) return;
    const take = async () => {
      const handed = await handedTexts();
      if (handed.size === 0) return;
      const before = latest.current.draft.text;
      const text = [before, ...handed.values()].filter((part) => part.trim() !== '').join('\n');
      latest.current.draft.type(text);
      await keepDraft(surface, text);
      await forgetHanded([...handed.keys()]);
      latest.current.taken();
    };
    void take();
    return onHanded(() => void take());
  }, [surface, draft.ready]);
}
