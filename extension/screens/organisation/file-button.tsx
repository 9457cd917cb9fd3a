/** Chooses one file and gives its bytes. */
import { useRef } from 'preact/hooks';
import { Button } from '../../components/button.tsx';

export function FileButton({
  label,
  accept,
  take,
}: {
  readonly label: string;
  readonly accept: string;
  readonly take: (bytes: Uint8Array) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const read = async (file: File | undefined) => {
    if (file !== undefined) take(new Uint8Array(await file.arrayBuffer()));
  };
  return (
    <>
      <input
        ref={input}
        class="vh"
        type="file"
        tabIndex={-1}
        aria-label={label}
        accept={accept}
        onChange={(event) => {
          void read(event.currentTarget.files?.[0]);
          event.currentTarget.value = '';
        }}
      />
      <Button icon="file" onClick={() => input.current?.click()}>
        {label}
      </Button>
    </>
  );
}
