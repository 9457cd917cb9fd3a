/** What keeps the texts of this device from being delivered, or its days from being right: said where one writes, with the way on. */
import { Message } from '../components/message.tsx';
import { useWords } from '../locales/use-words.ts';
import type { SaveState } from '../store/queries.ts';
import { spanOf } from './desk/use-desk.ts';
import { openDesk } from './links.ts';
import { useAct } from './use-act.ts';

/** How far a clock may be off before it is said (design.md 5). */
const clockShownFromMs = 120_000;

/** `offsetMs`: how far the server's clock is ahead of this one's. */
export const isClockOff = (offsetMs: number): boolean => Math.abs(offsetMs) >= clockShownFromMs;

/** Nothing where all is well, or where waiting is all there is to do. */
export function SyncTrouble({ state: { enrolled, ended, pending, progress } }: { readonly state: SaveState }) {
  const words = useWords();
  const { act } = useAct();
  const { state, offsetMs } = progress;
  const link = (to: string, word: string) => (
    <button type="button" class="link" onClick={() => void act(() => openDesk(to))}>
      {word}
    </button>
  );
  if (!enrolled)
    return (
      <p class="meta">
        {words.journal.enrolFirst} {link('#/enrol', words.journal.enrol)}
      </p>
    );
  return (
    <>
      {ended ? (
        <Message tone="fail">
          {words.journal.endedHere} {link('#/files', words.journal.exportUnsent)}
          {words.common.separator}
          {link('#/enrol', words.journal.enrolAgain)}
        </Message>
      ) : state === 'outdated' || state === 'notUnderstood' ? (
        <Message tone="fail">{words.common.sync[state]}</Message>
      ) : state === 'refused' ? (
        <Message tone="amber">
          {words.common.sync.refused} {link('#/settings', words.journal.seeState)}
        </Message>
      ) : pending ? (
        <Message>
          {words.common.sync.pending} {link('#/enrol', words.journal.seeFingerprint)}
        </Message>
      ) : null}
      {offsetMs !== null && isClockOff(offsetMs) ? (
        <Message tone="amber">{words.journal.clockOff(spanOf(Math.abs(offsetMs) / 1000, words))}</Message>
      ) : null}
    </>
  );
}
