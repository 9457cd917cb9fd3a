/** The save state in words: 已送达, or 已存本机，1条待送, with what hinders and how long the oldest has waited (look.md 7). */
import { useWords } from '../locales/use-words.ts';
import type { SaveState } from '../store/queries.ts';
import { Icon } from './icon.tsx';

/** `now` in milliseconds since 1970. Says 已送达 only after the server acknowledged everything. */
export function SyncIndicator({ state, now }: { readonly state: SaveState; readonly now: number }) {
  const words = useWords();
  if (!state.enrolled)
    return (
      <span class="sync wait" role="status">
        <Icon name="clock" small />
        {state.waiting > 0 ? words.common.storedWaiting(state.waiting) : words.common.storedOnly}
      </span>
    );
  if (state.waiting === 0)
    return (
      <span class="sync ok" role="status">
        <Icon name="check" small />
        {words.common.delivered}
      </span>
    );
  return (
    <span class="sync wait" role="status" title={words.common.sync[state.progress.state]}>
      <Icon name="clock" small />
      {words.common.storedWaiting(state.waiting)}
      {oldest(state, now) === null ? null : (
        <span class="cap oldest">
          <span aria-hidden="true"> · </span>
          {words.common.oldestUnsent(words.time.duration(oldest(state, now) ?? 0))}
        </span>
      )}
    </span>
  );
}

/** Minutes that the oldest waiting op has waited, null under five. */
function oldest(state: SaveState, now: number): number | null {
  if (state.oldestAt === null) return null;
  const minutes = Math.floor((now - Date.parse(state.oldestAt)) / 60_000);
  return minutes >= 5 ? minutes : null;
}
