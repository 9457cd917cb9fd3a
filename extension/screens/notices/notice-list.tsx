/** What is due and not ticked off, quietly on top of the week's page: nothing depends on the browser having shown it. */
import { useState } from 'preact/hooks';
import type { Notice } from '../../../shared/diary/notice.ts';
import { tickOff } from '../../commands/notices.ts';
import { Button } from '../../components/button.tsx';
import { here } from '../../device/context.ts';
import { sayNotice } from '../../locales/say-notice.ts';
import { useWords } from '../../locales/use-words.ts';
import { progressOf } from '../../store/database.ts';
import { useLive } from '../../store/live.ts';
import { pageOf } from '../../store/notice-page.ts';
import { noticesNow } from '../../store/notice-situation.ts';
import { useAct } from '../use-act.ts';
import type { Journal } from '../use-journal.ts';
import { AsPublished } from './as-published.tsx';

/** What the list shows; undefined until the first answer, so that a page can wait for it and need not make room later. */
export function useDue(journal: Journal | undefined): readonly Notice[] | undefined {
  const minute = journal === undefined ? null : Math.floor(journal.nowMs / 60_000);
  return useLive(async () => {
    if (minute === null) return undefined;
    const { offsetMs } = await progressOf(here.database);
    const due = await noticesNow(here.database, minute * 60_000 + (offsetMs ?? 0));
    return due.filter(({ kind }) => !hasOwnPlace.has(kind));
  }, [minute]);
}

/** Nothing while nothing is due. */
export function NoticeList({ due: shown, journal }: { readonly due: readonly Notice[]; readonly journal: Journal }) {
  const words = useWords();
  const [preview, setPreview] = useState(weekInAddress);
  const { act } = useAct();
  return (
    <>
      {shown.length === 0 ? null : (
        <section class="notices" aria-label={words.notices.list}>
          <ul>
            {shown.map((notice) => (
              <Row
                key={notice.id}
                notice={notice}
                journal={journal}
                onPreview={setPreview}
                onTick={() => void act(() => tickOff([notice.id]))}
              />
            ))}
          </ul>
        </section>
      )}
      {preview === null ? null : <AsPublished week={preview} journal={journal} onClose={() => setPreview(null)} />}
    </>
  );
}

/** These stand on every page of the desk already. */
const hasOwnPlace: ReadonlySet<Notice['kind']> = new Set(['tray', 'log']);

function Row({
  notice,
  journal,
  onPreview,
  onTick,
}: {
  readonly notice: Notice;
  readonly journal: Journal;
  readonly onPreview: (week: string) => void;
  readonly onTick: () => void;
}) {
  const words = useWords();
  const { title, text } = sayNotice(notice, journal.zone, journal.nowMs, words);
  const isDrawn = notice.kind === 'drawn' || notice.kind === 'release';
  return (
    <li>
      <p>
        <b>{title}</b> <span class="meta">{text}</span>
      </p>
      <span class="row">
        {isDrawn ? (
          <button type="button" class="link" onClick={() => onPreview(notice.about.split('/').at(-1) ?? '')}>
            {words.notices.asPublished}
          </button>
        ) : (
          <a href={pageOf(notice).replace(/^desk\.html/, '')} aria-label={`${words.notices.open}: ${title}`}>
            {words.notices.open}
          </a>
        )}
        <Button kind="text" small aria-label={words.notices.tickOne(title)} onClick={onTick}>
          {words.notices.tick}
        </Button>
      </span>
    </li>
  );
}

/** `desk.html?preview=2026-W30`: where the browser's notice of a drawn week leads. */
function weekInAddress(): string | null {
  return new URLSearchParams(location.search).get('preview');
}
