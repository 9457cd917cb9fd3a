/** One image of an entry: what it shows, its words, its place. */
import { useEffect } from 'preact/hooks';
import type { Image } from '../../../shared/api/journal.ts';
import { describeImage, fetchImage } from '../../commands/images.ts';
import { IconButton } from '../../components/button.tsx';
import { useWords } from '../../locales/use-words.ts';
import type { StoredImage } from '../../store/database.ts';
import { SavedArea } from '../saved-area.tsx';
import { useAct } from '../use-act.ts';
import { ImagePreview } from './image-preview.tsx';

const longestAlt = 1000;

/** `alt` is empty while the image waits for its words. */
export function ImageRow({
  entry,
  sha256,
  alt,
  image,
  stored,
  first,
  last,
  onMove,
  onRemove,
}: {
  readonly entry: string;
  readonly sha256: string;
  readonly alt: string;
  /** As the entry names it; null while it waits. */
  readonly image: Image | null;
  readonly stored: StoredImage | undefined;
  readonly first: boolean;
  readonly last: boolean;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
}) {
  const words = useWords();
  return (
    <li class="image">
      <Picture image={image} stored={stored} alt={alt} />
      <SavedArea
        surface={`image:${entry}:${sha256}`}
        label={words.images.alt}
        stored={alt}
        save={(text, seen) => describeImage(entry, sha256, text, seen)}
        most={longestAlt}
        hint={words.images.altHint}
        rows={2}
      />
      <span class="acts">
        {image === null ? null : (
          <>
            <IconButton
              icon="left"
              label={words.images.earlier}
              aria-disabled={first}
              onClick={() => (first ? undefined : onMove(-1))}
            />
            <IconButton
              icon="right"
              label={words.images.later}
              aria-disabled={last}
              onClick={() => (last ? undefined : onMove(1))}
            />
          </>
        )}
        <IconButton icon="remove" label={words.images.remove} onClick={onRemove} />
      </span>
    </li>
  );
}

/** An image with its words, to read. */
export function ImageShown({ image, stored }: { readonly image: Image; readonly stored: StoredImage | undefined }) {
  return (
    <li class="image">
      <Picture image={image} stored={stored} alt={image.alt} />
      <p class="meta prose">{image.alt}</p>
    </li>
  );
}

function Picture({
  image,
  stored,
  alt,
}: {
  readonly image: Image | null;
  readonly stored: StoredImage | undefined;
  readonly alt: string;
}) {
  if (stored !== undefined) return <ImagePreview image={stored} alt={alt} />;
  return image === null ? null : <Missing image={image} />;
}

/** Bytes that another device has: fetched once by itself, then when asked. */
function Missing({ image }: { readonly image: Image }) {
  const words = useWords();
  const { act, problem, busy } = useAct();
  useEffect(() => void act(() => fetchImage(image)), [image.sha256]);
  return (
    <span class="thumb missing cap">
      {problem ?? words.images.elsewhere}
      <button type="button" class="link" disabled={busy} onClick={() => void act(() => fetchImage(image))}>
        {words.images.fetch}
      </button>
    </span>
  );
}
