/** A photo that goes with a public reply: drawn anew on this device, with a word on what is to be seen. */
import { useState } from 'preact/hooks';
import { b64 } from '../../../shared/base/bytes.ts';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { FileChoice } from '../../components/file-choice.tsx';
import { Message } from '../../components/message.tsx';
import { encodePhoto } from '../../device/photo.ts';
import { useWords } from '../../locales/use-words.ts';
import { useAct } from '../use-act.ts';

/** `bytes`: the JPEG in base64. */
export interface ChosenPhoto {
  readonly bytes: string;
  readonly alt: string;
}

/** Address of a chosen photo for an `img`. */
export const sourceOf = ({ bytes }: ChosenPhoto): string => `data:image/jpeg;base64,${bytes}`;

/** `lacksAlt`: it was tried to send it without a description. */
export function ReplyPhoto({
  photo,
  lacksAlt,
  choose,
}: {
  readonly photo: ChosenPhoto | null;
  readonly lacksAlt: boolean;
  readonly choose: (photo: ChosenPhoto | null) => void;
}) {
  const words = useWords();
  const text = words.tickets;
  const [unreadable, setUnreadable] = useState(false);
  const { busy, act } = useAct();
  const take = (file: File | undefined) => {
    if (file === undefined) return;
    void act(async () => {
      const bytes = await encodePhoto(file);
      setUnreadable(bytes === null);
      if (bytes !== null) choose({ bytes: b64(bytes), alt: '' });
    });
  };
  if (photo === null)
    return (
      <div class="field">
        <p class="row">
          <FileChoice
            label={text.photoChoose}
            look="btn quiet"
            accept="image/*"
            disabled={busy}
            onFiles={([file]) => take(file)}
          />
          <span class="optional">{words.common.inBrackets(words.common.optional)}</span>
        </p>
        <p class="hint">{text.photoHint}</p>
        {unreadable ? (
          <Message tone="fail" role="alert">
            {text.photoBad}
          </Message>
        ) : null}
      </div>
    );
  return (
    <div class="row photo-chosen">
      <img src={sourceOf(photo)} width={120} alt={photo.alt} />
      <TextField
        label={text.photoAlt}
        value={photo.alt}
        maxLength={200}
        error={lacksAlt && photo.alt.trim() === '' ? words.desk.fillIn : null}
        onInput={(event) => choose({ ...photo, alt: event.currentTarget.value })}
      />
      <Button small kind="text" onClick={() => choose(null)}>
        {text.photoDrop}
      </Button>
    </div>
  );
}
