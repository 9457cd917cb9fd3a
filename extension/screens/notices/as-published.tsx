/** A drawn week as readers will see it, before it is published. */
import { canonical } from '../../../shared/proof/canonical.ts';
import type { ShownItem } from '../../../shared/proof/seal.ts';
import type { SealItem } from '../../commands/seals.ts';
import { Dialog } from '../../components/dialog.tsx';
import { here } from '../../device/context.ts';
import { useWords } from '../../locales/use-words.ts';
import { diaryAsPublished } from '../../store/as-published.ts';
import { useLive } from '../../store/live.ts';
import type { Journal } from '../use-journal.ts';
import { SealText } from '../week/seal-text.tsx';

export function AsPublished({
  week,
  journal,
  onClose,
}: {
  readonly week: string;
  readonly journal: Journal;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const text = words.notices;
  const diary = useLive(() => diaryAsPublished(here.database, week), [week]);
  if (diary === undefined) return null;
  const items = diary?.items.map(sealItem) ?? [];
  return (
    <Dialog wide title={text.asPublishedTitle(words.time.week(week))} onClose={onClose}>
      {diary === null ? (
        <p>{text.asPublishedNone}</p>
      ) : (
        <>
          <p class="meta">{text.asPublishedHint}</p>
          <SealText
            draft={{ items, exact: items.map(({ cover, prose }) => canonical({ ...cover, ...prose })).join('\n') }}
            journal={journal}
          />
        </>
      )}
    </Dialog>
  );
}

function sealItem({ item, withheld, record, ...cover }: ShownItem, n: number): SealItem {
  return {
    id: String(n),
    cover: withheld === undefined ? cover : { ...cover, hold: withheld },
    prose: { ...item },
    held: withheld !== undefined,
  };
}
