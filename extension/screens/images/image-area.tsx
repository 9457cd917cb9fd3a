/** The images of an entry: add, describe, order, remove. */
import { useCallback, useRef, useState } from 'preact/hooks';
import type { EntryBody, Image } from '../../../shared/api/journal.ts';
import { imagesIn } from '../../../shared/diary/journal-file.ts';
import { moveImage, putImageBack, removeImage } from '../../commands/images.ts';
import { Button } from '../../components/button.tsx';
import { FileChoice } from '../../components/file-choice.tsx';
import { Message } from '../../components/message.tsx';
import { here } from '../../device/context.ts';
import { useWords } from '../../locales/use-words.ts';
import { entryImages } from '../../store/images.ts';
import { useLive } from '../../store/live.ts';
import type { Written } from '../../store/queries.ts';
import { useAct } from '../use-act.ts';
import { ImageRow, ImageShown } from './image-row.tsx';
import { useAdding } from './use-adding.ts';
import { useFiles } from './use-files.ts';

/** Within an element of class `edit`, where pasting counts. `shut`: only to look at. */
export function ImageArea({ entry, shut }: { readonly entry: Written<EntryBody>; readonly shut: boolean }) {
  const isHeld = entry.body.hold !== undefined || entry.held !== null;
  const named = isHeld ? imagesIn(entry.held?.prose ?? {}) : (entry.body.images ?? []);
  if (!isHeld && !shut) return <Editable id={entry.id} named={named} />;
  return named.length === 0 ? null : <Shown id={entry.id} named={named} isHeld={isHeld} />;
}

function Shown({
  id,
  named,
  isHeld,
}: {
  readonly id: string;
  readonly named: readonly Image[];
  readonly isHeld: boolean;
}) {
  const words = useWords();
  const known = useEntryImages(id, named);
  if (known === undefined) return null;
  return (
    <section class="images" aria-label={words.images.title}>
      <ul>
        {named.map((image) => (
          <ImageShown key={image.sha256} image={image} stored={known.stored.get(image.sha256)} />
        ))}
      </ul>
      {isHeld ? <p class="cap">{words.images.heldStay}</p> : null}
    </section>
  );
}

function Editable({ id, named }: { readonly id: string; readonly named: readonly Image[] }) {
  const words = useWords();
  const area = useRef<HTMLElement>(null);
  const known = useEntryImages(id, named);
  const adding = useAdding(id);
  const { act, problem } = useAct();
  const [removed, setRemoved] = useState<{ readonly image: Image; readonly at: number } | null>(null);
  const dragged = useFiles(area, '.edit', adding.add);
  const remove = useCallback(
    async (sha256: string) => {
      const at = named.findIndex((image) => image.sha256 === sha256);
      const image = named[at];
      if (await act(() => removeImage(id, sha256))) setRemoved(image === undefined ? null : { image, at });
    },
    [id, named, act],
  );
  if (known === undefined) return null;
  const waiting = known.drafts.map((sha256) => ({ sha256, alt: '', image: null }));
  const rows = [...named.map((image) => ({ sha256: image.sha256, alt: image.alt, image })), ...waiting];
  return (
    <section class={dragged ? 'images drop' : 'images'} aria-label={words.images.title} ref={area}>
      {rows.length === 0 ? null : (
        <ul>
          {rows.map(({ sha256, alt, image }, at) => (
            <ImageRow
              key={sha256}
              entry={id}
              sha256={sha256}
              alt={alt}
              image={image}
              stored={known.stored.get(sha256)}
              first={at === 0}
              last={at === named.length - 1}
              onMove={(by) => void act(() => moveImage(id, sha256, at + by))}
              onRemove={() => void remove(sha256)}
            />
          ))}
        </ul>
      )}
      {waiting.length === 0 ? null : <Message tone="amber">{words.images.waits(waiting.length)}</Message>}
      {[...adding.problems, ...(problem === null ? [] : [problem])].map((sentence) => (
        <Message key={sentence} tone="fail" role="alert">
          {sentence}
        </Message>
      ))}
      <p class="row meta" role="status">
        {adding.progress === null ? null : (
          <>
            {words.images.working(adding.progress.at, adding.progress.total)}
            <Button small onClick={adding.stop}>
              {words.images.stop}
            </Button>
          </>
        )}
        {removed === null ? null : (
          <>
            {words.images.removed(removed.image.alt)}
            <button
              type="button"
              class="link"
              onClick={() =>
                void act(() => putImageBack(id, removed.image, removed.at)).then((done) => {
                  if (done) setRemoved(null);
                })
              }
            >
              {words.common.undo}
            </button>
          </>
        )}
      </p>
      <p class="row meta">
        {dragged ? (
          words.images.dropHere
        ) : (
          <>
            <FileChoice label={words.images.add} look="link" accept="image/*" multiple onFiles={adding.add} />
            <span class="cap">{words.images.addHint}</span>
          </>
        )}
      </p>
    </section>
  );
}

function useEntryImages(id: string, named: readonly Image[]) {
  const hashes = named.map(({ sha256 }) => sha256);
  return useLive(() => entryImages(here.database, id, hashes), [id, hashes.join(' ')]);
}
