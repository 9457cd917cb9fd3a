/** An image from the stored bytes, small, and large in a dialog. */
import { useEffect, useState } from 'preact/hooks';
import { Dialog } from '../../components/dialog.tsx';
import { useWords } from '../../locales/use-words.ts';
import type { StoredImage } from '../../store/database.ts';

export function ImagePreview({ image, alt }: { readonly image: StoredImage; readonly alt: string }) {
  const words = useWords();
  const address = useBlobAddress(image);
  const [large, setLarge] = useState(false);
  if (address === null) return <span class="thumb" />;
  const name = alt === '' ? words.images.noAlt : alt;
  return (
    <>
      <button type="button" class="thumb" aria-label={words.images.enlarge(name)} onClick={() => setLarge(true)}>
        <img src={address} alt="" width={image.width} height={image.height} />
      </button>
      {large ? (
        <Dialog title={words.images.title} wide onClose={() => setLarge(false)}>
          <img class="large" src={address} alt={name} width={image.width} height={image.height} />
          <p class="meta prose">{name}</p>
        </Dialog>
      ) : null}
    </>
  );
}

/** An address of the bytes that lives as long as the component shows them. */
function useBlobAddress({ sha256, type, bytes }: StoredImage): string | null {
  const [address, setAddress] = useState<string | null>(null);
  // The hash names the bytes: each read of the store gives another copy of them.
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([bytes], { type }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [sha256, type]);
  return address;
}
